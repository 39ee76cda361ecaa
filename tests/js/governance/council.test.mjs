// The council governs: its calls, the public delay, and organisations that come and go. Safe mode and
// pausing halt calls, and some calls go on.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DispatchFailure, PoolRefusal, submit } from "@assent/client";
import { fresh, HOSPITAL_A, randomId } from "../lib/accounts.mjs";
import { connect } from "../lib/chain.mjs";
import { access, grant, grantCall } from "../lib/consent.mjs";
import { agentCall, credential, credentialCall, enrolPatient } from "../lib/people.mjs";
import { anchor, labels, registerRecord } from "../lib/records.mjs";
import { refusal } from "../lib/refusals.mjs";
import { until } from "../lib/wait.mjs";
import {
	closeCall,
	decide,
	dispatched,
	enact,
	enactAll,
	height,
	key,
	propose,
	schedule,
	seats,
} from "./lib/council.mjs";

const DELAY = 20;
/** For a transaction on which another account's call depends: both must be on every branch. */
const FINAL = { final: true };

/** Asserts that the account has no payer: the pool refuses every transaction of the account. */
async function unknown(promise) {
	await assert.rejects(promise, (error) => {
		assert.ok(error instanceof PoolRefusal, `not refused by the pool: ${error.stack}`);
		assert.match(error.reason, refusal("not_enrolled"));
		return true;
	});
}

/** Asserts that a transaction was dispatched and failed for this reason. */
async function fails(promise, reason) {
	await assert.rejects(promise, (error) => {
		assert.ok(error instanceof DispatchFailure, `not dispatched: ${error.stack}`);
		assert.equal(error.reason, reason);
		return true;
	});
}

