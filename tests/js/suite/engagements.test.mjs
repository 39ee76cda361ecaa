// Engagements: an account becomes a practitioner or an agent with its own signature only, and leaves
// by itself. One organisation alone can't capture a patient's account.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { submit } from "@assent/client";
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
import { connect, now } from "../lib/chain.mjs";
import { grant } from "../lib/consent.mjs";
import {
	agentCall,
	consent,
	credential,
	credentialCall,
	DAY,
	enrolPatients,
	today,
} from "../lib/people.mjs";
import { failsInBlock, NO_PAYER, refusal, refusedAtPool } from "../lib/refusals.mjs";
import { until } from "../lib/wait.mjs";

const NOTHING_TO_RESIGN = refusal("nothing_to_withdraw");
/** The tests of a group share blocks, because a failure takes a block. */
const TOGETHER = { concurrency: 8 };
/** For a transaction on which another account's call depends: both must be on every branch. */
const FINAL = { final: true };

describe("engagements", { timeout: 900_000 }, () => {
	let api;
	let patient;
	before(async () => {
		api = await connect();
		patient = await enrolPatients(api, 4);
	});
	after(() => api?.disconnect());

	const begun = async ({ publicKey }) =>
		(await api.query.consortium.engagements(publicKey)).toNumber();
	const held = async ({ publicKey }) =>
		(await api.query.consortium.practitioners(publicKey)).unwrap();
	const actsFor = async ({ publicKey }) =>
		(await api.query.consortium.byAgent(publicKey)).unwrapOr(null)?.toNumber() ?? null;
	const ask = () => api.tx.consent.access(randomId(), randomId(), "Treatment", "Access");
	const resign = () => api.tx.consortium.resign();

	/** Sends a call for an organisation, as its controller, until the call is final. */
	const send = (organisation, call) =>
		submit(api, call, controller(organisation), { shared: true, ...FINAL });

	/** Ends a credential of hospital A. */
	const revoke = ({ publicKey }) => send(HOSPITAL_A, api.tx.consortium.revoke(publicKey));

	/** Asserts that hospital A can't credential the account with this consent. */
	const notCredentialed = async (pair, consented, error) => {
		const call = await credentialCall(api, { organisation: HOSPITAL_A, pair, consented });
		const expected = { error: `consortium.${error}`, ids: [pair.publicKey] };
		await failsInBlock(api, call, controller(HOSPITAL_A), expected);
	};

	/** Asserts that hospital A can't add the account as an agent with this consent. */
	const notAdded = async (pair, consented, error) => {
		const call = api.tx.consortium.addAgent(pair.publicKey, consented);
		const expected = { error: `consortium.${error}`, ids: [pair.publicKey] };
		await failsInBlock(api, call, controller(HOSPITAL_A), expected);
	};

	/** The present day. Shortly before midnight by UTC, waits for the next day. */
	const wholeDay = async () => {
		const left = DAY - ((await now(api)) % DAY);
		if (left > 120_000) return today(api);
		const next = (await today(api)) + 1;
		await until(async () => (await today(api)) >= next, { ms: left + 60_000, what: "midnight" });
		return next;
	};

	/** Both ways to engage, with the refusal of each. */
	const WAYS = [
		["practitioner", "agent", notCredentialed],
		["agent", "practitioner", notAdded],
	];

	for (const [as, other, refused] of WAYS) {
		describe(`the consent of ${as === "agent" ? "an agent" : "a practitioner"}`, TOGETHER, () => {
			for (const [what, signed] of [
				["for another chain", { genesis: `0x${"11".repeat(32)}` }],
				["for another organisation", { organisation: HOSPITAL_B }],
				["for another name", { name: "Another Hospital" }],
				[`for an engagement as ${other}`, { as: other }],
				["for another account", { account: new Uint8Array(32) }],
				["for a turn that is not next", { number: 1 }],
			]) {
				it(`signed ${what}: refused`, async () => {
					const pair = fresh();
					const given = { as, ...signed };
					const wrong = await consent(api, { organisation: HOSPITAL_A, pair }, given);
					await refused(pair, wrong, "BadSignature");
				});
			}

			it("signed for another organisation under its own name: refused", async () => {
				const pair = fresh();
				const wrong = await consent(api, { organisation: HOSPITAL_B, pair }, { as });
				await refused(pair, wrong, "BadSignature");
			});

			it("signed for another day: refused", async () => {
				const pair = fresh();
				const right = await consent(api, { organisation: HOSPITAL_A, pair }, { as });
				await refused(pair, { ...right, lastDay: right.lastDay + 1 }, "BadSignature");
			});

			it("signed by another account, or by the organisation itself: refused", async () => {
				const pair = fresh();
				for (const signer of [fresh(), controller(HOSPITAL_A)]) {
					const who = { organisation: HOSPITAL_A, pair, signer };
					await refused(pair, await consent(api, who, { as }), "BadSignature");
				}
			});

			it("with a signature of another kind: refused", async () => {
				const pair = fresh();
				const { lastDay, signature } = await consent(
					api,
					{ organisation: HOSPITAL_A, pair },
					{ as },
				);
				const wrong = { lastDay, signature: { Ed25519: signature.Sr25519 } };
				await refused(pair, wrong, "BadSignature");
			});

			it("that lapsed yesterday: refused", async () => {
				const pair = fresh();
				const given = { as, lastDay: (await today(api)) - 1 };
				const lapsed = await consent(api, { organisation: HOSPITAL_A, pair }, given);
				await refused(pair, lapsed, "ConsentLapsed");
			});

			it("for more than a year ahead: refused", async () => {
				const pair = fresh();
				// One day more than needed, because midnight may pass meanwhile.
				const given = { as, lastDay: (await today(api)) + 368 };
				const long = await consent(api, { organisation: HOSPITAL_A, pair }, given);
				await refused(pair, long, "ConsentTooLong");
			});
		});
	}

	describe("a credential without consent", TOGETHER, () => {
		it("is refused to who was never engaged", async () => {
			await notCredentialed(fresh(), null, "ConsentMissing");
		});

		it("is refused after a revocation", async () => {
			const { pair } = await credential(api, FINAL);
			await revoke(pair);
			await notCredentialed(pair, null, "ConsentMissing");
		});

		it("is refused after the practitioner resigned", async () => {
			const { pair } = await credential(api, FINAL);
			await submit(api, resign(), pair, FINAL);
			await notCredentialed(pair, null, "ConsentMissing");
		});

		it("is refused after the credential lapsed", async () => {
			const end = (await now(api)) + 60_000;
			const { pair } = await credential(api, { until: end, ...FINAL });
			await until(async () => (await now(api)) >= end, { ms: 180_000, what: "the end" });
			await notCredentialed(pair, null, "ConsentMissing");
		});

		it("renews and changes what is held", async () => {
			const { pair } = await credential(api, FINAL);
			const terms = { organisation: HOSPITAL_A, pair, roles: ["Nurse"], consented: null };
			await send(HOSPITAL_A, await credentialCall(api, terms));
			assert.deepEqual((await held(pair)).roles.toHuman(), ["Nurse"]);
			assert.equal(await begun(pair), 1, "no second engagement began");
		});
	});

	describe("a consent", TOGETHER, () => {
		it("serves once: the same signature is refused after a revocation", async () => {
			const pair = fresh();
			const terms = { organisation: HOSPITAL_A, pair };
			const consented = await consent(api, terms);
			await send(HOSPITAL_A, await credentialCall(api, { ...terms, consented }));
			assert.equal(await begun(pair), 1);
			await revoke(pair);
			await notCredentialed(pair, consented, "BadSignature");
			await send(HOSPITAL_A, await credentialCall(api, terms));
			assert.equal(await begun(pair), 2);
			assert.ok((await held(pair)).revoked.isNone);
		});

		it("serves an agent once as well", async () => {
			const pair = fresh();
			const consented = await consent(api, { organisation: HOSPITAL_A, pair }, { as: "agent" });
			await send(HOSPITAL_A, api.tx.consortium.addAgent(pair.publicKey, consented));
			assert.equal(await actsFor(pair), HOSPITAL_A);
			await send(HOSPITAL_A, api.tx.consortium.removeAgent(pair.publicKey));
			await notAdded(pair, consented, "BadSignature");
			assert.equal(await begun(pair), 1);
		});

		it("may be signed as a wallet signs, and for a year ahead", async () => {
			const pair = fresh();
			const terms = { organisation: HOSPITAL_B, pair };
			const given = { lastDay: (await today(api)) + 366 };
			const consented = await consent(api, { ...terms, wrap: true }, given);
			await send(HOSPITAL_B, await credentialCall(api, { ...terms, consented }));
			assert.equal((await held(pair)).organisation.toNumber(), HOSPITAL_B);
		});

		it("may be used on its last day", async () => {
			const pair = fresh();
			const terms = { organisation: HOSPITAL_B, pair };
			const given = { lastDay: await wholeDay() };
			const consented = await consent(api, terms, given);
			await send(HOSPITAL_B, await credentialCall(api, { ...terms, consented }));
			assert.equal(await begun(pair), 1);
		});
	});

	describe("resigning", TOGETHER, () => {
		it("ends a practitioner's credential at once, and stands in the trail", async () => {
			const { pair } = await credential(api, { organisation: HOSPITAL_B, ...FINAL });
			const receipt = await submit(api, resign(), pair, FINAL);
			const resigned = receipt.event("consortium.PractitionerResigned");
			assert.equal(resigned.practitioner.toString(), pair.address);
			// By position, because polkadot.js keeps the name `hash` for itself.
			const [, entry] = receipt.event("trail.EntryWritten");
			assert.equal(entry.act.type, "PractitionerResigned");
			assert.equal(entry.act.asPractitionerResigned.practitioner.toString(), pair.address);
			assert.equal(entry.organisation.unwrap().id.toNumber(), HOSPITAL_B);
			assert.equal(entry.actor.unwrap().toString(), pair.address);
			await refusedAtPool(api, ask(), pair, { reason: NO_PAYER, ids: [pair.publicKey] });
		});

		it("takes an agent out of the organisation", async () => {
			const pair = fresh();
			await send(HOSPITAL_B, await agentCall(api, { organisation: HOSPITAL_B, pair }));
			const receipt = await submit(api, resign(), pair, FINAL);
			const removed = receipt.event("consortium.AgentRemoved");
			assert.equal(removed.agent.toString(), pair.address);
			assert.equal(removed.organisation.toNumber(), HOSPITAL_B);
			const [, entry] = receipt.event("trail.EntryWritten");
			assert.equal(entry.act.type, "OrganisationChanged");
			assert.equal(entry.actor.unwrap().toString(), pair.address);
			assert.equal(await actsFor(pair), null);
			const member = (await api.query.consortium.organisations(HOSPITAL_B)).unwrap();
			assert.ok(![...member.agents].map(String).includes(pair.address));
			await refusedAtPool(api, ask(), pair, { reason: NO_PAYER, ids: [pair.publicKey] });
		});

		it("ends both for an agent who is a practitioner too", async () => {
			const pair = fresh();
			await send(HOSPITAL_B, await agentCall(api, { organisation: HOSPITAL_B, pair }));
			await credential(api, { organisation: INSTITUTE, pair, ...FINAL });
			assert.equal(await begun(pair), 2);
			const { names } = await submit(api, resign(), pair, FINAL);
			assert.ok(names.includes("consortium.PractitionerResigned"), names.join());
			assert.ok(names.includes("consortium.AgentRemoved"), names.join());
			assert.equal(await actsFor(pair), null);
			await refusedAtPool(api, ask(), pair, { reason: NO_PAYER, ids: [pair.publicKey] });
		});

		it("frees a practitioner for another organisation, which the earlier one can't hinder", async () => {
			const { pair } = await credential(api, { until: 2 ** 48, ...FINAL });
			const terms = { organisation: HOSPITAL_B, pair };
			const call = await credentialCall(api, terms);
			await failsInBlock(api, call, controller(HOSPITAL_B), {
				error: "consortium.AlreadyCredentialed",
				ids: [pair.publicKey],
			});
			await submit(api, resign(), pair, FINAL);
			await notCredentialed(pair, null, "ConsentMissing");
			await send(HOSPITAL_B, await credentialCall(api, terms));
			assert.equal((await held(pair)).organisation.toNumber(), HOSPITAL_B);
		});

		/** Asserts that the account has nothing to resign: by itself, and in a batch. */
		const nothingToResign = async (pair) => {
			const ids = [pair.publicKey];
			await refusedAtPool(api, resign(), pair, { reason: NOTHING_TO_RESIGN, ids });
			const batch = api.tx.utility.batchAll([resign()]);
			await failsInBlock(api, batch, pair, { error: "consortium.NotFound", ids });
		};

		it("is refused to a patient", () => nothingToResign(patient().pair));

		it("is refused to a controller, who hands the organisation over instead", async () => {
			// No other test of this group sends as the insurer: the nonce must not change meanwhile.
			await nothingToResign(controller(INSURER));
			assert.equal(await actsFor(controller(INSURER)), INSURER);
		});

		it("is done once", async () => {
			const ada = patient();
			await credential(api, { pair: ada.pair, ...FINAL });
			await submit(api, resign(), ada.pair, FINAL);
			await nothingToResign(ada.pair);
		});
	});

	describe("a patient's account", TOGETHER, () => {
		it("is not captured by one organisation: the patient stays the payer, and still grants", async () => {
			const marta = patient();
			const insurer = controller(INSURER);
			const { publicKey } = marta.pair;
			const ids = [publicKey, marta.patient];
			const forged = { organisation: INSURER, pair: marta.pair, signer: insurer };
			const terms = { ...forged, roles: ["Researcher"], until: 2 ** 48 };
			for (const [error, call] of [
				["ConsentMissing", await credentialCall(api, { ...terms, consented: null })],
				["BadSignature", await credentialCall(api, terms)],
				[
					"BadSignature",
					api.tx.consortium.addAgent(publicKey, await consent(api, forged, { as: "agent" })),
				],
			]) {
				await failsInBlock(api, call, insurer, { error: `consortium.${error}`, ids });
			}
			assert.ok((await api.query.consortium.practitioners(publicKey)).isNone);
			assert.equal(await actsFor(marta.pair), null);
			const allowance = (await api.call.allowanceApi.allowanceOf(publicKey)).unwrap();
			assert.ok(allowance.organisation.isNone, "no organisation's allowance is drawn on");
			await grant(api, marta);
		});

		it("is not captured with the consent to another organisation", async () => {
			const marta = patient();
			const consented = await consent(api, { organisation: HOSPITAL_A, pair: marta.pair });
			const call = await credentialCall(api, {
				organisation: INSURER,
				pair: marta.pair,
				consented,
			});
			await failsInBlock(api, call, controller(INSURER), {
				error: "consortium.BadSignature",
				ids: [marta.pair.publicKey, marta.patient],
			});
		});
	});

	it("a signature for an enrolment is no consent to an engagement", async () => {
		const pair = fresh();
		const { lastDay } = await consent(api, { organisation: HOSPITAL_A, pair });
		const message = enrolmentMessage({
			genesis: api.genesisHash.toHex(),
			organisation: HOSPITAL_A,
			patient: randomId(),
			account: pair.publicKey,
			number: 0,
		});
		const signature = { Sr25519: u8aToHex(pair.sign(message)) };
		await notCredentialed(pair, { lastDay, signature }, "BadSignature");
	});
});
