// Verifies storage proofs (`state_getReadProof`): base-16 Merkle-Patricia tries hashed with
// BLAKE2b-256, of both state versions. In version 1 a value of more than 32 bytes stands in
// its node as a hash, and the value itself is an item of the proof of its own.
//
// No npm library does this today: smoldot does it inside, for itself. So this is written to
// be read: it walks down from the trusted state root and believes a byte only after hashing it.

import { u8aToHex, u8aToU8a } from "@polkadot/util";
import { blake2AsU8a } from "@polkadot/util-crypto";

const HASH = 32;

/** A proof that proves nothing: its `reason` is `missing`, `malformed` or `unused`. */
export class ProofError extends Error {
	/** @param {"missing" | "malformed" | "unused"} reason @param {string} message */
	constructor(reason, message) {
		super(message);
		this.name = "ProofError";
		this.reason = reason;
	}
}

/**
 * What a proof says of some keys, under a state root that the caller trusts.
 * @param {{ root: string | Uint8Array, proof: (string | Uint8Array)[],
 *   keys: (string | Uint8Array)[] }} claim
 * @returns {Map<string, Uint8Array | null>} by key (hex): its value, or null where the proof
 *   shows that there is none
 * @throws {ProofError} when it proves less than that, or carries items that prove nothing
 */
export function verifyProof({ root, proof, keys }) {
	const items = new Map();
	for (const item of proof) {
		const bytes = u8aToU8a(item);
		items.set(hashOf(bytes), bytes);
	}
	const used = new Set();
	/** An item by its hash. It can't be another's: the hash was taken of the item itself. */
	const take = (hash, what) => {
		const bytes = items.get(hash);
		if (!bytes) throw new ProofError("missing", `the proof has no ${what} of hash ${hash}`);
		used.add(hash);
		return bytes;
	};
	const values = new Map();
	for (const key of keys) {
		values.set(u8aToHex(u8aToU8a(key)), lookUp(u8aToU8a(root), u8aToU8a(key), take));
	}
	if (used.size !== items.size) {
		throw new ProofError("unused", `${items.size - used.size} items of the proof prove nothing`);
	}
	return values;
}

const hashOf = (bytes) => u8aToHex(blake2AsU8a(bytes, 256));

/** Walks from the root to the key. */
function lookUp(root, key, take) {
	const path = nibblesOf(key);
	let at = 0;
	let node = decodeNode(take(u8aToHex(root), "root node"));
	for (;;) {
		if (node.kind === "empty") return null;
		for (const nibble of node.partial) {
			// The key leaves the trie within this node's path, or ends there: no such key.
			if (path[at] !== nibble) return null;
			at++;
		}
		if (at === path.length) return storedIn(node, take);
		const child = node.children[path[at]];
		if (!child) return null;
		at++;
		node = decodeNode(child.length === HASH ? take(u8aToHex(child), "node") : child);
	}
}

function storedIn({ value }, take) {
	if (value === null) return null;
	return value.hashed ? take(u8aToHex(value.hashed), "value") : value.inline;
}

/**
 * A trie node.
 * @param {Uint8Array} bytes
 * @returns {{ kind: "empty" | "leaf" | "branch", partial: number[],
 *   value: { inline: Uint8Array } | { hashed: Uint8Array } | null,
 *   children: (Uint8Array | null)[] }} a child is a hash, or a whole node of fewer bytes
 */
export function decodeNode(bytes) {
	const read = new Reader(bytes);
	const first = read.byte();
	if (first === 0) {
		read.end();
		return { kind: "empty", partial: [], value: null, children: [] };
	}
	const { kind, value: form, bits } = headerOf(first);
	const partial = read.nibbles(read.count(first, bits));
	const present = kind === "branch" ? read.byte() | (read.byte() << 8) : 0;
	if (kind === "branch" && present === 0) {
		throw new ProofError("malformed", "a branch without children");
	}
	let value = null;
	if (form === "inline") value = { inline: read.sized() };
	else if (form === "hashed") value = { hashed: read.bytes(HASH) };
	const children = Array.from({ length: kind === "branch" ? 16 : 0 }, (_, nibble) => {
		if (!(present & (1 << nibble))) return null;
		const child = read.sized();
		if (child.length === 0 || child.length > HASH) {
			throw new ProofError("malformed", `a child of ${child.length} bytes`);
		}
		return child;
	});
	read.end();
	return { kind, partial, value, children };
}

/** The first bits of a node say what it is; the rest of that byte counts nibbles. */
function headerOf(first) {
	if (first >> 6 === 0b01) return { kind: "leaf", value: "inline", bits: 6 };
	if (first >> 6 === 0b10) return { kind: "branch", value: null, bits: 6 };
	if (first >> 6 === 0b11) return { kind: "branch", value: "inline", bits: 6 };
	if (first >> 5 === 0b001) return { kind: "leaf", value: "hashed", bits: 5 };
	if (first >> 4 === 0b0001) return { kind: "branch", value: "hashed", bits: 4 };
	throw new ProofError("malformed", `no node starts with byte ${first}`);
}

/** @param {Uint8Array} key @returns {number[]} */
function nibblesOf(key) {
	return Array.from(key).flatMap((byte) => [byte >> 4, byte & 15]);
}

/** Reads from the front, never past the end. */
class Reader {
	#bytes;
	#at = 0;

	/** @param {Uint8Array} bytes */
	constructor(bytes) {
		this.#bytes = bytes;
	}

	/** @param {number} length */
	bytes(length) {
		const end = this.#at + length;
		if (end > this.#bytes.length) throw new ProofError("malformed", "a node ends too early");
		const taken = this.#bytes.subarray(this.#at, end);
		this.#at = end;
		return taken;
	}

	byte() {
		return this.bytes(1)[0];
	}

	/** The number of nibbles: `bits` bits of the first byte, continued while bytes are full. */
	count(first, bits) {
		const most = (1 << bits) - 1;
		let count = first & most;
		if (count < most) return count;
		for (;;) {
			const more = this.byte();
			count += more;
			if (count > 0xffff) throw new ProofError("malformed", "a path of too many nibbles");
			if (more < 255) return count;
		}
	}

	/** Nibbles are packed in pairs; of an odd number the first stands alone. */
	nibbles(count) {
		const packed = nibblesOf(this.bytes(Math.ceil(count / 2)));
		if (count % 2 === 0) return packed;
		if (packed[0] !== 0) throw new ProofError("malformed", "padding that is not zero");
		return packed.slice(1);
	}

	/** Bytes after their length, a SCALE compact number. */
	sized() {
		return this.bytes(this.#compact());
	}

	#compact() {
		const first = this.byte();
		switch (first & 3) {
			case 0:
				return first >> 2;
			case 1:
				return (first >> 2) | (this.byte() << 6);
			case 2: {
				const [a, b, c] = this.bytes(3);
				return ((first >> 2) | (a << 6) | (b << 14) | (c << 22)) >>> 0;
			}
			default:
				throw new ProofError("malformed", "a length beyond a gigabyte");
		}
	}

	end() {
		if (this.#at !== this.#bytes.length) {
			throw new ProofError("malformed", `${this.#bytes.length - this.#at} bytes too many`);
		}
	}
}
