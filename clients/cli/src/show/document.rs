//! Documents on their way to the chain.

use crate::{parse::ids::hex, show::addresses};
use assent_client::{documents::Placed, secrets::Kept, Vault};
use serde::Serialize;

/// The facts of a sealed document that the chain registers.
#[derive(Debug, Serialize)]
pub struct Facts {
	/// The hash of the ciphertext.
	pub ciphertext: String,
	/// The bytes of the ciphertext.
	pub size: u64,
	/// The salted commitment to the content.
	pub commitment: String,
}

impl From<&Kept> for Facts {
	fn from(kept: &Kept) -> Self {
		Self { ciphertext: hex(kept.ciphertext), size: kept.size, commitment: hex(kept.commitment) }
	}
}

/// A document that is in the vault, with wraps for the readers.
#[derive(Debug, Serialize)]
pub struct InVault {
	/// The facts for the chain.
	#[serde(flatten)]
	pub facts: Facts,
	/// The addresses of the readers.
	pub readers: Vec<String>,
	/// The file of the secret.
	pub secret: String,
	vault: String,
}

impl InVault {
	/// The placed document, in this vault.
	pub fn new(placed: &Placed, vault: &Vault) -> Self {
		Self {
			facts: Facts::from(&placed.kept),
			readers: addresses(&placed.readers),
			secret: placed.path.display().to_string(),
			vault: vault.url().into(),
		}
	}
}
