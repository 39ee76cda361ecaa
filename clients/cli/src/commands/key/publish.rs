//! `key publish`.

use crate::commands::prelude::*;
use assent_client::keys;
use pallet_records::{Call, Event};

/// Publish a reader's key on the chain as that of --key's account
#[derive(Debug, Args)]
pub struct Publish {
	/// The reader's key file
	#[arg(value_name = "READER_FILE")]
	reader: PathBuf,
}

/// A reader's key that is published.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Published {
	account: String,
	public: String,
	key_version: u32,
}

impl Change for Published {
	fn rows(&self) -> Vec<Row> {
		vec![
			("account", self.account.clone()),
			("public", self.public.clone()),
			("key version", self.key_version.to_string()),
		]
	}
}

impl Verb for Publish {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let public = keys::reader_public(&self.reader)?;
		let signed = options.signed().await?;
		let call = Call::set_encryption_key { key: public };
		let included = match signed.submit(call).await {
			Err(failure) if failure.code == "Records.AlreadySet" => {
				return Err(Failure::refused(
					failure.code,
					"this key is published for the account already: there is nothing to do",
				))
			}
			other => other?,
		};
		let key_version = found!(included,
			Records(Event::EncryptionKeySet { version, .. }) => *version)?;
		let published =
			Published { account: address(&signed.account()), public: hex(public), key_version };
		Ok(Done::new(&included, published))
	}
}
