// Messages from the wallet's own pages to its service worker.

import { PORT_EXTENSION } from "@polkadot/extension-base/defaults";

const port = chrome.runtime.connect({ name: PORT_EXTENSION });
const waiting = new Map();

port.onMessage.addListener(({ id, response, subscription, error }) => {
	const call = waiting.get(id);
	if (!call) return;
	if (subscription !== undefined) {
		call.update?.(subscription);
		return;
	}
	if (!call.update) waiting.delete(id);
	if (error) call.reject(new Error(error));
	else call.resolve(response);
});

/**
 * Asks the service worker.
 * @param {string} message for instance `pri(accounts.create.suri)`
 * @param {unknown} [request]
 * @param {(value: any) => void} [update] called with each new value, for subscriptions
 * @returns {Promise<any>}
 */
export function send(message, request = null, update = undefined) {
	// Unique among all pages, because the worker keeps subscriptions by id alone.
	const id = crypto.randomUUID();
	return new Promise((resolve, reject) => {
		waiting.set(id, { resolve, reject, update });
		port.postMessage({ id, message, request });
	});
}
