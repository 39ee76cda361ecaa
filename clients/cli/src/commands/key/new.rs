//! `key new`.

use crate::commands::prelude::*;
use assent_client::{files, Signer};

/// Make a signing key (sr25519) in a new file, readable by the owner only
#[derive(Debug, Args)]
pub struct New {
	/// The file to make
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
	/// Ask for a passphrase and encrypt the key; --passphrase-file does the same
	/// from a file
	#[arg(long)]
	encrypt: bool,
}

/// A signing key that was made.
#[derive(Debug, Serialize)]
pub struct Made {
	account: String,
	public: String,
	file: String,
	encrypted: bool,
}

impl Answer for Made {
	fn text(&self) -> String {
		let file = format!("{} (keep a copy: it can't be made again)", self.file);
		fields(&[("account", self.account.clone()), ("file", file)])
	}
}

impl Verb for New {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		files::ensure_new(&self.out)?;
		let passphrase = options.passphrase().for_new(self.encrypt)?;
		let encrypted = passphrase.is_some();
		let account = Signer::create(&self.out, passphrase)?.account();
		Ok(Made {
			account: address(&account),
			public: hex(&account),
			file: self.out.display().to_string(),
			encrypted,
		})
	}
}
