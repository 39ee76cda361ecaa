/** The place of the test vectors, and the rule by which both sides make the contents. */

import { readFileSync } from "node:fs";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

export const folder = new URL("../../../core/envelope/vectors/", import.meta.url);

export const SEALED_SIZES = [0, 1, 65_536, 65_537];

/** Content of a size in bytes, by the same rule as in Rust. */
export function pattern(size) {
	return Uint8Array.from({ length: size }, (_, at) => at % 251);
}

export const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

export const readBytes = (name) => new Uint8Array(readFileSync(new URL(name, folder)));

export const hex = bytesToHex;

export const unhex = hexToBytes;

/** The binding of a wrap vector. */
export function binding(vector) {
	return {
		genesis: unhex(vector.genesis),
		record: unhex(vector.record),
		version: vector.version,
		reader: unhex(vector.reader),
		keyVersion: vector.key_version,
	};
}
