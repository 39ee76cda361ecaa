// Transactions made byte by byte. polkadot.js would not send these, or can't make these.

import { bnToU8a, compactAddLength, compactToU8a, u8aConcat, u8aToU8a } from "@polkadot/util";
import { blake2AsU8a } from "@polkadot/util-crypto";

const SIGNED_V4 = 0x84;
const GENERAL_V5 = 0x45;
const ACCOUNT_ID = 0;
const SR25519 = 1;
/** The era of a transaction that is valid for ever. */
const IMMORTAL = 0;
/** The mode of the metadata's hash: the wallet showed none. */
const OFF = 0;

/** The bytes that the extensions add to a transaction. The chain's own extensions add none. */
const extra = (nonce) => u8aConcat([IMMORTAL], compactToU8a(nonce), [OFF]);

/** The bytes that are signed and not sent: both versions, the chain, the era's begin, no hash. */
function implicit({ runtimeVersion, genesisHash }) {
	const u32 = (number) => bnToU8a(number, { bitLength: 32 });
	return u8aConcat(
		u32(runtimeVersion.specVersion),
		u32(runtimeVersion.transactionVersion),
		genesisHash.toU8a(),
		genesisHash.toU8a(),
		[OFF],
	);
}

/**
 * A signed transaction over exactly these call bytes, right or wrong.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string | Uint8Array} call
 * @param {import("@polkadot/keyring/types").KeyringPair} signer
 * @param {{ nonce?: number }} [given] the account's next nonce by default
 * @returns {Promise<Uint8Array>}
 */
export async function signedBytes(api, call, signer, given = {}) {
	const nonce = given.nonce ?? (await api.rpc.system.accountNextIndex(signer.address)).toNumber();
	const bytes = u8aToU8a(call);
	const payload = u8aConcat(bytes, extra(nonce), implicit(api));
	const signature = signer.sign(payload.length > 256 ? blake2AsU8a(payload, 256) : payload);
	return compactAddLength(
		u8aConcat([SIGNED_V4, ACCOUNT_ID], signer.publicKey, [SR25519], signature, extra(nonce), bytes),
	);
}

/**
 * A transaction without a signature that carries its own authority. The nodes' workers send
 * attestations in this form.
 * @param {string | Uint8Array} call
 * @returns {Uint8Array}
 */
export function generalBytes(call) {
	const version = 0;
	return compactAddLength(u8aConcat([GENERAL_V5, version], extra(0), u8aToU8a(call)));
}
