/** The node's JSON-RPC methods of Assent. `docs/reference/rpc.md` describes the answers. */

import { hexOf, moment, u32 } from "./bytes.js";

/** The methods, by the names that a node knows. */
export const Method = Object.freeze({
	/** Whether a vault may deliver a wrap now. `deliveryParams` makes the parameters. */
	Delivery: "assent_delivery",
	/** The entries of a patient's trail, newest first: patient, hash of a newer entry or null, limit. */
	PatientTrail: "assent_patientTrail",
	/** An entry of the trail by its hash: the encoded entry in hex, or null. */
	TrailEntry: "assent_trailEntry",
});

/** The most rows of one page: of `Method.PatientTrail`, and of each list of a runtime API. */
export const MAX_PAGE = 100;

/**
 * The parameters of `Method.Delivery`. `readAnswer` of `./delivery.js` reads the answer.
 * @param {object} question
 * @param {string} question.record the record's id: `0x` and 32 hex digits
 * @param {number} question.version the record's document version
 * @param {string} question.account the reader's account in SS58
 * @param {string} question.entry hash of the entry of the trail that permits the access: `0x` and
 *   64 hex digits
 * @param {number} question.clock the asker's clock, in milliseconds since 1970
 * @returns {[string, number, string, string, number]}
 * @throws {TypeError} when a field has another form, length or range
 */
export function deliveryParams({ record, version, account, entry, clock }) {
	if (typeof account !== "string") throw new TypeError("account must be a text in SS58");
	return [
		hexOf(record, 16, "record"),
		u32(version, "version"),
		account,
		hexOf(entry, 32, "entry"),
		moment(clock, "clock"),
	];
}
