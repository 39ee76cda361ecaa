// Several calls in one transaction: all of them, or the ones before a failure. A call that is refused
// alone is refused in a batch too. One patient id or organisation pays for the whole batch.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { dispatchErrorName, submit } from "@assent/client";
import { controller, HOSPITAL_A, randomId } from "../lib/accounts.mjs";
import { connect, now } from "../lib/chain.mjs";
import { grantCall } from "../lib/consent.mjs";
import { credential, DAY, enrolPatients } from "../lib/people.mjs";
import { anchor, labels } from "../lib/records.mjs";
import {
	CALL_REFUSED,
	failsInBlock,
	NOT_FOR_SENDER,
	refusedAtPool,
	SEVERAL_PAYERS,
} from "../lib/refusals.mjs";

describe("batches", { timeout: 600_000 }, () => {
	let api;
	/** A patient for one test alone: the directives in force must not depend on the tests' order. */
	let patient;
	before(async () => {
		api = await connect();
		patient = await enrolPatients(api, 20);
	});
	after(() => api?.disconnect());
	const inForce = async (id) =>
		(await api.query.consent.inForce(id)).map((directive) => directive.toNumber());

	it("records are registered by the dozen", async () => {
		const { patient: id } = patient();
		const ids = Array.from({ length: 12 }, randomId);
		const receipt = await submit(
			api,
			api.tx.utility.batchAll(
				ids.map((record) => api.tx.records.register(record, id, labels(), anchor())),
			),
			controller(HOSPITAL_A),
			{ shared: true },
		);
		assert.equal(receipt.all("records.RecordRegistered").length, 12);
		const rows = await api.query.records.records.multi(ids);
		assert.ok(rows.every((row) => row.isSome));
	});

	it("all or nothing: one that fails undoes the others", async () => {
		const { patient: id, pair } = patient();
		await failsInBlock(
			api,
			api.tx.utility.batchAll([grantCall(api, id), api.tx.consent.withdraw(id, 99)]),
			pair,
			{ error: "consent.DirectiveNotFound", ids: [id] },
		);
		assert.deepEqual(await inForce(id), []);
	});

	it("a grant and its withdrawal in one: nothing is in force", async () => {
		const { patient: id, pair } = patient();
		const receipt = await submit(
			api,
			api.tx.utility.batchAll([grantCall(api, id), api.tx.consent.withdraw(id, 0)]),
			pair,
		);
		assert.ok(receipt.names.includes("consent.DirectiveWithdrawn"));
		assert.deepEqual(await inForce(id), []);
	});

	it("two grants land together", async () => {
		const { patient: id, pair } = patient();
		const receipt = await submit(
			api,
			api.tx.utility.batchAll([
				grantCall(api, id),
				grantCall(api, id, { purposes: ["Research"], actors: [{ Organisation: 2 }] }),
			]),
			pair,
		);
		const made = receipt.all("consent.DirectiveMade");
		assert.deepEqual(
			made.map(({ directive }) => directive.toNumber()),
			[0, 1],
		);
		assert.ok(receipt.names.includes("utility.BatchCompleted"));
		assert.deepEqual(await inForce(id), [0, 1]);
	});

	it("as far as it goes: the ones before a failure stay, and the event says where", async () => {
		const { patient: id, pair } = patient();
		const receipt = await submit(
			api,
			api.tx.utility.batch([
				grantCall(api, id),
				grantCall(api, id, { purposes: [] }),
				grantCall(api, id),
			]),
			pair,
		);
		const interrupted = receipt.event("utility.BatchInterrupted");
		assert.equal(interrupted.index.toNumber(), 1);
		assert.equal(dispatchErrorName(api, interrupted.error), "consent.NoPurposes");
		assert.deepEqual(await inForce(id), [0]);
	});

	it("for two patients is refused at the pool; a batch for each lands", async () => {
		const [ada, ben] = [patient(), patient()];
		const end = (await now(api)) + DAY;
		const name = api.tx.patients.nameDelegate(ada.patient, ben.pair.publicKey, ["Share"], end);
		await submit(api, name, ada.pair, { final: true });
		const batch = (...people) =>
			api.tx.utility.batchAll(people.map(({ patient: id }) => grantCall(api, id)));
		await refusedAtPool(api, batch(ben, ada), ben.pair, {
			reason: SEVERAL_PAYERS,
			ids: [ada.patient, ben.patient],
		});
		for (const { patient: id } of [ben, ada]) {
			await submit(api, batch({ patient: id }, { patient: id }), ben.pair);
			assert.deepEqual(await inForce(id), [0, 1]);
		}
	});

	it("of a practitioner's and a patient's acts is refused at the pool, although one account acts", async () => {
		const ada = patient();
		await credential(api, { pair: ada.pair, final: true });
		const access = api.tx.consent.access(randomId(), randomId(), "Treatment", "Access");
		const batch = api.tx.utility.batch([grantCall(api, ada.patient), access]);
		await refusedAtPool(api, batch, ada.pair, { reason: SEVERAL_PAYERS, ids: [ada.patient] });
	});

	it("with one call for another account is refused at the pool, wherever it stands", async () => {
		const [ada, bob] = [patient(), patient()];
		const [own, other] = [ada, bob].map(({ patient: id }) => grantCall(api, id));
		for (const call of [
			api.tx.utility.batch([own, other]),
			api.tx.utility.forceBatch([other, own]),
			api.tx.utility.batchAll([own, api.tx.utility.batch([other])]),
			api.tx.utility.ifElse(own, other),
		]) {
			await refusedAtPool(api, call, ada.pair, {
				reason: NOT_FOR_SENDER,
				ids: [ada.patient, bob.patient],
			});
		}
	});

	/** A call that would put free text on the chain. */
	const text = (name) => api.tx.system[name]("0x4a6f686e20446f65");
	for (const [how, call] of [
		["alone", () => text("remark")],
		["with an event", () => text("remarkWithEvent")],
		["in a batch", (id) => api.tx.utility.batch([grantCall(api, id), text("remark")])],
		["in a batch of all", () => api.tx.utility.batchAll([text("remarkWithEvent")])],
		["in a batch that goes on", () => api.tx.utility.forceBatch([text("remark")])],
		[
			"three wraps deep",
			() =>
				api.tx.utility.batch([
					api.tx.utility.batchAll([api.tx.utility.asDerivative(0, text("remark"))]),
				]),
		],
		[
			"deeper than is looked",
			(id) => {
				let call = grantCall(api, id);
				for (let depth = 0; depth < 8; depth++) call = api.tx.utility.batch([call]);
				return call;
			},
		],
		["as a preimage", () => api.tx.preimage.notePreimage("0x4a6f686e20446f65")],
	]) {
		it(`free text ${how} is refused at the pool`, async () => {
			const { patient: id, pair } = patient();
			await refusedAtPool(api, call(id), pair, { reason: CALL_REFUSED, ids: [id] });
		});
	}
});
