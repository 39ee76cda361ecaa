// Events and subscriptions: a client follows the chain as it goes on.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { IN_BLOCK_MS, submit } from "@assent/client";
import { HOSPITAL_B } from "../lib/accounts.mjs";
import { connect, finalHeader, now } from "../lib/chain.mjs";
import { access, grant } from "../lib/consent.mjs";
import { credential, enrolPatients } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";
import { until } from "../lib/wait.mjs";

const SLOT_MS = 2_000;

describe("events and subscriptions", { timeout: 600_000 }, () => {
	let api;
	let ada;
	let patient;
	let record;
	let clinician;
	before(async () => {
		api = await connect();
		patient = await enrolPatients(api, 10);
		({ pair: clinician } = await credential(api, { organisation: HOSPITAL_B }));
	});
	beforeEach(async () => {
		ada = patient();
		({ record } = await registerRecord(api, { patient: ada.patient }));
	});
	after(() => api?.disconnect());

	it("a subscription to storage follows a grant and its withdrawal", async () => {
		const seen = [];
		const stop = await api.query.consent.inForce(ada.patient, (ids) => {
			seen.push(ids.map((id) => id.toNumber()));
		});
		try {
			const { directive } = await grant(api, ada);
			await until(() => seen.at(-1)?.includes(directive), {
				ms: IN_BLOCK_MS,
				what: "the subscription to show the grant",
			});
			await submit(api, api.tx.consent.withdraw(ada.patient, directive), ada.pair);
			await until(() => seen.at(-1)?.includes(directive) === false, {
				ms: IN_BLOCK_MS,
				what: "the subscription to show the withdrawal",
			});
		} finally {
			stop();
		}
	});

	it("a subscription to events shows a decision, without another read", async () => {
		/** By entry: a decision is made anew when the chain gives up its branch. */
		const decisions = new Map();
		const effects = () => [...decisions.values()].map(({ decision }) => decision.effect.type);
		const stop = await api.query.system.events((records) => {
			for (const { event } of records) {
				if (!api.events.consent.AccessDecided.is(event)) continue;
				const { entry, record: asked } = event.data;
				if (asked.toHex() === record) decisions.set(entry.toHex(), event.data);
			}
		});
		try {
			await access(api, { patient: ada.patient, record, pair: clinician });
			// The grant is final first, so that the second access comes after the grant on every branch.
			await grant(api, ada, { actors: [{ Organisation: HOSPITAL_B }] }, { final: true });
			await access(api, { patient: ada.patient, record, pair: clinician });
			await until(() => effects().includes("Permit"), { ms: IN_BLOCK_MS, what: "the permit" });
		} finally {
			stop();
		}
		assert.equal(effects()[0], "Deny");
		for (const decided of decisions.values()) {
			assert.equal(decided.patient.toHex(), ada.patient);
			assert.equal(decided.requester.toString(), clinician.address);
			assert.equal(decided.purpose.type, "Treatment");
			assert.equal(decided.action.type, "Access");
		}
	});

	it("every trail entry is an event in the same transaction", async () => {
		const { receipt, decided } = await access(api, {
			patient: ada.patient,
			record,
			pair: clinician,
		});
		// By position, because polkadot.js keeps the name `hash` for itself.
		const [hash, entry] = receipt.event("trail.EntryWritten");
		assert.equal(hash.toHex(), decided.entry.toHex());
		assert.equal(entry.act.type, "AccessDecided");
		assert.equal(entry.act.asAccessDecided.record.toHex(), record);
		assert.equal(entry.patient.unwrap().id.toHex(), ada.patient);
		assert.equal(entry.organisation.unwrap().id.toNumber(), HOSPITAL_B);
		assert.equal(entry.actor.unwrap().toString(), clinician.address);
	});

	it("blocks come, and become final", async () => {
		const start = await api.rpc.chain.getFinalizedHead();
		const { number } = await api.rpc.chain.getHeader(start);
		const later = await finalHeader(
			api,
			(header) => header.number.toNumber() >= number.toNumber() + 3,
			"three more final blocks",
		);
		const clock = await now(await api.at(later.hash));
		const slot = (moment) => Math.floor(moment / SLOT_MS);
		const slots = slot(clock) - slot(await now(await api.at(start)));
		assert.ok(slots >= 3, `three blocks in ${slots} slots`);
		assert.ok(clock < Date.now() + SLOT_MS, `the chain's clock says ${clock}`);
	});

	it("a transaction can be waited for until it is final", async () => {
		const receipt = await submit(
			api,
			api.tx.consent.grant(ada.patient, [{ Role: "Nurse" }], ["Treatment"], [], null),
			ada.pair,
			{ final: true },
		);
		const head = await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());
		const { number } = await api.rpc.chain.getHeader(receipt.block);
		assert.ok(head.number.toNumber() >= number.toNumber());
		assert.equal((await api.rpc.chain.getBlockHash(number.unwrap())).toHex(), receipt.block);
	});
});
