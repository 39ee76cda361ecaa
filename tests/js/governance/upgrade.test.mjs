// The council upgrades the runtime while people work: another spec version, with a migration. No work
// is lost, and clients that were connected go on. ASSENT_UPGRADE names the wasm that
// tests/network/build-upgrade made.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { PoolRefusal, submit, watch } from "@assent/client";
import { ApiPromise, WsProvider } from "@polkadot/api";
import { u8aToHex } from "@polkadot/util";
import { blake2AsHex } from "@polkadot/util-crypto";
import { fresh, HOSPITAL_B } from "../lib/accounts.mjs";
import { ENDPOINT } from "../lib/chain.mjs";
import { agentCall } from "../lib/people.mjs";
import { CALL_REFUSED } from "../lib/refusals.mjs";
import { signWith } from "../lib/sign.mjs";
import { until } from "../lib/wait.mjs";
import { enact, height, key } from "./lib/council.mjs";
import { Node } from "./lib/nodes.mjs";
import { Traffic } from "./lib/traffic.mjs";

const NODES = ["Alpha", "Beta", "Gamma", "Delta"];

/**
 * Connects a client that stays connected through an upgrade. polkadot.js 16.5 reads metadata V16 on
 * connecting, and V14 after an upgrade. The types of V14 have other numbers, and polkadot.js then
 * decodes no event. This client gets V14 from the start. A client with V16 has to connect anew.
 */
async function connectToStay() {
	const provider = new WsProvider(ENDPOINT, 1_000, {}, 60_000);
	await provider.isReady;
	const [genesis, { specVersion }, metadata] = await Promise.all([
		provider.send("chain_getBlockHash", [0]),
		provider.send("state_getRuntimeVersion", []),
		provider.send("state_getMetadata", []),
	]);
	const given = { [`${genesis}-${specVersion}`]: metadata };
	return ApiPromise.create({ provider, metadata: given, noInitWarn: true });
}

