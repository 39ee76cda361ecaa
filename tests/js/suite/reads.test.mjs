// The versioned runtime APIs: typed by the chain's metadata,
// alone, bounded, and with the same answers.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { submit } from "@assent/client";
import { enrolmentMessage, recoveryMessage } from "@assent/client/messages";
import { MAX_PAGE, Method } from "@assent/client/rpc";
import { u8aToString } from "@polkadot/util";
import {
	controller,
	fresh,
	HOSPITAL_A,
	HOSPITAL_B,
	INSTITUTE,
	INSURER,
	randomId,
} from "../lib/accounts.mjs";
import { connect, now, rpc } from "../lib/chain.mjs";
import { access, decision, grant } from "../lib/consent.mjs";
import { credential, credentialCall, DAY, engagement, enrolPatient } from "../lib/people.mjs";
import { apiMethods, apiVersion } from "../lib/reads.mjs";
import { anchor, labels, registerRecord } from "../lib/records.mjs";
import { PALLETS } from "../lib/refusals.mjs";

const LARGEST = 0xffff_ffff;

describe("runtime APIs", { timeout: 900_000 }, () => {
	let api;
	let ada;
	let clinician;
	let researcher;
	const records = [];
	before(async () => {
		api = await connect();
		ada = await enrolPatient(api);
		for (const kind of ["LabResult", "Imaging", "ClinicalNote"]) {
			const { record } = await registerRecord(api, {
				patient: ada.patient,
				labels: { class: kind },
			});
			records.push(record);
		}
		clinician = (await credential(api, { organisation: HOSPITAL_B })).pair;
		researcher = (await credential(api, { organisation: INSTITUTE, roles: ["Researcher"] })).pair;
		await grant(api, ada, { actors: [{ Organisation: HOSPITAL_B }] });
	});
	after(() => api?.disconnect());

	const check = async (pair, record, purpose = "Treatment", patient = ada.patient) =>
		decision(
			await api.call.consentApi.checkAccess(pair.publicKey, patient, record, purpose, "Access"),
		);

	describe("versions", () => {
		for (const [name, version] of [
			["AcceptancesApi", 1],
			["AllowanceApi", 1],
			["ConsentApi", 1],
			["ConsortiumApi", 1],
			["DeliveryApi", 1],
			["EmergenciesApi", 1],
			["FiguresApi", 1],
			["PatientsApi", 1],
			["RecordsApi", 1],
			["TrailApi", 1],
			["ValidatorsApi", 1],
		]) {
			it(`${name} has one`, () => assert.equal(apiVersion(api, name), version));
		}
		it("an unknown one has none", () => assert.equal(apiVersion(api, "NoApi"), null));
	});

	describe("check_access", () => {
		it("permits a granted access, and names directive and provision", async () => {
			assert.deepEqual(await check(clinician, records[0]), {
				effect: "Permit",
				basis: "Directive",
				directive: 0,
				provision: "Base",
			});
		});

		it("denies another kind, purpose or person, and says at which step", async () => {
			const denied = { effect: "Deny", basis: "NoRule" };
			assert.deepEqual(await check(clinician, records[2]), denied, "a note was not granted");
			assert.deepEqual(await check(clinician, records[0], "Research"), denied, "purpose");
			assert.deepEqual(await check(researcher, records[0]), denied, "organisation");
			assert.deepEqual(
				await check(fresh(), records[0]),
				{ effect: "Deny", basis: "NoCredential" },
				"stranger",
			);
		});

		it("permits the patient", async () => {
			assert.deepEqual(await check(ada.pair, records[2]), {
				effect: "Permit",
				basis: "OwnAccess",
			});
		});

		it("an unknown record or patient looks like any other denial", async () => {
			const denied = { effect: "Deny", basis: "NoRule" };
			assert.deepEqual(await check(clinician, randomId()), denied);
			assert.deepEqual(await check(clinician, records[0], "Treatment", randomId()), denied);
		});

		it("gives the answer that an access then gets", async () => {
			for (const [pair, record] of [
				[clinician, records[0]],
				[clinician, records[2]],
				[researcher, records[1]],
			]) {
				const likely = await check(pair, record);
				const { decision: got } = await access(api, { patient: ada.patient, record, pair });
				assert.deepEqual(got, likely);
			}
		});

		it("answers for a past moment", async () => {
			const at = (moment) =>
				api.call.consentApi.checkAccessAt(
					clinician.publicKey,
					ada.patient,
					records[0],
					"Treatment",
					"Access",
					moment,
				);
			assert.equal((await at(await now(api))).effect.type, "Permit");
			assert.equal((await at(1_000)).effect.type, "Deny");
		});

		it("a question about the present moment gets the same answer", async () => {
			const moment = await now(api);
			for (const record of records) {
				const seen = await api.call.consentApi.checkAccessAt(
					clinician.publicKey,
					ada.patient,
					record,
					"Treatment",
					"Access",
					moment,
				);
				assert.deepEqual(decision(seen), await check(clinician, record));
			}
		});
	});

	describe("paged lists", () => {
		/** Every row, page after page. */
		const pages = async (size, ask, idOf) => {
			const rows = [];
			for (let turn = 0; turn < 50; turn++) {
				const page = await ask(rows.length ? idOf(rows.at(-1)) : null, size);
				assert.ok(page.length <= size, `a page of ${page.length}`);
				rows.push(...page);
				if (page.length < size) return rows;
			}
			throw new Error("the list has no end");
		};

		const hashOf = ({ hash }) => hash;

		it("a patient's records", async () => {
			const ask = (after, limit) => api.call.recordsApi.recordsOf(ada.patient, after, limit);
			const rows = await pages(2, ask, ({ id }) => id);
			assert.deepEqual(rows.map(({ id }) => id.toHex()).sort(), [...records].sort());
			for (const { record, version } of rows) {
				assert.equal(record.patient.toHex(), ada.patient);
				assert.ok(["Pending", "Anchored", "Absent", "Altered"].includes(version.state.type));
			}
			assert.equal((await ask(null, LARGEST)).length, 3);
			assert.equal((await ask(null, 0)).length, 0);
		});

		it("a patient's directives, ended ones too", async () => {
			const bob = await enrolPatient(api);
			for (const purpose of ["Treatment", "Research", "Payment"]) {
				await grant(api, bob, { purposes: [purpose] });
			}
			await submit(api, api.tx.consent.withdraw(bob.patient, 1), bob.pair);
			// This list goes by number, from a first number on.
			const ask = (from, limit) => api.call.consentApi.directivesOf(bob.patient, from, limit);
			const rows = await pages(
				2,
				(last, limit) => ask(last === null ? 0 : last.addn(1), limit),
				([id]) => id,
			);
			assert.deepEqual(
				rows.map(([id]) => id.toNumber()),
				[0, 1, 2],
			);
			assert.deepEqual(
				rows.map(([, row]) => row.ended.isSome),
				[false, true, false],
			);
			assert.deepEqual((await ask(3, 10)).toHuman(), []);
			const inForce = await api.call.consentApi.inForce(bob.patient);
			assert.deepEqual(inForce.toJSON(), [0, 2]);
		});

		it("a page holds a hundred rows at most, whatever is asked for", async () => {
			// The patient is the insurer's: no worker may ask the insurer's vault, so all records wait.
			const bob = await enrolPatient(api, { organisation: INSURER });
			const ids = Array.from({ length: MAX_PAGE + 1 }, randomId);
			const register = (id) => api.tx.records.register(id, bob.patient, labels(), anchor());
			const { block } = await submit(
				api,
				api.tx.utility.batchAll(ids.map(register)),
				controller(INSURER),
				{ shared: true },
			);
			const wanted = [...ids].sort();
			const { recordsApi } = (await api.at(block)).call;
			const page = await recordsApi.recordsOf(bob.patient, null, LARGEST);
			assert.equal(page.length, MAX_PAGE);
			const rest = await recordsApi.recordsOf(bob.patient, page.at(-1).id, LARGEST);
			assert.deepEqual([...page, ...rest].map(({ id }) => id.toHex()).sort(), wanted);

			assert.equal((await recordsApi.awaitingAttestation(null, LARGEST)).length, MAX_PAGE);
			const ask = (after, limit) => recordsApi.awaitingAttestation(after, limit);
			const waiting = await pages(MAX_PAGE, ask, (row) => [row.due, row.record]);
			const found = waiting.map((row) => row.record.toHex()).filter((id) => ids.includes(id));
			assert.deepEqual(found.sort(), wanted, "each once");

			// The head is as of that block. The node indexes the entries when it imports the block.
			const head = await (await api.at(block)).call.trailApi.patientHead(bob.patient);
			assert.equal(head.count.toNumber(), ids.length + 1, "the enrolment, too");
			const trail = (before, limit) => rpc(api, Method.PatientTrail, bob.patient, before, limit);
			const newest = head.head.toHex();
			const older = await trail(newest, LARGEST);
			assert.equal(older.length, MAX_PAGE, "of the hundred and one before the head");
			const walked = [newest, ...(await pages(7, (last) => trail(last ?? newest, 7), hashOf))];
			assert.equal(new Set(walked.map((entry) => entry.hash ?? entry)).size, ids.length + 1);
		});

		it("more practitioners than a page holds", async () => {
			const people = Array.from({ length: MAX_PAGE + 1 }, fresh);
			const at = await now(api);
			const terms = { organisation: INSURER, roles: ["Nurse"], until: at + DAY };
			const calls = await Promise.all(
				people.map((pair) => credentialCall(api, { ...terms, pair })),
			);
			await submit(api, api.tx.utility.batchAll(calls), controller(INSURER), { shared: true });
			const ask = (after, limit) => api.call.consortiumApi.practitionersOf(INSURER, after, limit);
			assert.equal((await ask(null, LARGEST)).length, MAX_PAGE);
			const rows = await pages(MAX_PAGE, ask, ([account]) => account);
			const accounts = rows.map(([account]) => account.toString());
			assert.equal(new Set(accounts).size, accounts.length, "nobody twice");
			for (const { address } of people) assert.ok(accounts.includes(address), address);
		});

		it("a patient's open requests", async () => {
			const bob = await enrolPatient(api);
			const terms = [[{ Organisation: HOSPITAL_B }], ["Treatment"], ["LabResult"], null, null];
			await submit(api, api.tx.consent.request(bob.patient, ...terms), clinician);
			await submit(api, api.tx.consent.request(bob.patient, ...terms), clinician);
			await submit(api, api.tx.consent.refuseRequest(bob.patient, 0), bob.pair);
			const requests = () => api.call.consentApi.requestsOf(bob.patient, 0, MAX_PAGE);
			const open = async () => (await requests()).filter(([, row]) => row.state.isOpen);
			assert.equal((await requests()).length, 2, "answered ones too");
			const waiting = await open();
			assert.equal(waiting.length, 1);
			const [[id, row]] = waiting;
			assert.equal(id.toNumber(), 1);
			assert.equal(row.by.toString(), clinician.address);
			assert.equal(row.state.type, "Open");
			await submit(api, api.tx.consent.approveRequest(bob.patient, 1), bob.pair);
			assert.equal((await open()).length, 0);
		});

		it("an organisation's practitioners", async () => {
			const ask = (after, limit) => api.call.consortiumApi.practitionersOf(INSTITUTE, after, limit);
			const rows = await pages(3, ask, ([account]) => account);
			const accounts = rows.map(([account]) => account.toString());
			assert.ok(accounts.includes(researcher.address));
			assert.ok(!accounts.includes(clinician.address));
			assert.equal(new Set(accounts).size, accounts.length, "nobody twice");
			assert.ok((await ask(null, LARGEST)).length <= MAX_PAGE);
		});

		it("records that await attestation, the earliest first", async () => {
			// The list is as of the registering block, because attestations may come within seconds.
			const { record, receipt } = await registerRecord(api, { patient: ada.patient });
			const { recordsApi } = (await api.at(receipt.block)).call;
			const rows = await recordsApi.awaitingAttestation(null, LARGEST);
			assert.ok(rows.length <= MAX_PAGE);
			const dues = rows.map(({ due }) => due.toNumber());
			assert.deepEqual(
				dues,
				[...dues].sort((a, b) => a - b),
			);
			const ask = (after, limit) => recordsApi.awaitingAttestation(after, limit);
			const all = await pages(40, ask, (row) => [row.due, row.record]);
			const waiting = all.map((row) => row.record.toHex());
			assert.ok(waiting.includes(record), record);
			records.push(record);
		});

		it("a patient's trail: its head, and the entries that the node kept", async () => {
			// Each read is as of one block, because findings about the documents come meanwhile.
			const block = (await api.rpc.chain.getBlockHash()).toHex();
			const { call, query } = await api.at(block);
			const head = await call.trailApi.patientHead(ada.patient);
			const stored = await query.trail.patientHeads(ada.patient);
			assert.ok(head.count.toNumber() >= 5);
			assert.equal(head.head.toHex(), stored.head.toHex());
		});

		it("an organisation's trail", async () => {
			const head = await api.call.trailApi.organisationHead(HOSPITAL_B);
			assert.ok(head.count.toNumber() > 0);
		});

		it("an unknown patient or organisation has empty lists", async () => {
			assert.equal((await api.call.recordsApi.recordsOf(randomId(), null, 10)).length, 0);
			assert.equal((await api.call.consentApi.directivesOf(randomId(), null, 10)).length, 0);
			assert.equal((await api.call.consortiumApi.practitionersOf(LARGEST, null, 10)).length, 0);
			assert.ok((await api.call.recordsApi.record(randomId())).isNone);
		});
	});

	describe("reads for wallets", () => {
		it("each pallet's are described", () => {
			for (const pallet of [...PALLETS, "Allowance"]) {
				const methods = apiMethods(api, `${pallet}Api`);
				assert.ok(methods.size > 0, pallet);
				for (const [name, { docs }] of methods) {
					assert.ok(docs.join(" ").length > 20, `${pallet}.${name}`);
				}
			}
		});

		it("the chain gives the text that a patient signs to be enrolled", async () => {
			const { publicKey } = fresh();
			const patient = randomId();
			const [number, message] = await api.call.patientsApi.enrolmentToSign(
				HOSPITAL_A,
				patient,
				publicKey,
			);
			assert.equal(
				u8aToString(message.toU8a(true)),
				enrolmentMessage({
					genesis: api.genesisHash.toHex(),
					organisation: HOSPITAL_A,
					patient,
					account: publicKey,
					number: number.toNumber(),
				}),
			);
		});

		it("the chain gives the text that a new account signs to take over a patient id", async () => {
			const { publicKey } = fresh();
			const { recoveryToSign } = api.call.patientsApi;
			const [number, message] = (await recoveryToSign(ada.patient, publicKey)).unwrap();
			assert.equal(
				u8aToString(message.toU8a(true)),
				recoveryMessage({
					genesis: api.genesisHash.toHex(),
					organisation: HOSPITAL_A,
					patient: ada.patient,
					account: publicKey,
					number: number.toNumber(),
				}),
			);
			assert.ok((await recoveryToSign(randomId(), publicKey)).isNone);
		});

		it("the chain says how many engagements an account has begun", async () => {
			const number = async ({ publicKey }) =>
				(await api.call.consortiumApi.engagements(publicKey)).toNumber();
			assert.equal(await number(clinician), 1);
			assert.equal(await number(fresh()), 0);
			const { fields } = await engagement(api, { organisation: HOSPITAL_A, pair: clinician });
			assert.equal(fields.number, 1, "the storage says the same");
		});

		it("an account finds its patient id", async () => {
			const seen = await api.call.patientsApi.patientOf(ada.pair.publicKey);
			assert.equal(seen.unwrap().toHex(), ada.patient);
			assert.ok((await api.call.patientsApi.patientOf(fresh().publicKey)).isNone);
		});
	});

	describe("bad input", () => {
		const alive = async () => assert.ok((await api.rpc.system.health()).isSyncing.isFalse);

		it("malformed and oversized input to a runtime API is an error, and the node goes on", async () => {
			for (const [what, input] of [
				["nothing", "0x"],
				["too short", "0x0102"],
				["an unknown purpose", `0x${"00".repeat(64)}ff00`],
				["a megabyte", `0x${"ff".repeat(1 << 20)}`],
			]) {
				await assert.rejects(
					api.rpc.state.call("ConsentApi_check_access", input),
					/decode|Execution|failed|memory/i,
					what,
				);
			}
			await assert.rejects(api.rpc.state.call("ConsentApi_no_such", "0x"), /ConsentApi_no_such/);
			await alive();
		});
	});
});
