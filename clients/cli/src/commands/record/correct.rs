//! `record correct` and `record rotate`: a new version of a record's document.

use super::{add::place, addresses, readers, registered, view, VaultArgs};
use crate::{
	commands::done,
	context::Options,
	failure::{Failure, Kind, Outcome},
	parse::ids::{account, hex, record},
	printer::Report,
	words::Word,
};
use assent_policy::RecordId;
use assent_runtime::{RuntimeCall, RuntimeEvent};
use assent_support::VersionCause;
use clap::Args;
use serde_json::json;
use sp_runtime::AccountId32;
use std::path::PathBuf;

/// A new version.
#[derive(Debug, Args)]
struct NewVersion {
	/// Which record
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

/// Corrects a record's document.
#[derive(Debug, Args)]
pub struct Correct {
	#[command(flatten)]
	version: NewVersion,
}

/// Encrypts a record's content under a new key.
#[derive(Debug, Args)]
pub struct Rotate {
	#[command(flatten)]
	version: NewVersion,
}

impl Correct {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		self.version.run(options, VersionCause::Corrected).await
	}
}

impl Rotate {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		self.version.run(options, VersionCause::Rotated).await
	}
}

impl NewVersion {
	async fn run(self, options: &Options, cause: VersionCause) -> Outcome<Report> {
		let record = self.record;
		let vault = self.vault.open()?;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let current = view(&chain, record, chain.best().await?).await?;
		let version = current.record.version.saturating_add(1);
		let readers = readers(&chain, &self.readers).await?;
		let placed = place(
			&chain,
			&vault,
			&self.file,
			&self.secrets,
			(record, version),
			&readers,
		)?;
		let kept = &placed.kept;
		let document = registered(kept.ciphertext, kept.size, kept.commitment);
		let call = match cause {
			VersionCause::Corrected => pallet_records::Call::correct { record, document },
			VersionCause::Rotated => pallet_records::Call::rotate { record, document },
		};
		let submitted = chain
			.submit(&signer, RuntimeCall::Records(call), options.wait)
			.await;
		let included = match submitted {
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
		let secret = placed.path.display().to_string();
		Ok(done(
			&included,
			json!({
				"record": hex(record.0),
				"recordVersion": version,
				"cause": cause.word(),
				"ciphertext": hex(kept.ciphertext),
				"size": kept.size,
				"commitment": hex(kept.commitment),
				"readers": addresses(&readers),
				"secret": secret,
				"vault": vault.url(),
			}),
			&[
				("record", hex(record.0)),
				("version", format!("{version}, {}", cause.word())),
				("ciphertext", hex(kept.ciphertext)),
				("readers", addresses(&readers).join(", ")),
				("secret", secret.clone()),
			],
		))
	}
}
