/** A wait ends, and the error names the missing thing. */

import assert from "node:assert/strict";
import { it } from "node:test";
import { TimeoutError, within } from "../src/wait.js";

it("within gives what came in time, and its error", async () => {
	assert.equal(await within(Promise.resolve(3), 1_000, "three"), 3);
	await assert.rejects(within(Promise.reject(new Error("no")), 1_000, "three"), /^Error: no$/);
});

it("within names what did not come", async () => {
	await assert.rejects(within(new Promise(() => {}), 20, "a block"), (error) => {
		assert.ok(error instanceof TimeoutError);
		assert.match(error.message, /Waited 0.02 s for a block/);
		return true;
	});
});
