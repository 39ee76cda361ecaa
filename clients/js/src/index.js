/**
 * The envelope in JavaScript: what the Rust crate `assent-envelope` does, byte for byte.
 * Runs in browsers and in Node; all bytes are `Uint8Array`. The formats are described in the
 * documentation of the crate.
 *
 * Documents are taken whole: a browser holds what it shows anyway. The sealed form is the
 * same as that of the streaming Rust side.
 */

import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { blake2b } from "@noble/hashes/blake2.js";
import { blake3 } from "@noble/hashes/blake3.js";
import { concatBytes, randomBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { bech32 } from "@scure/base";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

/** What separates commitments from every other use of BLAKE3. */
export const COMMITMENT_CONTEXT = "assent 2026-11 document content commitment v1";

/** What separates wraps from every other use of HPKE and of a reader's key. */
export const WRAP_DOMAIN = "assent/wrap/v1";

/** Bytes of a wrap. */
export const WRAP_LENGTH = 80;

/** What a blinded code is about, and its number in the personalisation. */
export const TokenKind = Object.freeze({
	Sensitivity: 1,
	Code: 2,
	Author: 3,
	Encounter: 4,
	CareTeam: 5,
	Purpose: 6,
});

const IDENTITY_PREFIX = "age-secret-key-";

/** What went wrong; `code` is stable and the same as the Rust error's name. */
export class EnvelopeError extends Error {
	constructor(code, message, cause) {
		super(message, { cause });
		this.name = "EnvelopeError";
		this.code = code;
	}
}

function bytes(value, length, what) {
	if (!(value instanceof Uint8Array) || value.length !== length) {
		throw new TypeError(`${what} must be a Uint8Array of ${length} bytes`);
	}
	return value;
}

// ---- Documents ----

/** Seals a document to a secret made for it alone. */
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

/** Opens a sealed document with its 32-byte secret; throws unless every byte is authentic. */
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

/** BLAKE3 of a sealed document, as the chain holds it. */
export function hash(ciphertext) {
	return blake3(ciphertext);
}

/** Salted commitment to a content, as the chain holds it. */
export function commit(salt, content) {
	const context = utf8ToBytes(COMMITMENT_CONTEXT);
	return blake3(content, { key: blake3(bytes(salt, 32, "salt"), { context }) });
}

/** The text that age takes for a 32-byte document secret. */
export function identityFromSecret(secret) {
	return bech32.encodeFromBytes(IDENTITY_PREFIX, bytes(secret, 32, "secret")).toUpperCase();
}

/** The 32 bytes of an age identity. */
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

function u32(value, what) {
	if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
		throw new TypeError(`${what} must be a whole number from 0 to 4294967295`);
	}
	const four = new Uint8Array(4);
	new DataView(four.buffer).setUint32(0, value, true);
	return four;
}

/**
 * The associated data of a wrap: domain (14 bytes), genesis (32), record (16), version (4,
 * least significant first), reader (32), keyVersion (4): 102 bytes.
 */
export function encodeBinding({ genesis, record, version, reader, keyVersion }) {
	return concatBytes(
		utf8ToBytes(WRAP_DOMAIN),
		bytes(genesis, 32, "genesis"),
		bytes(record, 16, "record"),
		u32(version, "version"),
		bytes(reader, 32, "reader"),
		u32(keyVersion, "keyVersion"),
	);
}

/** A new reader's key: both halves as 32 bytes. */
export async function generateReaderKey() {
	const pair = await suite.kem.generateKeyPair();
	const raw = async (key) => new Uint8Array(await suite.kem.serializePrivateKey(key));
	return {
		privateKey: await raw(pair.privateKey),
		publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
	};
}

/** Wraps a document secret for the reader with a public key. */
export async function wrap(secret, readerPublic, binding) {
	bytes(secret, 32, "secret");
	bytes(readerPublic, 32, "readerPublic");
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

/** Opens a wrap with the reader's private key, under the binding it must be made with. */
export async function unwrap(wrapped, readerPrivate, binding) {
	bytes(wrapped, WRAP_LENGTH, "wrap");
	bytes(readerPrivate, 32, "readerPrivate");
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

/** BLAKE2's personalisation for tokens of a kind. */
export function personalisation(kind) {
	if (!Object.values(TokenKind).includes(kind)) {
		throw new TypeError("kind must be one of TokenKind");
	}
	return concatBytes(utf8ToBytes("assent/token/v1"), Uint8Array.of(kind));
}

/** Blinds a code: 16 bytes. The code is taken as it is: write it as `system|code`. */
export function token(blindingKey, kind, code) {
	return blake2b(utf8ToBytes(code), {
		key: bytes(blindingKey, 32, "blindingKey"),
		dkLen: 16,
		personalization: personalisation(kind),
	});
}
