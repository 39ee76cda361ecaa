// More than a third of the validators are lost: blocks go on and finality stands still. First the
// validators come back as they were, and finality resumes. Then they are lost for good, and the
// council repairs finality with new machines. docs/operations/finality-repair.md is the runbook.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { submit } from "@assent/client";
import { u8aToHex } from "@polkadot/util";
import { connect } from "../lib/chain.mjs";
import { access, grant } from "../lib/consent.mjs";
import { credential, enrolPatient } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";
import { until } from "../lib/wait.mjs";
import { dispatched, height, key, schedule } from "./lib/council.mjs";
import { Node } from "./lib/nodes.mjs";
import { session, waitAuthored, waitSession } from "./lib/sessions.mjs";
import { assertOneSet } from "./lib/votes.mjs";

describe("stalled finality", { timeout: 3_600_000 }, () => {
	const [alpha, beta, gamma, delta] = ["Alpha", "Beta", "Gamma", "Delta"].map(
		(member) => new Node(member),
	);
	let api;
	let people;
	before(async () => {
		api = await connect();
		const patient = await enrolPatient(api);
		const { record } = await registerRecord(api, { patient: patient.patient });
		const { pair: clinician } = await credential(api);
		people = { ...patient, record, clinician };
	});
	after(() => api?.disconnect());

	const blockOf = async (receipt) =>
		(await api.rpc.chain.getHeader(receipt.block)).number.toNumber();
	const ask = async () =>
		(await access(api, { patient: people.patient, record: people.record, pair: people.clinician }))
			.decision.effect;

	it("two of four lost: blocks go on, people are served, nothing becomes final", async () => {
		await gamma.stop();
		await delta.stop("KILL");
		const still = await alpha.standsStill();
		const before = await alpha.best();
		const made = await grant(api, people, { actors: [{ Organisation: 0 }] });
		people.directive = made.directive;
		people.granted = await blockOf(made.receipt);
		assert.equal(await ask(), "Permit");
		await height(api, before + 6);
		assert.equal(await alpha.final(), still);
		assert.ok(people.granted > still);
	});

	it("back as they were: finality resumes by itself, with everything done meanwhile", async () => {
		const best = await alpha.best();
		const hash = (await api.rpc.chain.getBlockHash(people.granted)).toHex();
		await gamma.start();
		await delta.start();
		const began = Date.now();
		await Promise.all([alpha, beta, gamma, delta].map((node) => node.waitFinal(best)));
		console.log(`final again ${Date.now() - began} ms after the start of both`);
		for (const node of [alpha, beta, gamma, delta]) {
			assert.equal(await node.rpc("chain_getBlockHash", [people.granted]), hash, node.member);
		}
		assert.equal(await ask(), "Permit");
	});

	it("two of four lost for good: new machines, new keys, and the council notes the stall", async () => {
		await Promise.all([gamma.destroy(), delta.destroy()]);
		const still = await alpha.standsStill();
		await submit(api, api.tx.consent.withdraw(people.patient, people.directive), people.pair);
		assert.equal(await ask(), "Deny");
		people.withdrawn = await alpha.best();

		// The new machines have network keys and no database. They fetch the blocks.
		for (const node of [gamma, delta]) {
			await node.prepare();
			await node.start();
		}
		await until(async () => (await gamma.best()) >= people.withdrawn, {
			ms: 120_000,
			what: "the new machines to fetch the blocks",
		});
		// The keys are set early in a session, so that both are planned together.
		const began = (await session(api)) + 1;
		await waitSession(api, began, { ms: 600_000 });
		for (const node of [gamma, delta]) {
			const owner = key(`//${node.member}//validator`);
			const { keys, proof } = await node.rotateKeys(u8aToHex(owner.publicKey));
			await submit(api, api.tx.session.setKeys(keys, proof), owner);
		}
		// The council notes the stall in the next session, before that session ends. The session in
		// which the new keys become valid then starts with a forced change.
		await waitSession(api, began + 1, { ms: 600_000 });
		assert.equal(await alpha.final(), still);
		const noted = await schedule(api, api.tx.grandpa.noteStalled(10, still));
		await dispatched(api, noted);
		assert.equal(await session(api), began + 1, "the stall was noted too late");
		assert.ok((await api.query.grandpa.stalled()).isSome);
		await waitSession(api, began + 2, { ms: 600_000 });
		const forced = await alpha.best();
		const nodes = [alpha, beta, gamma, delta];
		await Promise.all(nodes.map((node) => node.waitFinal(forced + 12, 240_000)));
	});

	it("repaired: all four make blocks and vote, the chain and the voters count the same set", async () => {
		for (const member of ["Gamma", "Delta"]) {
			await waitAuthored(api, key(`//${member}//validator`).address);
		}
		await assertOneSet(api, [alpha, beta, gamma, delta], 4);
		const best = await alpha.best();
		await delta.waitFinal(best);
		assert.equal(await ask(), "Deny");
	});

	it("a node that joins now follows through the repair", async () => {
		const epsilon = new Node("Epsilon");
		await epsilon.prepare();
		await epsilon.start();
		try {
			await epsilon.waitFinal(await alpha.final(), 240_000);
		} finally {
			await epsilon.stop();
		}
	});
});
