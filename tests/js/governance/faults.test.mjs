// Faults of machines and lines: killed in the middle of a block, cut in two, alone, lossy, an hour
// wrong, full. No final block and no grant is lost, and finality resumes by itself. Run this file
// through tests/network/with-hosts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { CLOCKS_MS } from "@assent/client/delivery";
import { MAX_PAGE, Method } from "@assent/client/rpc";
import { connect } from "../lib/chain.mjs";
import { grant } from "../lib/consent.mjs";
import { enrolPatient } from "../lib/people.mjs";
import { sleep, until } from "../lib/wait.mjs";
import { cut, Host, lose, mend } from "./lib/hosts.mjs";

/** A shell's status of a process that ended because a page of a mapped file had no room. */
const SIGBUS = 128 + 7;

/** The log lines of a damaged database. */
const DAMAGE = /corrupt|Corruption|state already discarded|panicked/;

describe("faults", { timeout: 2_400_000 }, () => {
	const hosts = ["Alpha", "Beta", "Gamma", "Delta"].map((member) => new Host(member));
	const [alpha, beta, gamma, delta] = hosts;
	let api;
	let ada;
	let ben;
	before(async () => {
		api = await connect();
		ada = await enrolPatient(api);
		ben = await enrolPatient(api);
		await delta.waitFinal(await alpha.best());
	});
	after(() => api?.disconnect());

	beforeEach(() => {
		for (const host of hosts) host.mark();
	});

	// After each test all four agree again, and go on.
	afterEach(async () => {
		await mend();
		const best = await alpha.best();
		await Promise.all(hosts.map((host) => host.waitFinal(best + 2, 240_000)));
		const hashes = await Promise.all(hosts.map((host) => host.rpc("chain_getBlockHash", [best])));
		assert.equal(new Set(hashes).size, 1, `block ${best}: ${hashes}`);
		// Votes also go by way of others, so finality alone does not show that every line works.
		const votes = () => Promise.all(hosts.map((host) => host.votesWith()));
		await until(async () => (await votes()).every((others) => others === 3), {
			ms: 120_000,
			what: "each to exchange votes with each",
			every: 1_000,
		});
	});

	/** The number of blocks that become final on a host within `ms` milliseconds. */
	async function finalised(host, ms) {
		const from = await host.final();
		await sleep(ms);
		return (await host.final()) - from;
	}

	/** Waits until a final block has this directive. */
	async function becomesFinal({ patient }, directive) {
		await until(
			async () => {
				const at = await api.at(await api.rpc.chain.getFinalizedHead());
				return (await at.query.consent.directives(patient, directive)).isSome;
			},
			{ ms: 120_000, what: `directive ${directive} to be final` },
		);
	}

	it("killed in the middle of a block, again and again: the database is whole", async () => {
		const seen = [];
		for (let round = 0; round < 8; round++) {
			// Each round kills at another place in a slot.
			await sleep(1_000 + round * 290);
			const number = await delta.final();
			seen.push([number, await delta.rpc("chain_getBlockHash", [number])]);
			await delta.stop("KILL");
			await delta.start();
		}
		for (const [number, hash] of seen) {
			assert.equal(await delta.rpc("chain_getBlockHash", [number]), hash, `block ${number}`);
		}
		assert.doesNotMatch(delta.logged(), DAMAGE);
	});

	it("cut in two halves: nothing becomes final, and no grant of either half is lost", async () => {
		const other = await connect(gamma.ws);
		try {
			await cut([alpha, beta], [gamma, delta]);
			await sleep(10_000);
			const final = await alpha.final();
			await until(async () => (await alpha.best()) > final + 6, {
				ms: 120_000,
				what: "blocks to go on without finality",
			});
			const [one, two] = await Promise.all([
				grant(api, ada, {}, { branches: true }),
				grant(other, ben, {}, { branches: true }),
			]);
			assert.equal(await finalised(alpha, 20_000), 0);
			assert.ok((await alpha.final()) - final <= 1);
			const split = Math.min(await alpha.best(), await gamma.best());
			const heads = await Promise.all(
				[alpha, gamma].map((host) => host.rpc("chain_getBlockHash", [split])),
			);
			assert.notEqual(heads[0], heads[1], "both halves made blocks of their own");
			await mend();
			const healed = Date.now();
			await until(async () => (await alpha.final()) > split, {
				ms: 240_000,
				what: "finality to resume",
				every: 500,
			});
			console.log(`final again ${Date.now() - healed} ms after the line was mended`);
			for (const [patient, { directive }] of [
				[ada, one],
				[ben, two],
			]) {
				// The losing half put the transaction back into its pool, and then into a block again.
				await becomesFinal(patient, directive);
			}
		} finally {
			await other.disconnect();
		}
	});

	it("one alone: the others go on, and it catches up", async () => {
		await cut([delta], [alpha, beta, gamma]);
		await sleep(10_000);
		assert.ok((await finalised(alpha, 30_000)) >= 8);
		assert.equal(await finalised(delta, 10_000), 0);
	});

	it("30 of 100 packets lost: slower, and no grant is lost", async () => {
		await lose(30);
		const blocks = await finalised(alpha, 90_000);
		console.log(`${blocks} blocks final in 90 s with 30% of the packets lost`);
		assert.ok(blocks >= 5, `${blocks} blocks`);
		// This loss breaks connections too. Finality may stand still for minutes, until it ends.
		const { directive } = await grant(api, ada, {}, { branches: true });
		await mend();
		await becomesFinal(ada, directive);
	});

	for (const clock of ["+1h", "-1h"]) {
		it(`a clock ${clock} wrong: the others are not disturbed, set right it is back`, async () => {
			await delta.stop();
			await delta.start({ clock });
			await sleep(20_000);
			assert.ok((await finalised(alpha, 30_000)) >= 8);
			const { timestamp } = api.query;
			const drift = Math.abs((await timestamp.now()).toNumber() - Date.now());
			// A vault with a right clock still delivers.
			assert.ok(drift <= CLOCKS_MS, `the chain's time is ${drift} ms off`);
			await delta.stop();
			await delta.start();
		});
	}

	/** Waits until Delta's node has ended by itself. @returns {Promise<number>} its exit status */
	async function ended() {
		await until(() => delta.exit() !== null, { ms: 120_000, what: "Delta's node to end" });
		return delta.exit();
	}

	it("a disk that fills up: its node ends and says why, and with room again it is whole", async () => {
		const kept = await delta.finalBlock();
		await delta.fillDisk(8);
		assert.equal(await ended(), 1);
		assert.match(delta.logged(), /This node ends: .* has \d MiB free/);
		assert.ok((await finalised(alpha, 30_000)) >= 8);
		// The node refuses to start as well, before it touches the database.
		await delta.launch();
		assert.equal(await ended(), 1);
		assert.match(delta.logged(), /^assent-node: .*the disk .* make room/m);
		await delta.freeDisk();
		await delta.start();
		assert.ok(await delta.has(kept));
		assert.doesNotMatch(delta.logged(), DAMAGE);
	});

	it("a disk full at once, in the middle of a write: its database is whole", async () => {
		const kept = await delta.finalBlock();
		await delta.fillDisk();
		// Grants give the database something to write.
		for (let round = 0; round < 5; round++) await grant(api, ben);
		// The system ends the node when the database has no room for a page. The node ends itself when
		// its look after a block finds too little room.
		const how = await ended();
		console.log(`ended with ${how}`);
		assert.ok(how === SIGBUS || how === 1, `ended with ${how}`);
		await delta.freeDisk();
		await delta.start();
		assert.ok(await delta.has(kept));
		assert.doesNotMatch(delta.logged(), DAMAGE);
	});

	it("a node that joins warp-syncs, and has the state and the finality", async () => {
		const epsilon = new Host("Epsilon");
		await epsilon.start({ options: "--sync warp" });
		try {
			await epsilon.waitFinal(await alpha.final(), 240_000);
			assert.match(readFileSync(epsilon.log, "utf8"), /Warp sync is complete/);
			// The entries lie beside the state. The node has none of blocks that it did not execute.
			const trail = (host) => host.rpc(Method.PatientTrail, [ada.patient, null, MAX_PAGE]);
			assert.notEqual((await trail(alpha)).length, 0);
			assert.deepEqual(await trail(epsilon), []);
			const there = await connect(epsilon.ws);
			try {
				const row = await there.query.patients.patients(ada.patient);
				assert.ok(row.isSome);
			} finally {
				await there.disconnect();
			}
		} finally {
			await epsilon.stop();
		}
	});

	it("all killed at once: they come back and go on where they were", async () => {
		const made = await grant(api, ada);
		const { number } = await api.rpc.chain.getHeader(made.receipt.block);
		await delta.waitFinal(number.toNumber());
		const kept = await Promise.all(hosts.map((host) => host.finalBlock()));
		await Promise.all(hosts.map((host) => host.stop("KILL")));
		await Promise.all(hosts.map((host) => host.start()));
		const began = Date.now();
		const goesOn = Math.max(...kept.map((block) => block.number)) + 4;
		await Promise.all(hosts.map((host) => host.waitFinal(goesOn, 240_000)));
		console.log(`final again ${Date.now() - began} ms after the last one answered`);
		for (const [which, host] of hosts.entries()) {
			assert.ok(await host.has(kept[which]), `${host.member} lost ${kept[which].number}`);
			assert.doesNotMatch(host.logged(), DAMAGE, host.member);
		}
		await until(() => api.isConnected, { ms: 60_000, what: "the client to be connected again" });
		assert.ok((await api.query.consent.directives(ada.patient, made.directive)).isSome);
		await grant(api, ada);
	});
});
