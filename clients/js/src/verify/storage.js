/** Storage without trust in the node: read with a proof, and checked against a final header. */

import { toHex } from "../bytes.js";
import { verifyProof } from "./proof.js";

/**
 * Reads storage with a proof. No answer of the node is trusted: the header's bytes must hash to
 * `hash`, and each value must hash to the state root in the header. The caller knows that the
 * block of this hash is final, for instance by `provenFinalHeader`.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string | Uint8Array} hash the hash of a final block, 32 bytes
 * @param {[any, ...any[]][]} entries storage items with their keys, for instance
 *   `[[api.query.consent.inForce, patient]]`
 * @returns {Promise<{ values: any[], proof: Uint8Array[], keys: string[], root: Uint8Array,
 *   number: number }>} the decoded values in order, null where the state has none; the proof's
 *   items, the storage keys, the state root and the block's number
 * @throws {import("./proof.js").ProofError} when the proof does not prove the values
 * @throws {Error} when the node answers with another header, or for another block
 */
export async function readProven(api, hash, entries) {
	const wanted = toHex(api.createType("Hash", hash).toU8a());
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
		return bytes === null ? null : decode(api.registry, query.creator.meta.type, bytes);
	});
	return { values, proof, keys, root, number: header.number.toNumber() };
}

/** A stored value, by its type in the metadata: of a map, the type of a value. */
function decode(registry, type, bytes) {
	const id = type.isPlain ? type.asPlain : type.asMap.value;
	return registry.createTypeUnsafe(registry.createLookupType(id), [bytes]);
}
