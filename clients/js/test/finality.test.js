/** The verifier of GRANDPA's justifications, with four validators of the test's own. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { Keyring } from "@polkadot/keyring";
import { TypeRegistry } from "@polkadot/types";
import { u8aConcat } from "@polkadot/util";
import { cryptoWaitReady } from "@polkadot/util-crypto";
import { verifyJustification } from "../src/verify/index.js";

const ROUND = 9;
const SET = 3;

describe("justifications", () => {
	const registry = new TypeRegistry();
	let keys;
	let voters;
	let block;
	let child;

	before(async () => {
		await cryptoWaitReady();
		const keyring = new Keyring({ type: "ed25519" });
		keys = ["//a", "//b", "//c", "//d", "//e"].map((seed) => keyring.addFromUri(seed));
		const authorities = keys.slice(0, 4).map(({ publicKey }) => ({ id: publicKey, weight: 1 }));
		voters = { setId: SET, authorities };
		block = header(7, `0x${"07".repeat(32)}`);
		child = header(8, block.hash.toHex());
	});

	const header = (number, parentHash) =>
		registry.createType("Header", {
			parentHash,
			number,
			stateRoot: `0x${"01".repeat(32)}`,
			extrinsicsRoot: `0x${"02".repeat(32)}`,
			digest: { logs: [] },
		});

	const vote = (key, on, given = {}) => {
		const { round = ROUND, set = SET, kind = 1 } = given;
		const precommit = { targetHash: on.hash, targetNumber: on.number };
		const message = u8aConcat(
			Uint8Array.of(kind),
			registry.createType("GrandpaPrecommit", precommit).toU8a(),
			registry.createType("u64", round).toU8a(),
			registry.createType("u64", set).toU8a(),
		);
		return { precommit, signature: key.sign(message), id: key.publicKey };
	};

	const justify = (precommits, votesAncestries = []) =>
		registry
			.createType("GrandpaJustification", {
				round: ROUND,
				commit: { targetHash: block.hash, targetNumber: block.number, precommits },
				votesAncestries,
			})
			.toU8a();

	const verify = (bytes) => verifyJustification(registry, bytes, voters);

	it("three of four make a block final", () => {
		const proven = verify(justify(keys.slice(0, 3).map((key) => vote(key, block))));
		assert.deepEqual(proven, { hash: block.hash.toHex(), number: 7 });
	});

	it("a vote for a block on top counts, when the header between is given", () => {
		const votes = [vote(keys[0], block), vote(keys[1], child), vote(keys[3], child)];
		assert.equal(verify(justify(votes, [child])).number, 7);
		assert.throws(() => verify(justify(votes)), /voted for another chain/);
	});

	it("two of four are too few, however often one votes", () => {
		const votes = [vote(keys[0], block), vote(keys[1], block)];
		assert.throws(() => verify(justify(votes)), /2 of 4 voted, 3 are needed/);
		assert.throws(() => verify(justify([...votes, ...votes])), /2 of 4 voted/);
	});

	for (const [what, spoil, message] of [
		["of somebody who is no validator", () => vote(keys[4], block), /is no validator of set 3/],
		["of another round", () => vote(keys[2], block, { round: 8 }), /did not sign this/],
		["of another set", () => vote(keys[2], block, { set: 4 }), /did not sign this/],
		["of another kind", () => vote(keys[2], block, { kind: 0 }), /did not sign this/],
		[
			"signed by another",
			() => ({ ...vote(keys[3], block), id: keys[2].publicKey }),
			/did not sign this/,
		],
		[
			"for another block",
			() => vote(keys[2], header(7, `0x${"08".repeat(32)}`)),
			/voted for another chain/,
		],
	]) {
		it(`a vote ${what} spoils it`, () => {
			const votes = [vote(keys[0], block), vote(keys[1], block), spoil()];
			assert.throws(() => verify(justify(votes)), message);
		});
	}

	it("bytes behind it are refused", () => {
		const bytes = justify(keys.slice(0, 3).map((key) => vote(key, block)));
		assert.throws(() => verify(u8aConcat(bytes, Uint8Array.of(0))), /bytes too many/);
	});
});
