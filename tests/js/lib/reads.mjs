// Reads beyond storage: the versioned runtime APIs. All definitions come from the chain's metadata,
// and none is written down here.

import { blake2AsHex } from "@polkadot/util-crypto";

/**
 * The version of a runtime API that the chain declares.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} name for instance `ConsentApi`
 * @returns {number | null} null when the chain declares none
 */
export function apiVersion(api, name) {
	const id = blake2AsHex(name, 64);
	const found = api.runtimeVersion.apis.find(([hash]) => hash.toHex() === id);
	return found ? found[1].toNumber() : null;
}

/**
 * The methods of a runtime API, by name, as the metadata describes them.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} name for instance `ConsentApi`
 */
export function apiMethods(api, name) {
	const found = api.runtimeMetadata.asLatest.apis.find((one) => one.name.eq(name));
	if (!found) throw new Error(`the runtime has no API ${name}`);
	return new Map(found.methods.map((method) => [method.name.toString(), method]));
}

/**
 * The allowance of an account as of a block, by default the best block: the rest, the most, and the
 * gain with each block. The share of the account's organisation is left out.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ publicKey: Uint8Array }} pair
 * @param {string} [at] block hash
 * @returns {Promise<{ available: bigint, capacity: bigint, refill: bigint }>}
 */
export async function allowanceOf(api, { publicKey }, at = undefined) {
	const { call } = at ? await api.at(at) : api;
	const allowance = (await call.allowanceApi.allowanceOf(publicKey)).unwrap();
	const { available, limit } = allowance.account;
	return {
		available: available.toBigInt(),
		capacity: limit.capacity.toBigInt(),
		refill: limit.refill.toBigInt(),
	};
}
