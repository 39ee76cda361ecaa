//! A new version of a record's document: corrected, or encrypted under a new key.

use super::VaultArgs;
use crate::{
	answer::{Change, Done, Row},
	options::Options,
	parse::ids::{account, hex, record},
	show::addresses,
};
use assent_client::{
	documents::{place, readers},
	reads, Failure, Kind, Outcome,
};
use assent_policy::{RecordId, VersionNumber, Word};
use assent_runtime::RuntimeEvent;
use assent_support::VersionCause;
use clap::Args;
use serde::Serialize;
use sp_runtime::AccountId32;
use std::path::PathBuf;

/// A new version.
#[derive(Debug, Args)]
pub struct NewVersion {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
	/// The document
	file: PathBuf,
	#[command(flatten)]
	vault: VaultArgs,
	/// A reader of the new version; repeat for more. Readers of the old one are not taken over
	#[arg(long = "reader", value_name = "ACCOUNT", value_parser = account)]
	readers: Vec<AccountId32>,
	/// Directory in which the secret is kept, as RECORD-VERSION.json
	#[arg(long, value_name = "DIR", default_value = "secrets")]
	secrets: PathBuf,
}

/// A version that was made.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Versioned {
	record: RecordId,
	record_version: VersionNumber,
	cause: VersionCause,
	ciphertext: String,
	size: u64,
	commitment: String,
	readers: Vec<String>,
	secret: String,
	vault: String,
}

impl Change for Versioned {
	fn rows(&self) -> Vec<Row> {
		let version = format!("{}, {}", self.record_version, self.cause.word());
		vec![
			("record", self.record.to_string()),
			("version", version),
			("ciphertext", self.ciphertext.clone()),
			("readers", self.readers.join(", ")),
			("secret", self.secret.clone()),
		]
	}
}

impl NewVersion {
	/// Seals, puts and wraps the document, and tells the chain of the new version.
	pub async fn make(self, options: &Options, cause: VersionCause) -> Outcome<Done<Versioned>> {
		let record = self.record;
		let vault = self.vault.open()?;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let current = reads::records::view(&chain, record, chain.best().await?).await?;
		let version = current.record.version.saturating_add(1);
		let readers = readers(&chain, &self.readers).await?;
		let placed = place(
			&chain,
			&vault,
			&self.file,
			&self.secrets,
			(record, version),
			&readers,
			&options.progress(),
		)?;
		let document = placed.document();
		let call = match cause {
			VersionCause::Corrected => pallet_records::Call::correct { record, document },
			VersionCause::Rotated => pallet_records::Call::rotate { record, document },
		};
		let included = match options.submit(&chain, &signer, call).await {
			Err(failure) if failure.kind == Kind::Refused => {
				placed.take_back(&vault, record, version, &readers);
				return Err(failure);
			}
			other => other?,
		};
		let made = included.find(|event| match event {
			RuntimeEvent::Records(pallet_records::Event::RecordVersioned { version, .. }) => {
				Some(*version)
			}
			_ => None,
		})?;
		if made != version {
			return Err(Failure::environment(
				"VersionRace",
				format!(
					"somebody else made version {version} meanwhile; this one became {made}, and \
					 its secret is in {} under the wrong number: rename it, and share the record \
					 anew",
					placed.path.display()
				),
			));
		}
		let kept = &placed.kept;
		let versioned = Versioned {
			record,
			record_version: version,
			cause,
			ciphertext: hex(kept.ciphertext),
			size: kept.size,
			commitment: hex(kept.commitment),
			readers: addresses(&readers),
			secret: placed.path.display().to_string(),
			vault: vault.url().into(),
		};
		Ok(Done::new(&included, versioned))
	}
}
