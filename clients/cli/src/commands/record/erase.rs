//! `record erase`: the chain first, then everything that opens the documents.

use super::{secrets::path_of, view};
use crate::{
	commands::done,
	context::Options,
	failure::{Failure, Outcome},
	parse::ids::{hex, record},
	printer::Report,
	vault::Vault,
};
use assent_policy::{RecordId, VersionNumber};
use assent_runtime::{Runtime, RuntimeCall};
use clap::Args;
use pallet_records::Version;
use serde_json::json;
use std::{
	fs,
	io::ErrorKind,
	path::{Path, PathBuf},
};

/// Erases a record.
#[derive(Debug, Args)]
pub struct Erase {
	/// Which record
	#[arg(value_parser = record)]
	record: RecordId,
	/// The vault from which its documents and wraps are removed
	#[arg(long, value_name = "URL", requires = "token_file")]
	vault: Option<String>,
	/// File with the organisation's token
	#[arg(long, value_name = "FILE", requires = "vault")]
	token_file: Option<PathBuf>,
	/// Directory in which its secrets are kept, to be destroyed
	#[arg(long, value_name = "DIR")]
	secrets: Option<PathBuf>,
}

/// Removes the secrets of every version; how many there were.
fn destroy_secrets(directory: &Path, record: RecordId, last: VersionNumber) -> Outcome<u32> {
	let mut destroyed = 0;
	for version in 1..=last {
		let path = path_of(directory, record, version);
		match fs::remove_file(&path) {
			Ok(()) => destroyed += 1,
			Err(error) if error.kind() == ErrorKind::NotFound => {}
			Err(error) => return Err(Failure::file(&path, error)),
		}
	}
	Ok(destroyed)
}

impl Erase {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let record = self.record;
		let vault = match (&self.vault, &self.token_file) {
			(Some(url), Some(token)) => Some(Vault::new(url, Some(token))?),
			_ => None,
		};
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let current = view(&chain, record, at).await?;
		let call = RuntimeCall::Records(pallet_records::Call::erase { record });
		let included = chain.submit(&signer, call, options.wait).await?;

		let last = current.record.version;
		let secrets = match &self.secrets {
			Some(directory) => destroy_secrets(directory, record, last)?,
			None => 0,
		};
		let (mut documents, mut wraps) = (0, false);
		if let Some(vault) = &vault {
			wraps = vault.delete_wraps(record)?;
			for version in 1..=last {
				let key = pallet_records::Versions::<Runtime>::hashed_key_for(record, version);
				let row: Option<Version> = chain.read(&key, at).await?;
				if let Some(row) = row {
					documents += u32::from(vault.delete_document(&row.ciphertext)?);
				}
			}
		}
		Ok(done(
			&included,
			json!({
				"record": hex(record.0),
				"secretsDestroyed": secrets,
				"documentsRemoved": documents,
				"wrapsRemoved": wraps,
			}),
			&[
				("record", format!("{}, erased", hex(record.0))),
				("secrets destroyed", secrets.to_string()),
				("documents removed", documents.to_string()),
				("wraps removed", if wraps { "yes" } else { "none" }.into()),
			],
		))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn secrets_of_every_version_should_be_destroyed_and_no_others() {
		let dir = tempfile::tempdir().unwrap();
		let (mine, other) = (RecordId([1; 16]), RecordId([2; 16]));
		for (record, version) in [(mine, 1), (mine, 3), (other, 1)] {
			fs::write(path_of(dir.path(), record, version), "x").unwrap();
		}
		assert_eq!(destroy_secrets(dir.path(), mine, 3).unwrap(), 2);
		assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
		assert_eq!(destroy_secrets(dir.path(), mine, 3).unwrap(), 0);
	}
}
