// Waiting ends, and says for what it waited.

import assert from "node:assert/strict";
import { it } from "node:test";
import { until, within } from "../lib/wait.mjs";

it("within gives what came in time, and its error", async () => {
	assert.equal(await within(Promise.resolve(3), 1_000, "three"), 3);
	await assert.rejects(within(Promise.reject(new Error("no")), 1_000, "three"), /^Error: no$/);
});

it("within names what did not come", async () => {
	await assert.rejects(within(new Promise(() => {}), 20, "a block"), /Waited 0.02 s for a block/);
});

it("until asks again, and names what did not come", async () => {
	let asked = 0;
	assert.equal(await until(() => ++asked > 2, { ms: 60_000, what: "three", every: 1 }), true);
	assert.equal(asked, 3);
	await assert.rejects(
		until(() => null, { ms: 20, what: "a vote", every: 5 }),
		/for a vote/,
	);
});
