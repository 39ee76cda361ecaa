// The pool: one principal keeps few transactions waiting, and the cause of a refusal comes in words
// that any wallet can show.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { IN_BLOCK_MS, PoolRefusal, submit, within } from "@assent/client";
import { controller, fresh, HOSPITAL_A, randomId } from "../lib/accounts.mjs";
import { connect, now, rpc } from "../lib/chain.mjs";
import { grant, grantCall } from "../lib/consent.mjs";
import { enrolPatients } from "../lib/people.mjs";
import { refusedAtPool } from "../lib/refusals.mjs";
import { signWith } from "../lib/sign.mjs";
import { until } from "../lib/wait.mjs";

const DAY = 86_400_000;
/** The transactions, other than withdrawals, that may wait for one patient id. */
const PER_PATIENT = 24;
/** The words of each cause: docs/reference/rpc.md has the same table. */
const WORDS = {
	not_enrolled:
		"The account has no role in the consortium now, so the account may only withdraw. Ask a member to enrol the patient or to credential the practitioner.",
	no_sender: "No account may send this call, or the call carries bytes that nobody reads.",
	not_for_sender:
		"The call is for other accounts. Send the call from an account of the patient, the organisation or the practitioner concerned.",
	several_payers:
		"The calls of the batch are paid by several patient ids or organisations. Send a batch for each.",
	too_long: "The transaction is too long. Split the batch.",
	never_fits: "The transaction costs more than a full allowance holds. Split the batch.",
	allowance_used:
		"The allowance is used up for now. Wait a minute, then sign anew. Withdrawing is always possible.",
	nothing_to_withdraw:
		"The withdrawal or resignation would change nothing. The directive is unknown or has ended, the account may not withdraw the directive, or no organisation binds the account.",
	too_many_of_patient:
		"Too many transactions for this patient id wait. Wait for the next block, then send again. Withdrawing is possible now.",
};

/** The whole message of polkadot.js: the words come first, and the cause's name comes last. */
const message = (cause) => `1002: Verification Error: ${WORDS[cause]}: ${cause}`;
const exactly = (cause) => new RegExp(`^${message(cause).replaceAll(".", "\\.")}$`);

