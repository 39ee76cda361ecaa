// Waiting with an end, and a message that says what did not come.

/** @param {number} ms */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * `promise`, or a rejection that names `what` after `ms` milliseconds.
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @param {string} what for instance "the grant in a block"
 * @returns {Promise<T>}
 */
export function within(promise, ms, what) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(
			() => reject(new Error(`Waited ${ms / 1000} s for ${what}: it did not come`)),
			ms,
		);
	});
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Asks again and again until the answer is truthy.
 * @template T
 * @param {() => Promise<T> | T} ask
 * @param {{ ms: number, what: string, every?: number }} options
 * @returns {Promise<T>}
 */
export async function until(ask, { ms, what, every = 250 }) {
	// A clock that goes on evenly, whatever is done to the machine's.
	const end = performance.now() + ms;
	for (;;) {
		const answer = await ask();
		if (answer) return answer;
		if (performance.now() + every > end) {
			throw new Error(`Waited ${ms / 1000} s for ${what}: it did not come`);
		}
		await sleep(every);
	}
}
