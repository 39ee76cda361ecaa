// The voters of GRANDPA: their set, two conflicting votes of one voter, and the report of these.

import assert from "node:assert/strict";
import { Keyring } from "@polkadot/keyring";
import { u8aConcat, u8aToHex } from "@polkadot/util";

/** The GRANDPA key of a seed. @param {string} seed */
export function votingKey(seed) {
	return new Keyring({ type: "ed25519" }).addFromUri(seed);
}

/**
 * Asserts that the chain and the voters on every node count the same set. The comparison
 * alone shows a set that the voters did not take over.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {import("./nodes.mjs").Node[]} nodes
 * @param {number} size the number of voters
 */
export async function assertOneSet(api, nodes, size) {
	const onChain = (await api.call.grandpaApi.currentSetId()).toNumber();
	for (const node of nodes) {
		const { setId, best } = await node.rpc("grandpa_roundState");
		assert.equal(setId, onChain, node.member);
		assert.equal(best.totalWeight, size, node.member);
	}
}

/**
 * Makes votes of one key for two different blocks in the same round of the running set.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ seed: string, round: number, kind?: "Prevote" | "Precommit" }} vote
 */
export async function conflictingVotes(api, { seed, round, kind = "Prevote" }) {
	const pair = votingKey(seed);
	const setId = (await api.call.grandpaApi.currentSetId()).toNumber();
	const { registry } = api;
	const number = (await api.rpc.chain.getHeader()).number.toNumber();
	const targets = await Promise.all(
		[number, number - 1].map(async (target) => ({
			targetHash: (await api.rpc.chain.getBlockHash(target)).toHex(),
			targetNumber: target,
		})),
	);
	// A voter signs the kind's number, the vote, the round and the set.
	const signed = targets.map(({ targetHash, targetNumber }) =>
		u8aConcat(
			Uint8Array.of(kind === "Prevote" ? 0 : 1),
			registry.createType("(H256, u32)", [targetHash, targetNumber]).toU8a(),
			registry.createType("(u64, u64)", [round, setId]).toU8a(),
		),
	);
	const votes = targets.map((target, which) => [target, u8aToHex(pair.sign(signed[which]))]);
	return {
		setId,
		equivocation: {
			[kind]: {
				roundNumber: round,
				identity: u8aToHex(pair.publicKey),
				first: votes[0],
				second: votes[1],
			},
		},
	};
}

/**
 * The proof that a GRANDPA key belongs to a validator of the running session.
 * @param {import("@polkadot/api").ApiPromise} api
 */
export async function ownership(api, proof) {
	const { registry } = api;
	const key = Object.values(proof.equivocation)[0].identity;
	// The answer is read as bytes, because polkadot.js takes its first bytes for a part of the proof.
	const asked = registry.createType("(u64, [u8; 32])", [proof.setId, key]).toHex();
	const answer = await api.rpc.state.call("GrandpaApi_generate_key_ownership_proof", asked);
	const [some, ...rest] = answer.toU8a(true);
	if (some !== 1) throw new Error(`${key} is no key of the running set`);
	const opaque = registry.createType("Bytes", Uint8Array.from(rest)).toU8a(true);
	const { type } = api.tx.grandpa.reportEquivocation.meta.fields[1];
	return registry.createType(registry.createLookupType(type), opaque);
}
