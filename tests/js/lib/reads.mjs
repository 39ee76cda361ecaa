// Reads beyond storage: versioned runtime APIs for services, and view functions for wallets. All
// definitions come from the chain's metadata, and none is written down here.

import { u8aConcat, u8aToHex } from "@polkadot/util";
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
 * Every view function of a pallet, from metadata V16. polkadot.js 16.5 decodes view functions and
 * offers no way to call one: `view` does.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} pallet as in the runtime, for instance `Consent`
 */
export function viewFunctions(api, pallet) {
	const found = api.runtimeMetadata.asLatest.pallets.find(({ name }) => name.eq(pallet));
	if (!found) throw new Error(`the runtime has no pallet ${pallet}`);
	return new Map(found.viewFunctions.map((view) => [view.name.toString(), view]));
}

/**
 * Calls a view function.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} pallet as in the runtime
 * @param {string} name as in the runtime
 * @param {any[]} args
 * @param {string} [at] block hash
 */
export async function view(api, pallet, name, args, at = undefined) {
	const functions = viewFunctions(api, pallet);
	const found = functions.get(name);
	if (!found) {
		throw new Error(
			`${pallet} has no view function ${name}; it has ${[...functions.keys()].join(", ") || "none"}`,
		);
	}
	const { registry } = api;
	const typeOf = (id) => registry.createLookupType(id);
	const input = u8aConcat(
		...found.inputs.map(({ type }, at) => registry.createType(typeOf(type), args[at]).toU8a()),
	);
	const id = found.id.toU8a();
	const calls = at ? (await api.at(at)).call : api.call;
	const answer = await calls.runtimeViewFunction.executeViewFunction(
		{ prefix: id.subarray(0, 16), suffix: id.subarray(16) },
		u8aToHex(input),
	);
	if (answer.isErr) throw new Error(`${pallet}.${name}: ${answer.asErr.type}`);
	return registry.createType(typeOf(found.output), answer.asOk.toU8a(true));
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
	const allowance = (await view(api, "Allowance", "allowance_of", [publicKey], at)).unwrap();
	const { available, limit } = allowance.account;
	return {
		available: available.toBigInt(),
		capacity: limit.capacity.toBigInt(),
		refill: limit.refill.toBigInt(),
	};
}
