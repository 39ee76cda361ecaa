// Validators of members come and go on a live network. A fifth validator joins, makes blocks and
// rotates its keys. A validator that votes twice is out. The minimum holds. A validator that leaves
// loses its keys. The tests run in order: each one starts where the one before ended.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { DispatchFailure, PoolRefusal, submit, watch } from "@assent/client";
import { provenFinalHeader } from "@assent/client/verify";
import { u8aToHex } from "@polkadot/util";
import { xxhashAsHex } from "@polkadot/util-crypto";
import { connect } from "../lib/chain.mjs";
import { refusal } from "../lib/refusals.mjs";
import { until } from "../lib/wait.mjs";
import { enact, enactAll, key } from "./lib/council.mjs";
import { Node } from "./lib/nodes.mjs";
import {
	authorOf,
	disabled,
	nextKeys,
	queued,
	running,
	session,
	waitAuthored,
	waitSession,
	waitVoted,
} from "./lib/sessions.mjs";
import { assertOneSet, conflictingVotes, ownership, votingKey } from "./lib/votes.mjs";

/** Asserts that a call is dispatched and fails. @returns {Promise<string>} the hash of its block */
async function fails(promise, reason) {
	let block;
	await assert.rejects(promise, (error) => {
		assert.ok(error instanceof DispatchFailure, `not dispatched: ${error.stack}`);
		assert.equal(error.reason, reason);
		block = error.block;
		return true;
	});
	return block;
}

