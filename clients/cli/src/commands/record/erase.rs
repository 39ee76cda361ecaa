//! `record erase`: the chain first, then everything that opens the documents.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::record,
};
use assent_client::{reads, secrets, Outcome, Vault};
use assent_policy::RecordId;
use clap::Args;
use pallet_records::Call;
use serde::Serialize;
use std::path::PathBuf;

/// Erase a record: the secrets are destroyed for ever
#[derive(Debug, Args)]
pub struct Erase {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
	/// The vault from which documents and wraps are removed
	#[arg(long, value_name = "URL", requires = "token_file")]
	vault: Option<String>,
	/// File with the organisation's token
	#[arg(long, value_name = "FILE", requires = "vault")]
	token_file: Option<PathBuf>,
	/// Directory with the secrets, to be destroyed
	#[arg(long, value_name = "DIR")]
	secrets: Option<PathBuf>,
}

/// A record that was erased.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Erased {
	record: RecordId,
	secrets_destroyed: u32,
	documents_removed: u32,
	wraps_removed: bool,
}

impl Change for Erased {
	fn rows(&self) -> Vec<Row> {
		let wraps = if self.wraps_removed { "yes" } else { "none" };
		vec![
			("record", format!("{}, erased", self.record)),
			("secrets destroyed", self.secrets_destroyed.to_string()),
			("documents removed", self.documents_removed.to_string()),
			("wraps removed", wraps.into()),
		]
	}
}

impl Verb for Erase {
	type Answer = Done<Erased>;

	async fn run(self, options: &Options) -> Outcome<Done<Erased>> {
		let record = self.record;
		let vault = match (&self.vault, &self.token_file) {
			(Some(url), Some(token)) => Some(Vault::new(url, Some(token))?),
			_ => None,
		};
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let current = reads::records::view(&chain, record, at).await?;
		let included = options.submit(&chain, &signer, Call::erase { record }).await?;

		let last = current.record.version;
		let mut erased =
			Erased { record, secrets_destroyed: 0, documents_removed: 0, wraps_removed: false };
		if let Some(directory) = &self.secrets {
			erased.secrets_destroyed = secrets::destroy(directory, record, last)?;
		}
		if let Some(vault) = &vault {
			erased.wraps_removed = vault.delete_wraps(record)?;
			for version in 1..=last {
				// The state before the call still holds the versions.
				let row = reads::records::find_version(&chain, record, version, at).await?;
				if let Some(row) = row {
					erased.documents_removed += u32::from(vault.delete_document(&row.ciphertext)?);
				}
			}
		}
		Ok(Done::new(&included, erased))
	}
}
