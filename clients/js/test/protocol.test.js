/**
 * Replays the test vectors of `core/protocol`. Rust programs and this package agree byte for byte on
 * signed texts, paths, headers, reasons and methods.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hexToBytes } from "@noble/hashes/utils.js";
import { encodeAddress } from "@polkadot/util-crypto";
import * as delivery from "../src/delivery.js";
import { documentPath, documentUrl, wrapPath, wrapRequest, wrapsPath } from "../src/documents.js";
import { WRAP_LENGTH } from "../src/envelope.js";
import { engagementMessage, enrolmentMessage, recoveryMessage, wrapped } from "../src/messages.js";
import { deliveryParams, MAX_PAGE, Method } from "../src/rpc.js";
import { files, protocol, readme } from "./protocol.js";

/** The bytes of an id in a vector. */
const bytes = (hex) => hexToBytes(hex.slice(2));
const text = (encoded) => new TextDecoder().decode(encoded);

/** The keys that these tests read. */
const READ = [
	"delivery.json: answers, clocksMs, headers, reasons, requests, windowMs",
	"documents.json: documents, records, wrapBytes, wraps",
	"endpoint.json: urls.accepted",
	"messages.json: engagements, enrolments, recoveries",
	"rpc.json: delivery, maxPage, methods",
];
/** The keys that JavaScript has no use for. The page of the vectors says why. */
const UNUSED = [
	"documents.json: tokens",
	"endpoint.json: hosts.accepted, hosts.refused, urls.refused",
];

describe("the vectors", () => {
	it("have no key that JavaScript neither reads nor names as unused", () => {
		const known = new Map(files.map((name) => [name, []]));
		for (const line of [...READ, ...UNUSED]) {
			const [name, keys] = line.split(": ");
			known.get(name)?.push(...keys.split(", "));
		}
		for (const [name, keys] of known) {
			const value = protocol(name);
			const inner = name === "endpoint.json" ? (key) => Object.keys(value[key]) : () => [""];
			const there = Object.keys(value).flatMap((key) =>
				inner(key).map((below) => (below ? `${key}.${below}` : key)),
			);
			assert.deepEqual(keys.sort(), there.sort(), name);
		}
		assert.equal(known.size, READ.length);
	});

	it("have a page that names the unused keys", () => {
		for (const line of UNUSED) {
			const [, keys] = line.split(": ");
			for (const key of keys.split(", ")) assert.ok(readme.includes(`\`${key}\``), key);
		}
	});
});

describe("delivery", () => {
	const vectors = protocol("delivery.json");

	it("the text of each request is that of Rust, bare and wrapped", () => {
		assert.ok(vectors.requests.length >= 2);
		for (const { message, wrapped: bracketed, ...request } of vectors.requests) {
			assert.equal(delivery.deliveryMessage(request), message);
			assert.equal(text(wrapped(message)), bracketed);
		}
	});

	it("the reasons are those of Rust, with code, words and order", () => {
		const reasons = vectors.reasons.map(({ code, words }) => [code, words]);
		assert.deepEqual(Object.entries(delivery.Reason), reasons);
		for (const [code] of reasons) assert.equal(delivery.knownReason(code), code);
	});

	it("each answer is read as it stands", () => {
		assert.deepEqual(
			vectors.answers.map(({ permitted, final, emergency }) => [permitted, final, emergency]),
			[
				[true, true, false],
				[false, false, false],
			],
		);
		for (const answer of vectors.answers) assert.deepEqual(delivery.readAnswer(answer), answer);
	});

	it("the windows are those of Rust", () => {
		assert.equal(delivery.WINDOW_MS, vectors.windowMs);
		assert.equal(delivery.CLOCKS_MS, vectors.clocksMs);
	});

	it("the headers are those of Rust, and a request carries each once", () => {
		assert.deepEqual(Object.values(delivery.Header), vectors.headers);
		const [request] = vectors.requests;
		const signed = new delivery.SignedRequest(request, {
			account: new Uint8Array(32),
			scheme: delivery.Scheme.Sr25519,
			signature: new Uint8Array(64),
		});
		assert.deepEqual(Object.keys(signed.headers), vectors.headers);
	});
});

