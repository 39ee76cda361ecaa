// Walks a trail back from a proven head, as an auditor's client does: every entry is checked
// against the hash that the newer one names, so none can be missing or changed unnoticed.

import { u8aConcat, u8aToHex } from "@polkadot/util";
import { blake2AsHex } from "@polkadot/util-crypto";

const DOMAIN = "assent/entry";
const NONE = `0x${"00".repeat(32)}`;

/** Where the walk stopped: `reason` is `missing`, `altered` or `misplaced`. */
export class WalkError extends Error {
	/** @param {string} reason @param {string} hash @param {number} sequence */
	constructor(reason, hash, sequence) {
		super(`entry ${sequence} (${hash}) is ${reason}`);
		this.name = "WalkError";
		this.reason = reason;
		this.hash = hash;
		this.sequence = sequence;
	}
}

/** The chain's type of a trail entry, from the event that carries it. */
export function entryType(api) {
	const [, { type }] = api.events.audit.EntryWritten.meta.fields;
	return api.registry.createLookupType(type);
}

/** The hash of an encoded entry on this chain. @param {any} api @param {Uint8Array} encoded */
export function entryHash(api, encoded) {
	return blake2AsHex(u8aConcat(DOMAIN, api.genesisHash.toU8a(), encoded), 256);
}

/**
 * Every entry of a patient's sequence, newest first.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} patient
 * @param {{ count: number, head: string }} head proven
 * @param {(hash: string) => Promise<Uint8Array | null> | Uint8Array | null} fetch
 * @returns {Promise<any[]>} decoded
 * @throws {WalkError}
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
		if (u8aToHex(link?.id.toU8a()) !== patient || link.sequence.toNumber() !== sequence) {
			throw new WalkError("misplaced", hash, sequence);
		}
		entries.push(entry);
		hash = link.previous.toHex();
	}
	if (hash !== NONE) throw new WalkError("misplaced", hash, 0);
	return entries;
}
