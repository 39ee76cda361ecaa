/** The chain's metadata for a wallet, which then shows a call in words. */

import { base64 } from "@scure/base";

/**
 * The definition for `injected.metadata.provide`: the chain's calls, in the chain's own form.
 * @param {import("@polkadot/api").ApiPromise} api
 * @returns {object} a `MetadataDef` of polkadot-js; `metaCalls` in base64
 */
export function metadataForWallet(api) {
	const { ss58Format, tokenDecimals, tokenSymbol } = api.registry.getChainProperties();
	return {
		chain: api.runtimeChain.toString(),
		chainType: "substrate",
		color: "#1f6f5c",
		genesisHash: api.genesisHash.toHex(),
		icon: "substrate",
		metaCalls: base64.encode(api.runtimeMetadata.asCallsOnly.toU8a()),
		specVersion: api.runtimeVersion.specVersion.toNumber(),
		ss58Format: ss58Format.unwrapOr(null)?.toNumber() ?? 42,
		// Assent has no token, and wallets want an answer.
		tokenDecimals: tokenDecimals.unwrapOr([])[0]?.toNumber() ?? 0,
		tokenSymbol: tokenSymbol.unwrapOr([])[0]?.toString() ?? "Unit",
		types: {},
	};
}
