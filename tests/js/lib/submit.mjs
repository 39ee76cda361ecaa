// Sending transactions, and saying clearly what became of them.

import { FINAL_MS, IN_BLOCK_MS } from "./chain.mjs";
import { sleep, within } from "./wait.mjs";

/** JSON-RPC: the transaction's validity says no. */
export const INVALID = 1010;
/** JSON-RPC: the very same transaction is in the pool. */
export const ALREADY_IMPORTED = 1013;
/** JSON-RPC: another with this nonce is in the pool. */
export const PRIORITY_TOO_LOW = 1014;

/** The transaction pool refused the transaction: it never got into a block. */
export class PoolRefusal extends Error {
	/** @param {any} error what the node answered */
	constructor(error) {
		super(error.message);
		this.name = "PoolRefusal";
		/** The JSON-RPC code; 0 when it left the pool later. */
		this.code = error.code;
		/** The reason in the node's words, its data included. */
		this.reason = error.message;
	}
}

/** The call was dispatched and failed: state is as before, but for the allowance. */
export class DispatchFailure extends Error {
	/** @param {string} reason for instance `consent.NotAuthorized` @param {string} block */
	constructor(reason, block) {
		super(`dispatched and failed: ${reason}`);
		this.name = "DispatchFailure";
		this.reason = reason;
		/** Hash of the block it stands in. */
		this.block = block;
	}
}

/**
 * The name of a dispatch error: `pallet.Error`, or the kind for those of no pallet.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} error a DispatchError
 */
export function nameOf(api, error) {
	if (error.isModule) {
		const { section, name } = api.registry.findMetaError(error.asModule);
		return `${section}.${name}`;
	}
	return error.type === "Token" || error.type === "Arithmetic"
		? `${error.type}.${error.value.toString()}`
		: error.type;
}

/** What a landed transaction did. */
export class Receipt {
	/** @param {string} block @param {any} extrinsic @param {any[]} records */
	constructor(block, extrinsic, records) {
		/** Hash of the block. */
		this.block = block;
		/** The extrinsic as signed. */
		this.extrinsic = extrinsic;
		/** The transaction's events, in order. */
		this.events = records.map(({ event }) => event);
	}

	/** `pallet.Event` of each event, in order. */
	get names() {
		return this.events.map(({ section, method }) => `${section}.${method}`);
	}

	/**
	 * The data of the only event of this name.
	 * @param {string} name for instance `consent.DirectiveMade`
	 * @returns {any}
	 */
	event(name) {
		const found = this.all(name);
		if (found.length !== 1) {
			throw new Error(
				`${found.length} events ${name}, wanted one; there are ${this.names.join(", ")}`,
			);
		}
		return found[0];
	}

	/** The data of every event of this name. @param {string} name @returns {any[]} */
	all(name) {
		return this.events
			.filter(({ section, method }) => `${section}.${method}` === name)
			.map(({ data }) => data);
	}
}

/** Of each account: its last sending, and the number after the last one that the pool took. */
const lanes = new Map();

/**
 * Runs `send` with the account's next number, after the account's sendings before it. The pool
 * counts a transaction a moment after it took it, so what was sent here is counted here.
 * @template T
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} address
 * @param {(nonce: number) => Promise<T>} send
 * @returns {Promise<T>}
 */
