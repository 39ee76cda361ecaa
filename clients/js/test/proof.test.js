/** The verifier of storage proofs, against tries built here and against known tries. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, describe, it } from "node:test";
import { hexToU8a, stringToU8a, u8aConcat, u8aToHex } from "@polkadot/util";
import { blake2AsU8a, cryptoWaitReady } from "@polkadot/util-crypto";
import { decodeNode, ProofError, verifyProof } from "../src/verify/proof.js";
import { buildTrie } from "./trie.js";

/** The same bytes in every run. */
const bytes = (seed, length) => {
	const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
		createHash("sha256").update(`${seed}/${block}`).digest(),
	);
	return u8aConcat(...blocks).subarray(0, length);
};

/** Keys like those of pallets: many share a prefix, and one key is the start of another. */
function entries() {
	const rows = [];
	for (let pallet = 0; pallet < 3; pallet++) {
		for (let item = 0; item < 40; item++) {
			const key = u8aConcat(bytes(`pallet ${pallet}`, 16), bytes(`${pallet} ${item}`, 20));
			rows.push([key, bytes(`value ${item}`, [0, 1, 31, 32, 33, 34, 400, 70_000][item % 8])]);
		}
		rows.push([bytes(`pallet ${pallet}`, 16), bytes("count", 4)]);
	}
	// A path with more than twice as many nibbles as a header holds.
	rows.push([bytes("long", 400), bytes("far", 40)]);
	return rows;
}

/** The reason for which the verifier refuses a claim. */
function reasonOf(claim) {
	try {
		verifyProof(claim);
	} catch (error) {
		assert.ok(error instanceof ProofError, String(error));
		return error.reason;
	}
	return "none";
}

before(() => cryptoWaitReady());

describe("known tries", () => {
	it("the empty trie has no key", () => {
		const root = "0x03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314";
		const values = verifyProof({ root, proof: ["0x00"], keys: ["0x01"] });
		assert.equal(values.get("0x01"), null);
		assert.equal(u8aToHex(buildTrie([], 1).root), root);
	});

	it("a trie of one leaf has the root that the format's authors publish", () => {
		const entry = [stringToU8a("abcd"), stringToU8a("hello world")];
		for (const version of [0, 1]) {
			assert.equal(
				u8aToHex(buildTrie([entry], version).root),
				"0x7ab18659d3b2789ef2400d107104c7d4fb93d06d9ab6a8b641a5de7c3fecc851",
			);
		}
	});

	it("a trie written by hand is read", () => {
		// A branch with two leaves inside it: 0x1314 is 0xff, 0x4819 is 0xfe.
		const node = hexToU8a("0x8012001443031404ff1443081904fe");
		const values = verifyProof({
			root: blake2AsU8a(node),
			proof: [node],
			keys: ["0x1314", "0x4819", "0x1315"],
		});
		assert.deepEqual(values.get("0x1314"), Uint8Array.of(0xff));
		assert.deepEqual(values.get("0x4819"), Uint8Array.of(0xfe));
		assert.equal(values.get("0x1315"), null);
	});
});

for (const version of [0, 1]) {
	describe(`state version ${version}`, () => {
		const rows = entries();
		let trie;
		before(() => {
			trie = buildTrie(rows, version);
		});

		it("every value is proven, alone and all at once", () => {
			for (const [key, value] of rows) {
				const values = verifyProof({ root: trie.root, proof: trie.prove([key]), keys: [key] });
				assert.deepEqual(values.get(u8aToHex(key)), value);
			}
			const keys = rows.map(([key]) => key);
			const values = verifyProof({ root: trie.root, proof: trie.prove(keys), keys });
			for (const [key, value] of rows) assert.deepEqual(values.get(u8aToHex(key)), value);
		});

		it("a key that is not there is proven absent", () => {
			const [[present]] = rows;
			const absent = [
				u8aConcat(present, Uint8Array.of(0)),
				present.subarray(0, present.length - 1),
				bytes("nowhere", 36),
				u8aConcat(bytes("pallet 1", 16), bytes("no item", 20)),
				new Uint8Array(),
			];
			for (const key of absent) {
				const values = verifyProof({ root: trie.root, proof: trie.prove([key]), keys: [key] });
				assert.equal(values.get(u8aToHex(key)), null);
			}
		});

		it("a value of more than 32 bytes is an item of its own only in version 1", () => {
			const [key, value] = rows.find(([, { length }]) => length === 400);
			const proof = trie.prove([key]);
			const own = proof.some((item) => u8aToHex(item) === u8aToHex(value));
			assert.equal(own, version === 1);
		});

		it("no flipped bit goes unnoticed", () => {
			const [key] = rows.find(([, { length }]) => length === 400);
			const proof = trie.prove([key]);
			let flipped = 0;
			for (const [which, item] of proof.entries()) {
				for (let bit = 0; bit < item.length * 8; bit += 13) {
					const altered = item.slice();
					altered[bit >> 3] ^= 1 << (bit & 7);
					const tampered = proof.with(which, altered);
					assert.notEqual(reasonOf({ root: trie.root, proof: tampered, keys: [key] }), "none");
					flipped++;
				}
			}
			assert.ok(flipped > 100);
		});

		it("no item can be left out, and none added", () => {
			const [key] = rows.find(([, { length }]) => length === 400);
			const proof = trie.prove([key]);
			for (const which of proof.keys()) {
				const reason = reasonOf({ root: trie.root, proof: proof.toSpliced(which, 1), keys: [key] });
				assert.equal(reason, "missing");
			}
			const added = [...proof, bytes("more", 50)];
			assert.equal(reasonOf({ root: trie.root, proof: added, keys: [key] }), "unused");
		});

		it("a proof is of one root and of its own keys", () => {
			const [[key], , [other]] = rows;
			const proof = trie.prove([key]);
			assert.equal(reasonOf({ root: bytes("root", 32), proof, keys: [key] }), "missing");
			const changed = rows.map(([k, value]) => [k, k === key ? bytes("new", 40) : value]);
			const { root } = buildTrie(changed, version);
			assert.equal(reasonOf({ root, proof, keys: [key] }), "missing");
			assert.equal(reasonOf({ root: trie.root, proof, keys: [other] }), "missing");
		});
	});
}

describe("nodes", () => {
	for (const [what, hex] of [
		["nothing at all", "0x"],
		["an unknown kind of node", "0x01"],
		["a leaf whose path is cut off", "0x44aa"],
		["a leaf whose value is cut off", "0x42aa08bb"],
		["a leaf with bytes behind it", "0x42aa04bb00"],
		["padding that is not zero", "0x411a04bb"],
		["a branch without children", "0x800000"],
		["a child of no bytes", "0x80010000"],
		["a child of 33 bytes", `0x80010084${"11".repeat(33)}`],
		["a hashed value cut off", `0x22aa${"11".repeat(31)}`],
		["a length beyond a gigabyte", "0x42aa0300000040"],
		["a path without an end", `0x7f${"ff".repeat(300)}`],
	]) {
		it(`${what} is malformed`, () => {
			assert.throws(() => decodeNode(hexToU8a(hex)), { name: "ProofError", reason: "malformed" });
		});
	}
});
