// Registering records. The suites need rows in the register and no documents: the hashes are
// random, and no vault has such a document.

import { submit } from "@assent/client";
import { randomAsHex } from "@polkadot/util-crypto";
import { controller, HOSPITAL_A, randomId } from "./accounts.mjs";

/** The labels of a laboratory result of January 2026, with the given labels in their place. */
export function labels(given = {}) {
	return {
		class: "LabResult",
		confidentiality: "Normal",
		sensitivities: [],
		code: null,
		author: null,
		encounter: null,
		authored: 56 * 12,
		...given,
	};
}

/** An anchor: hash and size of a ciphertext, and the salted commitment to the content. */
export function anchor(given = {}) {
	return {
		ciphertext: randomAsHex(32),
		size: 4096,
		cid: null,
		commitment: randomAsHex(32),
		...given,
	};
}

/**
 * Registers a record of a patient. `organisation` enrolled the patient.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ patient: string, organisation?: number, record?: string, labels?: object,
 *   document?: object, final?: boolean }} options
 */
export async function registerRecord(api, options) {
	const { patient, organisation = HOSPITAL_A, record = randomId(), final } = options;
	const receipt = await submit(
		api,
		api.tx.records.register(record, patient, labels(options.labels), anchor(options.document)),
		controller(organisation),
		{ shared: true, final },
	);
	return { record, patient, organisation, receipt };
}
