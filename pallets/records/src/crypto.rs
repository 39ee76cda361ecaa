//! The attestation key: an sr25519 session key of type `asst`, kept in the keystore of a
//! validator's node and used for nothing but signing what its worker found.

use sp_core::crypto::KeyTypeId;

/// The type of attestation keys in a keystore.
pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"asst");

#[allow(missing_docs)]
mod app {
	use sp_application_crypto::{app_crypto, sr25519};
	app_crypto!(sr25519, super::KEY_TYPE);
}

/// The public half of an attestation key.
pub type AttestationPublic = app::Public;
/// A signature made with an attestation key.
pub type AttestationSignature = app::Signature;
/// An attestation key.
pub type AttestationPair = app::Pair;
