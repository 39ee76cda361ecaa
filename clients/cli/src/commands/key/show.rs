//! `key show`.

use crate::commands::prelude::*;
use assent_client::keys;

/// Show the account of --key, or the public half of a reader's key
#[derive(Debug, Args)]
pub struct Show {
	/// A reader's key file
	#[arg(long, value_name = "FILE")]
	reader: Option<PathBuf>,
}

/// The public half of a key, with the account of a signing key.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Shown {
	/// Of a signing key.
	Signing { account: String, public: String },
	/// Of a reader's key.
	Reader { public: String },
}

impl Answer for Shown {
	fn text(&self) -> String {
		match self {
			Self::Signing { account, public } => {
				fields(&[("account", account.clone()), ("public", public.clone())])
			}
			Self::Reader { public } => public.clone(),
		}
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		if let Some(file) = self.reader {
			let public = hex(keys::reader_public(&file)?);
			return Ok(Shown::Reader { public });
		}
		let account = options.signer()?.account();
		Ok(Shown::Signing { account: address(&account), public: hex(&account) })
	}
}
