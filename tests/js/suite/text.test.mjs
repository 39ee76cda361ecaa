// Free text: a name and a diagnosis must not stand in a block, not even in a call that fails. Every
// account of the network tries each call that holds bytes of any length. The pool refuses each of
// them, and no block body contains the text.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { IN_BLOCK_MS } from "@assent/client";
import { stringToHex } from "@polkadot/util";
import { controller, fresh, INSURER, validator } from "../lib/accounts.mjs";
import { connect, height, rpc } from "../lib/chain.mjs";
import { grant, grantCall } from "../lib/consent.mjs";
import { credential, enrolPatient } from "../lib/people.mjs";
import { anchor, labels } from "../lib/records.mjs";
import { CALL_REFUSED, NOT_FOR_SENDER, refusedAtPool } from "../lib/refusals.mjs";
import { until } from "../lib/wait.mjs";

/** The part of the text that every call here holds: sixteen bytes, which fit into a call's name. */
const NAME = "Maria Musterfrau";
const TEXT = `${NAME}, *1980-02-03, HIV positive`;

describe("free text", { timeout: 900_000 }, () => {
	let api;
	let ada;
	/** The accounts that try, by their roles. */
	let people;
	/** The number of the best block before the first try. */
	let start;
	before(async () => {
		api = await connect();
		ada = await enrolPatient(api, { organisation: INSURER });
		const { pair: clinician } = await credential(api, { organisation: INSURER });
		people = {
			patient: ada.pair,
			clinician,
			controller: controller(INSURER),
			validator: validator(INSURER),
		};
		start = await height(api);
	});
	after(() => api?.disconnect());

	const hex = stringToHex(TEXT);
	const stored = () => api.tx.system.setStorage([[hex, hex]]);
	const remark = () => api.tx.system.remark(hex);
	const weight = { refTime: 1_000_000_000, proofSize: 10_000 };

	/** The calls, with the roles that may send the call with other bytes in it. */
	const CALLS = [
		["system.setStorage", stored],
		["system.killStorage", () => api.tx.system.killStorage([hex])],
		["system.killPrefix", () => api.tx.system.killPrefix(hex, 1)],
		["system.setCode", () => api.tx.system.setCode(hex)],
		[
			"system.setCode, as long as a transaction may be",
			() => api.tx.system.setCode(stringToHex(TEXT.repeat(1_450))),
		],
		["system.setCodeWithoutChecks", () => api.tx.system.setCodeWithoutChecks(hex)],
		["system.applyAuthorizedUpgrade", () => api.tx.system.applyAuthorizedUpgrade(hex)],
		["system.remark", remark],
		["system.remarkWithEvent", () => api.tx.system.remarkWithEvent(hex)],
		["session.setKeys", () => api.tx.session.setKeys(new Uint8Array(96), hex), "validator"],
		["consortium.admit", () => api.tx.consortium.admit(TEXT, "Hospital", fresh().publicKey)],
		["consortium.proposeEndpoint", () => api.tx.consortium.proposeEndpoint(TEXT), "controller"],
		[
			"consortium.setBasePolicy",
			() => {
				const policy = { base: { effect: "Deny" }, exceptions: [] };
				return api.tx.consortium.setBasePolicy(TEXT, new Uint8Array(32), policy);
			},
			"controller",
		],
		[
			"records.register",
			() => {
				const document = anchor({ cid: hex });
				return api.tx.records.register(ada.patient, ada.patient, labels(), document);
			},
			"controller",
		],
		["txPause.pause", () => api.tx.txPause.pause([NAME, "HIV positive"])],
		["council.propose", () => api.tx.council.propose(3, stored(), 1_000), "controller"],
		[
			"council.propose of a pause",
			() => api.tx.council.propose(3, api.tx.txPause.pause([NAME, "HIV positive"]), 1_000),
			"controller",
		],
		["council.execute", () => api.tx.council.execute(stored(), 1_000)],
		["preimage.notePreimage", () => api.tx.preimage.notePreimage(hex)],
		["scheduler.schedule", () => api.tx.scheduler.schedule(4_000_000, null, 0, stored())],
		["utility.batch", () => api.tx.utility.batch([stored()])],
		["utility.batchAll", () => api.tx.utility.batchAll([remark()])],
		["utility.forceBatch", () => api.tx.utility.forceBatch([stored(), remark()])],
		["utility.ifElse", () => api.tx.utility.ifElse(api.tx.utility.batch([]), stored())],
		["utility.dispatchAs", () => api.tx.utility.dispatchAs({ system: "Root" }, stored())],
		["utility.withWeight", () => api.tx.utility.withWeight(stored(), weight)],
		["utility.asDerivative", () => api.tx.utility.asDerivative(0, stored())],
	];
	for (const [what, call, role] of CALLS) {
		it(`${what} is refused at the pool, whoever signs`, async () => {
			for (const [who, pair] of Object.entries(people)) {
				assert.ok(call().method.toHex().includes(stringToHex(NAME).slice(2)), "the text is in it");
				const reason = role === undefined || role === who ? CALL_REFUSED : NOT_FOR_SENDER;
				await refusedAtPool(api, call(), pair, { reason });
			}
		});
	}

	/** The bytes of every transaction in the blocks since the first try, in hex. */
	const bodies = async () => {
		const found = [];
		for (let number = start; number <= (await height(api)); number++) {
			const hash = await api.rpc.chain.getBlockHash(number);
			const { block } = await rpc(api, "chain_getBlock", hash.toHex());
			found.push(...block.extrinsics);
		}
		return found;
	};
	const holding = (transactions, bytes) =>
		transactions.filter((transaction) => transaction.includes(bytes.slice(2)));

	it("stands in no block since, and waits in no pool", async () => {
		// The grant shows that the search finds what stands in a block.
		const granted = grantCall(api, ada.patient).method.toHex();
		await grant(api, ada);
		const last = await height(api);
		await until(async () => (await height(api)) > last + 1, {
			ms: IN_BLOCK_MS,
			what: "two more blocks",
		});
		const transactions = await bodies();
		assert.equal(holding(transactions, granted).length, 1, "the grant is found");
		assert.deepEqual(holding(transactions, stringToHex(NAME)), []);
		const waiting = await rpc(api, "author_pendingExtrinsics");
		assert.deepEqual(holding(waiting, stringToHex(NAME)), []);
	});
});
