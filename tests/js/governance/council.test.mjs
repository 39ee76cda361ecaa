// The council governs: its calls, the public delay, and organisations that come and go. Safe mode and
// pausing halt calls, and the calls that only take something away go on.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DispatchFailure, PoolRefusal, submit } from "@assent/client";
import { blake2AsHex } from "@polkadot/util-crypto";
import { fresh, HOSPITAL_A, HOSPITAL_B, randomId } from "../lib/accounts.mjs";
import { connect } from "../lib/chain.mjs";
import { access, grant, grantCall } from "../lib/consent.mjs";
import { agentCall, credential, credentialCall, enrolPatient } from "../lib/people.mjs";
import { anchor, labels, registerRecord } from "../lib/records.mjs";
import { CALL_REFUSED, NO_PAYER } from "../lib/refusals.mjs";
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
/** The controllers of the first members, by the members' numbers. */
const MEMBERS = ["//Alpha", "//Beta", "//Gamma", "//Delta"];
/** For a transaction on which another account's call depends: both must be on every branch. */
const FINAL = { final: true };

/** Asserts that the pool refused a transaction for this reason. */
async function refused(promise, reason) {
	await assert.rejects(promise, (error) => {
		assert.ok(error instanceof PoolRefusal, `not refused by the pool: ${error.stack}`);
		assert.match(error.reason, reason);
		return true;
	});
}

/** Asserts that the account has no payer: the pool refuses every transaction of the account. */
const unknown = (promise) => refused(promise, NO_PAYER);

