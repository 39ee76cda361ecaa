/**
 * The delivery of a wrap: the reader's signed request to a vault, and the reasons of the answer.
 *
 * The chain permits an access in an entry of the trail. The reader signs for the entry, and asks the
 * vault. The vault asks its node, and the node answers with a reason. A refusal of the vault names
 * the same reason, as `reason` in the error.
 */

import { concatBytes } from "@noble/hashes/utils.js";
import { bytesOf, hexOf, moment, toBytes, toHex, u32 } from "./bytes.js";
import { wrapRequest } from "./documents.js";

/** Milliseconds before and after the vault's clock, within which a request must be signed. */
export const WINDOW_MS = 30_000;

/**
 * The most milliseconds between the chain's time and a vault's clock. A vault whose clock is further
 * away delivers in an emergency only.
 */
export const CLOCKS_MS = 30_000;

/** The headers of a signed request. */
export const Header = Object.freeze({
	/** The reader's account in hex. */
	Account: "Assent-Account",
	/** The moment of signing, in milliseconds since 1970. */
	Issued: "Assent-Issued",
	/** The signature in hex, after the number of its scheme. */
	Signature: "Assent-Signature",
});

/** The schemes of signatures that a vault accepts, each with its number. */
export const Scheme = Object.freeze({ Ed25519: 0, Sr25519: 1 });

/**
 * The reasons of a node, by code: in words for people. The first six permit a delivery. The code
 * `other` stands for a code that this package does not know.
 */
export const Reason = Object.freeze({
	"own-access": "the patient's own access",
	"guardian-access": "a guardian's access",
	"delegate-access": "a delegate's access",
	emergency: "a declared emergency",
	directive: "a directive of the patient",
	"base-policy": "the custodian's base policy",
	"unknown-entry": "no such entry in the trail of this node",
	"not-final": "the decision is not final yet",
	"other-fork": "the entry does not stand in the final chain",
	"not-fresh": "the decision is no longer fresh; ask for access again",
	"no-decision": "the entry is no decision about a patient's record",
	"other-request": "the decision is about another record, version or account",
	denial: "the decision is a denial",
	"other-action": "the decision permits something else than to open the document; ask for access",
	"no-longer-permitted": "the access is no longer permitted",
	"expired-by-clock": "the access has expired by the vault's clock",
	"clocks-apart": "the chain's clock and the vault's differ too much",
	other: "a reason that this program does not know",
});

/**
 * The code of a reason that this package knows.
 * @param {string} code as a node or a vault gives the code
 * @returns {string} the same code, or `other` for an unknown code
 */
export function knownReason(code) {
	return Object.hasOwn(Reason, code) ? code : "other";
}

/**
 * A node's answer to `Method.Delivery` of `./rpc.js`.
 * @typedef {object} Answer
 * @property {boolean} permitted whether the entry is a fresh permit for this account, and the best
 *   block would permit the same access too
 * @property {boolean} final whether the entry stands in a final block
 * @property {string} reason a code of `Reason`
 * @property {number} at the time of the best block, in milliseconds since 1970
 * @property {boolean} emergency whether an emergency permits the delivery
 */

/**
 * Reads an answer. A vault delivers only when both `permitted` and `final` are true, so a reader
 * asks a node first and signs afterwards.
 * @param {any} json the result of the call
 * @returns {Answer}
 * @throws {TypeError} when a part is missing or has another type
 */
export function readAnswer(json) {
	const { permitted, final, reason, at, emergency } = json ?? {};
	for (const [what, value] of Object.entries({ permitted, final, emergency })) {
		if (typeof value !== "boolean") throw new TypeError(`${what} must be true or false`);
	}
	if (typeof reason !== "string") throw new TypeError("reason must be a code");
	return { permitted, final, reason: knownReason(reason), at: moment(at, "at"), emergency };
}

/**
 * A request for the reader's wrap of one document.
 * @typedef {object} Request
 * @property {string} genesis hash of the chain's first block: `0x` and 64 hex digits
 * @property {string} record the record's id: `0x` and 32 hex digits
 * @property {number} version the record's document version, from 1 to 2^32 - 1
 * @property {string} entry hash of the entry of the trail that permits the access: `0x` and 64 digits
 * @property {number} issued the moment of signing, in milliseconds since 1970
 */

/**
 * The text that a reader signs to get a wrap, in six lines. The vault verifies the signature over
 * the text, bare or in `<Bytes>`.
 * @param {Request} request
 * @returns {string} without a line break at the end
 * @throws {TypeError} when a field has another form, length or range
 */
export function deliveryMessage({ genesis, record, version, entry, issued }) {
	return [
		"Assent delivery",
		`chain ${hexOf(genesis, 32, "genesis")}`,
		`record ${hexOf(record, 16, "record")}`,
		`version ${u32(version, "version")}`,
		`entry ${hexOf(entry, 32, "entry")}`,
		`issued ${moment(issued, "issued")}`,
	].join("\n");
}

/** A reader's request for a wrap with the reader's signature. Any HTTP client can send it. */
export class SignedRequest {
	#request;
	#account;
	#signature;

	/**
	 * @param {Request} request
	 * @param {object} signed
	 * @param {Uint8Array} signed.account 32 bytes: the reader's account
	 * @param {number} signed.scheme one of `Scheme`
	 * @param {string | Uint8Array} signed.signature 64 bytes: over `deliveryMessage(request)`, or over
	 *   `wrapped` of the message, as wallets sign
	 * @throws {TypeError} when an argument has another form, length or range
	 */
	constructor(request, { account, scheme, signature }) {
		if (!Object.values(Scheme).includes(scheme)) {
			throw new TypeError("scheme must be one of Scheme");
		}
		// The message checks every field of the request.
		deliveryMessage(request);
		this.#request = { ...request };
		this.#account = bytesOf(account, 32, "account");
		this.#signature = concatBytes(
			Uint8Array.of(scheme),
			bytesOf(toBytes(signature), 64, "signature"),
		);
	}

	/**
	 * The URL of the request.
	 * @param {string} vault the vault's URL, as the chain holds the URL of an organisation
	 * @returns {string}
	 */
	url(vault) {
		const { record, version, entry } = this.#request;
		return `${vault}${wrapRequest({ record, version, reader: this.#account }, entry)}`;
	}

	/** The headers of the request, by name. @returns {Record<string, string>} */
	get headers() {
		return {
			[Header.Account]: toHex(this.#account),
			[Header.Issued]: String(this.#request.issued),
			[Header.Signature]: toHex(this.#signature),
		};
	}

	/**
	 * Whether a vault with this clock accepts the moment of signing. After that the reader signs anew.
	 * @param {number} now milliseconds since 1970
	 * @returns {boolean}
	 */
	isFresh(now) {
		return Math.abs(now - this.#request.issued) <= WINDOW_MS;
	}
}
