/**
 * The walk of a trail back from a proven head. Each entry is checked against the hash that the
 * newer entry names. A missing or changed entry therefore stops the walk.
 */

import { blake2b } from "@noble/hashes/blake2.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { toHex } from "../bytes.js";

/** Separates the hashes of entries from every other hash. */
const DOMAIN = utf8ToBytes("assent/entry");
/** The hash before the first entry. */
const NONE = `0x${"00".repeat(32)}`;

/**
 * The place where a walk stopped. The `reason` is
 * - `missing`: the entry was not given;
 * - `altered`: the bytes given have another hash;
 * - `misplaced`: the entry is of another patient, or has another number than its place.
 */
export class WalkError extends Error {
	/**
	 * @param {"missing" | "altered" | "misplaced"} reason
	 * @param {string} hash
	 * @param {number} sequence
	 */
	constructor(reason, hash, sequence) {
		super(`entry ${sequence} (${hash}) is ${reason}`);
		this.name = "WalkError";
		/** The kind of failure. */
		this.reason = reason;
		/** The hash by which the entry was asked for. */
		this.hash = hash;
		/** The number that the entry has in the patient's sequence, from 1. */
		this.sequence = sequence;
	}
}

/**
 * The name of the chain's type of a trail entry, from the event that carries one.
 * @param {import("@polkadot/api").ApiPromise} api
 * @returns {string} for `api.registry.createType`
 */
export function entryType(api) {
	const [, { type }] = api.events.trail.EntryWritten.meta.fields;
	return api.registry.createLookupType(type);
}

/**
 * The hash of an encoded entry on this chain.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {Uint8Array} encoded
 * @returns {string} `0x` and 64 hex digits: BLAKE2b-256
 */
export function entryHash(api, encoded) {
	return toHex(blake2b(concatBytes(DOMAIN, api.genesisHash.toU8a(), encoded), { dkLen: 32 }));
}

/**
 * Walks a patient's sequence, from the newest entry to the first.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} patient the patient id: `0x` and 32 lower-case hex digits
 * @param {{ count: number, head: string }} head the number of entries and the hash of the newest,
 *   proven, for instance by `readProven`
 * @param {(hash: string) => Promise<Uint8Array | null> | Uint8Array | null} fetch gives the encoded
 *   entry of a hash; the caller need not trust the source
 * @returns {Promise<any[]>} the decoded entries, newest first: all `count` of them
 * @throws {WalkError} when one of them is missing, altered or misplaced
 */
export async function walk(api, patient, head, fetch) {
	const type = entryType(api);
	const entries = [];
	let { head: hash } = head;
	for (let sequence = head.count; sequence > 0; sequence--) {
		const bytes = await fetch(hash);
		if (!bytes) throw new WalkError("missing", hash, sequence);
		if (entryHash(api, bytes) !== hash) throw new WalkError("altered", hash, sequence);
		const entry = api.registry.createType(type, bytes);
		const link = entry.patient.unwrapOr(null);
		if (!link || link.id.toHex() !== patient || link.sequence.toNumber() !== sequence) {
			throw new WalkError("misplaced", hash, sequence);
		}
		entries.push(entry);
		hash = link.previous.toHex();
	}
	if (hash !== NONE) throw new WalkError("misplaced", hash, 0);
	return entries;
}
