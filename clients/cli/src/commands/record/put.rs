//! `record put`.

use crate::{arguments::VaultArgs, commands::prelude::*};
use assent_client::{
	documents::{hash_of, upload},
	files,
};

/// Put a sealed document into the vault
#[derive(Debug, Args)]
pub struct Put {
	/// The sealed file
	sealed: PathBuf,
	#[command(flatten)]
	vault: VaultArgs,
}

/// A document that is in the vault.
#[derive(Debug, Serialize)]
pub struct Stored {
	ciphertext: String,
	size: u64,
	vault: String,
}

impl Answer for Stored {
	fn text(&self) -> String {
		fields(&[
			("ciphertext", self.ciphertext.clone()),
			("size", format!("{} bytes", self.size)),
			("vault", self.vault.clone()),
		])
	}
}

impl Verb for Put {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let vault = self.vault.open()?;
		let mut file = files::open(&self.sealed)?;
		let (hash, size) = hash_of(&mut file)?;
		upload(&vault, &hash, size, &mut file, &options.progress())?;
		Ok(Stored { ciphertext: hex(hash), size, vault: vault.url().into() })
	}
}
