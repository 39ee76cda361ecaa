// Enrolling patients and credentialing practitioners, as organisations do.

import { submit } from "@assent/client";
import { enrolmentMessage, wrapped } from "@assent/client/messages";
import { u8aToHex } from "@polkadot/util";
import { controller, fresh, HOSPITAL_A, randomId } from "./accounts.mjs";
import { now } from "./chain.mjs";

const DAY = 86_400_000;

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
 * Credentials a new practitioner. By default: a clinician, for a year from now.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ organisation?: number, roles?: string[], groups?: string[], from?: number,
 *   until?: number, pair?: import("@polkadot/keyring/types").KeyringPair,
 *   final?: boolean }} [options]
 */
export async function credential(api, options = {}) {
	const { organisation = HOSPITAL_A, roles = ["Clinician"], groups = [], pair = fresh() } = options;
	const at = await now(api);
	const { from = at, until = at + 365 * DAY, final } = options;
	const receipt = await submit(
		api,
		api.tx.consortium.credential(pair.publicKey, roles, groups, from, until),
		controller(organisation),
		{ shared: true, final },
	);
	return { pair, organisation, receipt };
}
