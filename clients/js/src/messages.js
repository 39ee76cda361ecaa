/**
 * Texts that a person signs outside of a transaction. The chain builds the same text from the
 * call's arguments and verifies the signature over the text, bare or in `<Bytes>`. One other letter
 * makes the signature invalid.
 */

import { utf8ToBytes } from "@noble/hashes/utils.js";
import { bytesOf, hexOf, toHex, u32 } from "./bytes.js";

/**
 * The text that a patient signs to be enrolled, in seven lines. The signature holds for one chain,
 * one organisation, one version of its base policy, one patient id and one account. The signature
 * holds once, because the chain counts the enrolments that an account has signed.
 * @param {object} enrolment
 * @param {string} enrolment.genesis hash of the chain's first block: `0x` and 64 hex digits
 * @param {number} enrolment.organisation the number of the enrolling organisation
 * @param {number | "none"} [enrolment.policy] the version of the organisation's base policy;
 *   `"none"`, the default, where the organisation has no base policy
 * @param {string} enrolment.patient the patient id: `0x` and 32 hex digits
 * @param {Uint8Array} enrolment.account 32 bytes: the account that will control the id
 * @param {number} enrolment.number how many enrolments and recoveries the account has signed before
 * @returns {string} without a line break at the end
 * @throws {TypeError} when a field has another form, length or range
 */
export function enrolmentMessage({
	genesis,
	organisation,
	policy = "none",
	patient,
	account,
	number,
}) {
	return [
		"Assent enrolment",
		`chain ${hexOf(genesis, 32, "genesis")}`,
		`organisation ${u32(organisation, "organisation")}`,
		`policy ${policy === "none" ? policy : u32(policy, "policy")}`,
		`patient ${hexOf(patient, 16, "patient")}`,
		`account ${toHex(bytesOf(account, 32, "account"))}`,
		`number ${u32(number, "number")}`,
	].join("\n");
}

/**
 * The text that a patient's new account signs to take over the patient id, in six lines. The
 * signature holds for one chain, one organisation, one patient id and one account. The signature
 * holds once, because the chain counts recoveries together with enrolments.
 * @param {object} recovery
 * @param {string} recovery.genesis hash of the chain's first block: `0x` and 64 hex digits
 * @param {number} recovery.organisation the number of the organisation that enrolled the patient
 * @param {string} recovery.patient the patient id: `0x` and 32 hex digits
 * @param {Uint8Array} recovery.account 32 bytes: the new account
 * @param {number} recovery.number how many enrolments and recoveries the account has signed before
 * @returns {string} without a line break at the end
 * @throws {TypeError} when a field has another form, length or range
 */
export function recoveryMessage({ genesis, organisation, patient, account, number }) {
	return [
		"Assent recovery",
		`chain ${hexOf(genesis, 32, "genesis")}`,
		`organisation ${u32(organisation, "organisation")}`,
		`patient ${hexOf(patient, 16, "patient")}`,
		`account ${toHex(bytesOf(account, 32, "account"))}`,
		`number ${u32(number, "number")}`,
	].join("\n");
}

/**
 * The bytes that a browser wallet signs when a page asks for a signature over a message.
 * @param {string} message
 * @returns {Uint8Array} the message in UTF-8 between `<Bytes>` and `</Bytes>`
 */
export function wrapped(message) {
	return utf8ToBytes(`<Bytes>${message}</Bytes>`);
}
