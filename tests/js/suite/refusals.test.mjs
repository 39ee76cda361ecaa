// Wrong calls: unknown, twice, too early, too late, too many, or of another account. A call that its
// sender could never carry out is refused at the pool. Every other call fails with an error of its own
// name. No call changes a row of the people concerned. malformed.test.mjs has the bytes that can't be
// decoded, and text.test.mjs the text that must not stand in a block.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { PoolRefusal, submit } from "@assent/client";
import { enrolmentMessage } from "@assent/client/messages";
import { u8aToHex } from "@polkadot/util";
import {
	controller,
	fresh,
	HOSPITAL_A,
	HOSPITAL_B,
	INSTITUTE,
	INSURER,
	randomId,
} from "../lib/accounts.mjs";
import { connect, everyPeer, now } from "../lib/chain.mjs";
import { grant, grantCall } from "../lib/consent.mjs";
import {
	agentCall,
	credential,
	credentialCall,
	DAY,
	enrolCall,
	enrolPatient,
	enrolPatients,
} from "../lib/people.mjs";
import { allowanceOf } from "../lib/reads.mjs";
import { anchor, labels, registerRecord } from "../lib/records.mjs";
import {
	CALL_REFUSED,
	failsInBlock,
	NOT_FOR_SENDER,
	refusal,
	refusedAtPool,
	rowsOf,
} from "../lib/refusals.mjs";
import { until } from "../lib/wait.mjs";

/** A moment in 1970. */
const PAST = 1_000;
const NOTHING_TO_WITHDRAW = refusal("nothing_to_withdraw");
const SPENT = refusal("allowance_used");
/** The tests of a group share blocks, because a failure takes a block. */
const TOGETHER = { concurrency: 8 };
/** For a transaction on which another account's call depends: both must be on every branch. */
const FINAL = { final: true };

