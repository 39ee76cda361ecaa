// The right to sign: an account of the network signs without a token, as every wallet can. The pool
// refuses other accounts, and signatures for another chain, time, nonce or content. refusals.test.mjs
// has the calls that an account of the network may not send.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { IN_BLOCK_MS, submit, watch } from "@assent/client";
import { u8aToHex } from "@polkadot/util";
import { controller, fresh, HOSPITAL_A, INSURER, randomId } from "../lib/accounts.mjs";
import { connect, height } from "../lib/chain.mjs";
import { grant, grantCall } from "../lib/consent.mjs";
import { credential, enrolPatient, enrolPatients } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";
import { bytesRefused, failsInBlock, NO_PAYER, refusedAtPool } from "../lib/refusals.mjs";
import { signWith } from "../lib/sign.mjs";
import { until } from "../lib/wait.mjs";

const BAD_SIGNATURE = /^1010: Invalid Transaction: Transaction has a bad signature/;
const OUTDATED = /^1010: Invalid Transaction: Transaction is outdated/;
const TOO_FAR_AHEAD = /^1010: Invalid Transaction: Transaction will be valid in the future/;

describe("signing", { timeout: 600_000 }, () => {
	let api;
	let ada;
	let patient;
	before(async () => {
		api = await connect();
		patient = await enrolPatients(api, 20);
	});
	beforeEach(() => {
		ada = patient();
	});
	after(() => api?.disconnect());

	it("there is no token", () => {
		const pallets = api.runtimeMetadata.asLatest.pallets.map(({ name }) => name.toString());
		for (const none of ["Balances", "Assets", "TransactionPayment", "Sudo"]) {
			assert.ok(!pallets.includes(none), none);
		}
	});

	it("an enrolled patient signs a v4 transaction that lands", async () => {
		const { receipt } = await grant(api, ada);
		assert.equal(receipt.extrinsic.version & 0x7f, 4, "version");
		assert.ok(receipt.extrinsic.isSigned);
		assert.ok(receipt.names.includes("system.ExtrinsicSuccess"));
		const account = await api.query.system.account(ada.pair.publicKey);
		assert.equal(account.sufficients.toNumber(), 1);
		assert.equal(account.providers.toNumber(), 0);
		assert.equal(account.nonce.toNumber(), 1);
	});

	it("a signature as browser wallets make it enrols too", async () => {
		const { receipt, patient, pair } = await enrolPatient(api, { wrap: true });
		const enrolled = receipt.event("patients.PatientEnrolled");
		assert.equal(enrolled.patient.toHex(), patient);
		assert.equal((await api.query.patients.byController(pair.publicKey)).toHex(), patient);
	});

	it("a credentialed practitioner signs too", async () => {
		const { pair } = await credential(api);
		const call = api.tx.consent.access(ada.patient, randomId(), "Treatment", "Access");
		assert.ok((await submit(api, call, pair)).names.includes("consent.AccessDecided"));
	});

	it("a patient who left still acts for the id that was left, and for nothing else", async () => {
		// The insurer's record: no worker may ask the insurer's vault, so no finding changes a row.
		const bob = await enrolPatient(api, { organisation: INSURER });
		const { record } = await registerRecord(api, { ...bob, final: true });
		const { directive } = await grant(api, bob);
		await submit(api, api.tx.patients.leave(), bob.pair);
		// The id shares no more. The account has no id in use, so the account publishes no key.
		await failsInBlock(api, grantCall(api, bob.patient), bob.pair, {
			error: "consent.PatientLeft",
			ids: [bob.patient],
		});
		const publish = api.tx.records.setEncryptionKey(fresh().publicKey);
		await refusedAtPool(api, publish, bob.pair, { reason: NO_PAYER, ids: [bob.patient] });
		const disputed = await submit(api, api.tx.records.dispute(record), bob.pair);
		assert.ok(disputed.names.includes("records.RecordDisputed"));
		const call = api.tx.consent.withdraw(bob.patient, directive);
		const receipt = await submit(api, call, bob.pair);
		assert.ok(receipt.names.includes("consent.DirectiveWithdrawn"));
	});

	it("a practitioner whose credential was revoked is refused at the pool", async () => {
		const { pair } = await credential(api);
		const revoke = api.tx.consortium.revoke(pair.publicKey);
		await submit(api, revoke, controller(HOSPITAL_A), { shared: true });
		const call = api.tx.consent.access(ada.patient, randomId(), "Treatment", "Access");
		await refusedAtPool(api, call, pair, { reason: NO_PAYER, ids: [ada.patient] });
	});

	it("a stranger is refused at the pool", async () => {
		const stranger = fresh();
		const call = api.tx.consent.access(ada.patient, randomId(), "Treatment", "Access");
		await refusedAtPool(api, call, stranger, { reason: NO_PAYER, ids: [ada.patient] });
		const size = await api.query.system.account.size(stranger.publicKey);
		assert.equal(size.toNumber(), 0, "the attempt leaves no account behind");
	});

	it("a transaction for another chain is refused", async () => {
		const signed = await signWith(api, grantCall(api, ada.patient), ada.pair, {
			genesisHash: u8aToHex(new Uint8Array(32).fill(7)),
		});
		await refusedAtPool(api, signed, ada.pair, { reason: BAD_SIGNATURE, ids: [ada.patient] });
	});

	it("a transaction for another runtime is refused", async () => {
		const { specVersion, transactionVersion } = api.runtimeVersion;
		const signed = await signWith(api, grantCall(api, ada.patient), ada.pair, {
			runtimeVersion: { specVersion: specVersion.addn(1), transactionVersion },
		});
		await refusedAtPool(api, signed, ada.pair, { reason: BAD_SIGNATURE, ids: [ada.patient] });
	});

	it("another account's signature is refused", async () => {
		const call = grantCall(api, ada.patient);
		const signed = await call.signAsync(ada.pair, { nonce: -1 });
		const bytes = signed.toU8a();
		const at = Buffer.from(bytes).indexOf(Buffer.from(ada.pair.publicKey));
		assert.ok(at > 0);
		bytes.set(fresh().publicKey, at);
		await bytesRefused(api, bytes, ada.pair, { reason: BAD_SIGNATURE, ids: [ada.patient] });
	});

	it("a transaction whose time is over is refused", async () => {
		const number = await until(
			async () => {
				const best = await height(api);
				return best >= 16 && best;
			},
			{ ms: IN_BLOCK_MS, what: "the sixteenth block" },
		);
		// The era is four blocks, counted from a block long past. The chain takes the era that runs now,
		// whose first block is another than the signed one.
		const past = number - 12;
		const signed = await signWith(api, grantCall(api, ada.patient), ada.pair, {
			blockHash: await api.rpc.chain.getBlockHash(past),
			era: api.registry.createType("ExtrinsicEra", { current: past, period: 4 }),
		});
		await refusedAtPool(api, signed, ada.pair, {
			reason: BAD_SIGNATURE,
			ids: [ada.patient],
		});
	});

	it("a transaction under a number that was used is refused", async () => {
		await grant(api, ada);
		const signed = await signWith(api, grantCall(api, ada.patient), ada.pair, { nonce: 0 });
		await refusedAtPool(api, signed, ada.pair, { reason: OUTDATED, ids: [ada.patient] });
	});

	it("a transaction under a number far from its turn is refused", async () => {
		const call = grantCall(api, ada.patient);
		const signed = await signWith(api, call, ada.pair, { nonce: 1_000_000 });
		await refusedAtPool(api, signed, ada.pair, { reason: TOO_FAR_AHEAD, ids: [ada.patient] });
	});

	it("a transaction that landed can't be sent again", async () => {
		const signed = await grantCall(api, ada.patient).signAsync(ada.pair, { nonce: -1 });
		await watch(api, signed, true);
		// The pool still has the transaction, or has banned it, or sees that its number was used.
		await bytesRefused(api, signed.toU8a(), ada.pair, {
			reason: /^(1010: Invalid Transaction: Transaction is outdated|1012: |1013: )/,
			ids: [ada.patient],
		});
	});
});
