// Carries messages between the page and the service worker, and puts page.js into the page.

import {
	MESSAGE_ORIGIN_CONTENT,
	MESSAGE_ORIGIN_PAGE,
	PORT_CONTENT,
} from "@polkadot/extension-base/defaults";

let port;

/** The port to the service worker. The port opens anew after the browser puts the worker to sleep. */
function connection() {
	if (!port) {
		port = chrome.runtime.connect({ name: PORT_CONTENT });
		port.onMessage.addListener((data) =>
			window.postMessage({ ...data, origin: MESSAGE_ORIGIN_CONTENT }, window.location.origin),
		);
		port.onDisconnect.addListener(() => {
			port = undefined;
		});
	}
	return port;
}

window.addEventListener("message", ({ data, source }) => {
	if (source === window && data?.origin === MESSAGE_ORIGIN_PAGE) connection().postMessage(data);
});

const script = document.createElement("script");
script.src = chrome.runtime.getURL("page.js");
script.addEventListener("load", () => script.remove());
(document.head ?? document.documentElement).append(script);
