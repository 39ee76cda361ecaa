// Base policies: nothing widens silently, a campaign asks, and the past is answered as it was.
// The insurer's, because the other suites have no patients there.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { randomAsHex } from "@polkadot/util-crypto";
import { controller, INSURER } from "../lib/accounts.mjs";
import { connect, now } from "../lib/chain.mjs";
import { access, decision } from "../lib/consent.mjs";
import { credential, enrolPatient } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";
import { failsInBlock } from "../lib/refusals.mjs";
import { submit } from "../lib/submit.mjs";

const HOUR = 3_600_000;

describe("base policies", { timeout: 900_000 }, () => {
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

	/** Registers a version that does this for these roles, and returns its number. */
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
		const standing = (await api.call.policiesApi.standingOf(ada.patient)).unwrap();
		assert.equal(standing.accepted.unwrap().toNumber(), versions.first);
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
		const { policies } = api.tx;
		const until = (await now(api)) + HOUR;
		await failsInBlock(api, policies.openCampaign(versions.wider, until), insurer, {
			error: "policies.NotOlder",
			ids: [ada.patient],
		});
		await submit(api, policies.openCampaign(versions.first, until), insurer, { shared: true });
		const receipt = await submit(api, policies.ask([ada.patient]), insurer, { shared: true });
		assert.equal(receipt.event("policies.PatientAsked").version.toNumber(), versions.wider);
		const [, , invitation] = (await api.call.policiesApi.questionTo(ada.patient)).unwrap();
		assert.ok(invitation.answer.isNone);
		await submit(api, policies.refuse(ada.patient, versions.wider), ada.pair);
		assert.equal((await check(pharmacist)).basis, "NotAccepted");
		await submit(api, policies.accept(ada.patient, versions.wider), ada.pair);
		assert.deepEqual(await check(pharmacist), permitted(versions.wider));
		const [, campaign] = (await api.call.policiesApi.campaignOf(INSURER)).unwrap();
		assert.deepEqual(
			[campaign.asked, campaign.accepted, campaign.refused].map((count) => count.toNumber()),
			[1, 1, 0],
		);
		await submit(api, policies.endCampaign(), insurer, { shared: true });
	});

	it("what was answered before the acceptance is answered of then", async () => {
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
		await submit(api, api.tx.policies.accept(ada.patient, versions.again), ada.pair);
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
		const listed = async () => (await api.call.consentApi.builtOn(policy, null, 100)).toJSON();
		assert.deepEqual(await listed(), [[ada.patient, number.toNumber()]]);
		await submit(api, api.tx.consent.withdraw(ada.patient, number), ada.pair);
		assert.deepEqual(await listed(), []);
	});
});
