//! `record put`.

use super::{sealing, VaultArgs};
use crate::{
	failure::{Failure, Outcome},
	files,
	parse::ids::hex,
	printer::{fields, Report},
	progress::Progress,
	vault::Vault,
};
use clap::Args;
use serde_json::json;
use std::{
	fs::File,
	io::{Seek, SeekFrom},
	path::PathBuf,
};

/// Puts a sealed document into the vault.
#[derive(Debug, Args)]
pub struct Put {
	/// The sealed file
	sealed: PathBuf,
	#[command(flatten)]
	vault: VaultArgs,
}

/// Sends a document from its beginning, with progress.
pub(super) fn upload(vault: &Vault, hash: &[u8; 32], size: u64, file: &mut File) -> Outcome<()> {
	file.seek(SeekFrom::Start(0))
		.map_err(|error| Failure::environment("File", error.to_string()))?;
	let progress = Progress::bytes("sending to the vault", size);
	vault.put_document(hash, size, progress.reading(file))
}

impl Put {
	/// Does it.
	pub fn run(self) -> Outcome<Report> {
		let vault = self.vault.open()?;
		let mut file = files::open(&self.sealed)?;
		let (hash, size) = assent_envelope::hash(&mut file).map_err(sealing)?;
		upload(&vault, &hash, size, &mut file)?;
		Ok(Report::new(
			json!({ "ciphertext": hex(hash), "size": size, "vault": vault.url() }),
			fields(&[
				("ciphertext", hex(hash)),
				("size", format!("{size} bytes")),
				("vault", vault.url().into()),
			]),
		))
	}
}
