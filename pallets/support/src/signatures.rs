//! Signatures made by wallets over plain bytes.

use sp_runtime::{traits::Verify, AccountId32, MultiSignature};

/// Whether `signature` is `signer`'s over `message`, bare or wrapped in
/// `<Bytes>...</Bytes>` as browser wallets sign raw bytes.
pub fn verify_wrapped(signature: &MultiSignature, message: &[u8], signer: &AccountId32) -> bool {
	if signature.verify(message, signer) {
		return true;
	}
	let wrapped = [b"<Bytes>".as_slice(), message, b"</Bytes>".as_slice()].concat();
	signature.verify(wrapped.as_slice(), signer)
}
