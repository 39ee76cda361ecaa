//! `record erase`: the chain first, then everything that opens the documents.

use crate::commands::prelude::*;
use assent_client::{secrets, Vault};
use pallet_records::Call;

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let record = self.record;
		let vault = match (&self.vault, &self.token_file) {
			(Some(url), Some(token)) => Some(Vault::new(url, Some(token))?),
			_ => None,
		};
		let signed = options.signed().await?;
		let current = signed.state.record(record).await?;
		let included = signed.submit(Call::erase { record }).await?;

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
				let row = signed.state.find_version(record, version).await?;
				if let Some(row) = row {
					erased.documents_removed += u32::from(vault.delete_document(&row.ciphertext)?);
				}
			}
		}
		Ok(Done::new(&included, erased))
	}
}