describe("the pool", { timeout: 900_000 }, () => {
	let api;
	let patient;
	/** A call about a patient that everybody who acts for the patient may send. */
	const small = (id) => api.tx.consent.retireExpired(id);
	/** The cheapest call of a person. All that waits for one patient id must fit the id's allowance. */
	const cheapest = () => api.tx.emergencies.draw(4_000_000_000);
	/** A call that fails in a block, so the whole weight is paid. */
	const costly = (id) => api.tx.consent.withdraw(id, 4_000_000_000);
	const many = (count, call) =>
		api.tx.utility.forceBatch(Array.from({ length: count }, () => call));

	before(async () => {
		api = await connect();
		patient = await enrolPatients(api, 20);
	});
	after(() => api?.disconnect());

	/** Names a new delegate, who may do no more than share. */
	const delegateOf = async (ada, pair = fresh()) => {
		const end = (await now(api)) + 30 * DAY;
		const call = api.tx.patients.nameDelegate(ada.patient, pair.publicKey, ["Share"], end);
		await submit(api, call, ada.pair);
		return pair;
	};

	describe("bounds what waits for a patient", () => {
		let ada;
		let accounts;
		let firsts;
		let directive;
		let outcomes;
		const send = async (call, pair, nonce) => {
			const signed = await signWith(api, call, pair, { nonce });
			return api.rpc.author.submitExtrinsic(signed).then(
				() => "taken",
				(error) => error.message,
			);
		};

		before(async () => {
			ada = patient();
			({ directive } = await grant(api, ada));
			accounts = [ada.pair, await delegateOf(ada), await delegateOf(ada)];
			firsts = await Promise.all(
				accounts.map(async ({ address }) =>
					(await api.rpc.system.accountNextIndex(address)).toNumber(),
				),
			);
			// The first one of each account is held back, so that all others stay in the pool.
			outcomes = [];
			for (let ahead = 1; ahead <= 10; ahead++) {
				for (const [place, pair] of accounts.entries()) {
					outcomes.push(await send(cheapest(), pair, firsts[place] + ahead));
				}
			}
		});

		it("controller and delegates share the places", () => {
			assert.equal(outcomes.length, 30);
			assert.deepEqual(
				outcomes.slice(0, PER_PATIENT),
				Array.from({ length: PER_PATIENT }, () => "taken"),
			);
			for (const outcome of outcomes.slice(PER_PATIENT)) {
				assert.equal(outcome, message("too_many_of_patient"));
			}
		});

		it("the places are taken for a transaction that could go into a block too", async () => {
			const call = grantCall(api, ada.patient);
			assert.equal(await send(call, accounts[1], firsts[1]), message("too_many_of_patient"));
		});

		it("another patient has places of their own", async () => {
			await grant(api, patient());
		});

		it("a withdrawal passes", async () => {
			const call = api.tx.consent.withdraw(ada.patient, directive);
			const receipt = await submit(api, call, ada.pair);
			assert.ok(receipt.names.includes("consent.DirectiveWithdrawn"));
		});

		it("blocks free the places", async () => {
			// The withdrawal was the controller's first one. The others of the controller follow.
			const next = async ({ publicKey }) =>
				(await api.query.system.account(publicKey)).nonce.toNumber();
			await until(async () => (await next(accounts[0])) > firsts[0] + 8, {
				ms: IN_BLOCK_MS,
				what: "the controller's transactions in blocks",
			});
			for (const place of [1, 2]) {
				// The node may look at the pool a moment after the block.
				await until(
					async () => (await send(cheapest(), accounts[place], firsts[place])) === "taken",
					{ ms: IN_BLOCK_MS, what: "a free place" },
				);
			}
			await until(
				async () =>
					(await next(accounts[1])) > firsts[1] + 8 && (await next(accounts[2])) > firsts[2] + 8,
				{ ms: IN_BLOCK_MS, what: "the delegates' transactions in blocks" },
			);
			await grant(api, { patient: ada.patient, pair: accounts[1] });
		});
	});

	describe("says the cause in words", () => {
		const stranger = () => ({ pair: fresh(), call: small(randomId()) });
		for (const [cause, bringAbout] of [
			["not_enrolled", stranger],
			["no_sender", ({ pair }) => ({ pair, call: api.tx.system.remark("0x4a6f686e") })],
			["not_for_sender", ({ pair }) => ({ pair, call: api.tx.consortium.revoke(pair.publicKey) })],
			[
				"several_payers",
				async (ada) => {
					const bob = patient();
					const pair = await delegateOf(ada);
					await delegateOf(bob, pair);
					const calls = [small(ada.patient), small(bob.patient)];
					return { pair, call: api.tx.utility.batchAll(calls) };
				},
			],
			[
				"too_long",
				({ patient: id }) => {
					const call = small(id);
					const most = api.consts.allowance.maxLength.toNumber();
					const count = Math.ceil(most / call.method.toU8a().length);
					return { pair: controller(HOSPITAL_A), call: many(count, call) };
				},
			],
			["never_fits", ({ pair, patient: id }) => ({ pair, call: many(2_000, costly(id)) })],
			["nothing_to_withdraw", ({ pair, patient: id }) => ({ pair, call: costly(id) })],
		]) {
			it(cause, async () => {
				const { pair, call } = await bringAbout(patient());
				// The hospital's account is in use by others, whose rows and numbers change.
				if (pair.address === controller(HOSPITAL_A).address) {
					await assert.rejects(submit(api, call, pair), (error) => {
						assert.ok(error instanceof PoolRefusal, String(error.stack));
						assert.match(error.reason, exactly(cause));
						return true;
					});
				} else {
					await refusedAtPool(api, call, pair, { reason: exactly(cause) });
				}
			});
		}

		it("allowance_used", async () => {
			const { pair, patient: id } = patient();
			let size = 64;
			const spent = await until(
				() =>
					submit(api, many(size, costly(id)), pair).then(
						() => null,
						(error) => {
							assert.ok(error instanceof PoolRefusal, String(error.stack));
							if (!/never_fits|exhaust the block limits/.test(error.reason)) return error.reason;
							size = Math.ceil(size / 2);
							return null;
						},
					),
				{ ms: 300_000, what: "the allowance to be used up", every: 0 },
			);
			assert.match(spent, exactly("allowance_used"));
		});
	});

	it("says the same to each method that takes a transaction", async () => {
		const { pair } = patient();
		const call = api.tx.consortium.revoke(pair.publicKey);
		const bytes = async () => (await signWith(api, call, pair)).toHex();
		await assert.rejects(rpc(api, "author_submitExtrinsic", await bytes()), (error) => {
			assert.deepEqual(
				[error.code, error.data, error.message],
				[1002, "not_for_sender", message("not_for_sender")],
			);
			return true;
		});
		const { provider } = api._rpcCore;
		await assert.rejects(
			provider.subscribe(
				"author_extrinsicUpdate",
				"author_submitAndWatchExtrinsic",
				[await bytes()],
				() => {},
			),
			{ code: 1002, data: "not_for_sender", message: message("not_for_sender") },
		);
		const told = new Promise((resolve, reject) => {
			bytes()
				.then((hex) =>
					provider.subscribe(
						"transactionWatch_v1_watchEvent",
						"transactionWatch_v1_submitAndWatch",
						[hex],
						(error, event) => (error ? reject(error) : resolve(event)),
					),
				)
				.catch(reject);
		});
		const event = await within(told, IN_BLOCK_MS, "the answer of transactionWatch_v1");
		assert.deepEqual(event, {
			event: "invalid",
			error: `Verification error: ${WORDS.not_for_sender}`,
		});
	});

	it("keeps the texts of the SDK for the SDK's own checks", async () => {
		const ada = patient();
		const signed = await signWith(api, small(ada.patient), ada.pair, { nonce: 1_000_000 });
		await refusedAtPool(api, signed, ada.pair, {
			reason: /^1010: Invalid Transaction: Transaction will be valid in the future/,
		});
	});
});
