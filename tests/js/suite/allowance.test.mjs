// Transactions cost no token, and yet no account can flood the chain. Transactions spend an
// allowance that refills, and one account can't fill the pool. All who act for a patient id spend the
// allowance of the id. Withdrawing and resigning work in each case.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { IN_BLOCK_MS, PoolRefusal, submit, watch } from "@assent/client";
import { fresh } from "../lib/accounts.mjs";
import { connect, now } from "../lib/chain.mjs";
import { grant, grantCall } from "../lib/consent.mjs";
import { credential, DAY, enrolPatients } from "../lib/people.mjs";
import { allowanceOf } from "../lib/reads.mjs";
import { refusal, refusedAtPool } from "../lib/refusals.mjs";
import { signWith } from "../lib/sign.mjs";
import { until } from "../lib/wait.mjs";

const SPENT = refusal("allowance_used");
/** The pool's reason when a transaction asks for more of a block than one transaction may. */
const TOO_LARGE = /^1010: Invalid Transaction: Transaction would exhaust the block limits/;
const NEVER_FITS = refusal("never_fits");
const TOO_FAR_AHEAD = /^1010: Invalid Transaction: Transaction will be valid in the future/;

describe("the allowance", { timeout: 1_200_000 }, () => {
	let api;
	let patient;
	before(async () => {
		api = await connect();
		patient = await enrolPatients(api, 10);
	});
	after(() => api?.disconnect());

	/** Small calls that fail when dispatched, because there is no such request or emergency. The bytes
	 * are never twice the same: the pool would ban the second. */
	const number = () => 3_000_000_000 + Math.floor(Math.random() * 1_000_000_000);
	const ofPatient = ({ patient: id }) => api.tx.consent.refuseRequest(id, number());
	const ofPractitioner = () => api.tx.emergencies.end(number());

	const many = (who, count, small = ofPatient) =>
		api.tx.utility.forceBatch(Array.from({ length: count }, () => small(who)));
	/** The size of the smallest batch that is tried. The batch costs more than some blocks refill. */
	const LEAST = 16;
	/** The size of a batch that costs the refill of many blocks. */
	const MORE = 4 * LEAST;

	const level = (pair, at) => allowanceOf(api, pair, at);

	/** Spends as much as possible, by batches that get smaller. */
	const exhaust = async (who, small = ofPatient) => {
		for (let size = 256; size >= LEAST; ) {
			try {
				await submit(api, many(who, size, small), who.pair);
			} catch (error) {
				assert.ok(error instanceof PoolRefusal, String(error.stack));
				assert.match(
					error.reason,
					new RegExp(`${SPENT.source}|${NEVER_FITS.source}|${TOO_LARGE.source}`),
				);
				size /= 2;
			}
		}
	};

	it("is spent, refused when spent, free for withdrawing, and refills", async () => {
		const [ada, bob] = [patient(), patient()];
		const { directive } = await grant(api, ada);
		const full = await level(ada.pair);
		assert.ok(full.available > 0n && full.available <= full.capacity);

		await exhaust(ada);
		const spent = await level(ada.pair);
		assert.ok(spent.available < full.available / 4n, `${spent.available} are left`);
		await refusedAtPool(api, many(ada, MORE), ada.pair, { reason: SPENT, ids: [ada.patient] });

		// Another patient of the same hospital spends an allowance of their own.
		await grant(api, bob);

		// A withdrawal always works and costs nothing.
		const receipt = await submit(api, api.tx.consent.withdraw(ada.patient, directive), ada.pair);
		assert.ok(receipt.names.includes("consent.DirectiveWithdrawn"));
		const { parentHash, number } = await api.rpc.chain.getHeader(receipt.block);
		const before = await level(ada.pair, parentHash.toHex());
		const after = await level(ada.pair, receipt.block);
		assert.equal(after.available - before.available, after.refill, "a block's refill, no charge");

		// The refused batch fits again after enough blocks.
		const landed = await until(
			() =>
				submit(api, many(ada, MORE), ada.pair).catch((error) => {
					assert.ok(error instanceof PoolRefusal, String(error.stack));
					assert.match(error.reason, SPENT);
					return null;
				}),
			{ ms: 600_000, what: "the allowance to refill", every: 2_000 },
		);
		assert.ok(landed.names.includes("utility.BatchCompletedWithErrors"));
		const end = await api.rpc.chain.getHeader(landed.block);
		const refilled = await level(ada.pair, end.parentHash.toHex());
		const blocks = BigInt(end.number.toNumber() - 1 - number.toNumber());
		assert.equal(refilled.available - after.available, blocks * after.refill);
	});

	it("is free for resigning: no organisation holds a practitioner by an empty allowance", async () => {
		const doctor = await credential(api, { final: true });
		const { pair } = doctor;
		await exhaust(doctor, ofPractitioner);
		// A practitioner's allowance refills twice as fast as a patient's.
		const batch = many(doctor, 4 * MORE, ofPractitioner);
		await refusedAtPool(api, batch, pair, { reason: SPENT, ids: [pair.publicKey] });
		const { names } = await submit(api, api.tx.consortium.resign(), pair);
		assert.ok(names.includes("consortium.PractitionerResigned"), names.join());
	});

	it("is never enough for a batch that costs more than it holds", async () => {
		const ada = patient();
		const { pair, patient: id } = ada;
		const before = await level(pair);
		const batch = api.tx.utility.batch(Array.from({ length: 2_000 }, () => ofPatient(ada)));
		await refusedAtPool(api, batch, pair, { reason: NEVER_FITS, ids: [id] });
		assert.ok((await level(pair)).available >= before.available, "a refusal costs nothing");
	});

	it("is one for all who act for a patient id, whoever acts", async () => {
		const [ada, ben] = [patient(), patient()];
		const stranger = fresh();
		const end = (await now(api)) + DAY;
		// Both delegates may share. One of them is a patient with an allowance of his own.
		for (const { publicKey } of [ben.pair, stranger]) {
			const call = api.tx.patients.nameDelegate(ada.patient, publicKey, ["Share"], end);
			await submit(api, call, ada.pair, { final: true });
		}
		const own = await level(ben.pair);
		const { receipt } = await grant(api, { patient: ada.patient, pair: ben.pair });
		const { parentHash } = await api.rpc.chain.getHeader(receipt.block);
		const before = await level(ada.pair, parentHash.toHex());
		const after = await level(ada.pair, receipt.block);
		assert.ok(after.available < before.available, "the grant is paid by the patient it is for");
		assert.ok((await level(ben.pair)).available >= own.available, "and not by its maker");

		// The delegate without an id has no other bucket, so an empty one stops the delegate too.
		await exhaust(ada);
		const share = () => {
			const calls = Array.from({ length: 8 }, () => grantCall(api, ada.patient));
			return api.tx.utility.batchAll(calls);
		};
		for (const pair of [stranger, ben.pair]) {
			await refusedAtPool(api, share(), pair, { reason: SPENT, ids: [ada.patient] });
		}
		await grant(api, ben);
	});

	it("gives back what a call did not use", async () => {
		const ada = patient();
		const { receipt } = await grant(api, ada);
		const { parentHash } = await api.rpc.chain.getHeader(receipt.block);
		const before = await level(ada.pair, parentHash.toHex());
		const after = await level(ada.pair, receipt.block);
		const cost = before.available - after.available;
		// The worst case reads and retires 64 directives. This patient had none.
		assert.ok(
			cost > 0n && cost < before.capacity / 8n,
			`one grant cost ${cost} of ${before.capacity}`,
		);
	});

	it("one account can't fill the pool", async () => {
		const [ada, bob] = [patient(), patient()];
		const most = api.consts.allowance.maxPending.toNumber();
		const first = (await api.rpc.system.accountNextIndex(ada.pair.address)).toNumber();
		// The first one is held back, so that all others stay in the pool.
		const outcomes = [];
		for (let ahead = 1; ahead <= most + 24; ahead++) {
			const signed = await signWith(api, ofPatient(ada), ada.pair, { nonce: first + ahead });
			outcomes.push(
				await api.rpc.author.submitExtrinsic(signed).then(
					() => "taken",
					(error) => error.message,
				),
			);
		}
		assert.deepEqual(
			outcomes.slice(0, most),
			Array.from({ length: most }, () => "taken"),
		);
		for (const refused of outcomes.slice(most)) assert.match(refused, TOO_FAR_AHEAD);

		// Another account does not wait for these.
		await grant(api, bob);

		// After the first one, all others go in order.
		const held = await signWith(api, api.tx.utility.batch([]), ada.pair, { nonce: first });
		await watch(api, held);
		await until(
			async () => {
				const { nonce } = await api.query.system.account(ada.pair.publicKey);
				return nonce.toNumber() === first + most + 1;
			},
			{ ms: IN_BLOCK_MS, what: "those that waited to land" },
		);
	});

	it("a withdrawal takes the place of another transaction of its number", async () => {
		const ada = patient();
		const { directive } = await grant(api, ada);
		const first = (await api.rpc.system.accountNextIndex(ada.pair.address)).toNumber();
		const sign = (call, nonce) => signWith(api, call, ada.pair, { nonce });
		const withdraw = api.tx.consent.withdraw(ada.patient, directive);
		// Both wait for the number before theirs. The withdrawal came last.
		await api.rpc.author.submitExtrinsic(await sign(grantCall(api, ada.patient), first + 1));
		const withdrawn = watch(api, await sign(withdraw, first + 1));
		await watch(api, await sign(api.tx.utility.batch([]), first));
		assert.ok((await withdrawn).names.includes("consent.DirectiveWithdrawn"));
		assert.deepEqual((await api.query.consent.inForce(ada.patient)).toJSON(), [], "no new grant");
	});
});
