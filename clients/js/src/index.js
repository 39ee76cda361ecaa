/**
 * A client of an Assent network, for browsers and Node. Functions that ask a node take a connected
 * `ApiPromise` of polkadot.js. The package itself imports nothing of polkadot.js, so an application
 * keeps one copy of polkadot.js.
 */

export {
	DispatchFailure,
	dispatchErrorName,
	PoolCode,
	PoolRefusal,
	Receipt,
} from "./chain/outcome.js";
export { submit, watch } from "./chain/submit.js";
export { metadataForWallet } from "./chain/wallet.js";
export * as delivery from "./delivery.js";
export * as documents from "./documents.js";
export * as envelope from "./envelope.js";
export * as messages from "./messages.js";
export * as rpc from "./rpc.js";
export * as verify from "./verify/index.js";
export { FINAL_MS, IN_BLOCK_MS, TimeoutError, within } from "./wait.js";
