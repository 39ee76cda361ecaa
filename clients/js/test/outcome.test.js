/** A receipt finds events by name. Transactions themselves are sent in `tests/js`. */

import assert from "node:assert/strict";
import { it } from "node:test";
import { Receipt } from "../src/chain/outcome.js";

const record = (section, method, data) => ({ event: { section, method, data } });
const receipt = new Receipt(`0x${"01".repeat(32)}`, null, [
	record("consent", "DirectiveMade", { directive: 0 }),
	record("consent", "DirectiveMade", { directive: 1 }),
	record("system", "ExtrinsicSuccess", {}),
]);

it("a receipt gives the one event of a name, and all events of a name in order", () => {
	assert.deepEqual(receipt.event("system.ExtrinsicSuccess"), {});
	assert.deepEqual(receipt.all("consent.DirectiveMade"), [{ directive: 0 }, { directive: 1 }]);
	assert.deepEqual(receipt.all("consent.DirectiveWithdrawn"), []);
	assert.deepEqual(receipt.names, [
		"consent.DirectiveMade",
		"consent.DirectiveMade",
		"system.ExtrinsicSuccess",
	]);
});

it("a receipt refuses to choose among several events, or none", () => {
	const there = "there are consent.DirectiveMade, consent.DirectiveMade, system.ExtrinsicSuccess";
	assert.throws(() => receipt.event("consent.DirectiveMade"), {
		message: `2 events consent.DirectiveMade, wanted one; ${there}`,
	});
	assert.throws(() => receipt.event("consent.DirectiveWithdrawn"), /^Error: 0 events/);
});
