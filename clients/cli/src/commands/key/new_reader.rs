//! `key new-reader`.

use crate::commands::prelude::*;
use assent_client::{files, keys};

/// Make a reader's key (X25519) in a new file: documents are wrapped to the public half
#[derive(Debug, Args)]
pub struct NewReader {
	/// The file to make
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
	/// Ask for a passphrase and encrypt the key; --passphrase-file does the same
	/// from a file
	#[arg(long)]
	encrypt: bool,
}

/// A reader's key that was made.
#[derive(Debug, Serialize)]
pub struct Made {
	public: String,
	file: String,
	encrypted: bool,
}

impl Answer for Made {
	fn text(&self) -> String {
		let file = format!("{} (keep a copy: it can't be made again)", self.file);
		fields(&[("public", self.public.clone()), ("file", file)])
	}
}

impl Verb for NewReader {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		files::ensure_new(&self.out)?;
		let passphrase = options.passphrase().for_new(self.encrypt)?;
		let encrypted = passphrase.is_some();
		let key = keys::create_reader(&self.out, passphrase)?;
		Ok(Made {
			public: hex(key.public().to_bytes()),
			file: self.out.display().to_string(),
			encrypted,
		})
	}
}
