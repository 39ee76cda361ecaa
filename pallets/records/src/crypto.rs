//! The attestation key: an sr25519 session key of type `asst`. The keystore of a validator's node
//! keeps the key. The key signs the findings of the node's worker, and nothing else.

use crate::{Config, Pallet};
use frame_support::traits::OneSessionHandler;
use sp_core::crypto::KeyTypeId;
use sp_runtime::{AccountId32, BoundToRuntimeAppPublic};

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

/// Lets the runtime list the attestation key among its session keys. The pallet keeps no key: the
/// pallet asks the session for the owner of a key.
impl<T: Config> BoundToRuntimeAppPublic for Pallet<T> {
	type Public = AttestationPublic;
}

impl<T: Config> OneSessionHandler<AccountId32> for Pallet<T> {
	type Key = AttestationPublic;

	fn on_genesis_session<'a, I>(_: I)
	where
		I: Iterator<Item = (&'a AccountId32, Self::Key)> + 'a,
	{
	}

	fn on_new_session<'a, I>(_: bool, _: I, _: I)
	where
		I: Iterator<Item = (&'a AccountId32, Self::Key)> + 'a,
	{
	}

	fn on_disabled(_: u32) {}
}
