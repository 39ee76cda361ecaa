// Two of four validators are lost for good, and their organisations get no new machines. Validators
// of the other members take their place, and the council repairs finality with these.
// docs/operations/finality-repair.md is the runbook.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { submit } from "@assent/client";
import { u8aToHex } from "@polkadot/util";
import { connect } from "../lib/chain.mjs";
import { access, grant } from "../lib/consent.mjs";
import { credential, enrolPatient } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";
import { sleep } from "../lib/wait.mjs";
import { dispatched, key, schedule } from "./lib/council.mjs";
import { Node } from "./lib/nodes.mjs";
import {
	nextKeys,
	queued,
	running,
	session,
	waitAuthored,
	waitSession,
	waitVoted,
} from "./lib/sessions.mjs";
import { assertOneSet } from "./lib/votes.mjs";

/** Two thirds of the seats. The seats of the lost members still count, so two are too few. */
const COUNCIL = ["//Alpha", "//Beta", "//Gamma"];

describe("another member takes the place of lost validators", { timeout: 3_600_000 }, () => {
	const [alpha, beta, gamma, delta, alpha2, beta2, epsilon] = [
		"Alpha",
		"Beta",
		"Gamma",
		"Delta",
		"Alpha2",
		"Beta2",
		"Epsilon",
	].map((member) => new Node(member));
	const left = [alpha, beta, alpha2, beta2];
	const taking = [alpha2, beta2];
	const lost = [gamma, delta];
	let api;
	let people;
	let keysOfLost;
	let lostAt;
	const owner = ({ member }) => key(`//${member}//validator`);
	const accounts = (nodes) => nodes.map((node) => owner(node).address).sort();
	const decide = (call) => schedule(api, call, COUNCIL);
	const ask = async () =>
		(await access(api, { patient: people.patient, record: people.record, pair: people.clinician }))
			.decision.effect;

	before(async () => {
		api = await connect();
		// The two members have these machines anyway. The nodes follow from the start, without keys.
		for (const node of taking) {
			await node.prepare();
			await node.start();
		}
		const patient = await enrolPatient(api);
		const { record } = await registerRecord(api, { patient: patient.patient });
		const { pair: clinician } = await credential(api);
		people = { ...patient, record, clinician };
		people.directive = (await grant(api, people, { actors: [{ Organisation: 0 }] })).directive;
		assert.equal(await ask(), "Permit");
	});
	after(async () => {
		await api?.disconnect();
		for (const node of [...taking, epsilon]) await node.stop();
	});

	it("two of four lost for good: a withdrawal is valid, and others may be registered meanwhile", async () => {
		keysOfLost = await Promise.all(lost.map((node) => nextKeys(api, owner(node).publicKey)));
		await Promise.all(lost.map((node) => node.destroy()));
		lostAt = Date.now();
		await alpha.standsStill();
		const receipt = await submit(
			api,
			api.tx.consent.withdraw(people.patient, people.directive),
			people.pair,
		);
		people.withdrawn = (await api.rpc.chain.getHeader(receipt.block)).number.toNumber();
		assert.equal(await ask(), "Deny");

		const before = await queued(api);
		const added = [
			await decide(api.tx.validators.add(0, owner(alpha2).publicKey)),
			await decide(api.tx.validators.add(1, owner(beta2).publicKey)),
		];
		// Four validators have keys so far, so none of them may go.
		const early = await decide(api.tx.validators.remove(owner(gamma).publicKey));
		for (const one of added) await dispatched(api, one);
		await assert.rejects(dispatched(api, early), { reason: "validators.TooFewValidators" });
		// A validator without keys changes no set.
		await waitSession(api, (await session(api)) + 1, { ms: 600_000 });
		assert.deepEqual(await queued(api), before);
		await assertOneSet(api, [alpha, beta], 4);
	});

	it("in one session new keys and removals, in the next one the stall is noted: finality is back", async () => {
		// The test before ended early in a session. Keys and removals are therefore planned together
		// when the next session begins.
		const began = await session(api);
		const keysAt = Date.now();
		for (const node of taking) {
			const { keys, proof } = await node.rotateKeys(u8aToHex(owner(node).publicKey));
			await submit(api, api.tx.session.setKeys(keys, proof), owner(node));
		}
		const removed = [];
		for (const node of lost) {
			removed.push(await decide(api.tx.validators.remove(owner(node).publicKey)));
		}
		for (const one of removed) await dispatched(api, one);
		assert.equal(await session(api), began, "the removals took effect too late");

		await waitSession(api, began + 1, { ms: 600_000 });
		assert.deepEqual((await queued(api)).sort(), accounts(left));
		// The old set still runs, so no block may become final yet.
		assert.deepEqual((await running(api)).sort(), accounts([alpha, beta, gamma, delta]));
		const still = Math.max(...(await Promise.all(left.map((node) => node.final()))));
		assert.ok(still < people.withdrawn);
		await dispatched(api, await decide(api.tx.grandpa.noteStalled(10, still)));
		assert.equal(await session(api), began + 1, "the stall was noted too late");
		assert.ok((await api.query.grandpa.stalled()).isSome);

		await waitSession(api, began + 2, { ms: 600_000 });
		const forced = await alpha.best();
		await Promise.all(left.map((node) => node.waitFinal(forced + 12, 240_000)));
		const seconds = (since) => Math.round((Date.now() - since) / 1_000);
		console.log(
			`final again ${seconds(lostAt)} s after the loss, ${seconds(keysAt)} s after the first key was set; F was ${still}`,
		);
	});

	it("the four that are left make blocks and vote, and count the same set as the chain", async () => {
		assert.deepEqual((await running(api)).sort(), accounts(left));
		for (const node of left) await waitAuthored(api, owner(node).address);
		const keys = await Promise.all(left.map((node) => nextKeys(api, owner(node).publicKey)));
		const voters = await api.call.grandpaApi.grandpaAuthorities();
		assert.deepEqual(
			voters.map(([voter]) => u8aToHex(voter.toU8a())).sort(),
			keys.map(({ grandpa }) => grandpa).sort(),
		);
		await Promise.all(keys.map(({ grandpa }) => waitVoted(api, grandpa)));
		await assertOneSet(api, left, 4);
	});

	it("the lost ones are out and their keys purged; the withdrawal stands", async () => {
		for (const [i, node] of lost.entries()) {
			const { publicKey } = owner(node);
			assert.ok((await api.query.validators.validators(publicKey)).isNone, node.member);
			assert.equal(await nextKeys(api, publicKey), null, node.member);
			const holder = await api.query.session.keyOwner(["gran", keysOfLost[i].grandpa]);
			assert.ok(holder.isNone, node.member);
		}
		const hash = (await api.rpc.chain.getBlockHash(people.withdrawn)).toHex();
		for (const node of left) {
			assert.ok((await node.final()) > people.withdrawn, node.member);
			assert.equal(await node.rpc("chain_getBlockHash", [people.withdrawn]), hash, node.member);
		}
		assert.equal(await ask(), "Deny");
	});

	it("a node that joins now follows; what --sync warp does first is told, not asserted", async () => {
		await epsilon.prepare();
		await epsilon.start({ options: "--sync warp -l sync=debug" });
		await sleep(60_000);
		const log = readFileSync(`${epsilon.base}/node.log`, "utf8");
		console.log(
			`a minute of --sync warp: block ${await epsilon.final()} final of ${await alpha.final()}, ` +
				`${log.match(/Bad warp proof response/g)?.length ?? 0} proofs refused`,
		);
		await epsilon.stop();
		// The node starts again on the same base path.
		const began = Date.now();
		await epsilon.start();
		await epsilon.waitFinal(await alpha.final(), 240_000);
		console.log(`without it: has what is final ${Date.now() - began} ms after the start`);
		await assertOneSet(api, [epsilon], 4);
	});
});
