//! `record unshare`.

use crate::{arguments::VaultArgs, commands::prelude::*};
use assent_client::vault::WrapAddress;

/// Remove a reader's wraps from the vault
#[derive(Debug, Args)]
pub struct Unshare {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
	/// The reader
	#[arg(long, value_name = "ACCOUNT", value_parser = account)]
	from: AccountId32,
	/// The document version; every one if not given
	#[arg(long, value_name = "NUMBER")]
	version: Option<VersionNumber>,
	#[command(flatten)]
	vault: VaultArgs,
}

/// The removed wraps.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unshared {
	record: RecordId,
	reader: String,
	wraps_removed: u32,
}

impl Answer for Unshared {
	fn text(&self) -> String {
		fields(&[
			("record", self.record.to_string()),
			("reader", self.reader.clone()),
			("wraps removed", self.wraps_removed.to_string()),
			("note", "what was already read can't be called back".into()),
		])
	}
}

impl Verb for Unshare {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let record = self.record;
		let vault = self.vault.open()?;
		let versions = match self.version {
			Some(version) => version..=version,
			None => {
				let state = options.state().await?;
				1..=state.record(record).await?.record.version
			}
		};
		let mut removed = 0u32;
		for version in versions {
			let at = WrapAddress { record, version, reader: self.from.clone() };
			removed += u32::from(vault.delete_wrap(&at)?);
		}
		Ok(Unshared { record, reader: address(&self.from), wraps_removed: removed })
	}
}
