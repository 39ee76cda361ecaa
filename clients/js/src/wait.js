/** Waiting with an end, and a message that names the thing that did not come. */

/** Milliseconds within which a transaction must be in a block. A slot lasts 2,000; a loaded machine
 * misses slots. */
export const IN_BLOCK_MS = 120_000;
/** Milliseconds within which a block must be final. */
export const FINAL_MS = 180_000;

/** Something did not come in time. It may still come later. */
export class TimeoutError extends Error {
	/** @param {number} ms @param {string} what */
	constructor(ms, what) {
		super(`Waited ${ms / 1000} s for ${what}: it did not come`);
		this.name = "TimeoutError";
	}
}

/**
 * Waits for a promise, and not longer than so many milliseconds.
 * @template T
 * @param {Promise<T>} promise goes on by itself after the end
 * @param {number} ms
 * @param {string} what for the message, for instance "the grant in a block"
 * @returns {Promise<T>} with the promise's own value or error, if in time
 * @throws {TimeoutError}
 */
export function within(promise, ms, what) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new TimeoutError(ms, what)), ms);
	});
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
