/** The ways in which a transaction ends: refused by the pool, failed in a block, or done. */

/** The JSON-RPC codes with which a node's pool refuses. A node has others too. */
export const PoolCode = Object.freeze({
	/** The transaction left the pool after the pool had taken the transaction; no node's code. */
	Left: 0,
	/** The allowance or the node refuses the transaction. The reason says why, and what to do. */
	Refused: 1002,
	/** The transaction is invalid. The reason says why. */
	Invalid: 1010,
	/** The pool already has the same transaction. */
	AlreadyImported: 1013,
	/** The pool already has another transaction of the same account and number. */
	PriorityTooLow: 1014,
});

/** The transaction pool refused the transaction: no block has the transaction. */
export class PoolRefusal extends Error {
	/** @param {{ code: number, message: string }} error the node's answer */
	constructor(error) {
		super(error.message);
		this.name = "PoolRefusal";
		/** The JSON-RPC code, for instance one of `PoolCode`. */
		this.code = error.code;
		/** The reason in the node's words, with the data of the answer. */
		this.reason = error.message;
	}
}

/** A block has the call, and the call failed: the state is as before, but for the allowance. */
export class DispatchFailure extends Error {
	/** @param {string} reason as of `dispatchErrorName` @param {string} block */
	constructor(reason, block) {
		super(`dispatched and failed: ${reason}`);
		this.name = "DispatchFailure";
		/** The name of the error, for instance `consent.NotAuthorized`. */
		this.reason = reason;
		/** The hash of the block. */
		this.block = block;
	}
}

/**
 * The name of a dispatch error: `pallet.Error`; or the kind, such as `BadOrigin`, for an error of no
 * pallet.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {import("@polkadot/types/interfaces").DispatchError} error
 * @returns {string}
 */
export function dispatchErrorName(api, error) {
	if (error.isModule) {
		const { section, name } = api.registry.findMetaError(error.asModule);
		return `${section}.${name}`;
	}
	return error.type === "Token" || error.type === "Arithmetic"
		? `${error.type}.${error.value.toString()}`
		: error.type;
}

/** The effect of a transaction that a block has and that succeeded. */
export class Receipt {
	/**
	 * @param {string} block
	 * @param {import("@polkadot/types/interfaces").Extrinsic} extrinsic
	 * @param {import("@polkadot/types/interfaces").EventRecord[]} records the transaction's own
	 */
	constructor(block, extrinsic, records) {
		/** The hash of the block. */
		this.block = block;
		/** The extrinsic as signed. */
		this.extrinsic = extrinsic;
		/** The transaction's events, in order. */
		this.events = records.map(({ event }) => event);
	}

	/** `pallet.Event` of each event, in order. @returns {string[]} */
	get names() {
		return this.events.map(({ section, method }) => `${section}.${method}`);
	}

	/**
	 * The data of the one event of this name.
	 * @param {string} name for instance `consent.DirectiveMade`
	 * @returns {any} the event's fields, by name and by position
	 * @throws {Error} when the transaction has none of this name, or several
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

	/**
	 * The data of every event of this name.
	 * @param {string} name
	 * @returns {any[]} in order; empty where there is none
	 */
	all(name) {
		return this.events
			.filter(({ section, method }) => `${section}.${method}` === name)
			.map(({ data }) => data);
	}
}
