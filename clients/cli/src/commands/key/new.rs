//! `key new`.

use crate::{
	arguments::{MadeFile, NewKey},
	commands::prelude::*,
};
use assent_client::Signer;

/// Make a signing key (sr25519) in a new file, readable by the owner only
#[derive(Debug, Args)]
pub struct New {
	#[command(flatten)]
	key: NewKey,
}

/// A signing key that was made.
#[derive(Debug, Serialize)]
pub struct Made {
	account: String,
	public: String,
	#[serde(flatten)]
	file: MadeFile,
}

impl Answer for Made {
	fn text(&self) -> String {
		fields(&[("account", self.account.clone()), ("file", self.file.text())])
	}
}

impl Verb for New {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let (signer, file) = self.key.make(options, Signer::create)?;
		let account = signer.account();
		Ok(Made { account: address(&account), public: hex(&account), file })
	}
}
