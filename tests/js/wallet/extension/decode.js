// What the wallet knows of a call: decoded with the metadata it was given, as polkadot-js'
// extension does it for its signing page.

import { findChain } from "@polkadot/extension-chains";

/**
 * @param {any[]} definitions what `pri(metadata.list)` answers
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
		// As in the wallet: what can't be decoded is shown as bytes.
	}
	return shown;
}