describe("validators", { timeout: 3_000_000 }, () => {
	const node = new Node("Epsilon");
	const twin = new Node("Twin");
	const alpha = new Node("Alpha");
	let api;
	let epsilon;
	let delta;
	let gamma;
	let beta;
	before(async () => {
		api = await connect();
		[epsilon, delta, gamma, beta] = ["//Epsilon", "//Delta", "//Gamma", "//Beta"].map((seed) =>
			key(`${seed}//validator`),
		);
	});
	after(async () => {
		await api?.disconnect();
		await node.stop();
		await twin.stop();
	});

	const info = async ({ publicKey }) =>
		(await api.query.validators.validators(publicKey)).unwrapOr(null);
	const statusOf = async (who) => (await info(who))?.status.type ?? null;

	/** All events of this name, from a block's number to the best block. */
	async function eventsSince(number, wanted) {
		const best = (await api.rpc.chain.getHeader()).number.toNumber();
		const found = [];
		for (let at = number; at <= best; at++) {
			const hash = await api.rpc.chain.getBlockHash(at);
			const records = await (await api.at(hash)).query.system.events();
			for (const { event } of records) {
				if (`${event.section}.${event.method}` === wanted) found.push({ at, data: event.data });
			}
		}
		return found;
	}
	const best = async () => (await api.rpc.chain.getHeader()).number.toNumber();
	const atBlock = async (number) => api.at(await api.rpc.chain.getBlockHash(number));

	/**
	 * Asserts that an offender, one of five, is disabled by the block of the report, and is out at the
	 * next session.
	 */
	async function leaves(offender, reported) {
		const then = await atBlock(reported);
		// The offender is disabled at once: its slots stay empty.
		assert.deepEqual(await disabled(then), [offender.address]);
		assert.ok((await running(then)).includes(offender.address));
		// The offender is out at the next session.
		assert.equal((await queued(then)).includes(offender.address), false);
		const next = (await session(then)) + 1;
		await waitSession(api, next);
		assert.equal(await session(api), next);
		assert.equal((await running(api)).includes(offender.address), false);
		assert.equal((await running(api)).length, 4);
		assert.deepEqual(await disabled(api), []);
		// The offender made no block since the report.
		for (let number = reported + 1; number <= (await best()); number++) {
			const hash = (await api.rpc.chain.getBlockHash(number)).toHex();
			assert.notEqual(await authorOf(api, hash), offender.address, `block ${number}`);
		}
	}

	/** The storage of offences, validators, sessions and voters: keys and values, in bytes. */
	async function stored(hash) {
		const found = [];
		for (const pallet of ["Offences", "Validators", "Session", "Historical", "Grandpa"]) {
			const prefix = xxhashAsHex(pallet, 128);
			const keys = await alpha.rpc("state_getKeysPaged", [prefix, 1_000, null, hash]);
			assert.ok(keys.length > 0 && keys.length < 1_000, `${keys.length} keys of ${pallet}`);
			const [{ changes }] = await alpha.rpc("state_queryStorageAt", [keys, hash]);
			found.push(...changes);
		}
		return found;
	}

	/** Asserts that a second report of the same offence is refused and changes nothing. */
	async function changesNothing(report, reporter) {
		for (;;) {
			const block = await fails(submit(api, report, reporter), "grandpa.DuplicateOffenceReport");
			const { parentHash } = await api.rpc.chain.getHeader(block);
			const [before, after] = await Promise.all([api.at(parentHash), api.at(block)]);
			// A block that begins a session changes much by itself.
			if ((await session(before)) !== (await session(after))) continue;
			assert.deepEqual(await stored(block), await stored(parentHash.toHex()));
			return;
		}
	}

	it("a fifth organisation is admitted, and the council adds its validator", async () => {
		const next = (await api.query.consortium.nextOrganisation()).toNumber();
		// Both calls wait at the same time. The organisation is a member before its validator is added.
		await enactAll(api, [
			api.tx.consortium.admit("Epsilon Clinic", "Hospital", key("//Epsilon").publicKey),
			api.tx.validators.add(next, epsilon.publicKey),
		]);
		assert.equal(await statusOf(epsilon), "Active");
		assert.equal((await running(api)).length, 4);
	});

	it("without keys it takes no part; with them it makes blocks and votes", async () => {
		await node.prepare();
		await node.start();
		const { keys, proof } = await node.rotateKeys(u8aToHex(epsilon.publicKey));
		const began = await session(api);
		await submit(api, api.tx.session.setKeys(keys, proof), epsilon);
		assert.equal((await queued(api)).includes(epsilon.address), false);
		await waitSession(api, began + 2);
		assert.ok((await running(api)).includes(epsilon.address));
		assert.equal((await running(api)).length, 5);
		await waitAuthored(api, epsilon.address);
		const { grandpa } = await nextKeys(api, epsilon.publicKey);
		await waitVoted(api, grandpa);
	});

	it("keys of another account prove nothing: they are refused", async () => {
		const { keys, proof } = await node.rotateKeys(u8aToHex(epsilon.publicKey));
		await fails(submit(api, api.tx.session.setKeys(keys, proof), delta), "session.InvalidProof");
		// A stranger is no validator with any proof.
		const stranger = await node.rotateKeys(u8aToHex(key("//Alpha").publicKey));
		await fails(
			submit(api, api.tx.session.setKeys(stranger.keys, stranger.proof), key("//Alpha")),
			"session.NoAssociatedValidatorId",
		);
	});

	it("it rotates its keys while the network runs, and goes on with the new ones", async () => {
		const before = await nextKeys(api, epsilon.publicKey);
		const { keys, proof } = await node.rotateKeys(u8aToHex(epsilon.publicKey));
		const began = await session(api);
		await submit(api, api.tx.session.setKeys(keys, proof), epsilon);
		const after = await nextKeys(api, epsilon.publicKey);
		assert.notDeepEqual(after, before);
		await waitSession(api, began + 2);
		const authorities = (await api.call.auraApi.authorities()).map((one) => u8aToHex(one.toU8a()));
		assert.ok(authorities.includes(after.aura) && !authorities.includes(before.aura));
		await waitAuthored(api, epsilon.address);
		await waitVoted(api, after.grandpa);
	});

	it("a validator that runs twice votes twice: the others report it, and it is out", async () => {
		const since = await best();
		// A copy of the validator starts while the original still runs.
		await twin.prepare();
		await twin.insertKeys("//Delta//validator");
		await twin.start();
		// Two copies that see the same chain at the same moment cast the same vote, which is no offence.
		// A copy on a machine that falters sees another chain.
		await until(
			async () => {
				await twin.falter(1_300);
				return (await statusOf(delta)) === "Offended";
			},
			{ ms: 300_000, what: "the nodes to report Delta's two votes", every: 2_300 },
		);
		await twin.stop();
		const [{ at, data }] = await eventsSince(since, "validators.ValidatorOffended");
		assert.equal(data.validator.toString(), delta.address);
		assert.equal(data.outcome.type, "Leaves");
		// The nodes themselves reported this, without a signature.
		const { block } = await api.rpc.chain.getBlock(await api.rpc.chain.getBlockHash(at));
		const report = block.extrinsics.find(
			({ method }) => `${method.section}.${method.method}` === "grandpa.reportEquivocationUnsigned",
		);
		assert.equal(report.isSigned, false);
		await leaves(delta, at);
	});

	it("with four left none can be removed", async () => {
		await fails(
			enact(api, api.tx.validators.remove(epsilon.publicKey)),
			"validators.TooFewValidators",
		);
		assert.equal(await statusOf(epsilon), "Active");
	});

	it("two forged votes of one of four: reported by a member, disabled, and kept", async () => {
		const proof = await conflictingVotes(api, { seed: "//Gamma//validator", round: 1_000_000 });
		const owner = await ownership(api, proof);
		const since = await best();
		// The pool refuses a report without a signature that comes from outside.
		const unsigned = api.tx.grandpa.reportEquivocationUnsigned(proof, owner);
		await assert.rejects(
			watch(api, unsigned),
			(error) => error instanceof PoolRefusal && /call is not expected/.test(error.reason),
		);
		await submit(api, api.tx.grandpa.reportEquivocation(proof, owner), key("//Alpha"));
		assert.equal(await statusOf(gamma), "Offended");
		assert.deepEqual(await disabled(api), [gamma.address]);
		const [{ data }] = await eventsSince(since, "validators.ValidatorOffended");
		assert.equal(data.outcome.type, "Stays");

		// Another member makes the same report again.
		await changesNothing(api.tx.grandpa.reportEquivocation(proof, owner), key("//Beta"));

		const began = await session(api);
		await waitSession(api, began + 1);
		assert.ok((await queued(api)).includes(gamma.address));
		assert.deepEqual(await disabled(api), [gamma.address]);
		const kept = await eventsSince(since, "validators.ValidatorKept");
		assert.ok(kept.some(({ data }) => data.validator.toString() === gamma.address));
	});

	it("a forged proof is refused", async () => {
		const proof = await conflictingVotes(api, { seed: "//Beta//validator", round: 1_000_001 });
		const owner = await ownership(api, proof);
		const { first } = proof.equivocation.Prevote;
		const same = {
			...proof,
			equivocation: { Prevote: { ...proof.equivocation.Prevote, second: first } },
		};
		await fails(
			submit(api, api.tx.grandpa.reportEquivocation(same, owner), key("//Alpha")),
			"grandpa.InvalidEquivocationProof",
		);
	});

	it("the council reinstates both, and five validate again", async () => {
		const began = await session(api);
		await enactAll(api, [
			api.tx.validators.reinstate(delta.publicKey),
			api.tx.validators.reinstate(gamma.publicKey),
		]);
		assert.deepEqual(await disabled(api), []);
		await waitSession(api, began + 3);
		assert.equal((await running(api)).length, 5);
		await waitAuthored(api, delta.address);
		await waitAuthored(api, gamma.address);
	});

	it("two votes signed by one of five, and reported: it is out, and the same report changes nothing", async () => {
		// Beta's node runs and votes. The test signs two other votes with Beta's key.
		const seed = "//Beta//validator";
		const keys = await nextKeys(api, beta.publicKey);
		assert.equal(u8aToHex(votingKey(seed).publicKey), keys.grandpa);
		await waitVoted(api, keys.grandpa);
		const { round } = (await new Node("Beta").rpc("grandpa_roundState")).best;
		const proof = await conflictingVotes(api, { seed, round, kind: "Precommit" });
		const owner = await ownership(api, proof);
		const report = () => api.tx.grandpa.reportEquivocation(proof, owner);
		const known = await api.query.offences.reports.keys();
		assert.equal((await running(api)).length, 5);
		assert.equal(await statusOf(beta), "Active");

		// The report lands: the chain has one offence more, of exactly these votes.
		const receipt = await submit(api, report(), key("//Alpha"), { final: true });
		const offence = receipt.event("offences.Offence");
		assert.equal(offence.kind.toUtf8(), "grandpa:equivoca");
		const slot = api.registry.createType("(u64, u64)", [proof.setId, round]).toU8a();
		assert.deepEqual(offence.slot.toU8a(true), slot);
		const offended = receipt.event("validators.ValidatorOffended");
		assert.equal(offended.validator.toString(), beta.address);
		assert.equal(offended.outcome.type, "Leaves");
		const reports = await api.query.offences.reports.entries();
		assert.equal(reports.length, known.length + 1);
		const before = known.map(String);
		const [, made] = reports.find(([at]) => !before.includes(at.toString()));
		assert.equal(made.unwrap().offender[0].toString(), beta.address);
		assert.deepEqual(made.unwrap().reporters.map(String), [key("//Alpha").address]);
		assert.equal(await statusOf(beta), "Offended");
		const row = (await info(beta)).toHex();
		const reported = (await api.rpc.chain.getHeader(receipt.block)).number.toNumber();

		// Beta is out at the next session. Beta's keys stay until the council removes Beta.
		await leaves(beta, reported);
		assert.deepEqual(await nextKeys(api, beta.publicKey), keys);
		const others = [alpha, new Node("Gamma"), new Node("Delta"), node];
		const accounts = others.map(({ member }) => key(`//${member}//validator`));
		assert.deepEqual((await running(api)).sort(), accounts.map(({ address }) => address).sort());

		// The others go on: each of them votes, in a set without Beta.
		const left = await best();
		await Promise.all(others.map((one) => one.waitFinal(left)));
		await assertOneSet(api, others, 4);
		const voters = (await api.call.grandpaApi.grandpaAuthorities()).map(([id]) => id.toHex());
		const theirs = await Promise.all(accounts.map((one) => nextKeys(api, one.publicKey)));
		assert.deepEqual(voters.sort(), theirs.map(({ grandpa }) => grandpa).sort());
		await Promise.all(voters.map((voter) => waitVoted(api, voter)));
		await provenFinalHeader(api, await best());

		// The same member and another one make the same report again.
		await changesNothing(report(), key("//Alpha"));
		await changesNothing(report(), key("//Gamma"));
		assert.equal((await api.query.offences.reports.keys()).length, known.length + 1);
		assert.equal((await eventsSince(reported, "validators.ValidatorOffended")).length, 1);
		assert.equal((await info(beta)).toHex(), row);
		assert.deepEqual((await running(api)).sort(), accounts.map(({ address }) => address).sort());
	});

	it("one that is removed leaves the set, and its keys are purged", async () => {
		const keys = await nextKeys(api, epsilon.publicKey);
		assert.notEqual(keys, null);
		const since = await best();
		// The council reinstates the offender at the same time, because without the offender none may go.
		await enactAll(api, [
			api.tx.validators.reinstate(beta.publicKey),
			api.tx.validators.remove(epsilon.publicKey),
		]);
		assert.equal(await statusOf(epsilon), "Leaving");
		const began = await session(api);
		await waitSession(api, began + 2);
		assert.equal((await running(api)).includes(epsilon.address), false);
		assert.ok((await running(api)).includes(beta.address));
		assert.equal(await statusOf(epsilon), null);
		assert.equal(await nextKeys(api, epsilon.publicKey), null);
		assert.equal((await eventsSince(since, "validators.ValidatorRemoved")).length, 1);
		const owner = await api.query.session.keyOwner(["gran", keys.grandpa]);
		assert.ok(owner.isNone);
		const { keys: again, proof } = await node.rotateKeys(u8aToHex(epsilon.publicKey));
		// Epsilon's account has no payer any more: the pool refuses the account's transactions.
		await assert.rejects(
			submit(api, api.tx.session.setKeys(again, proof), epsilon),
			(error) => error instanceof PoolRefusal && refusal("not_enrolled").test(error.reason),
		);
	});

	it("a node that joins now warp-syncs through all of these sets", async () => {
		const sets = (await api.call.grandpaApi.currentSetId()).toNumber();
		assert.ok(sets >= 5, `only ${sets} changes of the set`);
		// The machine must have no keys of the copy any more.
		await twin.destroy();
		await twin.prepare();
		await twin.start({ options: "--sync warp" });
		await twin.waitFinal(await best(), 240_000);
		assert.match(readFileSync(`${twin.base}/node.log`, "utf8"), /Warp sync is complete/);
		const { setId } = await twin.rpc("grandpa_roundState");
		assert.equal(setId, (await api.call.grandpaApi.currentSetId()).toNumber());
		// The node executes blocks from the state that it fetched.
		const there = await connect(twin.ws);
		try {
			assert.deepEqual(await running(there), await running(api));
		} finally {
			await there.disconnect();
		}
	});
});
