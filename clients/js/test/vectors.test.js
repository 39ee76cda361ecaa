/** Replays the test vectors of Rust and of JavaScript. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as envelope from "../src/envelope.js";
import { binding, hex, pattern, read, readBytes, SEALED_SIZES, unhex } from "./made.js";

test("tokens should be those of Rust when key, kind and code are", () => {
	const list = read("tokens.json");
	assert.ok(list.length >= 60);
	for (const vector of list) {
		const kind = envelope.TokenKind[vector.kind];
		assert.equal(hex(envelope.personalisation(kind)), vector.personalisation);
		const token = envelope.token(unhex(vector.blinding_key), kind, vector.code);
		assert.equal(hex(token), vector.token, `${vector.kind} ${vector.code}`);
	}
	assert.deepEqual(
		new Set(list.map((vector) => vector.kind)),
		new Set(Object.keys(envelope.TokenKind)),
	);
});

test("hashes should be those of Rust when the bytes are", () => {
	const list = read("hashes.json");
	assert.ok(list.length >= 9);
	for (const { size, hash } of list) {
		assert.equal(hex(envelope.hash(pattern(size))), hash, `${size} bytes`);
	}
});

test("commitments should be those of Rust when salt and content are", () => {
	const list = read("commitments.json");
	assert.ok(list.length >= 9);
	for (const { salt, size, commitment } of list) {
		assert.equal(hex(envelope.commit(unhex(salt), pattern(size))), commitment, `${size} bytes`);
	}
});

for (const maker of ["rust", "js"]) {
	test(`wraps should open when made by ${maker}`, async () => {
		const list = read(`wraps-${maker}.json`);
		assert.ok(list.length >= 4);
		for (const vector of list) {
			assert.equal(hex(envelope.encodeBinding(binding(vector))), vector.associated_data);
			const secret = await envelope.unwrap(
				unhex(vector.wrap),
				unhex(vector.reader_private),
				binding(vector),
			);
			assert.equal(hex(secret), vector.secret);
		}
	});

	test(`sealed documents should open when made by ${maker}`, async () => {
		const list = read(`sealed-${maker}.json`);
		assert.deepEqual(
			list.map((vector) => vector.content_size),
			SEALED_SIZES,
		);
		for (const vector of list) {
			const ciphertext = readBytes(vector.file);
			assert.equal(ciphertext.length, vector.ciphertext_size);
			assert.equal(hex(envelope.hash(ciphertext)), vector.ciphertext_hash);
			assert.equal(envelope.identityFromSecret(unhex(vector.secret)), vector.identity);
			assert.equal(hex(envelope.secretFromIdentity(vector.identity)), vector.secret);
			const content = await envelope.open(unhex(vector.secret), ciphertext);
			assert.deepEqual(content, pattern(vector.content_size));
			assert.equal(hex(envelope.commit(unhex(vector.salt), content)), vector.commitment);
		}
	});
}
