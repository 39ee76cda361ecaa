// Readable names: a person reads names instead of numbers in calls, storage and events, and a
// description with every call.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { submit } from "@assent/client";
import { u8aToHex } from "@polkadot/util";
import { fresh, HOSPITAL_B, randomId } from "../lib/accounts.mjs";
import { connect, now } from "../lib/chain.mjs";
import { access, grant } from "../lib/consent.mjs";
import { credential, enrolPatients } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";

/** Assent's own pallets, as polkadot.js names them. */
const OURS = [
	"consortium",
	"validators",
	"patients",
	"acceptances",
	"records",
	"consent",
	"emergencies",
];

/** A name as the chain writes the name. polkadot.js writes humps. */
const snakeCase = (name) => name.replace(/[A-Z]/g, (hump) => `_${hump.toLowerCase()}`);

/** A rule with the given criteria and no other. */
function provision(effect, given = {}) {
	const none = {
		actors: [],
		purposes: [],
		actions: [],
		classes: [],
		codes: [],
		confidentialities: [],
		sensitivities: [],
		authored: { from: null, to: null },
		authors: [],
		encounters: [],
		records: [],
		period: { from: null, until: null },
	};
	return { effect, ...none, ...given };
}

describe("readable names", { timeout: 600_000 }, () => {
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

	/** The call of a transaction in its block, in the form for people. */
	const inBlock = async ({ block, extrinsic }) => {
		const { extrinsics } = (await api.rpc.chain.getBlock(block)).block;
		// The method alone, because polkadot.js shows the tip of an extrinsic, and Assent has no tip.
		return extrinsics.find(({ hash }) => hash.eq(extrinsic.hash)).method.toHuman();
	};

	it("a grant in its block names actors, purposes and kinds", async () => {
		const clinician = fresh();
		const group = randomId();
		const until = (await now(api)) + 3_600_000;
		// No set is in order here. The encoding must be in order, or the signature would be invalid.
		const { receipt } = await grant(api, ada, {
			actors: [
				{ RoleAt: { role: "Nurse", organisation: 3 } },
				{ Group: group },
				{ Role: "Pharmacist" },
				{ Organisation: 2 },
				{ Organisation: 1 },
				{ Practitioner: u8aToHex(clinician.publicKey) },
			],
			purposes: [{ Other: group }, "Research", "Treatment"],
			classes: ["Imaging", "LabResult", "ClinicalNote"],
			until,
		});
		const { section, method, args } = await inBlock(receipt);
		assert.deepEqual([section, method], ["consent", "grant"]);
		assert.equal(args.patient, ada.patient);
		assert.deepEqual(args.purposes, ["Treatment", "Research", { Other: group }]);
		assert.deepEqual(args.classes, ["ClinicalNote", "LabResult", "Imaging"]);
		assert.deepEqual(args.actors, [
			{ Practitioner: u8aToHex(clinician.publicKey) },
			{ Organisation: "1" },
			{ Organisation: "2" },
			{ Role: "Pharmacist" },
			{ Group: group },
			{ RoleAt: { role: "Nurse", organisation: "3" } },
		]);
		assert.equal(Number(args.until.replaceAll(",", "")), until);
	});

	it("a value twice in a set is refused before it is signed", async () => {
		await assert.rejects(grant(api, ada, { classes: ["Imaging", "Imaging"] }), /Duplicate value/);
	});

	it("a directive in storage says the same", async () => {
		const { directive } = await grant(api, ada, { classes: ["Imaging", "LabResult"] });
		const row = (await api.query.consent.directives(ada.patient, directive)).toHuman();
		const { base, exceptions } = row.directive;
		assert.equal(base.effect, "Permit");
		assert.deepEqual(base.actors, [{ Organisation: "1" }]);
		assert.deepEqual(base.purposes, ["Treatment"]);
		assert.deepEqual(base.actions, ["Access", "Use"]);
		assert.deepEqual(base.classes, ["LabResult", "Imaging"]);
		assert.deepEqual(exceptions, []);
		assert.equal(row.ended, null);
	});

	it("the whole directive model goes there and back", async () => {
		const [code, sensitivity, author, encounter, record] = Array.from({ length: 5 }, randomId);
		const directive = {
			base: provision("Deny", {
				purposes: ["Research", "Payment"],
				confidentialities: ["VeryRestricted", "Restricted"],
				authored: { from: 600, to: 672 },
				sensitivities: [sensitivity],
			}),
			exceptions: [
				provision("Permit", {
					actors: [{ Role: "Researcher" }],
					actions: ["Use", "Access"],
					codes: [code],
					authors: [author],
					encounters: [encounter],
					records: [record],
				}),
			],
		};
		const receipt = await submit(
			api,
			api.tx.consent.makeDirective(ada.patient, directive, null),
			ada.pair,
		);
		const made = receipt.event("consent.DirectiveMade");
		assert.equal(made.effect.type, "Deny");
		const { args } = await inBlock(receipt);
		const row = await api.query.consent.directives(ada.patient, made.directive);
		for (const shown of [args.directive, row.toHuman().directive]) {
			assert.equal(shown.base.effect, "Deny");
			assert.deepEqual(shown.base.purposes, ["Payment", "Research"]);
			assert.deepEqual(shown.base.confidentialities, ["Restricted", "VeryRestricted"]);
			assert.deepEqual(shown.base.sensitivities, [sensitivity]);
			assert.deepEqual(shown.base.authored, { from: "600", to: "672" });
			const [exception] = shown.exceptions;
			assert.equal(exception.effect, "Permit");
			assert.deepEqual(exception.actors, [{ Role: "Researcher" }]);
			assert.deepEqual(exception.actions, ["Access", "Use"]);
			assert.deepEqual(exception.codes, [code]);
			assert.deepEqual(exception.authors, [author]);
			assert.deepEqual(exception.encounters, [encounter]);
			assert.deepEqual(exception.records, [record]);
		}
	});

	it("a credential and a record say their roles and labels", async () => {
		const { pair } = await credential(api, { roles: ["EmergencyClinician", "Clinician"] });
		const credentialed = (await api.query.consortium.practitioners(pair.publicKey)).toHuman();
		assert.deepEqual(credentialed.roles, ["Clinician", "EmergencyClinician"]);
		const { record } = await registerRecord(api, {
			patient: ada.patient,
			labels: { class: "Genetics", confidentiality: "Restricted" },
		});
		const { attributes, status } = (await api.query.records.records(record)).toHuman();
		assert.equal(attributes.class, "Genetics");
		assert.equal(attributes.confidentiality, "Restricted");
		assert.equal(status, "Active");
	});

	it("a decision in its event says why", async () => {
		const { pair } = await credential(api, { organisation: HOSPITAL_B });
		const { decided } = await access(api, { patient: ada.patient, record: randomId(), pair });
		const shown = decided.decision.toHuman();
		assert.deepEqual(shown, { effect: "Deny", basis: "NoRule" });
		assert.equal(decided.purpose.toString(), "Treatment");
		assert.equal(decided.action.toString(), "Access");
	});

	it("every call of ours is described in plain sentences, its arguments by name", () => {
		let calls = 0;
		for (const section of OURS) {
			for (const { meta, method } of Object.values(api.tx[section])) {
				const doc = meta.docs.map((line) => line.toString().trim()).join(" ");
				const where = `${section}.${method}`;
				assert.ok(doc.length >= 40, `${where}: "${doc}"`);
				assert.match(doc, /^[A-Z].*[.:]/, where);
				assert.doesNotMatch(doc, /[`*_#[\]|<>]{2}|`|\[/, `${where} has markdown: ${doc}`);
				for (const { name, type } of meta.args) {
					const described = name.toString();
					assert.ok(
						doc.includes(`${snakeCase(described)}:`) || described === "call",
						`${where} does not describe ${described}: ${doc}`,
					);
					assert.notEqual(type.toString(), "bool", `${where} ${described}`);
				}
				calls++;
			}
		}
		assert.ok(calls > 30, `${calls} calls`);
	});

	it("every error of ours says what to do", () => {
		for (const section of [...OURS, "trail", "allowance"]) {
			for (const { meta } of Object.values(api.errors[section] ?? {})) {
				assert.ok(meta.docs.join(" ").length > 20, `${section}.${meta.name}`);
			}
		}
	});
});
