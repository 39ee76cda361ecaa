// Bytes without a meaning, and values without room: the node refuses each with a reason, changes
// nothing and goes on.

import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, describe, it } from "node:test";
import { IN_BLOCK_MS } from "@assent/client";
import { readAnswer } from "@assent/client/delivery";
import { deliveryParams, Method } from "@assent/client/rpc";
import {
	compactAddLength,
	compactStripLength,
	compactToU8a,
	u8aConcat,
	u8aToHex,
} from "@polkadot/util";
import { randomAsHex } from "@polkadot/util-crypto";
import { attester, controller, fresh, HOSPITAL_A, INSURER, randomId } from "../lib/accounts.mjs";
import { generalBytes, signedBytes } from "../lib/bytes.mjs";
import { connect, ENDPOINT, everyPeer, height, now, rpc } from "../lib/chain.mjs";
import { grantCall } from "../lib/consent.mjs";
import { enrolPatient, enrolPatients } from "../lib/people.mjs";
import { anchor, labels, registerRecord } from "../lib/records.mjs";
import { bytesRefused, refusal } from "../lib/refusals.mjs";
import { until } from "../lib/wait.mjs";

const UNDECODABLE = /^10(02|40): /;
/** The reasons for a transaction without a payer. */
const NOBODYS = /^101[01]: /;
/** The reasons above; or no rule of the chain makes the transaction valid; or the pool has refused
 * the transaction before. */
const REFUSED = /^10(02|10|11|12|40): /;
const LARGEST = 0xffff_ffff;
const MEBIBYTE = 1 << 20;

