//! Signatures that wallets make over plain bytes.

use assent_protocol::messages::wrapped;
use sp_runtime::{traits::Verify, AccountId32, MultiSignature};

/// Whether `signature` is `signer`'s over `message`, bare or wrapped in `<Bytes>...</Bytes>`.
/// Browser wallets sign raw bytes in the second form.
pub fn verify_wrapped(signature: &MultiSignature, message: &[u8], signer: &AccountId32) -> bool {
	signature.verify(message, signer) || signature.verify(wrapped(message).as_slice(), signer)
}