describe("the council", { timeout: 1_500_000 }, () => {
	let api;
	let ada;
	let record;
	let clinician;
	before(async () => {
		api = await connect();
		ada = await enrolPatient(api);
		({ record } = await registerRecord(api, { patient: ada.patient }));
		({ pair: clinician } = await credential(api, { roles: ["Clinician", "EmergencyClinician"] }));
	});
	after(() => api?.disconnect());

	const status = async (organisation) =>
		(await api.query.consortium.organisations(organisation)).unwrap().status.type;
	const ask = async (pair = clinician) =>
		(await access(api, { patient: ada.patient, record, pair })).decision.effect;

	describe("what it enacts", () => {
		it("needs two thirds: half of the members close nothing", async () => {
			// The motion stays open for days, so the motion is about an organisation of its own.
			const call = api.tx.consortium.enact(api.tx.consortium.suspend(1));
			const motion = await propose(api, call, ["//Alpha", "//Beta"]);
			await fails(submit(api, closeCall(api, motion), key("//Alpha")), "council.TooEarly");
			// Two members can propose with a lower threshold. The origin then shows too few votes.
			const low = await submit(
				api,
				api.tx.council.propose(2, api.tx.consortium.enact(api.tx.consortium.suspend(2)), 100),
				key("//Alpha"),
			);
			const { proposalHash: hash, proposalIndex: index } = low.event("council.Proposed");
			for (const who of ["//Alpha", "//Beta"]) {
				await submit(api, api.tx.council.vote(hash, index, true), key(who));
			}
			const closed = await submit(
				api,
				closeCall(api, { hash, index, length: 100 }),
				key("//Alpha"),
			);
			const { result } = closed.event("council.Executed");
			assert.equal(result.asErr.type, "BadOrigin");
			assert.equal(closed.names.includes("consortium.EnactScheduled"), false);
		});

		it("is on the list, or refused", async () => {
			for (const call of [
				api.tx.system.setCode("0x00"),
				api.tx.system.setStorage([]),
				api.tx.system.killPrefix("0x26aa", 10),
				api.tx.system.authorizeUpgradeWithoutChecks(`0x${"11".repeat(32)}`),
				api.tx.utility.batch([api.tx.consortium.suspend(3)]),
			]) {
				await fails(enact(api, call), "consortium.NotEnactable");
			}
		});

		it("can't be done by the council at once, nor by a member", async () => {
			await fails(submit(api, api.tx.consortium.suspend(3), key("//Alpha")), "BadOrigin");
			await fails(decide(api, api.tx.consortium.suspend(3)), "BadOrigin");
			assert.equal(await status(3), "Active");
		});

		it("waits in public, where everybody reads what is coming, and then happens", async () => {
			const { at, index, decidedIn } = await schedule(api, api.tx.consortium.suspend(3));
			const { number } = await api.rpc.chain.getHeader(decidedIn);
			assert.equal(at, number.toNumber() + DELAY);
			const waiting = (await api.query.scheduler.agenda(at))[index].unwrap();
			const call = api.registry.createType("Call", waiting.call.asInline.toU8a(true));
			assert.deepEqual(call.toHuman(), {
				method: "suspend",
				section: "consortium",
				args: { organisation: "3" },
			});
			await height(api, at - 1);
			const before = await api.at(await api.rpc.chain.getBlockHash(at - 1));
			assert.equal((await before.query.consortium.organisations(3)).unwrap().status.type, "Active");
			await dispatched(api, { at, index });
			assert.equal(await status(3), "Suspended");
			assert.equal((await seats(api)).includes(key("//Delta").address), false);
			await enact(api, api.tx.consortium.reinstate(3), ["//Alpha", "//Beta", "//Gamma"]);
			assert.equal((await seats(api)).length, 4);
		});

		it("is called off by the council before it happens, and by nobody else", async () => {
			const { at, index } = await schedule(api, api.tx.consortium.suspend(3));
			const off = api.tx.scheduler.cancel(at, index);
			await fails(submit(api, off, key("//Delta")), "BadOrigin");
			await decide(api, off);
			await height(api, at + 1);
			assert.equal(await status(3), "Active");
		});

		it("says so when it fails, and changes nothing", async () => {
			await fails(enact(api, api.tx.consortium.suspend(99)), "consortium.NotFound");
		});
	});

	describe("an organisation", () => {
		let zeta;
		let organisation;
		let agent;
		let doctor;
		let nurse;

		it("is admitted: a number, a seat, and it acts", async () => {
			zeta = fresh();
			const { events } = await enact(
				api,
				api.tx.consortium.admit("Zeta Clinic", "Hospital", zeta.publicKey),
			);
			const { data } = events.find(({ method }) => method === "OrganisationAdmitted");
			organisation = data.organisation.toNumber();
			assert.ok(organisation >= 4);
			assert.ok((await seats(api)).includes(zeta.address));
			agent = fresh();
			await submit(api, await agentCall(api, { organisation, pair: agent }), zeta, FINAL);
			[doctor, nurse] = [fresh(), fresh()];
			for (const pair of [doctor, nurse]) {
				await submit(api, await credentialCall(api, { organisation, pair }), agent, FINAL);
			}
			await grant(api, ada, { actors: [{ Organisation: organisation }] });
			assert.equal(await ask(doctor), "Permit");
		});

		it("is suspended: no seat, no acting, its practitioners get no access", async () => {
			await enact(api, api.tx.consortium.suspend(organisation));
			assert.equal((await seats(api)).includes(zeta.address), false);
			// Its accounts have no payer any more: neither the controller, nor a practitioner.
			const call = await agentCall(api, { organisation, pair: fresh() });
			await unknown(submit(api, call, zeta));
			await unknown(submit(api, api.tx.council.propose(3, api.tx.safeMode.forceEnter(), 10), zeta));
			await unknown(ask(doctor));
		});

		it("is suspended: its practitioners and agents resign all the same", async () => {
			const left = await submit(api, api.tx.consortium.resign(), nurse, FINAL);
			assert.equal(
				left.event("consortium.PractitionerResigned").practitioner.toString(),
				nurse.address,
			);
			const gone = await submit(api, api.tx.consortium.resign(), agent, FINAL);
			assert.equal(gone.event("consortium.AgentRemoved").agent.toString(), agent.address);
			assert.ok((await api.query.consortium.byAgent(agent.publicKey)).isNone);
			assert.equal(await status(organisation), "Suspended");
		});

		it("is reinstated: all of it again, but for those who resigned", async () => {
			await enact(api, api.tx.consortium.reinstate(organisation));
			assert.ok((await seats(api)).includes(zeta.address));
			assert.equal(await ask(doctor), "Permit");
			await unknown(ask(nurse));
			await unknown(submit(api, api.tx.consortium.revoke(doctor.publicKey), agent));
		});

		it("is removed for good, and its number is nobody else's", async () => {
			await enact(api, api.tx.consortium.remove(organisation));
			assert.equal(await status(organisation), "Removed");
			assert.equal((await seats(api)).length, 4);
			await unknown(ask(doctor));
			await fails(
				enact(api, api.tx.consortium.reinstate(organisation)),
				"consortium.AlreadyRemoved",
			);
			const [{ events }] = await enactAll(api, [
				api.tx.consortium.admit("Eta Laboratory", "Laboratory", fresh().publicKey),
			]);
			const { data } = events.find(({ method }) => method === "OrganisationAdmitted");
			assert.equal(data.organisation.toNumber(), organisation + 1);
			await enact(api, api.tx.consortium.remove(organisation + 1));
		});
	});

	describe("safe mode", () => {
		let directive;
		let entered;
		let leaver;
		let unseen;

		it("is entered by two thirds at once", async () => {
			({ directive } = await grant(api, ada));
			await grant(api, ada, { actors: [{ Organisation: HOSPITAL_A }] });
			assert.equal(await ask(), "Permit");
			({ pair: leaver } = await credential(api));
			const motion = await propose(api, api.tx.safeMode.forceEnter(), [
				"//Alpha",
				"//Beta",
				"//Gamma",
			]);
			// The same transaction registers a document, so no worker has looked at the document yet.
			unseen = randomId();
			const closed = await submit(
				api,
				api.tx.utility.batchAll([
					api.tx.records.register(unseen, ada.patient, labels(), anchor()),
					closeCall(api, motion),
				]),
				key("//Alpha"),
			);
			assert.ok(closed.names.includes("safeMode.Entered"));
			entered = (await api.rpc.chain.getHeader(closed.block)).number.toNumber();
		});

		it("halts what can wait", async () => {
			await fails(submit(api, grantCall(api, ada.patient), ada.pair), "system.CallFiltered");
			await fails(registerRecord(api, { patient: ada.patient }), "system.CallFiltered");
			await fails(enrolPatient(api), "system.CallFiltered");
			await fails(credential(api), "system.CallFiltered");
		});

		it("goes on with withdrawals, accesses and emergencies", async () => {
			await submit(api, api.tx.consent.withdraw(ada.patient, directive), ada.pair);
			assert.equal(await ask(), "Permit");
			const declared = await submit(
				api,
				api.tx.emergencies.declare(ada.patient, "LifeThreatening", 30),
				clinician,
			);
			const { emergency } = declared.event("emergencies.EmergencyDeclared");
			await submit(api, api.tx.emergencies.end(emergency), clinician);
		});

		it("lets a practitioner resign", async () => {
			const receipt = await submit(api, api.tx.consortium.resign(), leaver);
			assert.ok(receipt.names.includes("consortium.PractitionerResigned"));
			await unknown(ask(leaver));
		});

		it("goes on with attestations: the workers still look at documents", async () => {
			// No vault has the document. The nodes of the other members find that out.
			const version = async () => (await api.query.records.versions(unseen, 1)).unwrap();
			await until(async () => (await version()).state.isAbsent, {
				ms: 120_000,
				what: "the document to be found absent",
			});
			const then = await api.at(await api.rpc.chain.getBlockHash(entered));
			const began = await then.query.timestamp.now();
			assert.ok((await version()).since.gt(began), "it was looked at before");
		});

		it("stops neither blocks nor finality, and the council governs on", async () => {
			const { at, index } = await schedule(api, api.tx.records.setRecheckPeriod(20));
			await dispatched(api, { at, index });
			const final = await api.rpc.chain.getFinalizedHead();
			const { number } = await api.rpc.chain.getHeader(final);
			assert.ok(number.toNumber() >= at - 10, `${number} is final at ${at}`);
		});

		it("is ended by the council", async () => {
			await decide(api, api.tx.safeMode.forceExit());
			await grant(api, ada);
		});
	});

	describe("pausing", () => {
		const name = (pallet, call) => [pallet, call];

		it("halts one call and no other", async () => {
			await decide(api, api.tx.txPause.pause(name("Consent", "grant")));
			await fails(submit(api, grantCall(api, ada.patient), ada.pair), "system.CallFiltered");
			assert.equal(await ask(), "Permit");
			await enrolPatient(api, { patient: randomId() });
			await decide(api, api.tx.txPause.unpause(name("Consent", "grant")));
			await grant(api, ada);
		});

		it("is refused for calls that nothing may stop", async () => {
			for (const [pallet, call] of [
				["Consent", "withdraw"],
				["Consent", "access"],
				["Emergencies", "declare"],
				["Timestamp", "set"],
				["Grandpa", "report_equivocation_unsigned"],
				["Records", "attest"],
				["Council", "vote"],
				["Consortium", "enact"],
				["Consortium", "resign"],
			]) {
				await fails(decide(api, api.tx.txPause.pause(name(pallet, call))), "txPause.Unpausable");
			}
		});
	});
});
