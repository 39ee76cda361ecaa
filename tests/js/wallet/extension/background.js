// The service worker, which gives every message to the wallet's own handlers.
//
// Chromium wants the listeners of a service worker registered before the worker's first await, and
// forbids a top-level await. The package's handlers have a top-level await. They are therefore
// imported lazily, and a port's messages wait for the import.

import { PORT_CONTENT, PORT_EXTENSION } from "@polkadot/extension-base/defaults";

/** Loads the wallet: the stored accounts, then the handlers. */
async function start() {
	const [{ default: handlers }, { AccountsStore }, { keyring }, { cryptoWaitReady }] =
		await Promise.all([
			import("@polkadot/extension-base/background/handlers"),
			import("@polkadot/extension-base/stores"),
			import("@polkadot/ui-keyring"),
			import("@polkadot/util-crypto"),
		]);
	await cryptoWaitReady();
	keyring.loadAll({ store: new AccountsStore(), type: "sr25519" });
	return handlers;
}

const wallet = start();

chrome.runtime.onConnect.addListener((port) => {
	if (port.name !== PORT_CONTENT && port.name !== PORT_EXTENSION) {
		port.disconnect();
		return;
	}
	// A web page can give its port any name. The address of a page of the wallet can't be forged.
	const ours = port.sender?.url?.startsWith(chrome.runtime.getURL(""));
	if (port.name === PORT_EXTENSION && !ours) {
		port.disconnect();
		return;
	}
	let open = true;
	port.onDisconnect.addListener(() => {
		open = false;
	});
	port.onMessage.addListener(async (message) => {
		try {
			const handlers = await wallet;
			if (open) handlers(message, port, PORT_EXTENSION);
		} catch (error) {
			if (open) port.postMessage({ id: message.id, error: `wallet: ${error.message}` });
		}
	});
});
