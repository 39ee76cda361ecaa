// The description of a call, decoded with the metadata that the wallet was given. The signing page of
// polkadot-js' extension decodes in the same way.

import { findChain } from "@polkadot/extension-chains";

/**
 * Describes a transaction.
 * @param {any[]} definitions the answer of `pri(metadata.list)`
 * @param {any} payload the transaction to sign (SignerPayloadJSON)
 * @returns {{ chain: string | null, version: number, nonce: number, tip: string, data: string,
 *   call: string | null, args: Record<string, any> | null, info: string | null,
 *   lifetime: string }}
 */
export function describe(definitions, payload) {
	const chain = findChain(definitions, payload.genesisHash);
	const version = Number(payload.specVersion);
	const shown = {
		chain: chain?.name ?? null,
		version,
		nonce: Number(payload.nonce),
		tip: BigInt(payload.tip ?? 0).toString(),
		data: payload.method,
		call: null,
		args: null,
		info: null,
		lifetime: "",
	};
	if (chain) {
		const era = chain.registry.createType("ExtrinsicEra", payload.era);
		shown.lifetime = era.isImmortalEra
			? "immortal"
			: `mortal, valid from ${era.asMortalEra.birth(Number(payload.blockNumber))} to ${era.asMortalEra.death(Number(payload.blockNumber))}`;
	}
	if (!chain?.hasMetadata || chain.specVersion !== version) return shown;
	try {
		const call = chain.registry.createType("Call", payload.method);
		const names = call.meta.args.map(({ name }) => name.toString()).join(", ");
		shown.call = `${call.section}.${call.method}(${names})`;
		shown.args = call.toHuman().args;
		shown.info = call.meta.docs.map((line) => line.toString().trim()).join(" ");
	} catch {
		// The page then shows bytes, as the extension does.
	}
	return shown;
}
