// What a wallet is given so that it can show a call: the chain's calls, in its own form.
// Runs in Node and in the browser.

import { base64Encode } from "@polkadot/util-crypto";

/**
 * The definition for `injected.metadata.provide`.
 * @param {import("@polkadot/api").ApiPromise} api
 */
export async function metadataForWallet(api) {
	const { ss58Format, tokenDecimals, tokenSymbol } = api.registry.getChainProperties();
	return {
		chain: api.runtimeChain.toString(),
		chainType: "substrate",
		color: "#1f6f5c",
		genesisHash: api.genesisHash.toHex(),
		icon: "substrate",
		metaCalls: base64Encode(api.runtimeMetadata.asCallsOnly.toU8a()),
		specVersion: api.runtimeVersion.specVersion.toNumber(),
		ss58Format: ss58Format.unwrapOr(null)?.toNumber() ?? 42,
		// Assent has no token; wallets want some answer.
		tokenDecimals: tokenDecimals.unwrapOr([])[0]?.toNumber() ?? 0,
		tokenSymbol: tokenSymbol.unwrapOr([])[0]?.toString() ?? "Unit",
		types: {},
	};
}
