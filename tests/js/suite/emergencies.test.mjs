// Break-glass on a live network: declared, seen, ended, justified, drawn, reviewed.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { IN_BLOCK_MS, submit } from "@assent/client";
import { MAX_PAGE } from "@assent/client/rpc";
import { blake2AsHex } from "@polkadot/util-crypto";
import { controller, HOSPITAL_B } from "../lib/accounts.mjs";
import { connect, height } from "../lib/chain.mjs";
import { access, grant } from "../lib/consent.mjs";
import { credential, enrolPatient } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";
import { failsInBlock, NOT_FOR_SENDER, refusedAtPool } from "../lib/refusals.mjs";
import { until } from "../lib/wait.mjs";

describe("break-glass", { timeout: 600_000 }, () => {
	let api;
	let ada;
	let record;
	let clinician;
	let colleague;
	let emergency;
	before(async () => {
		api = await connect();
		const roles = ["EmergencyClinician"];
		ada = await enrolPatient(api);
		({ record } = await registerRecord(api, { patient: ada.patient }));
		({ pair: clinician } = await credential(api, { organisation: HOSPITAL_B, roles }));
		({ pair: colleague } = await credential(api, { organisation: HOSPITAL_B, roles }));
	});
	after(() => api?.disconnect());

	const declare = (minutes) => api.tx.emergencies.declare(ada.patient, "UnableToConsent", minutes);
	const justify = (number) =>
		api.tx.emergencies.justify(number, "Treated", blake2AsHex("salt and page"));
	const open = async (pair) => {
		const attempt = { patient: ada.patient, record, pair, purpose: "BreakGlass" };
		return (await access(api, attempt)).decision;
	};
	const state = async () => {
		const found = await api.call.emergenciesApi.emergency(emergency);
		return found.unwrap()[1].type;
	};

	it("permits access to its declarer, and to no colleague", async () => {
		assert.deepEqual(await open(clinician), { effect: "Deny", basis: "NoRule" });
		const receipt = await submit(api, declare(60), clinician);
		emergency = receipt.event("emergencies.EmergencyDeclared").emergency.toNumber();
		assert.deepEqual(await open(clinician), { effect: "Permit", basis: "Emergency" });
		assert.deepEqual(await open(colleague), { effect: "Deny", basis: "NoRule" });
		assert.equal(await state(), "Active");
	});

	it("the patient sees it in the list and in the trail", async () => {
		const rows = await api.call.emergenciesApi.emergenciesOf(ada.patient, 0, MAX_PAGE);
		assert.deepEqual(
			rows.map(([number]) => number.toNumber()),
			[emergency],
		);
		assert.equal(rows[0][1].reason.type, "UnableToConsent");
	});

	it("refuses a call at the wrong time or of another caller", async () => {
		const refused = (call, pair, error) =>
			failsInBlock(api, call, pair, { error: `emergencies.${error}`, ids: [ada.patient] });
		await refused(declare(60), clinician, "AlreadyDeclared");
		await refused(declare(241), colleague, "MinutesOutOfRange");
		await refused(api.tx.emergencies.end(emergency), colleague, "NotAuthorized");
		await refused(justify(emergency), clinician, "StillActive");
		await refused(api.tx.emergencies.draw(emergency), clinician, "NotAwaitingDraw");
		await refused(api.tx.emergencies.passOn(emergency), clinician, "NotUnderReview");
		await refused(
			api.tx.emergencies.suspendUnjustified(emergency),
			clinician,
			"JustificationNotOverdue",
		);
	});

	it("is the business of practitioners: the pool refuses a patient's call", async () => {
		for (const call of [declare(60), api.tx.emergencies.end(emergency), justify(emergency)]) {
			await refusedAtPool(api, call, ada.pair, { reason: NOT_FOR_SENDER });
		}
	});

	it("is over as soon as its declarer ends it", async () => {
		await submit(api, api.tx.emergencies.end(emergency), clinician);
		assert.deepEqual(await open(clinician), { effect: "Deny", basis: "NoRule" });
		assert.equal(await state(), "JustificationDue");
	});

	it("is reviewed by a drawn organisation other than the declarer's", async () => {
		const justified = await submit(api, justify(emergency), clinician);
		const { drawBlock } = justified.event("emergencies.EmergencyJustified");
		await until(async () => (await height(api)) > drawBlock.toNumber(), {
			ms: IN_BLOCK_MS,
			what: "the block that draws",
		});
		const drawn = await submit(api, api.tx.emergencies.draw(emergency), colleague);
		const reviewer = drawn.event("emergencies.ReviewerDrawn").reviewer.toNumber();
		assert.notEqual(reviewer, HOSPITAL_B);
		const owed = await api.call.emergenciesApi.reviewsOf(reviewer, null, MAX_PAGE);
		assert.ok(owed.some(([number]) => number.toNumber() === emergency));
		const review = () => api.tx.emergencies.review(emergency, "Adverse");
		// The declarer's own organisation was not drawn. A patient acts for no organisation at all.
		await failsInBlock(api, review(), controller(HOSPITAL_B), {
			error: "emergencies.NotAuthorized",
			ids: [ada.patient],
		});
		await refusedAtPool(api, review(), ada.pair, { reason: NOT_FOR_SENDER });
		const receipt = await submit(api, review(), controller(reviewer), { shared: true });
		assert.ok(receipt.names.includes("emergencies.RoleSuspended"));
		assert.equal(await state(), "Adverse");
	});

	it("an adverse finding costs the role, and a patient's own grant is still valid", async () => {
		await failsInBlock(api, declare(10), clinician, {
			error: "emergencies.RoleSuspended",
			ids: [ada.patient],
		});
		await grant(api, ada, { actors: [{ Organisation: HOSPITAL_B }] });
		const attempt = { patient: ada.patient, record, pair: clinician };
		assert.equal((await access(api, attempt)).decision.effect, "Permit");
		await submit(api, declare(10), colleague);
		assert.deepEqual(await open(colleague), { effect: "Permit", basis: "Emergency" });
	});
});
