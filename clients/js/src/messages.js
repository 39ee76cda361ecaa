/**
 * Texts that a person signs outside of a transaction. The chain builds the same text from the
 * call's arguments and verifies the signature over the text, bare or in `<Bytes>`. One other letter
 * makes the signature invalid.
 */

import { utf8ToBytes } from "@noble/hashes/utils.js";
import { bytesOf, hexOf, toHex, u32 } from "./bytes.js";

/** The last day with a year of four digits, in days since 1970-01-01. */
const LAST_DAY = 2_932_896;
const DAY_MS = 86_400_000;

/** Writes a day as the chain does: `2026-12-31`. */
function dayOf(value, what) {
	if (u32(value, what) > LAST_DAY) {
		throw new TypeError(`${what} must be a day of the year 9999 or earlier`);
	}
	return new Date(value * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Checks for a legal name in the chain's own form: well-formed text in one line, without white
 * space at its ends.
 */
function nameOf(value, what) {
	if (
		typeof value !== "string" ||
		!value ||
		/^\p{White_Space}|\p{White_Space}$|\p{Cc}|\p{Cs}/u.test(value)
	) {
		throw new TypeError(`${what} must be one line of text without spaces around it`);
	}
	return value;
}

/** Checks for a word out of a list. */
function wordOf(value, words, what) {
	if (!words.includes(value)) throw new TypeError(`${what} must be ${words.join(" or ")}`);
	return value;
}

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
 * The text that an account signs to become an organisation's practitioner or agent, in seven lines.
 * The signature holds for one chain, one organisation under its present name, one of the two ways
 * to engage, and one account. The signature can be used until the end of a day, and once, because
 * the chain counts the engagements that an account has begun.
 * @param {object} engagement
 * @param {string} engagement.genesis hash of the chain's first block: `0x` and 64 hex digits
 * @param {number} engagement.organisation the number of the organisation that engages
 * @param {string} engagement.name the legal name of the organisation, as the chain has the name
 * @param {"practitioner" | "agent"} engagement.as the way in which the account engages
 * @param {Uint8Array} engagement.account 32 bytes: the account that signs
 * @param {number} engagement.lastDay the last day, by UTC, on which the signature can be used: in
 *   days since 1970-01-01. The chain takes a day up to 366 days ahead
 * @param {number} engagement.number how many engagements the account has begun before
 * @returns {string} without a line break at the end
 * @throws {TypeError} when a field has another form, length or range
 */
export function engagementMessage({ genesis, organisation, name, as, account, lastDay, number }) {
	return [
		"Assent engagement",
		`chain ${hexOf(genesis, 32, "genesis")}`,
		`organisation ${u32(organisation, "organisation")} ${nameOf(name, "name")}`,
		`as ${wordOf(as, ["practitioner", "agent"], "as")}`,
		`account ${toHex(bytesOf(account, 32, "account"))}`,
		`until ${dayOf(lastDay, "lastDay")}`,
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