describe("documents", () => {
	const vectors = protocol("documents.json");

	it("a wrap has as many bytes as in Rust", () => {
		assert.equal(WRAP_LENGTH, vectors.wrapBytes);
	});

	it("the path of each document is that of Rust", () => {
		assert.ok(vectors.documents.length > 0);
		for (const { hash, path } of vectors.documents) assert.equal(documentPath(hash), path);
	});

	it("the path of each record's wraps is that of Rust", () => {
		assert.ok(vectors.records.length > 0);
		for (const { record, path } of vectors.records) assert.equal(wrapsPath(record), path);
	});

	it("the path and the request of each wrap are those of Rust", () => {
		assert.ok(vectors.wraps.length >= 3);
		for (const { record, version, reader, entry, path, request } of vectors.wraps) {
			const address = { record, version, reader: bytes(reader) };
			assert.equal(wrapPath(address), path);
			assert.equal(wrapRequest(address, entry), request);
			const signed = new delivery.SignedRequest(
				{ genesis: entry, record, version, entry, issued: 1 },
				{ account: bytes(reader), scheme: 0, signature: new Uint8Array(64) },
			);
			assert.equal(signed.url("https://vault.example"), `https://vault.example${request}`);
		}
	});
});

describe("endpoint", () => {
	const { accepted } = protocol("endpoint.json").urls;

	it("the URL of a document is that of Rust", () => {
		assert.ok(accepted.length >= 12);
		for (const { url, ciphertext, document } of accepted) {
			assert.equal(documentUrl(url, ciphertext), document);
		}
	});

	it("fetch connects to the host and port that Rust reads, and asks for the same path", () => {
		const ports = { "http:": "80", "https:": "443" };
		for (const { url, hostPort, path, ciphertext } of accepted) {
			const { protocol: scheme, hostname, port, pathname } = new URL(documentUrl(url, ciphertext));
			assert.equal(`${hostname}:${port || ports[scheme]}`, hostPort);
			assert.equal(pathname, `${path}${documentPath(ciphertext)}`);
		}
	});
});

describe("messages", () => {
	const vectors = protocol("messages.json");

	/** The arguments of a message: the account in bytes, the policy in the chain's own word. */
	const given = ({ account, policy, ...fields }) => ({
		...fields,
		account: bytes(account),
		policy: policy ?? "none",
	});

	it("the text of each enrolment is that of Rust, bare and wrapped", () => {
		assert.deepEqual(
			vectors.enrolments.map(({ policy }) => policy),
			[null, 12],
		);
		for (const { message, wrapped: bracketed, ...fields } of vectors.enrolments) {
			assert.equal(enrolmentMessage(given(fields)), message);
			assert.equal(text(wrapped(message)), bracketed);
		}
	});

	it("the text of each recovery is that of Rust, bare and wrapped", () => {
		assert.ok(vectors.recoveries.length > 0);
		for (const { message, wrapped: bracketed, ...fields } of vectors.recoveries) {
			assert.equal(fields.policy, null);
			assert.equal(recoveryMessage(given(fields)), message);
			assert.equal(text(wrapped(message)), bracketed);
		}
	});

	it("the text of each engagement is that of Rust, bare and wrapped", () => {
		const ways = new Set(vectors.engagements.map(({ as }) => as));
		assert.deepEqual(ways, new Set(["practitioner", "agent"]));
		for (const { message, wrapped: bracketed, ...fields } of vectors.engagements) {
			assert.equal(engagementMessage({ ...fields, account: bytes(fields.account) }), message);
			assert.equal(text(wrapped(message)), bracketed);
		}
	});
});

describe("rpc", () => {
	const vectors = protocol("rpc.json");

	it("the methods are those of Rust", () => {
		assert.deepEqual(Object.values(Method).sort(), vectors.methods);
	});

	it("a page has as many rows as in Rust", () => {
		assert.equal(MAX_PAGE, vectors.maxPage);
	});

	it("the parameters of a delivery are those of Rust", () => {
		const { method, account, params } = vectors.delivery;
		assert.equal(method, Method.Delivery);
		// The question is about the first request of delivery.json. The chain's prefix of SS58 is 42.
		const { record, version, entry, issued } = protocol("delivery.json").requests[0];
		const question = { record, version, entry, account: encodeAddress(bytes(account), 42) };
		assert.deepEqual(deliveryParams({ ...question, clock: issued }), params);
	});
});
