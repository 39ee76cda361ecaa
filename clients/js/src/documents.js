/**
 * The paths of a vault. A path names an id by lower-case hex digits without `0x`, so every document
 * and every wrap has one path. The arguments have the chain's spelling, `0x` and lower-case digits.
 * `WRAP_LENGTH` of `./envelope.js` is the size of a wrap.
 */

import { bytesOf, hexOf, toHex, u32 } from "./bytes.js";

/** The beginning of a document's path. */
const DOCUMENTS = "/v1/documents/";
/** The beginning of a wrap's path. */
const WRAPS = "/v1/wraps/";

/** The digits of an id, as a path has these. */
const digits = (value, length, what) => hexOf(value, length, what).slice(2);

/**
 * The path of a document.
 * @param {string} hash BLAKE3 of the ciphertext: `0x` and 64 hex digits
 * @returns {string}
 * @throws {TypeError} when the hash has another form
 */
export function documentPath(hash) {
	return `${DOCUMENTS}${digits(hash, 32, "hash")}`;
}

/**
 * The URL of a document.
 * @param {string} vault the vault's URL, as the chain holds the URL of an organisation
 * @param {string} hash BLAKE3 of the ciphertext: `0x` and 64 hex digits
 * @returns {string}
 * @throws {TypeError} when the hash has another form
 */
export function documentUrl(vault, hash) {
	return `${vault}${documentPath(hash)}`;
}

/**
 * The path of all wraps of a record.
 * @param {string} record the record's id: `0x` and 32 hex digits
 * @returns {string}
 * @throws {TypeError} when the id has another form
 */
export function wrapsPath(record) {
	return `${WRAPS}${digits(record, 16, "record")}`;
}

/**
 * The place of one reader's wrap.
 * @typedef {object} WrapAddress
 * @property {string} record the record's id: `0x` and 32 hex digits
 * @property {number} version the record's document version, from 1 to 2^32 - 1
 * @property {Uint8Array} reader 32 bytes: the reader's account
 */

/**
 * The path of one reader's wrap.
 * @param {WrapAddress} address
 * @returns {string}
 * @throws {TypeError} when a field has another form, length or range
 */
export function wrapPath({ record, version, reader }) {
	const account = toHex(bytesOf(reader, 32, "reader"));
	return `${wrapsPath(record)}/${u32(version, "version")}/${digits(account, 32, "reader")}`;
}

/**
 * The path and query with which a reader asks for the reader's wrap.
 * @param {WrapAddress} address
 * @param {string} entry hash of the entry of the trail that permits the access: `0x` and 64 digits
 * @returns {string}
 * @throws {TypeError} when an argument has another form, length or range
 */
export function wrapRequest(address, entry) {
	return `${wrapPath(address)}?entry=${digits(entry, 32, "entry")}`;
}
