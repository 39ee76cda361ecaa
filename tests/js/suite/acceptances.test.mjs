// Acceptances of base policies. A wider policy waits for the patient's acceptance, a campaign asks
// patients, and a question about the past gets the answer of then. The policies are the insurer's,
// because the other suites have no patients there.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { submit } from "@assent/client";
import { MAX_PAGE } from "@assent/client/rpc";
import { randomAsHex } from "@polkadot/util-crypto";
import { controller, INSURER } from "../lib/accounts.mjs";
import { connect, now } from "../lib/chain.mjs";
import { access, decision } from "../lib/consent.mjs";
import { credential, enrolPatient } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";
import { failsInBlock } from "../lib/refusals.mjs";

const HOUR = 3_600_000;

describe("acceptances of base policies", { timeout: 900_000 }, () => {
	let api;
	let insurer;
	let ada;
	let record;
	let clinician;
	let pharmacist;
	/** The versions that this run registered. */
	const versions = {};
	before(async () => {
		api = await connect();
		insurer = controller(INSURER);
		clinician = (await credential(api, { organisation: INSURER })).pair;
		pharmacist = (await credential(api, { organisation: INSURER, roles: ["Pharmacist"] })).pair;
	});
	after(() => api?.disconnect());

	/** Registers a version with this effect for these roles, and returns the version's number. */
	const register = async (effect, roles) => {
		const base = { effect, actors: roles.map((Role) => ({ Role })), purposes: ["Treatment"] };
		const receipt = await submit(
			api,
			api.tx.consortium.setBasePolicy("https://delta.example/policy", randomAsHex(32), {
				base,
				exceptions: [],
			}),
			insurer,
			{ shared: true },
		);
		return receipt.event("consortium.BasePolicySet").version.toNumber();
	};
	const check = async (pair, at) => {
		const asked = [pair.publicKey, ada.patient, record, "Treatment", "Access"];
		const { consentApi } = api.call;
		return decision(
			at ? await consentApi.checkAccessAt(...asked, at) : await consentApi.checkAccess(...asked),
		);
	};
	const permitted = (version) => ({
		effect: "Permit",
		basis: "BasePolicy",
		version,
		provision: "Base",
	});

	it("a patient signs for the newest version, and it decides", async () => {
		versions.first = await register("Permit", ["Clinician"]);
		ada = await enrolPatient(api, { organisation: INSURER });
		({ record } = await registerRecord(api, { patient: ada.patient, organisation: INSURER }));
		assert.deepEqual(await check(clinician), permitted(versions.first));
		assert.deepEqual(await check(pharmacist), { effect: "Deny", basis: "NoRule" });
		const status = (await api.call.acceptancesApi.statusOf(ada.patient)).unwrap();
		assert.equal(status.accepted.unwrap().toNumber(), versions.first);
	});

	it("a wider version changes nothing until the patient accepts it", async () => {
		versions.wider = await register("Permit", ["Clinician", "Pharmacist"]);
		versions.widened = await now(api);
		const waits = { effect: "Deny", basis: "NotAccepted", version: versions.wider };
		assert.deepEqual(await check(pharmacist), waits);
		assert.deepEqual(await check(clinician), permitted(versions.first));
		const { decision: got } = await access(api, { patient: ada.patient, record, pair: pharmacist });
		assert.deepEqual(got, waits);
	});

	it("a campaign asks, the patient answers with one call, and the counters tell", async () => {
		const { acceptances } = api.tx;
		const until = (await now(api)) + HOUR;
		await failsInBlock(api, acceptances.openCampaign(versions.wider, until), insurer, {
			error: "acceptances.NotOlder",
			ids: [ada.patient],
		});
		await submit(api, acceptances.openCampaign(versions.first, until), insurer, { shared: true });
		const receipt = await submit(api, acceptances.ask([ada.patient]), insurer, { shared: true });
		assert.equal(receipt.event("acceptances.PatientAsked").version.toNumber(), versions.wider);
		const [, , invitation] = (await api.call.acceptancesApi.questionTo(ada.patient)).unwrap();
		assert.ok(invitation.answer.isNone);
		await submit(api, acceptances.refuse(ada.patient, versions.wider), ada.pair);
		assert.equal((await check(pharmacist)).basis, "NotAccepted");
		await submit(api, acceptances.accept(ada.patient, versions.wider), ada.pair);
		assert.deepEqual(await check(pharmacist), permitted(versions.wider));
		const [, campaign] = (await api.call.acceptancesApi.campaignOf(INSURER)).unwrap();
		assert.deepEqual(
			[campaign.asked, campaign.accepted, campaign.refused].map((count) => count.toNumber()),
			[1, 1, 0],
		);
		await submit(api, acceptances.endCampaign(), insurer, { shared: true });
	});

	it("a question about a moment before the acceptance gets the answer of then", async () => {
		assert.equal((await check(pharmacist, versions.widened)).basis, "NotAccepted");
		assert.deepEqual(await check(clinician, versions.widened), permitted(versions.first));
	});

	it("a narrower version acts at once, and the next wider one waits", async () => {
		const narrower = await register("Deny", ["Pharmacist"]);
		const denied = {
			effect: "Deny",
			basis: "BasePolicy",
			version: narrower,
			provision: "Base",
		};
		assert.deepEqual(await check(pharmacist), denied);
		versions.again = await register("Permit", ["Clinician", "Pharmacist"]);
		assert.deepEqual(await check(pharmacist), denied, "it must not come back unasked");
		await submit(api, api.tx.acceptances.accept(ada.patient, versions.again), ada.pair);
		assert.deepEqual(await check(pharmacist), permitted(versions.again));
	});

	it("directives built on a version are listed under it while they are in force", async () => {
		const policy = { organisation: INSURER, version: versions.again };
		const directive = { base: { effect: "Deny", purposes: ["Research"] }, exceptions: [] };
		const receipt = await submit(
			api,
			api.tx.consent.makeDirective(ada.patient, directive, policy),
			ada.pair,
		);
		const { directive: number } = receipt.event("consent.DirectiveMade");
		const listed = async () => (await api.call.consentApi.builtOn(policy, null, MAX_PAGE)).toJSON();
		assert.deepEqual(await listed(), [[ada.patient, number.toNumber()]]);
		await submit(api, api.tx.consent.withdraw(ada.patient, number), ada.pair);
		assert.deepEqual(await listed(), []);
	});
});
