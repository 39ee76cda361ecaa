// Storage that need not be believed: read with a proof, checked against a final header.

import { unwrapStorageType } from "@polkadot/types/util";
import { u8aToHex } from "@polkadot/util";
import { verifyProof } from "./proof.mjs";

/**
 * Reads storage with a proof. The node is trusted with nothing but its word for the header:
 * the header's bytes must hash to `hash`, and each value to the state root in it.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string | Uint8Array} hash of a block, a final one
 * @param {[any, ...any[]][]} entries for instance `[[api.query.consent.inForce, patient]]`
 * @returns {Promise<{ values: any[], proof: Uint8Array[], keys: string[], root: Uint8Array,
 *   number: number }>} the values decoded, in order; null where there is none
 */
export async function readProven(api, hash, entries) {
	const wanted = u8aToHex(api.createType("Hash", hash).toU8a());
	const keys = entries.map(([query, ...args]) => query.key(...args));
	const [header, read] = await Promise.all([
		api.rpc.chain.getHeader(wanted),
		api.rpc.state.getReadProof(keys, wanted),
	]);
	if (header.hash.toHex() !== wanted) {
		throw new Error(`the node gave a header of hash ${header.hash.toHex()} for ${wanted}`);
	}
	if (read.at.toHex() !== wanted) throw new Error(`the proof is of block ${read.at.toHex()}`);
	const root = header.stateRoot.toU8a();
	const proof = read.proof.map((item) => item.toU8a(true));
	const proven = verifyProof({ root, proof, keys });
	const values = entries.map(([query], which) => {
		const bytes = proven.get(keys[which]);
		if (bytes === null) return null;
		const type = unwrapStorageType(api.registry, query.creator.meta.type);
		return api.registry.createTypeUnsafe(type, [bytes]);
	});
	return { values, proof, keys, root, number: header.number.toNumber() };
}
