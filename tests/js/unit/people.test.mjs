// The words that a patient signs are the chain's: one letter off, and no enrolment is valid.

import assert from "node:assert/strict";
import { it } from "node:test";
import { u8aToString } from "@polkadot/util";
import { enrolmentMessage, wrapped } from "../lib/people.mjs";

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

it("a wallet wraps the message", () => {
	assert.equal(u8aToString(wrapped(TEXT)), `<Bytes>${TEXT}</Bytes>`);
});