function inTurn(api, address, send) {
	const lane = lanes.get(address) ?? { last: Promise.resolve(), next: 0 };
	lanes.set(address, lane);
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

/** For how many blocks a transaction that counts from the final block is valid. */
const LIFETIME = 256;

/**
 * What binds a transaction to the last final block, so that it holds on whichever branch wins.
 * polkadot.js by itself takes the best block as soon as finality is more than five behind; where
 * that branch is given up, so is what was signed for it.
 */
async function fromFinal(api) {
	const blockHash = await api.rpc.chain.getFinalizedHead();
	const { number } = await api.rpc.chain.getHeader(blockHash);
	const era = api.createType("ExtrinsicEra", { current: number.toNumber(), period: LIFETIME });
	return { blockHash, era };
}

/**
 * Signs a call and waits until it is in a block (or final).
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} call
 * @param {import("@polkadot/keyring/types").KeyringPair} signer
 * @param {{ final?: boolean, shared?: boolean, branches?: boolean }} [how] `shared`: somebody
 *   outside this process may use the account at the same time, so a nonce that was taken meanwhile
 *   is tried anew; `branches`: it must hold on every branch of the chain
 * @returns {Promise<Receipt>}
 * @throws {PoolRefusal | DispatchFailure}
 */
export async function submit(api, call, signer, how = {}) {
	const { final = false, shared = false, branches = false } = how;
	const { address } = signer;
	for (let attempt = 1; ; attempt++) {
		try {
			// The number is given: polkadot.js remembers what it asked for itself for two seconds.
			const { landed } = await inTurn(api, address, async (nonce) =>
				send(
					api,
					await call.signAsync(signer, { nonce, ...(branches ? await fromFinal(api) : {}) }),
					final,
				),
			);
			return await landed();
		} catch (error) {
			// What was counted here may not be so any more.
			if (error instanceof PoolRefusal) lanes.get(address).next = 0;
			const taken =
				error instanceof PoolRefusal &&
				(error.code === ALREADY_IMPORTED ||
					error.code === PRIORITY_TOO_LOW ||
					/outdated/.test(error.reason));
			if (!shared || !taken || attempt === 10) throw error;
			await sleep(500 * attempt);
		}
	}
}

/**
 * Signs a call with what is given in place of the chain's own data; without a period unless one
 * is given.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} call
 * @param {import("@polkadot/keyring/types").KeyringPair} signer
 * @param {{ nonce?: number, genesisHash?: any, blockHash?: any, era?: any,
 *   runtimeVersion?: any }} [given]
 */
export async function signWith(api, call, signer, given = {}) {
	const { genesisHash, runtimeVersion, registry, extrinsicVersion } = api;
	const nonce = given.nonce ?? (await api.rpc.system.accountNextIndex(signer.address));
	return call.sign(signer, {
		blockHash: given.genesisHash ?? genesisHash,
		genesisHash,
		nonce,
		runtimeVersion,
		signedExtensions: registry.signedExtensions,
		version: extrinsicVersion,
		...given,
	});
}

/**
 * Hands a signed transaction to the pool and waits for its fate.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} signed
 * @param {boolean} [final]
 * @returns {Promise<Receipt>}
 * @throws {PoolRefusal | DispatchFailure}
 */
export async function watch(api, signed, final = false) {
	const { landed } = await send(api, signed, final);
	return landed();
}

/**
 * Whether a block is of the best chain, or comes to be. The pool also tells of blocks that lose
 * against another one of their height; two blocks later it is known which did.
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
 * Hands a signed transaction to the pool. What comes back waits for its fate.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} signed
 * @param {boolean} final
 * @returns {Promise<{ landed: () => Promise<Receipt> }>}
 * @throws {PoolRefusal}
 */
async function send(api, signed, final) {
	const what = `${signed.method.section}.${signed.method.method}`;
	let settle;
	const fate = new Promise((resolve, reject) => {
		settle = { resolve, reject };
	});
	// Whoever waits hears of it; before, it is nobody's.
	fate.catch(() => {});
	let stop;
	const settleWith = (block, { events, dispatchError }) => {
		if (dispatchError) settle.reject(new DispatchFailure(nameOf(api, dispatchError), block));
		else settle.resolve(new Receipt(block, signed, events));
	};
	try {
		stop = await signed.send((result) => {
			const { status, internalError } = result;
			if (internalError) {
				settle.reject(internalError);
			} else if (status.isInvalid || status.isDropped || status.isUsurped) {
				settle.reject(new PoolRefusal({ code: 0, message: `left the pool: ${status.type}` }));
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
