/**
 * The envelope in JavaScript. Every byte is the same as with the Rust crate `assent-envelope`,
 * whose documentation describes the formats. The code runs in browsers and in Node, and all bytes
 * are `Uint8Array`.
 *
 * The functions take a whole document, because a browser holds the document anyway to show it. The
 * Rust crate streams a document, and gives the same sealed form.
 */

import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { blake2b } from "@noble/hashes/blake2.js";
import { blake3 } from "@noble/hashes/blake3.js";
import { concatBytes, randomBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { bech32 } from "@scure/base";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { bytesOf, u32 } from "./bytes.js";

/** Separates commitments from every other use of BLAKE3. */
export const COMMITMENT_CONTEXT = "assent 2026-11 document content commitment v1";

/** Separates wraps from every other use of HPKE and of a reader's key. */
export const WRAP_DOMAIN = "assent/wrap/v1";

/** The length of a wrap, in bytes. */
export const WRAP_LENGTH = 80;

/** The subjects of a blinded code, each with its number in the personalisation. */
export const TokenKind = Object.freeze({
	Sensitivity: 1,
	Code: 2,
	Author: 3,
	Encounter: 4,
	CareTeam: 5,
	Purpose: 6,
});

const IDENTITY_PREFIX = "age-secret-key-";

/**
 * A failure of the envelope. Its `code` is stable and is the name of the Rust error: `Damaged`,
 * `MalformedIdentity`, `UnusableKey` or `WrapRefused`. The message says what to do.
 */
export class EnvelopeError extends Error {
	/** @param {string} code @param {string} message @param {unknown} [cause] */
	constructor(code, message, cause) {
		super(message, { cause });
		this.name = "EnvelopeError";
		/** The stable name of the failure. */
		this.code = code;
	}
}

// ---- Documents ----

/**
 * A sealed document. The chain holds `ciphertextHash`, `size` and `commitment`, a vault holds
 * `ciphertext`, and `secret` and `salt` stay with the custodian.
 * @typedef {object} Sealed
 * @property {Uint8Array} ciphertext one `age` file
 * @property {Uint8Array} secret 32 bytes: the key of this document alone
 * @property {Uint8Array} ciphertextHash 32 bytes: BLAKE3 of the ciphertext
 * @property {number} size the bytes of the ciphertext
 * @property {Uint8Array} commitment 32 bytes: the salted commitment to the content
 * @property {Uint8Array} salt 32 bytes: opens the commitment
 */

/**
 * Seals a document to a secret that is made for this document alone.
 * @param {Uint8Array} content any number of bytes
 * @returns {Promise<Sealed>}
 */
export async function seal(content) {
	const identity = await generateX25519Identity();
	const encrypter = new Encrypter();
	encrypter.addRecipient(await identityToRecipient(identity));
	const ciphertext = await encrypter.encrypt(content);
	const salt = randomBytes(32);
	return {
		ciphertext,
		secret: secretFromIdentity(identity),
		ciphertextHash: hash(ciphertext),
		size: ciphertext.length,
		commitment: commit(salt, content),
		salt,
	};
}

/**
 * Opens a sealed document.
 * @param {Uint8Array} secret 32 bytes
 * @param {Uint8Array} ciphertext
 * @returns {Promise<Uint8Array>} the content, every byte of which is authentic
 * @throws {EnvelopeError} `Damaged`: the secret is another one, or a byte was altered, added or
 *   cut off
 * @throws {TypeError} when the secret has another length
 */
export async function open(secret, ciphertext) {
	const decrypter = new Decrypter();
	decrypter.addIdentity(identityFromSecret(secret));
	try {
		return await decrypter.decrypt(ciphertext);
	} catch (cause) {
		throw new EnvelopeError(
			"Damaged",
			"the secret does not open this document, or the document was altered or cut off: " +
				"take the wrap made for this record and version, and compare the document's hash",
			cause,
		);
	}
}

/**
 * The hash of a sealed document, as the chain holds it.
 * @param {Uint8Array} ciphertext
 * @returns {Uint8Array} 32 bytes: BLAKE3
 */
export function hash(ciphertext) {
	return blake3(ciphertext);
}

/**
 * The salted commitment to a content, as the chain holds it.
 * @param {Uint8Array} salt 32 bytes
 * @param {Uint8Array} content
 * @returns {Uint8Array} 32 bytes
 * @throws {TypeError} when the salt has another length
 */
export function commit(salt, content) {
	const context = utf8ToBytes(COMMITMENT_CONTEXT);
	return blake3(content, { key: blake3(bytesOf(salt, 32, "salt"), { context }) });
}

/**
 * The text in which `age` takes the secret of a document.
 * @param {Uint8Array} secret 32 bytes
 * @returns {string} `AGE-SECRET-KEY-1…`
 * @throws {TypeError} when the secret has another length
 */
export function identityFromSecret(secret) {
	return bech32.encodeFromBytes(IDENTITY_PREFIX, bytesOf(secret, 32, "secret")).toUpperCase();
}

/**
 * The secret of an `age` identity.
 * @param {string} identity `AGE-SECRET-KEY-1…`
 * @returns {Uint8Array} 32 bytes
 * @throws {EnvelopeError} `MalformedIdentity`: the text is no X25519 identity of `age`
 */
export function secretFromIdentity(identity) {
	let decoded;
	try {
		decoded = bech32.decodeToBytes(identity);
	} catch (cause) {
		throw new EnvelopeError("MalformedIdentity", "this is not an age identity", cause);
	}
	if (decoded.prefix.toLowerCase() !== IDENTITY_PREFIX || decoded.bytes.length !== 32) {
		throw new EnvelopeError("MalformedIdentity", "this is not an X25519 identity of age");
	}
	return decoded.bytes;
}

// ---- Wraps ----

const suite = new CipherSuite({
	kem: new DhkemX25519HkdfSha256(),
	kdf: new HkdfSha256(),
	aead: new Chacha20Poly1305(),
});

/** Four bytes, the least significant one first. */
function littleEndian(value, what) {
	const four = new Uint8Array(4);
	new DataView(four.buffer).setUint32(0, u32(value, what), true);
	return four;
}

/**
 * The use to which a wrap is bound. A wrap opens under exactly this binding.
 * @typedef {object} Binding
 * @property {Uint8Array} genesis 32 bytes: the hash of the chain's first block
 * @property {Uint8Array} record 16 bytes: the record's id
 * @property {number} version the record's version, from 0 to 2^32 - 1
 * @property {Uint8Array} reader 32 bytes: the reader's account
 * @property {number} keyVersion the version of the reader's key, from 0 to 2^32 - 1
 */

/**
 * The associated data of a wrap: domain (14 bytes), genesis (32), record (16), version (4, least
 * significant first), reader (32), keyVersion (4, the same).
 * @param {Binding} binding
 * @returns {Uint8Array} 102 bytes
 * @throws {TypeError} when a field has another length or range
 */
export function encodeBinding({ genesis, record, version, reader, keyVersion }) {
	return concatBytes(
		utf8ToBytes(WRAP_DOMAIN),
		bytesOf(genesis, 32, "genesis"),
		bytesOf(record, 16, "record"),
		littleEndian(version, "version"),
		bytesOf(reader, 32, "reader"),
		littleEndian(keyVersion, "keyVersion"),
	);
}

/**
 * Makes a key for a reader.
 * @returns {Promise<{ privateKey: Uint8Array, publicKey: Uint8Array }>} X25519, 32 bytes each
 */
export async function generateReaderKey() {
	const pair = await suite.kem.generateKeyPair();
	const raw = async (key) => new Uint8Array(await suite.kem.serializePrivateKey(key));
	return {
		privateKey: await raw(pair.privateKey),
		publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
	};
}

/**
 * Wraps a document's secret for one reader.
 * @param {Uint8Array} secret 32 bytes
 * @param {Uint8Array} readerPublic 32 bytes: the public key that the reader registered
 * @param {Binding} binding
 * @returns {Promise<Uint8Array>} `WRAP_LENGTH` bytes
 * @throws {EnvelopeError} `UnusableKey`: the public key is of low order
 * @throws {TypeError} when an argument has another length or range
 */
export async function wrap(secret, readerPublic, binding) {
	bytesOf(secret, 32, "secret");
	bytesOf(readerPublic, 32, "readerPublic");
	const aad = encodeBinding(binding);
	let sealed;
	try {
		const recipientPublicKey = await suite.kem.deserializePublicKey(readerPublic);
		sealed = await suite.seal({ recipientPublicKey, info: utf8ToBytes(WRAP_DOMAIN) }, secret, aad);
	} catch (cause) {
		throw new EnvelopeError(
			"UnusableKey",
			"nothing can be encrypted to this public key: ask the reader to register a new one",
			cause,
		);
	}
	return concatBytes(new Uint8Array(sealed.enc), new Uint8Array(sealed.ct));
}

/**
 * Opens a wrap.
 * @param {Uint8Array} wrapped `WRAP_LENGTH` bytes
 * @param {Uint8Array} readerPrivate 32 bytes
 * @param {Binding} binding the one under which the wrap was made
 * @returns {Promise<Uint8Array>} the document's secret, 32 bytes
 * @throws {EnvelopeError} `WrapRefused`: the key, a byte or a field of the binding is another
 * @throws {TypeError} when an argument has another length or range
 */
export async function unwrap(wrapped, readerPrivate, binding) {
	bytesOf(wrapped, WRAP_LENGTH, "wrap");
	bytesOf(readerPrivate, 32, "readerPrivate");
	const aad = encodeBinding(binding);
	try {
		const recipientKey = await suite.kem.deserializePrivateKey(readerPrivate);
		const enc = wrapped.slice(0, 32);
		const info = utf8ToBytes(WRAP_DOMAIN);
		const secret = await suite.open({ recipientKey, enc, info }, wrapped.slice(32), aad);
		return new Uint8Array(secret);
	} catch (cause) {
		throw new EnvelopeError(
			"WrapRefused",
			"the wrap does not open: it was made for another reader key, or for another record, " +
				"version, reader, key version or chain; ask the custodian for a new one",
			cause,
		);
	}
}

// ---- Tokens ----

/**
 * BLAKE2's personalisation for tokens of a kind.
 * @param {number} kind one of `TokenKind`
 * @returns {Uint8Array} 16 bytes
 * @throws {TypeError} when the kind is none of `TokenKind`
 */
export function personalisation(kind) {
	if (!Object.values(TokenKind).includes(kind)) {
		throw new TypeError("kind must be one of TokenKind");
	}
	return concatBytes(utf8ToBytes("assent/token/v1"), Uint8Array.of(kind));
}

/**
 * Blinds a code. The same key, kind and code always give the same token.
 * @param {Uint8Array} blindingKey 32 bytes
 * @param {number} kind one of `TokenKind`
 * @param {string} code as it is: write a coded value as `system|code`
 * @returns {Uint8Array} 16 bytes
 * @throws {TypeError} when the key has another length, or the kind is none of `TokenKind`
 */
export function token(blindingKey, kind, code) {
	return blake2b(utf8ToBytes(code), {
		key: bytesOf(blindingKey, 32, "blindingKey"),
		dkLen: 16,
		personalization: personalisation(kind),
	});
}
