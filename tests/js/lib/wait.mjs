// Waiting for what the tests bring about, with an end.

import { TimeoutError } from "@assent/client";

/** @param {number} ms */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks again and again until the answer is truthy.
 * @template T
 * @param {() => Promise<T> | T} ask
 * @param {{ ms: number, what: string, every?: number }} options `what`: for the error's message
 * @returns {Promise<T>} the answer
 * @throws {TimeoutError} when `ms` milliseconds bring no such answer
 */
export async function until(ask, { ms, what, every = 250 }) {
	// This clock goes on evenly when a test sets the clock of a machine.
	const end = performance.now() + ms;
	for (;;) {
		const answer = await ask();
		if (answer) return answer;
		if (performance.now() + every > end) throw new TimeoutError(ms, what);
		await sleep(every);
	}
}
