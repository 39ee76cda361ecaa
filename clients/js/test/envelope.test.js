/** Documents and wraps that are made here: the right ones open, and all others are refused. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as envelope from "../src/envelope.js";
import { pattern } from "./made.js";

const fill = (length, value) => new Uint8Array(length).fill(value);

const binding = {
	genesis: fill(32, 1),
	record: fill(16, 2),
	version: 3,
	reader: fill(32, 4),
	keyVersion: 5,
};

const refused = (code) => (error) => error instanceof envelope.EnvelopeError && error.code === code;

test("open should give the content back when sealed", async () => {
	for (const size of [0, 1, 65_535, 65_536, 65_537, 300_000]) {
		const sealed = await envelope.seal(pattern(size));
		assert.equal(sealed.size, sealed.ciphertext.length);
		assert.deepEqual(await envelope.open(sealed.secret, sealed.ciphertext), pattern(size));
		assert.deepEqual(envelope.commit(sealed.salt, pattern(size)), sealed.commitment);
	}
});

test("open should fail when a byte was altered, cut off or added, or the secret is another", async () => {
	const { secret, ciphertext } = await envelope.seal(pattern(100));
	for (const at of [0, 30, ciphertext.length - 20, ciphertext.length - 1]) {
		const altered = ciphertext.slice();
		altered[at] ^= 1;
		await assert.rejects(envelope.open(secret, altered), refused("Damaged"), `byte ${at}`);
	}
	await assert.rejects(envelope.open(secret, ciphertext.slice(0, -1)), refused("Damaged"));
	const longer = new Uint8Array(ciphertext.length + 1);
	longer.set(ciphertext);
	await assert.rejects(envelope.open(secret, longer), refused("Damaged"));
	await assert.rejects(envelope.open(fill(32, 9), ciphertext), refused("Damaged"));
});

test("unwrap should give the secret back when key and binding are right", async () => {
	const key = await envelope.generateReaderKey();
	const wrapped = await envelope.wrap(fill(32, 6), key.publicKey, binding);
	assert.equal(wrapped.length, envelope.WRAP_LENGTH);
	assert.deepEqual(await envelope.unwrap(wrapped, key.privateKey, binding), fill(32, 6));
});

test("unwrap should fail when any field of the binding, the key or a byte is another", async () => {
	const key = await envelope.generateReaderKey();
	const other = await envelope.generateReaderKey();
	const wrapped = await envelope.wrap(fill(32, 6), key.publicKey, binding);
	const fields = {
		genesis: fill(32, 9),
		record: fill(16, 9),
		version: 9,
		reader: fill(32, 9),
		keyVersion: 9,
	};
	for (const [field, value] of Object.entries(fields)) {
		await assert.rejects(
			envelope.unwrap(wrapped, key.privateKey, { ...binding, [field]: value }),
			refused("WrapRefused"),
			field,
		);
	}
	await assert.rejects(envelope.unwrap(wrapped, other.privateKey, binding), refused("WrapRefused"));
	for (const at of [0, 31, 32, 79]) {
		const altered = wrapped.slice();
		altered[at] ^= 1;
		await assert.rejects(
			envelope.unwrap(altered, key.privateKey, binding),
			refused("WrapRefused"),
			`byte ${at}`,
		);
	}
});

test("wrap should fail when the public key is of low order", async () => {
	await assert.rejects(envelope.wrap(fill(32, 6), fill(32, 0), binding), refused("UnusableKey"));
});

test("arguments should be refused when they have another length or type", async () => {
	assert.throws(() => envelope.commit(fill(31, 0), fill(1, 0)), TypeError);
	assert.throws(() => envelope.token(fill(32, 0), 7, "code"), TypeError);
	assert.throws(() => envelope.token("key", envelope.TokenKind.Code, "code"), TypeError);
	assert.throws(() => envelope.encodeBinding({ ...binding, version: -1 }), TypeError);
	assert.throws(() => envelope.encodeBinding({ ...binding, version: 2 ** 32 }), TypeError);
	assert.throws(() => envelope.encodeBinding({ ...binding, record: fill(32, 0) }), TypeError);
	await assert.rejects(envelope.unwrap(fill(79, 0), fill(32, 1), binding), TypeError);
});

test("identity should be refused when it is not one of age", () => {
	for (const wrong of [
		"",
		"AGE-SECRET-KEY-1",
		"age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa",
	]) {
		assert.throws(() => envelope.secretFromIdentity(wrong), refused("MalformedIdentity"));
	}
});
