// Storage read with a proof, and a trail walked back from a proven head. An auditor who believes no
// node works in this way.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { submit } from "@assent/client";
import { MAX_PAGE, Method } from "@assent/client/rpc";
import {
	entryHash,
	entryType,
	ProofError,
	provenFinalHeader,
	readProven,
	verifyProof,
	WalkError,
	walk,
} from "@assent/client/verify";
import { hexToU8a, u8aToHex } from "@polkadot/util";
import { HOSPITAL_B, randomId } from "../lib/accounts.mjs";
import { connect, rpc } from "../lib/chain.mjs";
import { access, grant } from "../lib/consent.mjs";
import { credential, enrolPatient } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";

describe("proofs against a final header", { timeout: 600_000 }, () => {
	let api;
	let ada;
	/** A header whose state has the whole story, final by the validators' signatures. */
	let final;
	/** The encoded entries of the story, by hash, from the events. */
	const entries = new Map();

	const collect = ({ receipt }) => {
		for (const [hash, entry] of receipt.all("trail.EntryWritten")) {
			entries.set(hash.toHex(), entry.toU8a());
		}
	};

	before(async () => {
		api = await connect();
		// Each step is final before the next. Another branch would have another order.
		const how = { final: true };
		ada = await enrolPatient(api, how);
		collect(ada);
		const registered = await registerRecord(api, { patient: ada.patient, ...how });
		collect(registered);
		const { pair } = await credential(api, { organisation: HOSPITAL_B, ...how });
		const attempt = { patient: ada.patient, record: registered.record, pair, ...how };
		collect(await access(api, attempt));
		collect(await grant(api, ada, {}, how));
		collect(await access(api, attempt));
		const withdraw = api.tx.consent.withdraw(ada.patient, 0);
		const receipt = await submit(api, withdraw, ada.pair, how);
		collect({ receipt });
		const { number } = await api.rpc.chain.getHeader(receipt.block);
		final = await provenFinalHeader(api, number.toNumber());
		// The validators' findings about the document come between, in transactions of others. The node
		// gives these entries, and the walk checks them.
		await walk(api, ada.patient, await provenHead(), async (hash) => {
			if (!entries.has(hash)) {
				const bytes = await rpc(api, Method.TrailEntry, hash);
				if (bytes) entries.set(hash, hexToU8a(bytes));
			}
			return entries.get(hash);
		});
	});
	after(() => api?.disconnect());

	const read = (wanted) => readProven(api, final.hash.toHex(), wanted);

	it("the chain keeps its state in version 1", () => {
		const { systemVersion, stateVersion } = api.runtimeVersion;
		assert.equal((systemVersion ?? stateVersion).toNumber(), 1);
	});

	it("a directive and the patient's list are proven, values of more than 32 bytes too", async () => {
		const { values, proof } = await read([
			[api.query.consent.directives, ada.patient, 0],
			[api.query.consent.inForce, ada.patient],
			[api.query.patients.patients, ada.patient],
		]);
		const [row, inForce, patient] = values;
		assert.deepEqual(row.directive.base.purposes.toHuman(), ["Treatment"]);
		assert.equal(row.ended.unwrap().reason.type, "Withdrawn");
		assert.equal(inForce.length, 0);
		assert.equal(patient.controller.toString(), ada.pair.address);
		assert.ok(row.encodedLength > 32);
		const detached = Buffer.from(row.toU8a());
		assert.ok(
			proof.some((item) => detached.equals(Buffer.from(item))),
			"state version 1 sends a large value as an item of its own",
		);
	});

	it("the absence of a value is proven as well", async () => {
		const { values } = await read([
			[api.query.consent.directives, ada.patient, 77],
			[api.query.patients.patients, randomId()],
		]);
		assert.deepEqual(values, [null, null]);
	});

	it("a proof in which anything was changed proves nothing", async () => {
		const { proof, keys, root } = await read([[api.query.consent.directives, ada.patient, 0]]);
		assert.equal(verifyProof({ root, proof, keys }).size, 1);
		for (const [which, item] of proof.entries()) {
			const altered = item.slice();
			altered[altered.length - 1] ^= 1;
			assert.throws(
				() => verifyProof({ root, proof: proof.with(which, altered), keys }),
				ProofError,
			);
			assert.throws(
				() => verifyProof({ root, proof: proof.toSpliced(which, 1), keys }),
				ProofError,
			);
		}
		const other = root.map((byte) => byte ^ 1);
		assert.throws(() => verifyProof({ root: other, proof, keys }), ProofError);
	});

	it("the state of another block has another proof", async () => {
		const parent = await api.rpc.chain.getHeader(final.parentHash);
		const { proof, keys } = await read([[api.query.timestamp.now]]);
		assert.throws(() => verifyProof({ root: parent.stateRoot.toU8a(), proof, keys }), {
			name: "ProofError",
			reason: "missing",
		});
	});

	const provenHead = async () => {
		const { values } = await read([[api.query.trail.patientHeads, ada.patient]]);
		const [{ count, head }] = values;
		return { count: count.toNumber(), head: head.toHex() };
	};

	it("the trail is walked back from its proven head, whole", async () => {
		const head = await provenHead();
		const walked = await walk(api, ada.patient, head, (hash) => entries.get(hash));
		const story = walked.filter(({ act }) => act.type !== "DocumentFound").reverse();
		assert.deepEqual(
			story.map(({ act }) => act.type),
			[
				"Enrolled",
				"RecordRegistered",
				"AccessDecided",
				"DirectiveMade",
				"AccessDecided",
				"DirectiveEnded",
			],
		);
		const [, , denied, , permitted] = story;
		assert.equal(denied.act.asAccessDecided.decision.effect.type, "Deny");
		assert.equal(permitted.act.asAccessDecided.decision.effect.type, "Permit");
	});

	it("a missing or changed entry stops the walk, which says which", async () => {
		const head = await provenHead();
		const hidden = [...entries.keys()][2];
		const hiddenEntry = api.registry.createType(entryType(api), entries.get(hidden));
		const sequence = hiddenEntry.patient.unwrap().sequence.toNumber();
		await assert.rejects(
			walk(api, ada.patient, head, (hash) => (hash === hidden ? null : entries.get(hash))),
			(error) => {
				assert.ok(error instanceof WalkError);
				assert.equal(error.reason, "missing");
				assert.equal(error.hash, hidden);
				assert.equal(error.sequence, sequence);
				return true;
			},
		);
		const forged = entries.get(hidden).slice();
		forged[0] ^= 1;
		assert.notEqual(entryHash(api, forged), hidden);
		await assert.rejects(
			walk(api, ada.patient, head, (hash) => (hash === hidden ? forged : entries.get(hash))),
			{ name: "WalkError", reason: "altered", sequence },
		);
		await assert.rejects(
			walk(api, ada.patient, { ...head, count: head.count - 1 }, (hash) => entries.get(hash)),
			{ name: "WalkError", reason: "misplaced" },
		);
	});

	it("a node that indexes gives the same entries by their hashes", async () => {
		const { count, head } = await provenHead();
		const one = await rpc(api, Method.TrailEntry, head);
		assert.equal(one, u8aToHex(entries.get(head)));
		assert.equal(await rpc(api, Method.TrailEntry, `0x${"00".repeat(32)}`), null);

		const listed = await rpc(api, Method.PatientTrail, ada.patient, head, MAX_PAGE);
		assert.equal(listed.length, count - 1, "those before the head");
		for (const { hash, entry } of listed) assert.equal(entry, u8aToHex(entries.get(hash)));
		const page = await rpc(api, Method.PatientTrail, ada.patient, null, 2);
		assert.equal(page.length, 2);
	});
});
