// Batches of several grants: not in `npm test` while the chain refuses them as too large for a
// block. Run with `node --test suite/pending/*.test.mjs`.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { connect } from "../../lib/chain.mjs";
import { grantCall } from "../../lib/consent.mjs";
import { enrolPatient } from "../../lib/people.mjs";
import { nameOf, submit } from "../../lib/submit.mjs";

describe("batches of grants", { timeout: 600_000 }, () => {
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

	it("two grants land together", async () => {
		const { patient: id, pair } = await patient();
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
		assert.deepEqual(await inForce(), [0, 1]);
	});

	it("as far as it goes: the ones before a failure stay, and the event says where", async () => {
		const { patient: id, pair } = await patient();
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
		assert.equal(nameOf(api, interrupted.error), "consent.NoPurposes");
		assert.deepEqual(await inForce(), [0]);
	});
});
