// Several calls in one transaction: all of them or as many as went well, and never a way around
// what is refused alone.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { controller, HOSPITAL_A, randomId } from "../lib/accounts.mjs";
import { connect } from "../lib/chain.mjs";
import { grantCall } from "../lib/consent.mjs";
import { enrolPatient } from "../lib/people.mjs";
import { anchor, labels } from "../lib/records.mjs";
import { failsInBlock, refusedAtPool } from "../lib/refusals.mjs";
import { submit } from "../lib/submit.mjs";

const REFUSED = /^1010: Invalid Transaction: Transaction call is not expected/;

describe("batches", { timeout: 600_000 }, () => {
	let api;
	let ada;
	before(async () => {
		api = await connect();
	});
	after(() => api?.disconnect());
	// A patient of its own for each test: what is in force must not depend on the order.
	const patient = async () => {
		ada = await enrolPatient(api);
		return ada;
	};
	const inForce = async () =>
		(await api.query.consent.inForce(ada.patient)).map((id) => id.toNumber());

	it("records are registered by the dozen", async () => {
		const { patient: id } = await patient();
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
		const { patient: id, pair } = await patient();
		await failsInBlock(
			api,
			api.tx.utility.batchAll([grantCall(api, id), api.tx.consent.withdraw(id, 99)]),
			pair,
			{ error: "consent.DirectiveNotFound", ids: [id] },
		);
		assert.deepEqual(await inForce(), []);
	});

	it("a grant and its withdrawal in one: nothing is in force", async () => {
		const { patient: id, pair } = await patient();
		const receipt = await submit(
			api,
			api.tx.utility.batchAll([grantCall(api, id), api.tx.consent.withdraw(id, 0)]),
			pair,
		);
		assert.ok(receipt.names.includes("consent.DirectiveWithdrawn"));
		assert.deepEqual(await inForce(), []);
	});

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
			const { patient: id, pair } = await patient();
			await refusedAtPool(api, call(id), pair, { reason: REFUSED, ids: [id] });
		});
	}
});
