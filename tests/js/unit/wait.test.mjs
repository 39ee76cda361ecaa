// A wait ends, and its error names the thing that did not come.

import assert from "node:assert/strict";
import { it } from "node:test";
import { TimeoutError } from "@assent/client";
import { until } from "../lib/wait.mjs";

it("until asks again, and names what did not come", async () => {
	let asked = 0;
	assert.equal(await until(() => ++asked > 2, { ms: 60_000, what: "three", every: 1 }), true);
	assert.equal(asked, 3);
	await assert.rejects(
		until(() => null, { ms: 20, what: "a vote", every: 5 }),
		(error) => {
			assert.ok(error instanceof TimeoutError);
			assert.match(error.message, /Waited 0.02 s for a vote/);
			return true;
		},
	);
});