/** Asserts that no account may send the call: the pool refuses the call from everybody. */
const nobodys = (promise) => refused(promise, CALL_REFUSED);

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

		it("is on the list, or no motion: the pool refuses the proposal", async () => {
			const open = (await api.query.council.proposals()).length;
			for (const call of [
				api.tx.system.setCode("0x00"),
				api.tx.system.setStorage([]),
				api.tx.system.killPrefix("0x26aa", 10),
				api.tx.system.authorizeUpgradeWithoutChecks(`0x${"11".repeat(32)}`),
				api.tx.utility.batch([api.tx.consortium.suspend(3)]),
			]) {
				await nobodys(enact(api, call));
			}
			assert.deepEqual((await api.query.council.proposals()).length, open);
		});

		it("can't be done by the council at once, nor by a member", async () => {
			await nobodys(submit(api, api.tx.consortium.suspend(3), key("//Alpha")));
			await nobodys(decide(api, api.tx.consortium.suspend(3)));
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
			await nobodys(submit(api, off, key("//Delta")));
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
		let dismissed;
		let agent;
		let unseen;
		let lost;

		it("is entered by two thirds at once", async () => {
			({ directive } = await grant(api, ada));
			await grant(api, ada, { actors: [{ Organisation: HOSPITAL_A }] });
			assert.equal(await ask(), "Permit");
			({ pair: leaver } = await credential(api));
			({ pair: dismissed } = await credential(api));
			agent = fresh();
			const added = await agentCall(api, { organisation: HOSPITAL_A, pair: agent });
			await submit(api, added, key("//Alpha"));
			({ record: lost } = await registerRecord(api, { patient: ada.patient }));
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
			// The halt opens no way for bytes that nobody reads: the pool refuses as before.
			const text = api.tx.system.setStorage([["0x00", "0x00"]]);
			await nobodys(submit(api, text, ada.pair));
			const added = await agentCall(api, { organisation: HOSPITAL_A, pair: fresh() });
			await fails(submit(api, added, key("//Alpha")), "system.CallFiltered");
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

		it("goes on with what takes keys away: a credential, an agent", async () => {
			const revoke = api.tx.consortium.revoke(dismissed.publicKey);
			const revoked = await submit(api, revoke, key("//Alpha"), FINAL);
			assert.ok(revoked.names.includes("consortium.PractitionerRevoked"), revoked.names.join());
			await unknown(ask(dismissed));
			const remove = api.tx.consortium.removeAgent(agent.publicKey);
			const removed = await submit(api, remove, key("//Alpha"), FINAL);
			assert.ok(removed.names.includes("consortium.AgentRemoved"), removed.names.join());
			assert.ok((await api.query.consortium.byAgent(agent.publicKey)).isNone);
		});

		it("goes on with a patient's denial, and not with a permission inside of it", async () => {
			const make = (base, exceptions = []) =>
				submit(
					api,
					api.tx.consent.makeDirective(ada.patient, { base, exceptions }, null),
					ada.pair,
				);
			const denial = { effect: "Deny", actors: [{ Organisation: HOSPITAL_B }] };
			const permission = { effect: "Permit", actors: [{ Role: "Pharmacist" }] };
			const made = await make(denial);
			assert.equal(made.event("consent.DirectiveMade").effect.type, "Deny");
			await fails(make(permission), "system.CallFiltered");
			await fails(make(denial, [permission]), "system.CallFiltered");
			// A batch passes the same filter, call by call.
			const calls = [denial, permission].map((base) =>
				api.tx.consent.makeDirective(ada.patient, { base, exceptions: [] }, null),
			);
			await fails(submit(api, api.tx.utility.batchAll(calls), ada.pair), "system.CallFiltered");
		});

		it("goes on with rotating, disputing and erasing a record", async () => {
			const rotate = api.tx.records.rotate(lost, anchor());
			const rotated = await submit(api, rotate, key("//Alpha"));
			assert.ok(rotated.names.includes("records.RecordVersioned"), rotated.names.join());
			const disputed = await submit(api, api.tx.records.dispute(lost), ada.pair);
			assert.ok(disputed.names.includes("records.RecordDisputed"), disputed.names.join());
			const erased = await submit(api, api.tx.records.erase(lost), key("//Alpha"));
			assert.ok(erased.names.includes("records.RecordErased"), erased.names.join());
			// The answers of a dispute and the next document are no removals.
			const correct = api.tx.records.correct(record, anchor());
			await fails(submit(api, correct, key("//Alpha")), "system.CallFiltered");
			const settle = api.tx.records.settleDispute(record);
			await fails(submit(api, settle, key("//Alpha")), "system.CallFiltered");
		});

		it("goes on with the duties after an emergency, to the end of the review", async () => {
			const declare = api.tx.emergencies.declare(ada.patient, "SeriousHarm", 30);
			const { emergency } = (await submit(api, declare, clinician)).event(
				"emergencies.EmergencyDeclared",
			);
			const suspend = api.tx.emergencies.suspendUnjustified(emergency);
			await fails(submit(api, suspend, clinician), "emergencies.JustificationNotOverdue");
			await submit(api, api.tx.emergencies.end(emergency), clinician);
			const commitment = blake2AsHex("salt and page");
			const justify = api.tx.emergencies.justify(emergency, "Treated", commitment);
			const { drawBlock } = (await submit(api, justify, clinician)).event(
				"emergencies.EmergencyJustified",
			);
			await height(api, drawBlock.toNumber() + 1);
			const drawn = await submit(api, api.tx.emergencies.draw(emergency), clinician, FINAL);
			const reviewer = drawn.event("emergencies.ReviewerDrawn").reviewer.toNumber();
			const pass = api.tx.emergencies.passOn(emergency);
			await fails(submit(api, pass, clinician), "emergencies.ReviewNotOverdue");
			const review = api.tx.emergencies.review(emergency, "Justified");
			const given = await submit(api, review, key(MEMBERS[reviewer]));
			assert.ok(given.names.includes("emergencies.EmergencyReviewed"), given.names.join());
		});

		it("goes on with refusals of policies and with tidying up, which here find nothing", async () => {
			const refuse = api.tx.acceptances.refuse(ada.patient, 1);
			await fails(submit(api, refuse, ada.pair), "acceptances.NotAsked");
			const end = api.tx.acceptances.endCampaign();
			await fails(submit(api, end, key("//Alpha")), "acceptances.NotOpen");
			const retire = api.tx.consent.retireExpired(ada.patient);
			await fails(submit(api, retire, ada.pair), "consent.NothingExpired");
			const accept = api.tx.acceptances.accept(ada.patient, 1);
			await fails(submit(api, accept, ada.pair), "system.CallFiltered");
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

		it("halts permissions and not denials, which are one call", async () => {
			await decide(api, api.tx.txPause.pause(name("Consent", "make_directive")));
			const make = (effect) => {
				const directive = { base: { effect, purposes: ["Research"] }, exceptions: [] };
				return submit(api, api.tx.consent.makeDirective(ada.patient, directive, null), ada.pair);
			};
			await fails(make("Permit"), "system.CallFiltered");
			assert.equal((await make("Deny")).event("consent.DirectiveMade").effect.type, "Deny");
			await decide(api, api.tx.txPause.unpause(name("Consent", "make_directive")));
			await make("Permit");
		});

		it("of what is no call is no motion: the pool refuses the proposal", async () => {
			for (const [pallet, call] of [
				["Consent", "grants"],
				["Maria Musterfrau", "HIV positive"],
			]) {
				await nobodys(decide(api, api.tx.txPause.pause(name(pallet, call))));
			}
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
				["Consortium", "revoke"],
				["Consortium", "remove_agent"],
				["Consent", "retire_expired"],
				["Records", "rotate"],
				["Records", "erase"],
				["Records", "dispute"],
				["Emergencies", "draw"],
				["Emergencies", "pass_on"],
				["Emergencies", "suspend_unjustified"],
				["Acceptances", "refuse"],
				["Acceptances", "end_campaign"],
			]) {
				await fails(decide(api, api.tx.txPause.pause(name(pallet, call))), "txPause.Unpausable");
			}
		});
	});
});
