/**
 * Storage proofs (`state_getReadProof`): base-16 Merkle-Patricia tries hashed with BLAKE2b-256, in
 * both state versions. In version 1 a value of more than 32 bytes is an item of the proof, and its
 * node has the hash of the value.
 *
 * The verifier walks down from the trusted state root, and believes a byte only after hashing the
 * byte. No npm library offers such a verifier today: smoldot has one for internal use alone. This
 * code is a second implementation and shares nothing with the node.
 */

import { blake2b } from "@noble/hashes/blake2.js";
import { toBytes, toHex } from "../bytes.js";

const HASH = 32;

/**
 * A proof that does not prove the values. The `reason` is
 * - `missing`: an item on the way to a key is not in the proof, or was altered;
 * - `malformed`: an item is no trie node;
 * - `unused`: an item is on the way to no key.
 */
export class ProofError extends Error {
	/** @param {"missing" | "malformed" | "unused"} reason @param {string} message */
	constructor(reason, message) {
		super(message);
		this.name = "ProofError";
		/** The kind of failure. */
		this.reason = reason;
	}
}

/**
 * Reads keys out of a proof, under a state root that the caller trusts.
 * @param {object} claim
 * @param {string | Uint8Array} claim.root the state root, 32 bytes
 * @param {(string | Uint8Array)[]} claim.proof the items, in any order
 * @param {(string | Uint8Array)[]} claim.keys the storage keys, hashed and whole
 * @returns {Map<string, Uint8Array | null>} by key (lower-case hex): the encoded value, or null
 *   where the proof shows that the state has none
 * @throws {ProofError} when the proof proves fewer values, or has an item that proves no value
 */
export function verifyProof({ root, proof, keys }) {
	const items = new Map();
	for (const item of proof) {
		const bytes = toBytes(item);
		items.set(hashOf(bytes), bytes);
	}
	const used = new Set();
	/** An item by its hash. The item is the right one, because the hash was made of the item. */
	const take = (hash, what) => {
		const bytes = items.get(hash);
		if (!bytes) throw new ProofError("missing", `the proof has no ${what} of hash ${hash}`);
		used.add(hash);
		return bytes;
	};
	const values = new Map();
	for (const key of keys.map(toBytes)) values.set(toHex(key), lookUp(toBytes(root), key, take));
	if (used.size !== items.size) {
		throw new ProofError("unused", `${items.size - used.size} items of the proof prove nothing`);
	}
	return values;
}

const hashOf = (bytes) => toHex(blake2b(bytes, { dkLen: HASH }));

/** Walks from the root to the key. */
function lookUp(root, key, take) {
	const path = nibblesOf(key);
	let at = 0;
	let node = decodeNode(take(toHex(root), "root node"));
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
		node = decodeNode(child.length === HASH ? take(toHex(child), "node") : child);
	}
}

function storedIn({ value }, take) {
	if (value === null) return null;
	return value.hashed ? take(toHex(value.hashed), "value") : value.inline;
}

/**
 * Decodes a trie node.
 * @param {Uint8Array} bytes
 * @returns {{ kind: "empty" | "leaf" | "branch", partial: number[],
 *   value: { inline: Uint8Array } | { hashed: Uint8Array } | null,
 *   children: (Uint8Array | null)[] }} `partial`: nibbles, at most 65,535; `children`: 16 in a
 *   branch, else none; a child is a hash of 32 bytes, or a whole node of fewer bytes
 * @throws {ProofError} `malformed`
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

/** The first bits of a node tell its kind. The rest of that byte counts nibbles. */
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

	/** Nibbles are packed in pairs. The first nibble of an odd number stands alone. */
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
