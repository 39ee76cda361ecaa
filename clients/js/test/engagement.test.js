/**
 * The text with which an account consents to be a practitioner or an agent must equal the text of
 * the chain. The suites credential with this text.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { engagementMessage } from "../src/messages.js";

const engagement = {
	genesis: `0x${"ab".repeat(32)}`,
	organisation: 7,
	name: "Alpha Hospital",
	as: "practitioner",
	account: new Uint8Array(32).fill(1),
	lastDay: 20_818,
	number: 2,
};
const TEXT = `Assent engagement
chain 0x${"ab".repeat(32)}
organisation 7 Alpha Hospital
as practitioner
account 0x${"01".repeat(32)}
until 2026-12-31
number 2`;

it("the engagement message has seven lines", () => {
	assert.equal(engagementMessage(engagement), TEXT);
});

it("an agent signs for another word than a practitioner", () => {
	const text = TEXT.replace("as practitioner", "as agent");
	assert.equal(engagementMessage({ ...engagement, as: "agent" }), text);
});

it("the name stands as the chain has the name, in every script", () => {
	for (const name of ["Hôpital  Saint-Éloi", "東京病院", "Clinic 😀 7", "A"]) {
		const text = TEXT.replace("Alpha Hospital", name);
		assert.equal(engagementMessage({ ...engagement, name }), text);
	}
});

describe("a day is written by the calendar", () => {
	for (const [lastDay, written] of [
		[0, "1970-01-01"],
		[11_016, "2000-02-29"],
		[20_512, "2026-02-28"],
		[20_513, "2026-03-01"],
		[21_243, "2028-02-29"],
		[47_541, "2100-03-01"],
		[2_932_896, "9999-12-31"],
	]) {
		it(written, () => {
			const text = TEXT.replace("2026-12-31", written);
			assert.equal(engagementMessage({ ...engagement, lastDay }), text);
		});
	}
});

describe("a field of another form is refused, because the chain would build another text", () => {
	for (const [what, given] of [
		["a chain in upper case", { genesis: `0x${"AB".repeat(32)}` }],
		["an organisation below zero", { organisation: -1 }],
		["no name", { name: undefined }],
		["an empty name", { name: "" }],
		["a name as bytes", { name: new Uint8Array(5) }],
		["a name of two lines", { name: "Alpha\nas agent" }],
		["a name with a space in front", { name: " Alpha" }],
		["a name with a wide space behind", { name: "Alpha\u3000" }],
		["a name with a control character", { name: "Alpha\u0085Hospital" }],
		["a name with half of a character", { name: "Alpha \ud83d" }],
		["neither practitioner nor agent", { as: "controller" }],
		["an agent in upper case", { as: "Agent" }],
		["an account as text", { account: `0x${"01".repeat(32)}` }],
		["an account of 33 bytes", { account: new Uint8Array(33) }],
		["a day as text", { lastDay: "2026-12-31" }],
		["a part of a day", { lastDay: 0.5 }],
		["a day of the year 10000", { lastDay: 2_932_897 }],
		["milliseconds in place of days", { lastDay: 1_798_675_200_000 }],
		["a number of 33 bits", { number: 2 ** 32 }],
	]) {
		it(what, () => {
			assert.throws(() => engagementMessage({ ...engagement, ...given }), TypeError);
		});
	}
});
