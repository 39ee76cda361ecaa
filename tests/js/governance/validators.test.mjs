// Validators of members come and go on a live network. A fifth validator joins, makes blocks and
// rotates its keys. A validator that votes twice is out: the nodes report the votes, and no account
// can. The minimum holds. A validator that leaves loses its keys. The tests run in order: each one
// starts where the one before ended.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { DispatchFailure, PoolRefusal, submit, watch } from "@assent/client";
import { provenFinalHeader } from "@assent/client/verify";
import { u8aToHex } from "@polkadot/util";
import { connect } from "../lib/chain.mjs";
import { CALL_REFUSED, NO_PAYER, NOT_FOR_SENDER } from "../lib/refusals.mjs";
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

/** Asserts that a call is dispatched and fails. */
async function fails(promise, reason) {
	await assert.rejects(promise, (error) => {
		assert.ok(error instanceof DispatchFailure, `not dispatched: ${error.stack}`);
		assert.equal(error.reason, reason);
		return true;
	});
}

/** Asserts that the pool refuses a call for this reason. */
async function refused(promise, reason) {
	await assert.rejects(promise, (error) => {
		assert.ok(error instanceof PoolRefusal, `not refused by the pool: ${error.stack}`);
		assert.match(error.reason, reason);
		return true;
	});
}

