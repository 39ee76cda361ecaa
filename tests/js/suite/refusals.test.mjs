// Bad input through the front door: malformed, unknown, twice, too early, too late, too many,
// somebody else's. Each gets a clear refusal, and no row of those concerned changes.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { compactToU8a, u8aConcat, u8aToHex } from "@polkadot/util";
import {
	controller,
	fresh,
	HOSPITAL_A,
	HOSPITAL_B,
	INSTITUTE,
	randomId,
} from "../lib/accounts.mjs";
import { connect, now } from "../lib/chain.mjs";
import { grant, grantCall } from "../lib/consent.mjs";
import { credential, enrolCall, enrolmentMessage, enrolPatient } from "../lib/people.mjs";
import { anchor, labels, registerRecord } from "../lib/records.mjs";
import { failsInBlock, refusedAtPool } from "../lib/refusals.mjs";
import { signWith, submit } from "../lib/submit.mjs";

const DAY = 86_400_000;
const NOTHING_TO_WITHDRAW = /^1010: Invalid Transaction: Custom error: 101/;

describe("refusals", { timeout: 900_000 }, () => {
	let api;
	let ada;
	let bob;
	let record;
	let clinician;
	let hospital;
	before(async () => {
		api = await connect();
		hospital = controller(HOSPITAL_A);
		bob = await enrolPatient(api);
		({ record } = await registerRecord(api, { patient: bob.patient }));
		({ pair: clinician } = await credential(api));
	});
	// A failure is charged in full: one patient's allowance would not last for all of these.
	beforeEach(async () => {
		ada = await enrolPatient(api);
	});
	after(() => api?.disconnect());

	describe("directives", () => {
		for (const [what, call, error] of [
			["of an unknown patient", () => grantCall(api, randomId()), "consent.PatientNotFound"],
			["of another patient", () => grantCall(api, bob.patient), "consent.NotAuthorized"],
			["for nobody", () => grantCall(api, ada.patient, { actors: [] }), "consent.NoActors"],
			["for no purpose", () => grantCall(api, ada.patient, { purposes: [] }), "consent.NoPurposes"],
			[
				"until a moment that is past",
				() => grantCall(api, ada.patient, { until: 1_000 }),
				"consent.PeriodPast",
			],
		]) {
			it(`a grant ${what} fails`, async () => {
				await failsInBlock(api, call(), ada.pair, { error, ids: [ada.patient, bob.patient] });
			});
		}

		it("a directive whose period ends before it begins fails", async () => {
			const at = await now(api);
			const base = { effect: "Permit", period: { from: at + 2 * DAY, until: at + DAY } };
			await failsInBlock(
				api,
				api.tx.consent.makeDirective(ada.patient, { base, exceptions: [] }, null),
				ada.pair,
				{ error: "consent.PeriodEmpty", ids: [ada.patient] },
			);
		});

		it("more values than a set holds do not decode", async () => {
			const actors = Array.from({ length: 17 }, (_, organisation) => ({
				Organisation: organisation,
			}));
			await refusedUndecoded(grantCall(api, ada.patient, { actors }), ada.pair);
		});

		it("more exceptions than a directive holds do not decode", async () => {
			const exception = { effect: "Deny", purposes: ["Research"] };
			const directive = {
				base: { effect: "Permit" },
				exceptions: Array.from({ length: 9 }, () => exception),
			};
			const call = api.tx.consent.makeDirective(ada.patient, directive, null);
			await refusedUndecoded(call, ada.pair);
		});
	});

	describe("withdrawals that change nothing are refused at the pool", () => {
		for (const [what, call] of [
			["an unknown directive", () => api.tx.consent.withdraw(ada.patient, 4_000_000_000)],
			["an unknown patient", () => api.tx.consent.withdraw(randomId(), 0)],
			["another's directive", () => api.tx.consent.withdraw(bob.patient, 0)],
		]) {
			it(what, async () => {
				await refusedAtPool(api, call(), ada.pair, {
					reason: NOTHING_TO_WITHDRAW,
					ids: [ada.patient, bob.patient],
				});
			});
		}

		it("one that was withdrawn", async () => {
			const { directive } = await grant(api, ada);
			const call = () => api.tx.consent.withdraw(ada.patient, directive);
			await submit(api, call(), ada.pair);
			await refusedAtPool(api, call(), ada.pair, {
				reason: NOTHING_TO_WITHDRAW,
				ids: [ada.patient],
			});
		});
	});

	describe("requests", () => {
		const request = (given = {}) => {
			const terms = {
				actors: [{ Organisation: HOSPITAL_A }],
				purposes: ["Treatment"],
				classes: [],
				until: null,
				policy: null,
				...given,
			};
			return api.tx.consent.request(ada.patient, ...Object.values(terms));
		};
		it("from a patient fail", async () => {
			await failsInBlock(api, request(), bob.pair, {
				error: "consent.NoCredential",
				ids: [ada.patient],
			});
		});
		it("for another organisation fail", async () => {
			const actors = [{ Organisation: HOSPITAL_B }];
			await failsInBlock(api, request({ actors }), clinician, {
				error: "consent.ActorOutsideOrganisation",
				ids: [ada.patient],
			});
		});
		it("that do not exist can't be approved", async () => {
			await failsInBlock(api, api.tx.consent.approveRequest(ada.patient, 9), ada.pair, {
				error: "consent.RequestNotFound",
				ids: [ada.patient],
			});
		});
		it("are the patient's to answer", async () => {
			await submit(api, request(), clinician);
			await failsInBlock(api, api.tx.consent.approveRequest(ada.patient, 0), clinician, {
				error: "consent.NotAuthorized",
				ids: [ada.patient],
			});
		});
	});

	describe("enrolments", () => {
		/** A call with a signature over what `signed` says, for what `sent` says. */
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
		for (const [what, signed, sent, error] of [
			["chain", { genesis: `0x${"11".repeat(32)}` }, {}, "patients.BadSignature"],
			["organisation", { organisation: HOSPITAL_B }, {}, "patients.BadSignature"],
			["base policy", { policy: 1 }, {}, "patients.BadSignature"],
			["number", { number: 1 }, {}, "patients.BadSignature"],
			["account", { account: new Uint8Array(32) }, {}, "patients.BadSignature"],
			["turn", { number: 3 }, { number: 3 }, "patients.WrongNumber"],
		]) {
			it(`signed for another ${what} fail`, async () => {
				const pair = fresh();
				await failsInBlock(api, enrolment(pair, signed, sent), hospital, {
					error,
					ids: [pair.publicKey],
					shared: true,
				});
			});
		}

		it("under an id that is taken fail", async () => {
			const pair = fresh();
			await failsInBlock(api, enrolment(pair, { patient: ada.patient }), hospital, {
				error: "patients.AlreadyEnrolled",
				ids: [pair.publicKey, ada.patient],
				shared: true,
			});
		});

		it("of an account that has an id in use fail", async () => {
			const number = (await api.query.patients.enrolmentNumber(ada.pair.publicKey)).toNumber();
			await failsInBlock(api, enrolment(ada.pair, { number }, { number }), hospital, {
				error: "patients.AlreadyController",
				ids: [ada.pair.publicKey, ada.patient],
				shared: true,
			});
		});

		it("by somebody who acts for no organisation fail", async () => {
			const pair = fresh();
			await failsInBlock(api, enrolment(pair), clinician, {
				error: "patients.NotAuthorized",
				ids: [pair.publicKey],
			});
		});
	});

	describe("records", () => {
		const register = (id, patient, given = {}) =>
			api.tx.records.register(id, patient, labels(), anchor(given));
		it("of an unknown patient fail", async () => {
			const id = randomId();
			await failsInBlock(api, register(id, randomId()), hospital, {
				error: "records.PatientNotFound",
				ids: [id],
				shared: true,
			});
		});
		it("of a patient whom another organisation enrolled fail", async () => {
			const id = randomId();
			await failsInBlock(api, register(id, ada.patient), controller(INSTITUTE), {
				error: "records.NotAuthorized",
				ids: [id, ada.patient],
				shared: true,
			});
		});
		it("under an id that is taken fail", async () => {
			await failsInBlock(api, register(record, ada.patient), hospital, {
				error: "records.AlreadyRegistered",
				ids: [record, ada.patient, bob.patient],
				shared: true,
			});
		});
		it("that are unknown can't be corrected", async () => {
			const id = randomId();
			await failsInBlock(api, api.tx.records.correct(id, anchor()), hospital, {
				error: "records.NotFound",
				ids: [id],
				shared: true,
			});
		});
		it("are disputed by their patient only", async () => {
			await failsInBlock(api, api.tx.records.dispute(record), ada.pair, {
				error: "records.NotAuthorized",
				ids: [record, ada.patient, bob.patient],
			});
		});
	});

	describe("credentials", () => {
		const give = (pair, from, until, roles = ["Clinician"]) =>
			api.tx.consortium.credential(pair.publicKey, roles, [], from, until);
		for (const [what, period, error] of [
			["that end before they begin", (at) => [at + 2 * DAY, at + DAY], "consortium.PeriodEmpty"],
			["that are over already", (at) => [at - 2 * DAY, at - DAY], "consortium.PeriodPast"],
		]) {
			it(`${what} fail`, async () => {
				const pair = fresh();
				await failsInBlock(api, give(pair, ...period(await now(api))), hospital, {
					error,
					ids: [pair.publicKey],
					shared: true,
				});
			});
		}
		it("without a role fail", async () => {
			const pair = fresh();
			const at = await now(api);
			await failsInBlock(api, give(pair, at, at + DAY, []), hospital, {
				error: "consortium.NoRoles",
				ids: [pair.publicKey],
				shared: true,
			});
		});
		it("from somebody who acts for no organisation fail", async () => {
			const pair = fresh();
			const at = await now(api);
			await failsInBlock(api, give(pair, at, at + DAY), ada.pair, {
				error: "consortium.NotAuthorized",
				ids: [pair.publicKey],
			});
		});
		it("for a practitioner of another organisation fail", async () => {
			const at = await now(api);
			await failsInBlock(api, give(clinician, at, at + DAY), controller(HOSPITAL_B), {
				error: "consortium.AlreadyCredentialed",
				ids: [clinician.publicKey],
				shared: true,
			});
		});
		it("are revoked by the organisation that gave them", async () => {
			const call = api.tx.consortium.revoke(clinician.publicKey);
			await failsInBlock(api, call, controller(HOSPITAL_B), {
				error: "consortium.NotAuthorized",
				ids: [clinician.publicKey],
				shared: true,
			});
		});
	});

	describe("what only the council may do", () => {
		for (const [what, call] of [
			["suspending a member", () => api.tx.consortium.suspend(HOSPITAL_B)],
			["admitting one", () => api.tx.consortium.admit("Nobody", "Hospital", ada.pair.publicKey)],
			["adding a validator", () => api.tx.validators.add(HOSPITAL_A, ada.pair.publicKey)],
			["setting storage", () => api.tx.system.setStorage([["0x00", "0x00"]])],
			["enacting", () => api.tx.consortium.enact(api.tx.consortium.suspend(HOSPITAL_B))],
		]) {
			it(`${what} fails for a patient`, async () => {
				await failsInBlock(api, call(), ada.pair, {
					error: "BadOrigin",
					ids: [ada.patient, ada.pair.publicKey],
				});
			});
		}
	});

	it("new code is more than a patient's allowance ever holds", async () => {
		await refusedAtPool(api, api.tx.system.setCode("0x00"), ada.pair, {
			reason: /^1010: Invalid Transaction: Custom error: 102/,
			ids: [ada.patient],
		});
	});

	describe("malformed transactions", () => {
		it("garbage, nothing and half a transaction are refused, and the node goes on", async () => {
			const whole = (await signWith(api, grantCall(api, ada.patient), ada.pair)).toU8a();
			for (const bytes of [
				new Uint8Array(),
				Uint8Array.of(0),
				new Uint8Array(100).fill(255),
				whole.subarray(0, whole.length / 2),
				u8aConcat(whole, Uint8Array.of(0)),
				u8aConcat(compactToU8a(1 << 29), Uint8Array.of(0x84)),
			]) {
				await assert.rejects(
					api.rpc.author.submitExtrinsic(u8aToHex(bytes)),
					/1002|1010|decode|Invalid|-32/i,
				);
			}
			assert.ok((await api.rpc.system.health()).peers.toNumber() >= 0);
		});

		it("a set that is not in order is refused or means the same", async () => {
			// By hand: polkadot.js sorts. Imaging before LabResult, the rest as usual.
			const ordered = grantCall(api, ada.patient, { classes: ["LabResult", "Imaging"] });
			const hex = ordered.method.toHex();
			const swapped = hex.replace("080102", "080201");
			assert.notEqual(swapped, hex, "two classes in the call");
			const bytes = await signedBytes(swapped, ada.pair);
			await assert.rejects(
				api.rpc.author.submitExtrinsic(u8aToHex(bytes)),
				/bad signature|Verification|decode|1002|1010/i,
			);
		});

		it("an attestation with a signature of nobody is refused", async () => {
			// A general transaction can't be made by polkadot.js 16.5; a signed one has no origin
			// that this call takes.
			const call = api.tx.records.attest(
				{ record, version: 1, round: 1, at: 1, finding: "Intact", key: fresh().publicKey },
				new Uint8Array(64),
			);
			await failsInBlock(api, call, ada.pair, {
				error: "BadOrigin",
				ids: [record, ada.patient],
			});
		});
	});

	/** Signed over exactly these call bytes, whatever they are. */
	async function signedBytes(callHex, signer) {
		const signed = await signWith(api, api.tx(callHex), signer);
		const { era, nonce, tip } = signed;
		const payload = api.registry.createType(
			"ExtrinsicPayload",
			{
				blockHash: api.genesisHash,
				era: era.toHex(),
				genesisHash: api.genesisHash,
				method: callHex,
				nonce,
				specVersion: api.runtimeVersion.specVersion,
				tip,
				transactionVersion: api.runtimeVersion.transactionVersion,
			},
			{ version: 4 },
		);
		const { signature } = payload.sign(signer);
		const encoded = signed.toU8a();
		const own = Buffer.from(encoded);
		const call = Buffer.from(callHex.slice(2), "hex");
		const body = Buffer.from(own.subarray(0, own.length - call.length));
		const at = body.indexOf(Buffer.from(signed.signature.toU8a()));
		assert.ok(at > 0, "the signature's place");
		Buffer.from(signature.slice(4), "hex").copy(body, at);
		return u8aConcat(body, call);
	}

	/** A call that the runtime can't decode: nothing of it may get in. */
	async function refusedUndecoded(call, signer) {
		const signed = await call.signAsync(signer, { nonce: -1 });
		await assert.rejects(
			api.rpc.author.submitExtrinsic(signed.toHex()),
			/1002|1010|decode|Verification|wasm|Invalid/i,
		);
		const { nonce } = await api.query.system.account(signer.publicKey);
		assert.equal(nonce.toNumber(), signed.nonce.toNumber());
	}
});
