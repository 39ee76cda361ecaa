//! A new version of a record's document: corrected, or encrypted under a new key.

use super::VaultArgs;
use crate::{
	answer::{Change, Done, Row},
	options::{Options, Signed},
	parse::ids::{account, record},
	show::InVault,
};
use assent_client::{
	documents::{place, readers, Placed},
	Failure, Included, Kind, Outcome, Vault,
};
use assent_policy::{RecordId, VersionNumber, Word};
use assent_support::VersionCause;
use clap::Args;
use pallet_records::{Call, Event};
use serde::Serialize;
use sp_runtime::AccountId32;
use std::path::PathBuf;

/// Sends the call that tells the chain of a placed document. When the call was refused for certain,
/// nothing on the chain names what was put: everything is taken back.
pub async fn submit_placed(
	signed: &Signed<'_>,
	call: Call<assent_runtime::Runtime>,
	placed: &Placed,
	vault: &Vault,
) -> Outcome<Included> {
	signed.submit(call).await.inspect_err(|failure| {
		if failure.kind == Kind::Refused {
			placed.take_back(vault);
		}
	})
}

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
	#[serde(flatten)]
	document: InVault,
}

impl Change for Versioned {
	fn rows(&self) -> Vec<Row> {
		let version = format!("{}, {}", self.record_version, self.cause.word());
		vec![
			("record", self.record.to_string()),
			("version", version),
			("ciphertext", self.document.facts.ciphertext.clone()),
			("readers", self.document.readers.join(", ")),
			("secret", self.document.secret.clone()),
		]
	}
}

impl NewVersion {
	/// Seals, puts and wraps the document, and tells the chain of the new version.
	pub async fn make(self, options: &Options, cause: VersionCause) -> Outcome<Done<Versioned>> {
		let record = self.record;
		let vault = self.vault.open()?;
		let signed = options.signed().await?;
		let chain = &signed.state.chain;
		let current = signed.state.record(record).await?;
		let version = current.record.version.saturating_add(1);
		let readers = readers(chain, &self.readers).await?;
		let at = (record, version);
		let progress = options.progress();
		let placed = place(chain, &vault, &self.file, &self.secrets, at, readers, &progress)?;
		let document = placed.document();
		let call = match cause {
			VersionCause::Corrected => Call::correct { record, document },
			VersionCause::Rotated => Call::rotate { record, document },
		};
		let included = submit_placed(&signed, call, &placed, &vault).await?;
		let made = found!(included, Records(Event::RecordVersioned { version, .. }) => *version)?;
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
		let document = InVault::new(&placed, &vault);
		let versioned = Versioned { record, record_version: version, cause, document };
		Ok(Done::new(&included, versioned))
	}
}
