/** Sending a transaction, and following it to a block or to finality. */

import { FINAL_MS, IN_BLOCK_MS, within } from "../wait.js";
import { DispatchFailure, dispatchErrorName, PoolCode, PoolRefusal, Receipt } from "./outcome.js";

/** The attempts of `submit` for an account that others use too. */
const ATTEMPTS = 10;
/** The blocks for which a transaction that counts from the final block is valid. */
const LIFETIME = 256;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** By chain and account: the last sending, and the number after the last that the pool took. */
const lanes = new Map();

function laneOf(api, address) {
	const key = `${api.genesisHash.toHex()} ${address}`;
	const lane = lanes.get(key) ?? { last: Promise.resolve(), next: 0 };
	lanes.set(key, lane);
	return lane;
}

/**
 * Runs `send` with the account's next number, after the account's earlier sendings. The pool counts
 * a transaction a moment after the pool took the transaction, so the lane counts as well.
 * @template T
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} address
 * @param {(nonce: number) => Promise<T>} send
 * @returns {Promise<T>}
 */
function inTurn(api, address, send) {
	const lane = laneOf(api, address);
	const sent = lane.last.then(async () => {
		const known = (await api.rpc.system.accountNextIndex(address)).toNumber();
		const nonce = Math.max(known, lane.next);
		const answer = await send(nonce);
		lane.next = nonce + 1;
		return answer;
	});
	lane.last = sent.catch(() => {});
	return sent;
}

/**
 * Binds a transaction to the last final block, so that the transaction holds on every branch.
 * polkadot.js by itself takes the best block as soon as finality is more than five blocks behind.
 * If the chain gives up that branch, every transaction signed for the branch is void.
 */
async function fromFinal(api) {
	const blockHash = await api.rpc.chain.getFinalizedHead();
	const { number } = await api.rpc.chain.getHeader(blockHash);
	const era = api.createType("ExtrinsicEra", { current: number.toNumber(), period: LIFETIME });
	return { blockHash, era };
}

/**
 * Signs a call with a key, sends the transaction and waits until the transaction is in a block of
 * the best chain, or final. Sendings of one account go out one after the other, in the order of the
 * calls of `submit`. For a wallet's signature: `call.signAsync`, then `watch`.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {import("@polkadot/api/types").SubmittableExtrinsic<"promise">} call
 * @param {import("@polkadot/keyring/types").KeyringPair} signer
 * @param {object} [how]
 * @param {boolean} [how.final] waits until the block is final
 * @param {boolean} [how.shared] other programs use the account at the same time: a transaction
 *   whose number was taken meanwhile is signed anew, up to ten times
 * @param {boolean} [how.branches] the transaction must hold on every branch of the chain
 * @returns {Promise<Receipt>}
 * @throws {PoolRefusal} when the pool refuses the transaction, or drops the transaction later
 * @throws {DispatchFailure} when the call fails in its block
 * @throws {import("../wait.js").TimeoutError} after `IN_BLOCK_MS`, or `FINAL_MS` with `final`; the
 *   transaction may still come into a block
 */
export async function submit(api, call, signer, how = {}) {
	const { final = false, shared = false, branches = false } = how;
	const { address } = signer;
	for (let attempt = 1; ; attempt++) {
		try {
			// The number is given, because polkadot.js remembers its own answer for two seconds.
			const { landed } = await inTurn(api, address, async (nonce) =>
				send(
					api,
					await call.signAsync(signer, { nonce, ...(branches ? await fromFinal(api) : {}) }),
					final,
				),
			);
			return await landed();
		} catch (error) {
			// After a refusal the lane's own count may be wrong.
			if (error instanceof PoolRefusal) laneOf(api, address).next = 0;
			const taken =
				error instanceof PoolRefusal &&
				(error.code === PoolCode.AlreadyImported ||
					error.code === PoolCode.PriorityTooLow ||
					/outdated/.test(error.reason));
			if (!shared || !taken || attempt === ATTEMPTS) throw error;
			await sleep(500 * attempt);
		}
	}
}

/**
 * Sends a signed transaction and waits until the transaction is in a block of the best chain, or
 * final.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {import("@polkadot/api/types").SubmittableExtrinsic<"promise">} signed
 * @param {boolean} [final] waits until the block is final
 * @returns {Promise<Receipt>}
 * @throws {PoolRefusal | DispatchFailure | import("../wait.js").TimeoutError} as `submit`
 */
export async function watch(api, signed, final = false) {
	const { landed } = await send(api, signed, final);
	return landed();
}

/**
 * Whether a block is of the best chain, or comes to be. The pool also tells of blocks that lose
 * against another block of the same height. Two blocks later the winner is known.
 */
async function becomesBest(api, block) {
	const number = (await api.rpc.chain.getHeader(block)).number.toNumber();
	const end = performance.now() + IN_BLOCK_MS;
	for (;;) {
		if ((await api.rpc.chain.getBlockHash(number)).toHex() === block) return true;
		const tip = (await api.rpc.chain.getHeader()).number.toNumber();
		if (tip >= number + 2 || performance.now() > end) return false;
		await sleep(200);
	}
}

/**
 * Hands a signed transaction to the pool.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {import("@polkadot/api/types").SubmittableExtrinsic<"promise">} signed
 * @param {boolean} final
 * @returns {Promise<{ landed: () => Promise<Receipt> }>} once the pool took the transaction;
 *   `landed` waits for the fate
 * @throws {PoolRefusal}
 */
async function send(api, signed, final) {
	const what = `${signed.method.section}.${signed.method.method}`;
	let settle;
	const fate = new Promise((resolve, reject) => {
		settle = { resolve, reject };
	});
	// Until `landed` is called, no one catches a failure.
	fate.catch(() => {});
	let stop;
	const settleWith = (block, { events, dispatchError }) => {
		if (dispatchError) {
			settle.reject(new DispatchFailure(dispatchErrorName(api, dispatchError), block));
		} else {
			settle.resolve(new Receipt(block, signed, events));
		}
	};
	try {
		stop = await signed.send((result) => {
			const { status, internalError } = result;
			if (internalError) {
				settle.reject(internalError);
			} else if (status.isInvalid || status.isDropped || status.isUsurped) {
				const message = `left the pool: ${status.type}`;
				settle.reject(new PoolRefusal({ code: PoolCode.Left, message }));
			} else if (status.isFinalized) {
				settleWith(status.asFinalized.toHex(), result);
			} else if (status.isInBlock && !final) {
				const block = status.asInBlock.toHex();
				becomesBest(api, block).then((best) => best && settleWith(block, result), settle.reject);
			}
		});
	} catch (error) {
		throw error.code === undefined ? error : new PoolRefusal(error);
	}
	const landed = () =>
		within(
			fate,
			final ? FINAL_MS : IN_BLOCK_MS,
			`${what} ${final ? "to be final" : "in a block"}`,
		).finally(stop);
	return { landed };
}
