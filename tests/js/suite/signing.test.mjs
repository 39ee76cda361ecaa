// Who may sign at all: enrolled accounts without any token, with what every wallet can sign;
// nobody else, and nothing signed for another chain, time, nonce or content.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { u8aToHex } from "@polkadot/util";
import { fresh, randomId } from "../lib/accounts.mjs";
import { connect } from "../lib/chain.mjs";
import { grant, grantCall } from "../lib/consent.mjs";
import { credential, enrolPatient } from "../lib/people.mjs";
import { refusedAtPool } from "../lib/refusals.mjs";
import { PoolRefusal, signWith, submit, watch } from "../lib/submit.mjs";

const UNABLE_TO_PAY = /^1010: Invalid Transaction: Inability to pay some fees/;
const BAD_SIGNATURE = /^1010: Invalid Transaction: Transaction has a bad signature/;

describe("signing", { timeout: 600_000 }, () => {
	let api;
	let ada;
	before(async () => {
		api = await connect();
	});
	beforeEach(async () => {
		ada = await enrolPatient(api);
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

	it("who left is refused at the pool, but for withdrawing", async () => {
		const { directive } = await grant(api, ada);
		await submit(api, api.tx.patients.leave(), ada.pair);
		await refusedAtPool(api, grantCall(api, ada.patient), ada.pair, {
			reason: /^1010: Invalid Transaction: Invalid signing address/,
			ids: [ada.patient],
		});
		const call = api.tx.consent.withdraw(ada.patient, directive);
		const receipt = await submit(api, call, ada.pair);
		assert.ok(receipt.names.includes("consent.DirectiveWithdrawn"));
	});

	it("who is not enrolled is refused at the pool", async () => {
		const stranger = fresh();
		const call = api.tx.consent.access(ada.patient, randomId(), "Treatment", "Access");
		await refusedAtPool(api, call, stranger, { reason: UNABLE_TO_PAY, ids: [ada.patient] });
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

	it("somebody else's signature is refused", async () => {
		const call = grantCall(api, ada.patient);
		const signed = await call.signAsync(ada.pair, { nonce: -1 });
		const bytes = signed.toU8a();
		const at = Buffer.from(bytes).indexOf(Buffer.from(ada.pair.publicKey));
		assert.ok(at > 0);
		bytes.set(fresh().publicKey, at);
		await assert.rejects(
			api.rpc.author.submitExtrinsic(u8aToHex(bytes)),
			/bad signature|Inability to pay/,
		);
	});

	it("a transaction whose time is over is refused", async () => {
		const number = (await api.rpc.chain.getHeader()).number.toNumber();
		// Four blocks, counted from one that is long past; young chains have none yet. The chain
		// takes the era for the one that runs now, which begins with another block than the
		// signed one.
		if (number < 16) return;
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

	it("a transaction that landed can't be sent again", async () => {
		const signed = await grantCall(api, ada.patient).signAsync(ada.pair, { nonce: -1 });
		// Until it is final, the pool keeps it and only says again in which block it stands.
		await watch(api, signed, true);
		const copy = api.tx(signed.toHex());
		await assert.rejects(watch(api, copy), (error) => {
			assert.ok(error instanceof PoolRefusal);
			assert.match(error.reason, /outdated|temporarily banned|already imported/i);
			return true;
		});
	});
});
