/**
 * The text for the patient's signature must equal the text of the chain. The suites enrol with this
 * text.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { u8aToString } from "@polkadot/util";
import { enrolmentMessage, recoveryMessage, wrapped } from "../src/messages.js";

const enrolment = {
	genesis: `0x${"ab".repeat(32)}`,
	organisation: 7,
	policy: 3,
	patient: `0x${"cd".repeat(16)}`,
	account: new Uint8Array(32).fill(1),
	number: 0,
};
const TEXT = `Assent enrolment
chain 0x${"ab".repeat(32)}
organisation 7
policy 3
patient 0x${"cd".repeat(16)}
account 0x${"01".repeat(32)}
number 0`;

it("the enrolment message has seven lines", () => {
	assert.equal(enrolmentMessage(enrolment), TEXT);
});

it("an organisation without a base policy is signed for as such", () => {
	const { policy: _, ...without } = enrolment;
	assert.equal(enrolmentMessage(without), TEXT.replace("policy 3", "policy none"));
});

it("the recovery message has the same lines without the policy", () => {
	const { policy: _, ...recovery } = enrolment;
	const expected = TEXT.replace("enrolment", "recovery").replace("policy 3\n", "");
	assert.equal(recoveryMessage(recovery), expected);
});

it("a wallet wraps the message", () => {
	assert.equal(u8aToString(wrapped(TEXT)), `<Bytes>${TEXT}</Bytes>`);
});

describe("a field of another form is refused, because the chain would build another text", () => {
	for (const [what, given] of [
		["a chain in upper case", { genesis: `0x${"AB".repeat(32)}` }],
		["a chain of 31 bytes", { genesis: `0x${"ab".repeat(31)}` }],
		["a patient without 0x", { patient: "cd".repeat(16) }],
		["a patient as bytes", { patient: new Uint8Array(16) }],
		["an account as text", { account: `0x${"01".repeat(32)}` }],
		["an account of 33 bytes", { account: new Uint8Array(33) }],
		["an organisation below zero", { organisation: -1 }],
		["a number with a fraction", { number: 0.5 }],
		["a number of 33 bits", { number: 2 ** 32 }],
		["a policy as text", { policy: "3" }],
	]) {
		it(what, () => {
			assert.throws(() => enrolmentMessage({ ...enrolment, ...given }), TypeError);
			if ("policy" in given) return;
			assert.throws(() => recoveryMessage({ ...enrolment, ...given }), TypeError);
		});
	}
});