describe("a runtime upgrade", { timeout: 900_000 }, () => {
	let api;
	let code;
	let traffic;
	let rows;
	before(async () => {
		const path = process.env.ASSENT_UPGRADE;
		assert.ok(path, "set ASSENT_UPGRADE to what tests/network/build-upgrade prints");
		code = readFileSync(path);
		api = await connectToStay();
		assert.equal(api.runtimeVersion.specVersion.toNumber(), 1);
		traffic = [];
		// One starts after the other, because the same account enrols all of them.
		while (traffic.length < 3) traffic.push(await Traffic.start(api));
	});
	after(async () => {
		await Promise.allSettled(traffic?.map((one) => one.stop()) ?? []);
		await api?.disconnect();
	});

	const apply = (bytes) => watch(api, api.tx.system.applyAuthorizedUpgrade(u8aToHex(bytes)));
	const work = () => traffic.reduce((sum, { done }) => sum + done.length, 0);
	async function goesOn() {
		const before = traffic.map(({ done }) => done.length);
		await until(
			async () => {
				await Promise.race([...traffic.map(({ finished }) => finished), Promise.resolve()]);
				return traffic.every(({ done }, which) => done.length >= before[which] + 4);
			},
			{ ms: 240_000, what: "people to go on working" },
		);
	}

	/** The code with another last byte. Each refusal has its own, because a node bans refused bytes. */
	function other(flip) {
		const changed = Uint8Array.from(code);
		changed[changed.length - 1] ^= flip;
		return changed;
	}

	it("is refused without the council", async () => {
		await goesOn();
		await assert.rejects(apply(other(1)), (error) => error instanceof PoolRefusal);
	});

	it("is authorised by two thirds, after the delay, for exactly one code", async () => {
		const { events } = await enact(api, api.tx.system.authorizeUpgrade(blake2AsHex(code, 256)));
		const { data } = events.find(({ method }) => method === "UpgradeAuthorized");
		assert.equal(data.codeHash.toHex(), blake2AsHex(code, 256));
		assert.ok(data.checkVersion.isTrue);
		await assert.rejects(apply(other(2)), (error) => error instanceof PoolRefusal);
	});

	it("is applied by anyone, and every node runs it in the next block", async () => {
		const all = async () =>
			(await api.query.validators.validators.entries()).map(([at, row]) => [
				at.args[0].toString(),
				row.unwrap().toJSON(),
			]);
		rows = await all();
		assert.equal(rows.length, 4);
		assert.equal("since" in rows[0][1], false);
		const stale = await signWith(
			api,
			await agentCall(api, { organisation: HOSPITAL_B, pair: fresh() }),
			key("//Beta"),
			{
				era: 0,
			},
		);

		const from = (await api.rpc.chain.getHeader()).number.toNumber();
		await api.rpc.author.submitExtrinsic(api.tx.system.applyAuthorizedUpgrade(u8aToHex(code)));
		const alpha = new Node("Alpha");
		await until(async () => (await alpha.rpc("state_getRuntimeVersion")).specVersion === 2, {
			ms: 60_000,
			what: "the new code to be applied",
		});
		const number = (await alpha.best()) + 2;
		await height(api, number);
		console.log(`applied between blocks ${from} and ${number}`);
		await until(() => api.runtimeVersion.specVersion.toNumber() === 2, {
			ms: 30_000,
			what: "the client that was connected to follow",
		});
		for (const member of NODES) {
			const node = new Node(member);
			await node.waitFinal(number);
			assert.equal((await node.rpc("state_getRuntimeVersion")).specVersion, 2, member);
		}
		// The new runtime refuses a signature for the old runtime.
		await assert.rejects(watch(api, stale), (error) => error instanceof PoolRefusal);

		// The migration keeps the same rows, and adds a field to each.
		const session = (await api.query.session.currentIndex()).toNumber();
		const migrated = await all();
		assert.equal(migrated.length, rows.length);
		for (const [who, { since, ...rest }] of migrated) {
			assert.ok(Number.isInteger(since) && since <= session, `${who}: ${since}`);
			assert.deepEqual(rest, Object.fromEntries(rows)[who]);
		}
		assert.equal((await api.query.validators.palletVersion()).toNumber(), 2);
	});

	it("can't be applied a second time", async () => {
		await assert.rejects(apply(code), (error) => error instanceof PoolRefusal);
		// No account sends the code, signed. The code goes to the pool without a signature.
		const signed = submit(api, api.tx.system.applyAuthorizedUpgrade("0x00"), key("//Beta"));
		await assert.rejects(signed, (error) => {
			assert.ok(error instanceof PoolRefusal, `not refused by the pool: ${error.stack}`);
			assert.match(error.reason, CALL_REFUSED);
			return true;
		});
	});

	it("lost nothing of what people did, before, during and after", async () => {
		await goesOn();
		await Promise.all(traffic.map((one) => one.stop()));
		const last = (await api.rpc.chain.getHeader()).number.toNumber();
		await new Node("Delta").waitFinal(last);
		for (const { done, patient, record } of traffic) {
			const granted = done.filter(({ what }) => what === "granted");
			// The chain has each directive once, in order, ended by its withdrawal.
			const kept = await api.query.consent.directives.entries(patient.patient);
			assert.deepEqual(
				kept.map(([at]) => at.args[1].toNumber()).sort((a, b) => a - b),
				granted.map(({ directive }) => directive),
			);
			for (const [, row] of kept) assert.ok(row.unwrap().ended.isSome);
			// No vault has the document. The first finding says so, and later checks change nothing.
			await until(
				async () => (await api.query.records.versions(record, 1)).unwrap().state.isAbsent,
				{ ms: 120_000, what: "the document to be found absent" },
			);
			// The trail has an entry for each thing done, and three more: the enrolment, the record's
			// registration and the finding.
			const { count } = await api.query.trail.patientHeads(patient.patient);
			assert.equal(count.toNumber(), done.length + 3);
			// Each block of these is on the final chain.
			for (const { block } of done) {
				const { number } = await api.rpc.chain.getHeader(block);
				assert.equal((await api.rpc.chain.getBlockHash(number.toNumber())).toHex(), block);
			}
		}
		const slowest = Math.max(...traffic.map((one) => one.slowest));
		const again = traffic.reduce((sum, one) => sum + one.again, 0);
		console.log(`${work()} things done, ${again} signed anew, the slowest took ${slowest} ms`);
	});
});
