/** Bytes in and out of hex, and checks of arguments. */

import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

const U32_MAX = 0xffff_ffff;

/**
 * Writes bytes as polkadot.js does.
 * @param {Uint8Array} bytes
 * @returns {string} `0x`, then two lower-case digits a byte
 */
export const toHex = (bytes) => `0x${bytesToHex(bytes)}`;

/**
 * Reads bytes from either form.
 * @param {string | Uint8Array} value hex after `0x`, or the bytes themselves
 * @returns {Uint8Array}
 * @throws {Error} when the value is neither
 */
export function toBytes(value) {
	if (value instanceof Uint8Array) return value;
	if (typeof value !== "string" || !value.startsWith("0x")) {
		throw new TypeError("bytes must be a Uint8Array, or hex after 0x");
	}
	return hexToBytes(value.slice(2));
}

/**
 * Checks that an argument is hex of so many bytes, in the chain's own spelling.
 * @param {string} value `0x` and lower-case digits
 * @param {number} length in bytes
 * @param {string} what the argument's name, for the error
 * @returns {string} the value
 * @throws {TypeError} when the value is anything else
 */
export function hexOf(value, length, what) {
	if (typeof value !== "string" || !new RegExp(`^0x[0-9a-f]{${2 * length}}$`).test(value)) {
		throw new TypeError(`${what} must be 0x and ${2 * length} lower-case hex digits`);
	}
	return value;
}

/**
 * Compares bytes.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {boolean}
 */
export const equal = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/**
 * Checks that an argument has exactly so many bytes.
 * @param {Uint8Array} value
 * @param {number} length in bytes
 * @param {string} what the argument's name, for the error
 * @returns {Uint8Array} the value
 * @throws {TypeError} when the value is anything else
 */
export function bytesOf(value, length, what) {
	if (!(value instanceof Uint8Array) || value.length !== length) {
		throw new TypeError(`${what} must be a Uint8Array of ${length} bytes`);
	}
	return value;
}

/**
 * Checks that an argument is a whole number of 32 bits, without a sign.
 * @param {number} value
 * @param {string} what the argument's name, for the error
 * @returns {number} the value
 * @throws {TypeError} when the value is anything else
 */
export function u32(value, what) {
	if (!Number.isInteger(value) || value < 0 || value > U32_MAX) {
		throw new TypeError(`${what} must be a whole number from 0 to ${U32_MAX}`);
	}
	return value;
}

/**
 * Checks that an argument is a moment.
 * @param {number} value milliseconds since 1970
 * @param {string} what the argument's name, for the error
 * @returns {number} the value
 * @throws {TypeError} when the value is anything else
 */
export function moment(value, what) {
	if (!Number.isSafeInteger(value) || value < 0) {
		throw new TypeError(`${what} must be a whole number of milliseconds since 1970`);
	}
	return value;
}
