// Signatures over chosen data, right or wrong, for the tests of what the pool refuses.

/**
 * Signs a call with the given data in place of the chain's own. The transaction is valid for ever,
 * unless `given` has an era.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} call
 * @param {import("@polkadot/keyring/types").KeyringPair} signer
 * @param {{ nonce?: number, genesisHash?: any, blockHash?: any, era?: any,
 *   runtimeVersion?: any }} [given] the nonce is the account's next by default
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
