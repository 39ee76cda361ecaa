//! `record share`: a wrap for a reader. A wrap alone permits nothing: the vault hands it out only
//! on a permitted access.

use crate::{arguments::VaultArgs, commands::prelude::*};
use assent_client::{
	documents::{readers, Wrapping},
	secrets::{path_of, Kept},
};

/// Wrap a record's document for a reader
#[derive(Debug, Args)]
pub struct Share {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
	/// The reader, with a published key
	#[arg(long, value_name = "ACCOUNT", value_parser = account)]
	to: AccountId32,
	/// The document version; the current one if not given
	#[arg(long, value_name = "NUMBER")]
	version: Option<VersionNumber>,
	/// Directory in which the secret is kept, as RECORD-VERSION.json
	#[arg(long, value_name = "DIR", default_value = "secrets")]
	secrets: PathBuf,
	#[command(flatten)]
	vault: VaultArgs,
}

/// A wrap that is in the vault.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shared {
	record: RecordId,
	record_version: VersionNumber,
	reader: Option<String>,
	key_version: Option<u32>,
	vault: String,
}

impl Answer for Shared {
	fn text(&self) -> String {
		fields(&[
			("record", self.record.to_string()),
			("version", self.record_version.to_string()),
			("reader", or_empty(&self.reader)),
			("vault", self.vault.clone()),
		])
	}
}

impl Verb for Share {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let record = self.record;
		let vault = self.vault.open()?;
		let state = options.state().await?;
		let version = match self.version {
			Some(version) => version,
			None => state.record(record).await?.record.version,
		};
		let row = state.version(record, version).await?;
		let path = path_of(&self.secrets, record, version);
		let kept = Kept::read(&path)?;
		if kept.ciphertext != row.ciphertext {
			return Err(Failure::file(&path, "is the secret of another document"));
		}
		let readers = readers(&state.chain, &[self.to]).await?;
		let (chain, secret) = (&state.chain, &kept.secret);
		let wrapping = Wrapping { chain, vault: &vault, secret, record, version };
		readers.iter().try_for_each(|reader| wrapping.hand_out(reader))?;
		let reader = readers.first();
		Ok(Shared {
			record,
			record_version: version,
			reader: reader.map(|reader| address(&reader.account)),
			key_version: reader.map(|reader| reader.key.version),
			vault: vault.url().into(),
		})
	}
}
