/**
 * Builds small state tries and their proofs, for the tests of the verifier. The builder is slow and
 * obvious. The builder shares no code with the verifier, so that the two do not share a mistake.
 */

import { compactToU8a, u8aConcat, u8aEq } from "@polkadot/util";
import { blake2AsU8a } from "@polkadot/util-crypto";

/**
 * Builds a trie.
 * @param {[Uint8Array, Uint8Array][]} entries keys and values, no key twice
 * @param {0 | 1} version the state version
 * @returns {{ root: Uint8Array, prove: (keys: Uint8Array[]) => Uint8Array[] }}
 */
export function buildTrie(entries, version) {
	const rows = entries.map(([key, value]) => ({ path: hexDigits(key), value }));
	const top = node(rows, 0, version);
	return {
		root: blake2AsU8a(top.bytes),
		/** The items that a full node sends: every node on the way, and each hashed value. */
		prove(keys) {
			const items = [];
			const add = (bytes) => {
				if (!items.some((item) => u8aEq(item, bytes))) items.push(bytes);
			};
			for (const key of keys) {
				const path = hexDigits(key);
				let at = top;
				let depth = 0;
				add(top.bytes);
				for (;;) {
					depth += at.partial.length;
					if (at.path !== path.slice(0, depth)) break;
					if (depth === path.length) {
						if (at.detached) add(at.detached);
						break;
					}
					at = at.children?.[Number.parseInt(path[depth], 16)];
					if (!at) break;
					depth++;
					if (at.bytes.length >= 32) add(at.bytes);
				}
			}
			return items;
		},
	};
}

const hexDigits = (key) => Buffer.from(key).toString("hex");

function node(rows, depth, version) {
	if (rows.length === 0) return { bytes: Uint8Array.of(0), partial: "", path: "" };
	// The rows share the path up to here.
	let end = depth;
	const [first] = rows;
	while (
		end < first.path.length &&
		rows.every(({ path }) => path.length > end && path[end] === first.path[end])
	) {
		end++;
	}
	const partial = first.path.slice(depth, end);
	const path = first.path.slice(0, end);
	const own = rows.find((row) => row.path.length === end);
	const hashed = own !== undefined && version === 1 && own.value.length > 32;
	const value = !own
		? new Uint8Array()
		: hashed
			? blake2AsU8a(own.value)
			: u8aConcat(compactToU8a(own.value.length), own.value);
	const detached = hashed ? own.value : undefined;
	const digits = partial.length % 2 ? `0${partial}` : partial;
	const packed = Uint8Array.from(Buffer.from(digits, "hex"));
	if (rows.length === 1 && own) {
		const start = hashed ? header(0b001, 3, partial.length) : header(0b01, 2, partial.length);
		return { bytes: u8aConcat(start, packed, value), partial, path, detached };
	}
	const children = Array.from({ length: 16 }, (_, digit) => {
		const below = rows.filter((row) => row.path[end] === digit.toString(16));
		return below.length ? node(below, end + 1, version) : null;
	});
	const bitmap = children.reduce((bits, child, digit) => bits | (child ? 1 << digit : 0), 0);
	const start = hashed
		? header(0b0001, 4, partial.length)
		: header(own ? 0b11 : 0b10, 2, partial.length);
	const bytes = u8aConcat(
		start,
		packed,
		Uint8Array.of(bitmap & 255, bitmap >> 8),
		value,
		...children.flatMap((child) => {
			if (!child) return [];
			const reference = child.bytes.length < 32 ? child.bytes : blake2AsU8a(child.bytes);
			return [compactToU8a(reference.length), reference];
		}),
	);
	return { bytes, partial, path, children, detached };
}

/** The prefix, then the number of nibbles: in the bits that are left, and in more bytes. */
function header(prefix, width, nibbles) {
	const room = 2 ** (8 - width) - 1;
	const first = prefix << (8 - width);
	if (nibbles < room) return Uint8Array.of(first | nibbles);
	const bytes = [first | room];
	let rest = nibbles - room;
	while (rest >= 255) {
		bytes.push(255);
		rest -= 255;
	}
	bytes.push(rest);
	return Uint8Array.from(bytes);
}
