/** A request for a wrap, and an answer: the parts that no test vector shows. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { Keyring } from "@polkadot/keyring";
import { hexToU8a, u8aToHex } from "@polkadot/util";
import { cryptoWaitReady, signatureVerify } from "@polkadot/util-crypto";
import {
	deliveryMessage,
	Header,
	knownReason,
	readAnswer,
	Scheme,
	SignedRequest,
	WINDOW_MS,
} from "../src/delivery.js";
import { wrapped } from "../src/messages.js";

const request = {
	genesis: `0x${"11".repeat(32)}`,
	record: `0x${"22".repeat(16)}`,
	version: 3,
	entry: `0x${"44".repeat(32)}`,
	issued: 1_800_000_000_000,
};
const account = new Uint8Array(32).fill(0x33);
const unsigned = { account, scheme: Scheme.Sr25519, signature: new Uint8Array(64) };

describe("a signed request", () => {
	before(() => cryptoWaitReady());

	for (const [type, scheme, first] of [
		["ed25519", Scheme.Ed25519, 0],
		["sr25519", Scheme.Sr25519, 1],
	]) {
		it(`carries a signature of ${type} as the chain encodes one`, () => {
			const pair = new Keyring({ type }).addFromUri("//Reader");
			const message = deliveryMessage(request);
			for (const signature of [pair.sign(wrapped(message)), u8aToHex(pair.sign(message))]) {
				const { headers } = new SignedRequest(request, {
					account: pair.publicKey,
					scheme,
					signature,
				});
				assert.equal(headers[Header.Account], u8aToHex(pair.publicKey));
				assert.equal(headers[Header.Issued], "1800000000000");
				const encoded = hexToU8a(headers[Header.Signature]);
				assert.equal(encoded[0], first);
				// As the vault does, this check accepts both forms of the message.
				const { isValid, crypto } = signatureVerify(message, encoded, pair.address);
				assert.deepEqual([isValid, crypto], [true, type]);
			}
		});
	}

	it("keeps the fields that were signed", () => {
		const mine = { ...request };
		const signed = new SignedRequest(mine, unsigned);
		const url = signed.url("");
		mine.version = 4;
		assert.equal(signed.url(""), url);
	});

	it("is fresh within the window either way", () => {
		const signed = new SignedRequest(request, unsigned);
		const { issued } = request;
		for (const now of [issued - WINDOW_MS, issued, issued + WINDOW_MS]) {
			assert.ok(signed.isFresh(now));
		}
		for (const now of [0, issued - WINDOW_MS - 1, issued + WINDOW_MS + 1]) {
			assert.ok(!signed.isFresh(now));
		}
	});

	for (const [what, field, signed] of [
		["a chain in upper case", { genesis: `0x${"AB".repeat(32)}` }],
		["a record of 15 bytes", { record: `0x${"22".repeat(15)}` }],
		["a version of 33 bits", { version: 2 ** 32 }],
		["an entry without 0x", { entry: "44".repeat(32) }],
		["a moment with a fraction", { issued: 0.5 }],
		["a moment below zero", { issued: -1 }],
		["a moment that a number can't hold", { issued: 2 ** 53 }],
		["an account of 33 bytes", {}, { account: new Uint8Array(33) }],
		["a scheme that the vault does not know", {}, { scheme: 2 }],
		["a signature with the number of the scheme", {}, { signature: new Uint8Array(65) }],
	]) {
		it(`is refused: ${what}`, () => {
			const make = () => new SignedRequest({ ...request, ...field }, { ...unsigned, ...signed });
			assert.throws(make, TypeError);
		});
	}
});

describe("an answer", () => {
	const answer = { permitted: true, final: true, reason: "emergency", at: 1, emergency: true };

	it("has the reason `other` when the code is unknown", () => {
		for (const code of ["", "Denial", "denial ", "<b>", "withdrawn", "toString", "__proto__"]) {
			assert.equal(knownReason(code), "other", code);
			assert.equal(readAnswer({ ...answer, reason: code }).reason, "other");
		}
	});

	it("is refused when a part is missing or of another type", () => {
		for (const part of Object.keys(answer)) {
			const { [part]: _, ...cut } = answer;
			assert.throws(() => readAnswer(cut), TypeError, part);
			assert.throws(() => readAnswer({ ...answer, [part]: {} }), TypeError, part);
		}
		for (const json of [null, undefined, true, "", []]) {
			assert.throws(() => readAnswer(json), TypeError);
		}
	});

	it("keeps each part apart", () => {
		const none = { permitted: false, final: false, reason: "denial", at: 0, emergency: false };
		for (const part of ["permitted", "final", "emergency"]) {
			assert.deepEqual(readAnswer({ ...none, [part]: true }), { ...none, [part]: true });
		}
	});

	it("gives no part beyond its own", () => {
		assert.deepEqual(readAnswer({ ...answer, more: 1 }), answer);
	});
});
