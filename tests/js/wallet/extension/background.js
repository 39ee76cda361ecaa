// The service worker: hands every message to the wallet's own handlers.
//
// Chromium wants the listeners of a service worker registered before its first await, and
// forbids a top-level await, which the package's handlers have: so they are imported lazily
// and a port's messages wait for them.

import { PORT_CONTENT, PORT_EXTENSION } from "@polkadot/extension-base/defaults";

/** Loads the wallet: the accounts it keeps, then the handlers. */
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
	// A web page can name its port as it likes, but it can't pretend to be a page of ours.
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
