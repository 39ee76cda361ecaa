// The connection to a live network, and the questions that every suite asks.

import { FINAL_MS, IN_BLOCK_MS, within } from "@assent/client";
import { ApiPromise, WsProvider } from "@polkadot/api";
import { until } from "./wait.mjs";

/** The node that the suites talk to. */
export const ENDPOINT = process.env.ASSENT_WS ?? "ws://127.0.0.1:9944";

/**
 * Connects to a node.
 * @param {string} [endpoint]
 * @returns {Promise<ApiPromise>} to be closed with `disconnect`
 */
export async function connect(endpoint = ENDPOINT) {
	const provider = new WsProvider(endpoint, 1_000, {}, 60_000);
	const api = new ApiPromise({ provider, noInitWarn: true });
	// A node that is not there yet is asked again. A node that answers nonsense is not.
	const broken = new Promise((_, reject) => {
		api.on("error", (error) => {
			if (error.message?.startsWith("FATAL")) reject(error);
		});
	});
	try {
		return await within(
			Promise.race([api.isReady, broken]),
			30_000,
			`a node at ${endpoint} (set ASSENT_WS to the address of a running one)`,
		);
	} catch (error) {
		await api.disconnect();
		throw error;
	}
}

/**
 * Calls a JSON-RPC method as it is: polkadot.js changes neither the parameters nor the answer.
 * @param {ApiPromise} api
 * @param {string} method
 * @param {...any} params
 * @returns {Promise<any>}
 */
export function rpc(api, method, ...params) {
	return api._rpcCore.provider.send(method, params);
}

/**
 * The chain's clock, in milliseconds. The chain judges every period by this clock.
 * @param {ApiPromise} api
 */
export async function now(api) {
	return (await api.query.timestamp.now()).toNumber();
}

/**
 * The next final header for which `wanted` holds.
 * @param {ApiPromise} api
 * @param {(header: import("@polkadot/types/interfaces").Header) => boolean} wanted
 * @param {string} what
 */
export async function finalHeader(api, wanted, what) {
	let stop;
	const found = new Promise((resolve, reject) => {
		api.rpc.chain
			.subscribeFinalizedHeads((header) => {
				if (wanted(header)) resolve(header);
			})
			.then((unsubscribe) => {
				stop = unsubscribe;
			}, reject);
	});
	try {
		return await within(found, FINAL_MS, what);
	} finally {
		stop?.();
	}
}

/**
 * The height of the best block.
 * @param {ApiPromise} api
 */
export async function height(api) {
	return (await api.rpc.chain.getHeader()).number.toNumber();
}

/**
 * Waits until every other validator is a peer of the node.
 * @param {ApiPromise} api
 */
export function everyPeer(api) {
	const peers = async () => (await api.rpc.system.health()).peers.toNumber();
	return until(async () => (await peers()) >= 3, { ms: IN_BLOCK_MS, what: "three peers" });
}
