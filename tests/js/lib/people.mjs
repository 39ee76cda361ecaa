// Enrolling patients, and credentialing practitioners with their consent, as organisations do.

import { submit } from "@assent/client";
import { engagementMessage, enrolmentMessage, wrapped } from "@assent/client/messages";
import { u8aToHex } from "@polkadot/util";
import { controller, fresh, HOSPITAL_A, randomId } from "./accounts.mjs";
import { now } from "./chain.mjs";

export const DAY = 86_400_000;

/**
 * The call with which an organisation enrols a patient.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ patient: string, account: Uint8Array, number?: number, signature: string }} enrolment
 */
export function enrolCall(api, { patient, account, number = 0, signature }) {
	return api.tx.patients.enrol(patient, account, number, { Sr25519: signature });
}

/** The call that enrols a patient, with the patient's signature. */
async function signedEnrolment(api, { organisation, pair, patient, wrap = false }) {
	const number = (await api.query.patients.enrolmentNumber(pair.publicKey)).toNumber();
	const member = (await api.query.consortium.organisations(organisation)).unwrap();
	const message = enrolmentMessage({
		genesis: api.genesisHash.toHex(),
		organisation,
		policy: member.policy.isSome ? member.policy.unwrap().toNumber() : "none",
		patient,
		account: pair.publicKey,
		number,
	});
	const signature = u8aToHex(pair.sign(wrap ? wrapped(message) : message));
	return enrolCall(api, { patient, account: pair.publicKey, number, signature });
}

/**
 * Enrols a new patient with a key of its own.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ organisation?: number, pair?: import("@polkadot/keyring/types").KeyringPair,
 *   patient?: string, wrap?: boolean, final?: boolean }} [options] `wrap`: signs as a browser wallet
 *   does
 * @returns {Promise<{ patient: string, pair: import("@polkadot/keyring/types").KeyringPair,
 *   organisation: number, receipt: import("@assent/client").Receipt }>}
 */
export async function enrolPatient(api, options = {}) {
	const { organisation = HOSPITAL_A, pair = fresh(), patient = randomId() } = options;
	const { wrap, final } = options;
	const call = await signedEnrolment(api, { organisation, pair, patient, wrap });
	const receipt = await submit(api, call, controller(organisation), { shared: true, final });
	return { patient, pair, organisation, receipt };
}

/**
 * Enrols so many new patients in one transaction, for tests that each need their own patient.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {number} count
 * @param {{ organisation?: number }} [options]
 * @returns {Promise<() => { patient: string,
 *   pair: import("@polkadot/keyring/types").KeyringPair, organisation: number }>} gives the next
 *   patient
 */
export async function enrolPatients(api, count, { organisation = HOSPITAL_A } = {}) {
	const people = Array.from({ length: count }, () => ({
		patient: randomId(),
		pair: fresh(),
		organisation,
	}));
	const calls = await Promise.all(people.map((person) => signedEnrolment(api, person)));
	await submit(api, api.tx.utility.batchAll(calls), controller(organisation), { shared: true });
	return () => {
		const person = people.pop();
		if (!person) throw new Error(`more than ${count} patients are wanted: enrol more`);
		return person;
	};
}

/**
 * The day of the chain's clock, in days since 1970-01-01 by UTC.
 * @param {import("@polkadot/api").ApiPromise} api
 */
export async function today(api) {
	return Math.floor((await now(api)) / DAY);
}

/**
 * The text that an account signs to be engaged by an organisation as of now. By default: as a
 * practitioner, until tomorrow.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ organisation: number, pair: { publicKey: Uint8Array } }} who
 * @param {object} [given] fields of `engagementMessage` in place of the right ones
 */
export async function engagement(api, { organisation, pair }, given = {}) {
	const number = await api.query.consortium.engagements(pair.publicKey);
	const member = (await api.query.consortium.organisations(organisation)).unwrap();
	const fields = {
		genesis: api.genesisHash.toHex(),
		organisation,
		name: member.name.toUtf8(),
		as: "practitioner",
		account: pair.publicKey,
		lastDay: (await today(api)) + 1,
		number: number.toNumber(),
		...given,
	};
	return { fields, message: engagementMessage(fields) };
}

/**
 * The consent of an account to be engaged, as `credential` and `addAgent` take the consent.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ organisation: number, pair: import("@polkadot/keyring/types").KeyringPair,
 *   signer?: import("@polkadot/keyring/types").KeyringPair, wrap?: boolean }} who `signer`: signs in
 *   place of the account. `wrap`: signs as a browser wallet does
 * @param {object} [given] as for `engagement`
 * @returns {Promise<{ lastDay: number, signature: { Sr25519: string } }>}
 */
export async function consent(api, who, given = {}) {
	const { signer = who.pair, wrap = false } = who;
	const { fields, message } = await engagement(api, who, given);
	const signature = u8aToHex(signer.sign(wrap ? wrapped(message) : message));
	return { lastDay: fields.lastDay, signature: { Sr25519: signature } };
}

/**
 * The call with which an organisation adds an agent, with the agent's consent.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ organisation: number, pair: import("@polkadot/keyring/types").KeyringPair }} who
 */
export async function agentCall(api, who) {
	return api.tx.consortium.addAgent(who.pair.publicKey, await consent(api, who, { as: "agent" }));
}

/**
 * The call that credentials a practitioner, with the practitioner's consent. By default: a
 * clinician, for a year from now.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ organisation: number, pair: import("@polkadot/keyring/types").KeyringPair,
 *   roles?: string[], groups?: string[], from?: number, until?: number,
 *   consented?: object | null }} terms `consented`: in place of a consent that is right
 */
export async function credentialCall(api, terms) {
	const { pair, roles = ["Clinician"], groups = [] } = terms;
	const at = await now(api);
	const { from = at, until = at + 365 * DAY } = terms;
	const { consented = await consent(api, terms) } = terms;
	return api.tx.consortium.credential(pair.publicKey, roles, groups, from, until, consented);
}

/**
 * Credentials a new practitioner. By default: a clinician, for a year from now.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ organisation?: number, roles?: string[], groups?: string[], from?: number,
 *   until?: number, pair?: import("@polkadot/keyring/types").KeyringPair,
 *   final?: boolean }} [options]
 */
export async function credential(api, options = {}) {
	const { organisation = HOSPITAL_A, pair = fresh(), final, ...terms } = options;
	const call = await credentialCall(api, { ...terms, organisation, pair });
	const receipt = await submit(api, call, controller(organisation), { shared: true, final });
	return { pair, organisation, receipt };
}