describe("validators", { timeout: 3_600_000 }, () => {
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

	/**
	 * Starts a copy of a validator, and runs both until the other nodes report two votes of one round.
	 * Ends the copy then, keys and all.
	 * @returns {Promise<{ at: number, outcome: string, report: any }>} the number of the block of the
	 *   report, the outcome, and the report itself
	 */
	async function runsTwice(who, member) {
		const since = await best();
		await twin.prepare();
		await twin.insertKeys(`//${member}//validator`);
		await twin.start();
		await twin.waitFinal(since, 300_000);
		// Two copies that see the same chain at the same moment cast the same vote, which is no offence.
		// A copy on a machine that falters sees another chain.
		await until(
			async () => {
				await twin.falter(1_300);
				return (await statusOf(who)) === "Offended";
			},
			{ ms: 300_000, what: `the nodes to report ${member}'s two votes`, every: 2_300 },
		);
		await twin.destroy();
		const offences = await eventsSince(since, "validators.ValidatorOffended");
		const { at, data } = offences.find(({ data }) => data.validator.eq(who.publicKey));
		// The nodes themselves reported this, without a signature.
		const { block } = await api.rpc.chain.getBlock(await api.rpc.chain.getBlockHash(at));
		const report = block.extrinsics.find(
			({ method }) => `${method.section}.${method.method}` === "grandpa.reportEquivocationUnsigned",
		);
		assert.equal(report.isSigned, false);
		return { at, outcome: data.outcome.type, report };
	}

	/**
	 * Asserts that the pool refuses a report from outside: signed by an account, and without a
	 * signature. No report is added.
	 */
	async function notReported(proof, owner) {
		const reports = async () => (await api.query.offences.reports.keys()).length;
		const known = await reports();
		for (const seed of ["//Alpha", "//Alpha//validator"]) {
			const signed = api.tx.grandpa.reportEquivocation(proof, owner);
			await refused(submit(api, signed, key(seed)), CALL_REFUSED);
		}
		const unsigned = api.tx.grandpa.reportEquivocationUnsigned(proof, owner);
		// A pool that had these very bytes in a block does not look again.
		const reason = new RegExp(`${CALL_REFUSED.source}|^1012: |^1013: `);
		await refused(watch(api, unsigned), reason);
		assert.equal(await reports(), known);
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

	it("keys of another account prove nothing: the pool refuses them", async () => {
		const before = await nextKeys(api, delta.publicKey);
		const { keys, proof } = await node.rotateKeys(u8aToHex(epsilon.publicKey));
		await refused(submit(api, api.tx.session.setKeys(keys, proof), delta), CALL_REFUSED);
		// A right proof with bytes behind it proves nothing either: text could stand there.
		const text = `${proof}${Buffer.from("Maria Musterfrau").toString("hex")}`;
		await refused(submit(api, api.tx.session.setKeys(keys, text), epsilon), CALL_REFUSED);
		// A controller is no validator with any proof.
		const owner = key("//Alpha");
		const right = await node.rotateKeys(u8aToHex(owner.publicKey));
		const call = api.tx.session.setKeys(right.keys, right.proof);
		await refused(submit(api, call, owner), NOT_FOR_SENDER);
		assert.deepEqual(await nextKeys(api, delta.publicKey), before);
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
		const { at, outcome } = await runsTwice(delta, "Delta");
		assert.equal(outcome, "Leaves");
		await leaves(delta, at);
	});

	it("with four left none can be removed", async () => {
		await fails(
			enact(api, api.tx.validators.remove(epsilon.publicKey)),
			"validators.TooFewValidators",
		);
		assert.equal(await statusOf(epsilon), "Active");
	});

	it("one of four that votes twice: reported by the nodes, disabled, and kept", async () => {
		const since = await best();
		const { at, outcome } = await runsTwice(gamma, "Gamma");
		assert.equal(outcome, "Stays");
		assert.deepEqual(await disabled(await atBlock(at)), [gamma.address]);

		const began = await session(api);
		await waitSession(api, began + 1);
		assert.ok((await queued(api)).includes(gamma.address));
		assert.deepEqual(await disabled(api), [gamma.address]);
		const kept = await eventsSince(since, "validators.ValidatorKept");
		assert.ok(kept.some(({ data }) => data.validator.toString() === gamma.address));
	});

	it("a report from outside is refused at the pool, true or forged, and nobody is out", async () => {
		const proof = await conflictingVotes(api, { seed: "//Beta//validator", round: 1_000_001 });
		const owner = await ownership(api, proof);
		const { first } = proof.equivocation.Prevote;
		const same = {
			...proof,
			equivocation: { Prevote: { ...proof.equivocation.Prevote, second: first } },
		};
		await notReported(proof, owner);
		await notReported(same, owner);
		assert.equal(await statusOf(beta), "Active");
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

	it("one of five votes twice again: it is out, and the same report from outside changes nothing", async () => {
		const keys = await nextKeys(api, beta.publicKey);
		assert.equal(u8aToHex(votingKey("//Beta//validator").publicKey), keys.grandpa);
		await waitVoted(api, keys.grandpa);
		const known = (await api.query.offences.reports.keys()).map(String);
		assert.equal((await running(api)).length, 5);
		assert.equal(await statusOf(beta), "Active");

		// The report stands in its block: the chain has an offence more, of exactly these votes.
		const { at: reported, outcome, report } = await runsTwice(beta, "Beta");
		assert.equal(outcome, "Leaves");
		const [proof, owner] = report.method.args;
		const [{ at, data: offence }] = await eventsSince(reported, "offences.Offence");
		assert.equal(at, reported);
		assert.equal(offence.kind.toUtf8(), "grandpa:equivoca");
		const { setId, equivocation } = proof;
		const round = equivocation.value.roundNumber;
		const slot = api.registry.createType("(u64, u64)", [setId, round]).toU8a();
		assert.deepEqual(offence.slot.toU8a(true), slot);
		const hash = (await api.rpc.chain.getBlockHash(reported)).toHex();
		const reports = await (await api.at(hash)).query.offences.reports.entries();
		const made = reports.filter(([where]) => !known.includes(where.toString()));
		assert.ok(made.length > 0);
		const author = await authorOf(api, hash);
		for (const [, details] of made) {
			const { offender, reporters } = details.unwrap();
			assert.equal(offender[0].toString(), beta.address);
			assert.deepEqual(reporters.map(String), [author]);
		}
		assert.equal(await statusOf(beta), "Offended");
		const row = (await info(beta)).toHex();

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

		// A member makes the same report again, and somebody without an account.
		const offended = (await eventsSince(reported, "validators.ValidatorOffended")).length;
		await notReported(proof, owner);
		assert.equal((await eventsSince(reported, "validators.ValidatorOffended")).length, offended);
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
		await refused(submit(api, api.tx.session.setKeys(again, proof), epsilon), NO_PAYER);
	});

	it("a node that joins now warp-syncs through all of these sets", async () => {
		const sets = (await api.call.grandpaApi.currentSetId()).toNumber();
		assert.ok(sets >= 5, `only ${sets} changes of the set`);
		// The machine has no keys of a copy any more.
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
