//! `record share` and `record unshare`: wraps for readers. A wrap alone lets nobody in: the
//! vault hands it out only on a permitted access.

use super::{
	hand_out, readers,
	secrets::{path_of, Kept},
	view, VaultArgs,
};
use crate::{
	context::Options,
	failure::{Failure, Outcome},
	parse::ids::{account, address, hex, record},
	printer::{fields, Report},
	vault::WrapAddress,
};
use assent_policy::{RecordId, VersionNumber};
use assent_runtime::Runtime;
use clap::Args;
use pallet_records::Version;
use serde_json::json;
use sp_runtime::AccountId32;
use std::path::PathBuf;

/// Wraps a record's document for a reader.
#[derive(Debug, Args)]
pub struct Share {
	/// Which record
	#[arg(value_parser = record)]
	record: RecordId,
	/// The reader, who has published a key
	#[arg(long, value_name = "ACCOUNT", value_parser = account)]
	to: AccountId32,
	/// Which document version; the current one if not given
	#[arg(long, value_name = "NUMBER")]
	version: Option<VersionNumber>,
	/// Directory in which the secret is kept, as RECORD-VERSION.json
	#[arg(long, value_name = "DIR", default_value = "secrets")]
	secrets: PathBuf,
	#[command(flatten)]
	vault: VaultArgs,
}

/// Removes a reader's wraps.
#[derive(Debug, Args)]
pub struct Unshare {
	/// Which record
	#[arg(value_parser = record)]
	record: RecordId,
	/// The reader
	#[arg(long, value_name = "ACCOUNT", value_parser = account)]
	from: AccountId32,
	/// Which document version; every one if not given
	#[arg(long, value_name = "NUMBER")]
	version: Option<VersionNumber>,
	#[command(flatten)]
	vault: VaultArgs,
}

impl Share {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let record = self.record;
		let vault = self.vault.open()?;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let version = match self.version {
			Some(version) => version,
			None => view(&chain, record, at).await?.record.version,
		};
		let key = pallet_records::Versions::<Runtime>::hashed_key_for(record, version);
		let row: Version = chain.read(&key, at).await?.ok_or_else(|| {
			crate::commands::not_found(format!("version {version} of record {record}"))
		})?;
		let path = path_of(&self.secrets, record, version);
		let kept = Kept::read(&path)?;
		if kept.ciphertext != row.ciphertext {
			return Err(Failure::file(&path, "is the secret of another document"));
		}
		let readers = readers(&chain, &[self.to]).await?;
		for reader in &readers {
			hand_out(&chain, &vault, &kept.secret, record, version, reader)?;
		}
		let reader = readers.first().map(|reader| address(&reader.account));
		let key_version = readers.first().map(|reader| reader.key.version);
		Ok(Report::new(
			json!({
				"record": hex(record.0),
				"recordVersion": version,
				"reader": reader,
				"keyVersion": key_version,
				"vault": vault.url(),
			}),
			fields(&[
				("record", hex(record.0)),
				("version", version.to_string()),
				("reader", reader.clone().unwrap_or_default()),
				("vault", vault.url().into()),
			]),
		))
	}
}

impl Unshare {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let record = self.record;
		let vault = self.vault.open()?;
		let versions = match self.version {
			Some(version) => version..=version,
			None => {
				let chain = options.chain().await?;
				1..=view(&chain, record, chain.best().await?)
					.await?
					.record
					.version
			}
		};
		let mut removed = 0u32;
		for version in versions {
			let at = WrapAddress {
				record,
				version,
				reader: self.from.clone(),
			};
			removed += u32::from(vault.delete_wrap(&at)?);
		}
		Ok(Report::new(
			json!({
				"record": hex(record.0),
				"reader": address(&self.from),
				"wrapsRemoved": removed,
			}),
			fields(&[
				("record", hex(record.0)),
				("reader", address(&self.from)),
				("wraps removed", removed.to_string()),
				("note", "what was already read can't be called back".into()),
			]),
		))
	}
}