describe("malformed and oversized input", { timeout: 900_000 }, () => {
	let api;
	let patient;
	let hospital;
	before(async () => {
		api = await connect();
		hospital = controller(HOSPITAL_A);
		patient = await enrolPatients(api, 20);
	});
	after(() => api?.disconnect());

	const ask = (method, ...params) => rpc(api, method, ...params);
	const send = (bytes) => ask("author_submitExtrinsic", u8aToHex(bytes));
	const nonceOf = async ({ publicKey }) =>
		(await api.query.system.account(publicKey)).nonce.toNumber();

	it("a transaction made by hand here is right: without a change it lands", async () => {
		const { patient: id, pair } = patient();
		await send(await signedBytes(api, grantCall(api, id).method.toU8a(), pair));
		await until(async () => (await api.query.consent.inForce(id)).length === 1, {
			ms: IN_BLOCK_MS,
			what: "the grant in a block",
		});
	});

	describe("transactions", () => {
		it("cut off anywhere, or with any byte changed, are refused", async () => {
			const { patient: id, pair } = patient();
			const whole = await signedBytes(api, grantCall(api, id).method.toU8a(), pair);
			const [, body] = compactStripLength(whole);
			const wrong = [];
			for (let at = 0; at < whole.length; at++) {
				const changed = whole.slice();
				changed[at] ^= 1 << (at % 8);
				wrong.push(changed, whole.subarray(0, at));
			}
			// These are cut off, and then get a length that fits.
			for (let at = 0; at < body.length; at++) {
				wrong.push(compactAddLength(body.subarray(0, at)));
			}
			for (const bytes of wrong) {
				await assert.rejects(send(bytes), ({ message }) => REFUSED.test(message), u8aToHex(bytes));
			}
			assert.equal(await nonceOf(pair), 0);
			assert.equal((await api.query.consent.inForce(id)).length, 0);
		});

		for (const [what, bytes] of [
			["of no byte", () => new Uint8Array()],
			["of no content", () => Uint8Array.of(0)],
			["of nothing but ones", () => new Uint8Array(100).fill(255)],
			["that announce half a gigabyte", () => u8aConcat(compactToU8a(1 << 29), [0x84])],
			["of an unknown version", () => Uint8Array.of(8, 0x8a, 0)],
		]) {
			it(`${what} are refused`, async () => {
				// The node does not look again at bytes that it has refused before.
				const reason = new RegExp(`${UNDECODABLE.source}|^1012: `);
				await bytesRefused(api, bytes(), patient().pair, { reason });
			});
		}

		it("with bytes behind them are refused", async () => {
			const { patient: id, pair } = patient();
			const call = u8aConcat(grantCall(api, id).method.toU8a(), [0]);
			const signed = await signedBytes(api, call, pair);
			await bytesRefused(api, signed, pair, { reason: UNDECODABLE, ids: [id] });
		});

		it("of calls in calls without end are refused", async () => {
			const { patient: id, pair } = patient();
			let call = grantCall(api, id).method.toU8a();
			const [pallet, batch] = api.tx.utility.batch([]).method.toU8a();
			for (let depth = 0; depth < 2_000; depth++) call = u8aConcat([pallet, batch, 4], call);
			const signed = await signedBytes(api, call, pair);
			await bytesRefused(api, signed, pair, { reason: UNDECODABLE, ids: [id] });
		});

		it("that nobody signed are refused", async () => {
			const { patient: id, pair } = patient();
			const call = grantCall(api, id).method.toU8a();
			for (const bytes of [generalBytes(call), compactAddLength(u8aConcat([4], call))]) {
				await bytesRefused(api, bytes, pair, { reason: NOBODYS, ids: [id] });
			}
		});

		it("that only a block's author makes are refused", async () => {
			const { pair } = patient();
			const call = api.tx.timestamp.set((await now(api)) + 60_000).method.toU8a();
			await bytesRefused(api, compactAddLength(u8aConcat([4], call)), pair, { reason: NOBODYS });
		});
	});

	describe("more than there is room for", () => {
		const tokens = (count) => Array.from({ length: count }, randomId);
		const day = async () => {
			const at = await now(api);
			return [at, at + 86_400_000];
		};
		for (const [what, call] of [
			[
				"actors in a grant",
				({ patient: id }) => {
					const actors = Array.from({ length: 17 }, (_, number) => ({ Organisation: number }));
					return grantCall(api, id, { actors });
				},
			],
			[
				"exceptions in a directive",
				({ patient: id }) => {
					const exception = { effect: "Deny", purposes: ["Research"] };
					const exceptions = Array.from({ length: 9 }, () => exception);
					return api.tx.consent.makeDirective(id, { base: { effect: "Permit" }, exceptions }, null);
				},
			],
			[
				"sensitivities of a record",
				({ patient: id }) =>
					api.tx.records.register(randomId(), id, labels({ sensitivities: tokens(9) }), anchor()),
			],
			[
				"bytes in a CID",
				({ patient: id }) =>
					api.tx.records.register(
						randomId(),
						id,
						labels(),
						anchor({ cid: u8aToHex(new Uint8Array(65).fill(1)) }),
					),
			],
			[
				"care teams of a practitioner",
				async ({ pair: { publicKey } }) =>
					api.tx.consortium.credential(publicKey, ["Nurse"], tokens(9), ...(await day()), null),
			],
			[
				"letters in a vault's address",
				() => api.tx.consortium.proposeEndpoint(`https://${"a".repeat(125)}`),
			],
		]) {
			it(`${what}: not decoded`, async () => {
				const ada = patient();
				const bytes = (await call(ada)).method.toU8a();
				const signed = await signedBytes(api, bytes, ada.pair);
				await bytesRefused(api, signed, ada.pair, {
					reason: UNDECODABLE,
					ids: [ada.patient, ada.pair.publicKey],
				});
			});
		}

		it("a list that announces more than follows: not decoded", async () => {
			const { patient: id, pair } = patient();
			const call = grantCall(api, id).method.toHex();
			const announced = call.replace("080102", `${u8aToHex(compactToU8a(1 << 29), -1, false)}0102`);
			assert.notEqual(announced, call, "two classes in the call");
			const signed = await signedBytes(api, announced, pair);
			await bytesRefused(api, signed, pair, { reason: UNDECODABLE, ids: [id] });
		});

		it("a transaction longer than a signed one may be: refused", async () => {
			const nonce = await nonceOf(hospital);
			const longest = api.consts.allowance.maxLength.toNumber();
			// The hospital may make the call, and the call has no byte too many: the length alone is wrong.
			const provision = (effect) => {
				const [codes, authors, encounters, records, sensitivities] = [0, 1, 2, 3, 4].map(() =>
					tokens(16),
				);
				return { effect, codes, authors, encounters, records, sensitivities };
			};
			const exceptions = Array.from({ length: 8 }, () => provision("Deny"));
			const fullest = { base: provision("Permit"), exceptions };
			const place = "https://alpha.example/policy";
			const policy = api.tx.consortium.setBasePolicy(place, randomAsHex(32), fullest);
			const bytes = policy.method.toU8a();
			const [pallet, batch] = api.tx.utility.batch([]).method.toU8a();
			for (const length of [longest, 4 * MEBIBYTE]) {
				const count = Math.ceil(length / bytes.length);
				const copies = Array.from({ length: count }, () => bytes);
				const call = u8aConcat([pallet, batch], compactToU8a(count), ...copies);
				await assert.rejects(send(await signedBytes(api, call, hospital)), {
					message: refusal("too_long"),
				});
			}
			assert.equal(await nonceOf(hospital), nonce);
		});

		it("a request larger than the node reads: refused, and the next is answered", async () => {
			/** The status of the node's answer. The body is sent only if its announced length is right. */
			const ask = (body, announced = body.length) =>
				new Promise((resolve, reject) => {
					const asked = request(ENDPOINT.replace(/^ws/, "http"), {
						method: "POST",
						headers: { "content-type": "application/json", "content-length": announced },
					});
					asked.on("error", reject);
					asked.on("response", ({ statusCode }) => {
						asked.destroy();
						resolve(statusCode);
					});
					asked.flushHeaders();
					if (announced === body.length) asked.end(body);
				});
			const health = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "system_health", params: [] });
			assert.equal(await ask(health, 16 * MEBIBYTE), 413);
			assert.equal(await ask(health), 200);
		});
	});

	it("a set that is not in order means the same", async () => {
		// polkadot.js sorts. Here Imaging stands before LabResult, and LabResult stands twice.
		const { patient: id, pair } = patient();
		const call = grantCall(api, id).method.toHex();
		const swapped = call.replace("080102", "0c020101");
		assert.notEqual(swapped, call, "two classes in the call");
		await send(await signedBytes(api, swapped, pair));
		const row = await until(
			async () => {
				const found = await api.query.consent.directives(id, 0);
				return found.isSome && found.unwrap();
			},
			{ ms: IN_BLOCK_MS, what: "the grant in a block" },
		);
		assert.deepEqual(row.directive.base.classes.toHuman(), ["LabResult", "Imaging"]);
	});

	describe("attestations", () => {
		// The record is the insurer's: no worker may ask the insurer's vault, so no node votes.
		let record;
		let due;
		before(async () => {
			const bob = await enrolPatient(api, { organisation: INSURER });
			({ record } = await registerRecord(api, bob));
			const { version } = (await api.call.recordsApi.record(record)).unwrap();
			due = version.due.toNumber();
		});
		/** An attestation, signed as by a worker. `chain` is the genesis hash that is signed. */
		const attestation = async (
			{ by = attester(HOSPITAL_A), chain, ...given } = {},
			signer = by,
		) => {
			const at = await height(api);
			const named = { record, version: 1, round: due, at, finding: "Altered" };
			const call = (signature) =>
				api.tx.records.attest({ ...named, key: by.publicKey, ...given }, signature);
			const [content] = call(new Uint8Array(64)).args;
			const message = u8aConcat(
				"assent/attestation",
				chain ?? api.genesisHash.toU8a(),
				content.toU8a().subarray(0, -by.publicKey.length),
			);
			return generalBytes(call(signer.sign(message)).method.toU8a());
		};
		const refused = async (bytes, reason) =>
			bytesRefused(api, await bytes, fresh(), {
				reason: new RegExp(`^1010: Invalid Transaction: ${reason}$`),
				ids: [record],
			});
		for (const [what, bytes, reason] of [
			[
				"with another's signature",
				() => attestation({}, attester(INSURER)),
				"Transaction has a bad signature",
			],
			[
				"signed for another chain",
				() => attestation({ chain: new Uint8Array(32).fill(7) }),
				"Transaction has a bad signature",
			],
			["by an unknown key", () => attestation({ by: fresh() }), "Invalid signing address"],
			["of one's own document", () => attestation({ by: attester(INSURER) }), "Custom error: 2"],
			["of an unknown record", () => attestation({ record: randomId() }), "Custom error: 1"],
			["of another version", () => attestation({ version: 2 }), "Transaction is outdated"],
			["of another round", () => attestation({ round: due - 1 }), "Transaction is outdated"],
			[
				"of a block to come",
				() => attestation({ at: LARGEST }),
				"Transaction will be valid in the future",
			],
		]) {
			it(`${what} are refused`, () => refused(bytes(), reason));
		}

		it("count once", async () => {
			await send(await attestation());
			await until(async () => (await api.query.records.votes(record)).length === 1, {
				ms: IN_BLOCK_MS,
				what: "the attestation in a block",
			});
			await refused(attestation(), "Custom error: 3");
		});
	});

	describe("our own methods", () => {
		const PARAMETERS = { code: -32602 };
		it("are those that the client knows", async () => {
			const { methods } = await ask("rpc_methods");
			const own = methods.filter((name) => name.startsWith("assent_"));
			assert.deepEqual(own.sort(), Object.values(Method).sort());
		});

		it("say which parameter is wrong", async () => {
			const { patient: id } = patient();
			for (const [method, ...params] of [
				[Method.TrailEntry],
				[Method.TrailEntry, "0x00"],
				[Method.TrailEntry, `0x${"00".repeat(33)}`],
				[Method.PatientTrail, "Ada", null, 1],
				[Method.PatientTrail, `${id}00`, null, 1],
				[Method.PatientTrail, id, null, -1],
				[Method.PatientTrail, id, null, LARGEST + 1],
				[Method.PatientTrail, id, null, "1"],
				[Method.Delivery, id, 1, "nobody", `0x${"00".repeat(32)}`],
			]) {
				await assert.rejects(ask(method, ...params), PARAMETERS, [method, ...params].join(" "));
			}
		});

		it("have nothing for an unknown patient", async () => {
			const nowhere = `0x${"11".repeat(32)}`;
			assert.equal(await ask(Method.TrailEntry, nowhere), null);
			assert.deepEqual(await ask(Method.PatientTrail, randomId(), null, LARGEST), []);
			assert.deepEqual(await ask(Method.PatientTrail, randomId(), nowhere, LARGEST), []);
			const question = { record: randomId(), version: 1, account: fresh().address, entry: nowhere };
			const params = deliveryParams({ ...question, clock: Date.now() });
			const answer = readAnswer(await ask(Method.Delivery, ...params));
			assert.equal(answer.permitted, false);
			assert.equal(answer.reason, "unknown-entry");
		});
	});

	it("leaves the chain going on, with every node", async () => {
		const start = await height(api);
		await until(async () => (await height(api)) > start + 1, {
			ms: IN_BLOCK_MS,
			what: "two more blocks",
		});
		await everyPeer(api);
	});
});