describe("refusals", { timeout: 1_200_000 }, () => {
	let api;
	/** A patient for one test alone, because a failure costs allowance in full. */
	let patient;
	/** A patient of the insurer. No worker may ask the insurer's vault, so no finding changes a row. */
	let bob;
	let document;
	let record;
	let clinician;
	let hospital;
	let insurer;
	before(async () => {
		api = await connect();
		hospital = controller(HOSPITAL_A);
		insurer = controller(INSURER);
		document = anchor();
		const registered = async () => {
			bob = await enrolPatient(api, { organisation: INSURER });
			await grant(api, bob);
			({ record } = await registerRecord(api, { ...bob, document }));
		};
		const credentialed = async () => {
			({ pair: clinician } = await credential(api));
		};
		const enrolled = async () => {
			patient = await enrolPatients(api, 110);
		};
		await Promise.all([registered(), credentialed(), enrolled()]);
	});
	after(() => api?.disconnect());

	/**
	 * Makes a test of each row. A row has a title, the error's name, and a function. The function gets
	 * a patient of the test's own. The function returns the call, the signer (by default the patient)
	 * and more ids whose rows must stay.
	 * @param {[string, string, (ada: any) => any][]} rows
	 */
	const fails = (rows) => {
		for (const [what, error, bringAbout] of rows) {
			it(what, async () => {
				const ada = patient();
				const { call, by = ada.pair, ids = [] } = await bringAbout(ada);
				await failsInBlock(api, call, by, { error, ids: [ada.patient, by.publicKey, ...ids] });
			});
		}
	};

	/**
	 * Makes a test of each row: the pool refuses the call, for this reason. A refusal costs nothing, so
	 * one patient serves a whole group. No group of these shares blocks: the signer's nonce must not
	 * change meanwhile.
	 * @param {RegExp} reason
	 * @param {[string, (ada: any) => any][]} rows as for `fails`, without the error
	 */
	const refuses = (reason, rows) => {
		let ada;
		before(() => {
			ada = patient();
		});
		for (const [what, bringAbout] of rows) {
			it(what, async () => {
				const { call, by = ada.pair, ids = [] } = await bringAbout(ada);
				await refusedAtPool(api, call, by, { reason, ids: [ada.patient, by.publicKey, ...ids] });
			});
		}
	};

	/** A new delegate of the patient, with a mandate for these deeds. */
	const delegateOf = async (ada, deeds) => {
		const pair = fresh();
		const end = (await now(api)) + DAY;
		const call = api.tx.patients.nameDelegate(ada.patient, pair.publicKey, deeds, end);
		await submit(api, call, ada.pair, FINAL);
		return pair;
	};

	it("a call that is right changes rows: the comparison would see it", async () => {
		const ada = patient();
		const { receipt } = await grant(api, ada);
		const { parentHash } = await api.rpc.chain.getHeader(receipt.block);
		const [before, after] = await Promise.all(
			[parentHash.toHex(), receipt.block].map((block) => rowsOf(api, block, [ada.patient])),
		);
		assert.ok(Object.keys(before).length > 0, "the enrolment's rows");
		assert.ok(Object.keys(after).length > Object.keys(before).length, "and the directive's");
	});

	describe("directives", TOGETHER, () => {
		const directive = (base, exceptions = []) => ({
			base: { effect: "Permit", ...base },
			exceptions,
		});
		const make = (ada, ...rules) => ({
			call: api.tx.consent.makeDirective(ada.patient, directive(...rules), null),
		});
		fails([
			[
				"a grant of a delegate who may only withdraw",
				"consent.NotInMandate",
				async (ada) => ({
					call: grantCall(api, ada.patient),
					by: await delegateOf(ada, ["Withdraw"]),
				}),
			],
			[
				"a grant for nobody",
				"consent.NoActors",
				(ada) => ({ call: grantCall(api, ada.patient, { actors: [] }) }),
			],
			[
				"a grant for no purpose",
				"consent.NoPurposes",
				(ada) => ({ call: grantCall(api, ada.patient, { purposes: [] }) }),
			],
			[
				"a grant until a moment that is past",
				"consent.PeriodPast",
				(ada) => ({ call: grantCall(api, ada.patient, { until: PAST }) }),
			],
			[
				"a grant until this very moment",
				"consent.PeriodPast",
				async (ada) => ({ call: grantCall(api, ada.patient, { until: await now(api) }) }),
			],
			[
				"a directive that ends before it begins",
				"consent.PeriodEmpty",
				async (ada) => {
					const at = await now(api);
					return make(ada, { period: { from: at + 2 * DAY, until: at + DAY } });
				},
			],
			[
				"a directive about months that end before they begin",
				"consent.MonthsEmpty",
				(ada) => make(ada, { authored: { from: 600, to: 599 } }),
			],
			[
				"an exception that changes nothing",
				"consent.ExceptionIdle",
				(ada) => make(ada, {}, [{ effect: "Permit", purposes: ["Research"] }]),
			],
			[
				"replacing an unknown directive",
				"consent.DirectiveNotFound",
				(ada) => ({ call: api.tx.consent.replace(ada.patient, 7, directive(), null) }),
			],
			[
				"a delegate replacing a directive, which the mandate lacks",
				"consent.NotInMandate",
				async (ada) => {
					const { directive: made } = await grant(api, ada, {}, FINAL);
					return {
						call: api.tx.consent.replace(ada.patient, made, directive(), null),
						by: await delegateOf(ada, ["Withdraw", "AnswerRequests"]),
					};
				},
			],
			[
				"replacing one that was withdrawn",
				"consent.AlreadyEnded",
				async (ada) => {
					const { directive: ended } = await grant(api, ada);
					await submit(api, api.tx.consent.withdraw(ada.patient, ended), ada.pair);
					return { call: api.tx.consent.replace(ada.patient, ended, directive(), null) };
				},
			],
			[
				"retiring where nothing has expired",
				"consent.NothingExpired",
				(ada) => ({ call: api.tx.consent.retireExpired(ada.patient) }),
			],
		]);
	});

	it("a grant beyond the fifty-sixth fails; a denial still finds its place", async () => {
		const ada = patient();
		const spent = (error) => {
			assert.ok(error instanceof PoolRefusal && SPENT.test(error.reason), error.stack);
			return null;
		};
		/** Waits until the bucket of the patient id holds a tenth: one call at its largest weight. */
		const refill = () =>
			until(
				async () => {
					const { available, capacity } = await allowanceOf(api, ada.pair);
					return available >= capacity / 10n;
				},
				{ ms: 300_000, what: "the allowance to refill", every: 2_000 },
			);
		const most = 56;
		for (let made = 0, size = 5; made < most; ) {
			const calls = Array.from({ length: Math.min(size, most - made) }, () =>
				grantCall(api, ada.patient),
			);
			if (await submit(api, api.tx.utility.batchAll(calls), ada.pair).catch(spent)) {
				made += calls.length;
			} else if (size > 1) {
				size -= 1;
			} else {
				await refill();
			}
		}
		const inForce = () => api.query.consent.inForce(ada.patient);
		assert.equal((await inForce()).length, most);
		await refill();
		await failsInBlock(api, grantCall(api, ada.patient), ada.pair, {
			error: "consent.MaxPermissionsExceeded",
			ids: [ada.patient],
		});
		const denial = { base: { effect: "Deny", purposes: ["Research"] }, exceptions: [] };
		await refill();
		await submit(api, api.tx.consent.makeDirective(ada.patient, denial, null), ada.pair);
		assert.equal((await inForce()).length, most + 1);
	});

	describe("withdrawals that change nothing are refused at the pool", TOGETHER, () => {
		for (const [what, call] of [
			["an unknown directive", (ada) => api.tx.consent.withdraw(ada.patient, 4_000_000_000)],
			["an unknown patient", () => api.tx.consent.withdraw(randomId(), 0)],
			["another's directive", () => api.tx.consent.withdraw(bob.patient, 0)],
		]) {
			it(what, async () => {
				const ada = patient();
				await refusedAtPool(api, call(ada), ada.pair, {
					reason: NOTHING_TO_WITHDRAW,
					ids: [ada.patient, bob.patient],
				});
			});
		}

		it("one that was withdrawn", async () => {
			const ada = patient();
			const { directive } = await grant(api, ada);
			const call = () => api.tx.consent.withdraw(ada.patient, directive);
			await submit(api, call(), ada.pair);
			await refusedAtPool(api, call(), ada.pair, {
				reason: NOTHING_TO_WITHDRAW,
				ids: [ada.patient],
			});
		});
	});

	describe("requests", TOGETHER, () => {
		const request = (to, given = {}) => {
			const terms = {
				actors: [{ Organisation: HOSPITAL_A }],
				purposes: ["Treatment"],
				classes: [],
				until: null,
				policy: null,
				...given,
			};
			return api.tx.consent.request(to, ...Object.values(terms));
		};
		const asked = (ada, given) => ({ call: request(ada.patient, given), by: clinician });
		fails([
			["to nobody", "consent.PatientNotFound", () => asked({ patient: randomId() })],
			["for nobody", "consent.NoActors", (ada) => asked(ada, { actors: [] })],
			["for no purpose", "consent.NoPurposes", (ada) => asked(ada, { purposes: [] })],
			["until a past moment", "consent.PeriodPast", (ada) => asked(ada, { until: PAST })],
			[
				"for another organisation",
				"consent.ActorOutsideOrganisation",
				(ada) => asked(ada, { actors: [{ Organisation: HOSPITAL_B }] }),
			],
			[
				"for a role wherever it works",
				"consent.ActorOutsideOrganisation",
				(ada) => asked(ada, { actors: [{ Role: "Nurse" }] }),
			],
			[
				"that do not exist can't be approved",
				"consent.RequestNotFound",
				(ada) => ({ call: api.tx.consent.approveRequest(ada.patient, 9) }),
			],
			[
				"are not answered by a delegate who may only withdraw",
				"consent.NotInMandate",
				async (ada) => {
					await submit(api, request(ada.patient), clinician, FINAL);
					return {
						call: api.tx.consent.approveRequest(ada.patient, 0),
						by: await delegateOf(ada, ["Withdraw"]),
					};
				},
			],
			[
				"are answered once",
				"consent.AlreadyAnswered",
				async (ada) => {
					await submit(api, request(ada.patient), clinician, FINAL);
					await submit(api, api.tx.consent.refuseRequest(ada.patient, 0), ada.pair);
					return { call: api.tx.consent.approveRequest(ada.patient, 0) };
				},
			],
			[
				"more than four of an organisation",
				"consent.MaxRequestsOfOrganisationExceeded",
				async (ada) => {
					const four = Array.from({ length: 4 }, () => request(ada.patient));
					await submit(api, api.tx.utility.batchAll(four), clinician);
					return asked(ada);
				},
			],
		]);
	});

	describe("emergencies", TOGETHER, () => {
		const medic = async () => {
			const { pair } = await credential(api, { roles: ["EmergencyClinician"], ...FINAL });
			return pair;
		};
		const declare = (of, minutes = 60) =>
			api.tx.emergencies.declare(of, "UnableToConsent", minutes);
		const declared = async (ada) => {
			const pair = await medic();
			const receipt = await submit(api, declare(ada.patient), pair, FINAL);
			return { pair, emergency: receipt.event("emergencies.EmergencyDeclared").emergency };
		};
		fails([
			[
				"without the role",
				"emergencies.NoEmergencyRole",
				(ada) => ({ call: declare(ada.patient), by: clinician }),
			],
			[
				"of no minute",
				"emergencies.MinutesOutOfRange",
				async (ada) => ({ call: declare(ada.patient, 0), by: await medic() }),
			],
			[
				"of more than four hours",
				"emergencies.MinutesOutOfRange",
				async (ada) => ({ call: declare(ada.patient, 241), by: await medic() }),
			],
			[
				"of an unknown patient",
				"emergencies.PatientNotFound",
				async () => ({ call: declare(randomId()), by: await medic() }),
			],
			[
				"twice for a patient",
				"emergencies.AlreadyDeclared",
				async (ada) => ({ call: declare(ada.patient), by: (await declared(ada)).pair }),
			],
			[
				"more than four at a time",
				"emergencies.MaxActiveExceeded",
				async (ada) => {
					const by = await medic();
					const four = Array.from({ length: 4 }, () => declare(patient().patient));
					await submit(api, api.tx.utility.batchAll(four), by);
					return { call: declare(ada.patient), by };
				},
			],
			[
				"that do not exist can't be ended",
				"emergencies.EmergencyNotFound",
				() => ({ call: api.tx.emergencies.end(4_000_000_000), by: clinician }),
			],
			[
				"are ended by who declared them",
				"emergencies.NotAuthorized",
				async (ada) => {
					const { emergency } = await declared(ada);
					return { call: api.tx.emergencies.end(emergency), by: clinician };
				},
			],
			[
				"are ended once",
				"emergencies.EmergencyOver",
				async (ada) => {
					const { pair, emergency } = await declared(ada);
					await submit(api, api.tx.emergencies.end(emergency), pair);
					return { call: api.tx.emergencies.end(emergency), by: pair };
				},
			],
		]);
	});

	describe("enrolments", TOGETHER, () => {
		/** A call with the fields of `sent`, and a signature over the fields of `signed`. */
		const enrolment = (pair, signed = {}, sent = {}) => {
			const right = {
				genesis: api.genesisHash.toHex(),
				organisation: HOSPITAL_A,
				patient: randomId(),
				account: pair.publicKey,
				number: 0,
			};
			const over = { ...right, ...signed };
			const signature = u8aToHex(pair.sign(enrolmentMessage(over)));
			return enrolCall(api, { ...right, patient: over.patient, signature, ...sent });
		};
		const enrolled = (...how) => {
			const pair = fresh();
			return { call: enrolment(pair, ...how), by: hospital, ids: [pair.publicKey] };
		};
		fails([
			...[
				["chain", { genesis: `0x${"11".repeat(32)}` }],
				["organisation", { organisation: HOSPITAL_B }],
				["base policy", { policy: 1 }],
				["number", { number: 1 }],
				["account", { account: new Uint8Array(32) }],
			].map(([what, signed]) => [
				`signed for another ${what}`,
				"patients.BadSignature",
				() => enrolled(signed),
			]),
			[
				"signed for another patient id",
				"patients.BadSignature",
				() => enrolled({}, { patient: randomId() }),
			],
			[
				"signed by somebody else",
				"patients.BadSignature",
				() => enrolled({}, { account: fresh().publicKey }),
			],
			[
				"signed for a turn that is not next",
				"patients.WrongNumber",
				() => enrolled({ number: 3 }, { number: 3 }),
			],
			[
				"under an id that is taken",
				"patients.AlreadyEnrolled",
				(ada) => enrolled({ patient: ada.patient }),
			],
			[
				"of an account that has an id in use",
				"patients.AlreadyController",
				(ada) => ({ call: enrolment(ada.pair, { number: 1 }, { number: 1 }), by: hospital }),
			],
			[
				"of the organisation's own account",
				"patients.NotIndependent",
				() => ({ call: enrolment(hospital), by: hospital }),
			],
		]);
	});

	describe("guardians", TOGETHER, () => {
		const propose = (of, guardian, until = null) => ({
			call: api.tx.patients.proposeGuardian(of, guardian.publicKey, until),
			by: hospital,
			ids: [guardian.publicKey],
		});
		fails([
			["of an unknown patient", "patients.NotFound", () => propose(randomId(), fresh())],
			[
				"proposed by another organisation",
				"patients.NotAuthorized",
				(ada) => ({ ...propose(ada.patient, fresh()), by: insurer }),
			],
			[
				"until a moment that is past",
				"patients.TermPast",
				(ada) => propose(ada.patient, fresh(), PAST),
			],
			["the patient", "patients.SelfGuardian", (ada) => propose(ada.patient, ada.pair)],
			[
				"a practitioner of the organisation",
				"patients.GuardianNotIndependent",
				(ada) => propose(ada.patient, clinician),
			],
			[
				"proposed twice",
				"patients.AlreadyGuardian",
				async (ada) => {
					const guardian = fresh();
					await submit(api, propose(ada.patient, guardian).call, hospital, { shared: true });
					return propose(ada.patient, guardian);
				},
			],
			[
				"more than four",
				"patients.MaxGuardiansExceeded",
				async (ada) => {
					const four = Array.from({ length: 4 }, () => propose(ada.patient, fresh()).call);
					await submit(api, api.tx.utility.batchAll(four), hospital, { shared: true });
					return propose(ada.patient, fresh());
				},
			],
			[
				"whom nobody proposed can't be confirmed",
				"patients.GuardianNotFound",
				(ada) => ({
					call: api.tx.patients.confirmGuardian(ada.patient, fresh().publicKey),
					by: insurer,
				}),
			],
		]);
	});

	describe("records", TOGETHER, () => {
		/** A call that registers a new record of the patient. */
		const register = (of, given = {}, kind = {}) => {
			const id = randomId();
			return {
				call: api.tx.records.register(id, of, labels(kind), anchor(given)),
				by: hospital,
				ids: [id],
			};
		};
		const bobs = (call, by = insurer) => ({ call, by, ids: [record, bob.patient] });
		fails([
			["of an unknown patient", "records.PatientNotFound", () => register(randomId())],
			[
				"of a patient whom another organisation enrolled",
				"records.NotAuthorized",
				(ada) => ({ ...register(ada.patient), by: controller(INSTITUTE) }),
			],
			[
				"under an id that is taken",
				"records.AlreadyRegistered",
				(ada) => bobs(api.tx.records.register(record, ada.patient, labels(), anchor()), hospital),
			],
			["without a byte", "records.EmptyDocument", (ada) => register(ada.patient, { size: 0 })],
			[
				"larger than allowed",
				"records.MaxDocumentSizeExceeded",
				(ada) => register(ada.patient, { size: (1n << 64n) - 1n }),
			],
			[
				"authored in a month to come",
				"records.AuthoredInFuture",
				(ada) => register(ada.patient, {}, { authored: 65_535 }),
			],
			[
				"that are unknown can't be corrected",
				"records.NotFound",
				() => ({ call: api.tx.records.correct(randomId(), anchor()), by: hospital }),
			],
			[
				"are corrected by their custodian only",
				"records.NotAuthorized",
				() => bobs(api.tx.records.correct(record, anchor()), hospital),
			],
			[
				"can't be corrected by the same document",
				"records.AlreadyCurrent",
				() => bobs(api.tx.records.correct(record, document)),
			],
			[
				"can't be given the labels they have",
				"records.AlreadyLabelled",
				() => bobs(api.tx.records.relabel(record, labels())),
			],
			[
				"have no dispute that another organisation settles",
				"records.NotAuthorized",
				() => bobs(api.tx.records.settleDispute(record), hospital),
			],
			[
				"that are not disputed have no dispute to settle",
				"records.NotDisputed",
				() => bobs(api.tx.records.settleDispute(record)),
			],
		]);

		it("are not disputed by a delegate without a mandate for that", async () => {
			const ada = await enrolPatient(api, { organisation: INSURER });
			const { record: hers } = await registerRecord(api, { ...ada, ...FINAL });
			const delegate = await delegateOf(ada, ["Withdraw"]);
			await failsInBlock(api, api.tx.records.dispute(hers), delegate, {
				error: "records.NotAuthorized",
				ids: [hers, ada.patient, delegate.publicKey],
			});
		});

		it("that were erased can't be corrected or disputed", async () => {
			const ada = await enrolPatient(api, { organisation: INSURER });
			const { record: erased } = await registerRecord(api, ada);
			await submit(api, api.tx.records.erase(erased), insurer, { shared: true, ...FINAL });
			const expected = { error: "records.AlreadyErased", ids: [erased, ada.patient] };
			await Promise.all([
				failsInBlock(api, api.tx.records.correct(erased, anchor()), insurer, expected),
				failsInBlock(api, api.tx.records.dispute(erased), ada.pair, expected),
			]);
		});

		const setKey = (key) => ({ call: api.tx.records.setEncryptionKey(key) });
		fails([
			["an encryption key of small order", "records.WeakKey", () => setKey(new Uint8Array(32))],
			[
				"an encryption key set twice",
				"records.AlreadySet",
				async (ada) => {
					const { publicKey } = fresh();
					await submit(api, setKey(publicKey).call, ada.pair);
					return setKey(publicKey);
				},
			],
		]);
	});

	describe("credentials", TOGETHER, () => {
		const give = async (period, given = {}) => {
			const { organisation = HOSPITAL_A, pair = fresh(), roles } = given;
			const by = controller(organisation);
			const at = await now(api);
			const [from, until] = period.map((days) => at + days * DAY);
			const call = await credentialCall(api, { organisation, pair, roles, from, until });
			return { call, by, ids: [pair.publicKey] };
		};
		const revoke = (pair, by = hospital) => ({
			call: api.tx.consortium.revoke(pair.publicKey),
			by,
			ids: [pair.publicKey],
		});
		fails([
			["that end before they begin", "consortium.PeriodEmpty", () => give([2, 1])],
			["that are over already", "consortium.PeriodPast", () => give([-2, -1])],
			["without a role", "consortium.NoRoles", () => give([0, 1], { roles: [] })],
			[
				"for a practitioner of another organisation",
				"consortium.AlreadyCredentialed",
				() => give([0, 1], { pair: clinician, organisation: HOSPITAL_B }),
			],
			["of nobody can't be revoked", "consortium.NotFound", () => revoke(fresh())],
			[
				"are revoked by the organisation that gave them",
				"consortium.NotAuthorized",
				() => revoke(clinician, controller(HOSPITAL_B)),
			],
			[
				"are revoked once",
				"consortium.AlreadyRevoked",
				async () => {
					const { pair } = await credential(api);
					await submit(api, revoke(pair).call, hospital, { shared: true });
					return revoke(pair);
				},
			],
		]);
	});

	describe("members", TOGETHER, () => {
		const by = () => controller(HOSPITAL_B);
		/** A call that adds an agent of hospital B, with the agent's consent. */
		const agent = (pair) => agentCall(api, { organisation: HOSPITAL_B, pair });
		fails([
			[
				"an agent who acts for another organisation",
				"consortium.AlreadyAgent",
				async () => ({ call: await agent(insurer), by: by() }),
			],
			[
				"an unknown agent can't be removed",
				"consortium.NotFound",
				() => ({ call: api.tx.consortium.removeAgent(fresh().publicKey), by: by() }),
			],
			[
				"an agent of another organisation can't be removed",
				"consortium.NotFound",
				async () => {
					const pair = fresh();
					const added = await agentCall(api, { organisation: HOSPITAL_A, pair });
					await submit(api, added, hospital, { shared: true, ...FINAL });
					const call = api.tx.consortium.removeAgent(pair.publicKey);
					return { call, by: by(), ids: [pair.publicKey] };
				},
			],
		]);
	});

	describe("calls for other accounts are refused at the pool", () => {
		const directive = { base: { effect: "Permit" }, exceptions: [] };
		const bobs = (call, by) => ({ call, by, ids: [bob.patient, record] });
		/** An agent of hospital A, who has no seat in the council. */
		let agent;
		before(async () => {
			agent = fresh();
			const call = await agentCall(api, { organisation: HOSPITAL_A, pair: agent });
			await submit(api, call, hospital, { shared: true, ...FINAL });
		});
		refuses(NOT_FOR_SENDER, [
			["a grant of an unknown patient", () => ({ call: grantCall(api, randomId()) })],
			["a grant of another patient", () => bobs(grantCall(api, bob.patient))],
			[
				"a grant by the organisation that enrolled the patient",
				() => bobs(grantCall(api, bob.patient), insurer),
			],
			["a grant by a clinician", (ada) => ({ call: grantCall(api, ada.patient), by: clinician })],
			[
				"replacing another's directive",
				() => bobs(api.tx.consent.replace(bob.patient, 0, directive, null)),
			],
			["retiring another's", () => bobs(api.tx.consent.retireExpired(bob.patient))],
			[
				"a request by a patient",
				() => {
					const terms = [[{ Organisation: HOSPITAL_A }], ["Treatment"], [], null, null];
					return bobs(api.tx.consent.request(bob.patient, ...terms));
				},
			],
			[
				"an answer to a request by a clinician",
				(ada) => ({ call: api.tx.consent.approveRequest(ada.patient, 0), by: clinician }),
			],
			[
				"an access by another patient",
				() => bobs(api.tx.consent.access(bob.patient, record, "Treatment", "Access")),
			],
			[
				"an access by an organisation without a practitioner",
				() => bobs(api.tx.consent.access(bob.patient, record, "Treatment", "Access"), insurer),
			],
			[
				"an emergency declared by a patient",
				() => bobs(api.tx.emergencies.declare(bob.patient, "UnableToConsent", 60)),
			],
			["one ended by a patient", () => ({ call: api.tx.emergencies.end(4_000_000_000) })],
			[
				"an enrolment by somebody who acts for no organisation",
				() => {
					const { publicKey } = fresh();
					const signature = `0x${"11".repeat(64)}`;
					const call = enrolCall(api, { patient: randomId(), account: publicKey, signature });
					return { call, by: clinician, ids: [publicKey] };
				},
			],
			[
				"a guardian proposed by the patient",
				(ada) => ({
					call: api.tx.patients.proposeGuardian(ada.patient, fresh().publicKey, null),
				}),
			],
			[
				"a record registered by its patient",
				(ada) => ({
					call: api.tx.records.register(randomId(), ada.patient, labels(), anchor()),
				}),
			],
			["a dispute by another patient", () => bobs(api.tx.records.dispute(record))],
			["a dispute of an unknown record", () => ({ call: api.tx.records.dispute(randomId()) })],
			["a dispute by the custodian", () => bobs(api.tx.records.dispute(record), insurer)],
			[
				"a credential from a patient",
				async (ada) => {
					const pair = fresh();
					const call = await credentialCall(api, { organisation: HOSPITAL_A, pair });
					return { call, by: ada.pair, ids: [pair.publicKey] };
				},
			],
			[
				"a revocation by a patient",
				() => ({
					call: api.tx.consortium.revoke(clinician.publicKey),
					ids: [clinician.publicKey],
				}),
			],
			[
				"an agent named by a patient",
				async () => {
					const pair = fresh();
					const call = await agentCall(api, { organisation: HOSPITAL_B, pair });
					return { call, ids: [pair.publicKey] };
				},
			],
			[
				"an agent named by an agent",
				async () => {
					const pair = fresh();
					const call = await agentCall(api, { organisation: HOSPITAL_A, pair });
					return { call, by: agent, ids: [pair.publicKey] };
				},
			],
			[
				"an address of a vault from an agent",
				() => ({
					call: api.tx.consortium.proposeEndpoint("https://vault.example"),
					by: agent,
				}),
			],
			[
				"a motion by an agent",
				() => ({ call: api.tx.council.propose(3, api.tx.safeMode.forceEnter(), 10), by: agent }),
			],
			[
				"a vote by a patient",
				() => ({ call: api.tx.council.vote(`0x${"11".repeat(32)}`, 0, true) }),
			],
			[
				"session keys from an account that is no validator's",
				() => ({ call: api.tx.session.setKeys(new Uint8Array(96), "0x"), by: hospital }),
			],
			[
				"one of these in a batch with a call of one's own",
				(ada) => {
					const calls = [grantCall(api, ada.patient), grantCall(api, bob.patient)];
					return bobs(api.tx.utility.batch(calls));
				},
			],
		]);
	});

	describe("texts that the call does not ask for are refused at the pool", () => {
		const by = () => controller(HOSPITAL_B);
		const motion = (call) => ({ call: api.tx.council.propose(3, call, 100), by: by() });
		const cid = () => anchor({ cid: "0xffffff" });
		refuses(CALL_REFUSED, [
			[
				"a CID that is none",
				(ada) => ({
					call: api.tx.records.register(randomId(), ada.patient, labels(), cid()),
					by: hospital,
				}),
			],
			[
				"such a CID in a correction",
				() => ({ call: api.tx.records.correct(record, cid()), by: insurer, ids: [record] }),
			],
			[
				"such a CID in a rotation",
				() => ({ call: api.tx.records.rotate(record, cid()), by: insurer, ids: [record] }),
			],
			[
				"an endpoint that is no vault's address",
				() => ({ call: api.tx.consortium.proposeEndpoint("ftp://vault.example"), by: by() }),
			],
			[
				"a policy without a place",
				() => ({
					call: api.tx.consortium.setBasePolicy("", new Uint8Array(32), {
						base: { effect: "Permit" },
						exceptions: [],
					}),
					by: by(),
				}),
			],
			[
				"a motion to admit a member without a name",
				() =>
					motion(
						api.tx.consortium.enact(api.tx.consortium.admit("", "Hospital", fresh().publicKey)),
					),
			],
			[
				"a motion to pause what is no call",
				() => motion(api.tx.txPause.pause(["Consent", "no_such_call"])),
			],
			["a motion that would not be put to the council", () => motion(grantCall(api, bob.patient))],
			[
				"a motion to enact what is not enactable",
				() => motion(api.tx.consortium.enact(api.tx.system.setStorage([["0x00", "0x00"]]))),
			],
		]);
	});

	describe("calls that no account sends are refused at the pool", () => {
		const acts = [
			["suspending a member", () => api.tx.consortium.suspend(HOSPITAL_B)],
			["admitting one", () => api.tx.consortium.admit("Nobody", "Hospital", fresh().publicKey)],
			["adding a validator", () => api.tx.validators.add(HOSPITAL_A, fresh().publicKey)],
			["setting the re-check", () => api.tx.records.setRecheckPeriod(1)],
			["setting storage", () => api.tx.system.setStorage([["0x00", "0x00"]])],
			["setting code", () => api.tx.system.setCode("0x00")],
			["preparing new code", () => api.tx.system.authorizeUpgrade(new Uint8Array(32))],
			["enacting", () => api.tx.consortium.enact(api.tx.consortium.suspend(HOSPITAL_B))],
			["pausing", () => api.tx.txPause.pause(["Consent", "grant"])],
			["entering safe mode", () => api.tx.safeMode.forceEnter()],
			["entering safe mode for a deposit", () => api.tx.safeMode.enter()],
			["executing for the council", () => api.tx.council.execute(api.tx.utility.batch([]), 10)],
			["throwing session keys away", () => api.tx.session.purgeKeys()],
			[
				"acting as a derived account",
				() => api.tx.utility.asDerivative(0, api.tx.utility.batch([])),
			],
		];
		refuses(CALL_REFUSED, [
			...acts.map(([what, call]) => [`${what}, by a patient`, () => ({ call: call() })]),
			...acts.map(([what, call]) => [
				`${what}, by a member alone`,
				() => ({ call: call(), by: controller(HOSPITAL_B) }),
			]),
		]);
	});

	it("were of a chain that goes on, with every node", () => everyPeer(api));
});
