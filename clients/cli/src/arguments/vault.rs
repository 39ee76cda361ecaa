//! A vault to write into.

use assent_client::{Outcome, Vault};
use clap::Args;
use std::path::PathBuf;

/// A vault, and permission to write into it.
#[derive(Clone, Debug, Args)]
pub struct VaultArgs {
	/// The vault's URL
	#[arg(long, value_name = "URL")]
	vault: String,
	/// File with the organisation's token
	#[arg(long, value_name = "FILE")]
	token_file: PathBuf,
}

impl VaultArgs {
	/// The vault.
	pub fn open(&self) -> Outcome<Vault> {
		Vault::new(&self.vault, Some(&self.token_file))
	}
}
