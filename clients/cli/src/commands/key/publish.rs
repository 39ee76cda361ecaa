//! `key publish`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::{address, hex},
};
use assent_client::{keys, Failure, Outcome};
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_records::{Call, Event};
use serde::Serialize;
use std::path::PathBuf;

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
	type Answer = Done<Published>;

	async fn run(self, options: &Options) -> Outcome<Done<Published>> {
		let public = keys::reader_public(&self.reader)?;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let call = Call::set_encryption_key { key: public };
		let included = match options.submit(&chain, &signer, call).await {
			Err(failure) if failure.code == "Records.AlreadySet" => {
				return Err(Failure::refused(
					failure.code,
					"this key is published for the account already: there is nothing to do",
				))
			}
			other => other?,
		};
		let key_version = included.find(|event| match event {
			RuntimeEvent::Records(Event::EncryptionKeySet { version, .. }) => Some(*version),
			_ => None,
		})?;
		let published =
			Published { account: address(&signer.account()), public: hex(public), key_version };
		Ok(Done::new(&included, published))
	}
}
