//! A new key, in a new file.

use crate::options::Options;
use assent_client::{files, keys::SecretString, Outcome};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// The file, and whether the key is encrypted.
#[derive(Debug, Args)]
pub struct NewKey {
	/// The file to make
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
	/// Ask for a passphrase and encrypt the key; --passphrase-file does the same
	/// from a file
	#[arg(long)]
	encrypt: bool,
}

/// The file of a key that was made.
#[derive(Debug, Serialize)]
pub struct MadeFile {
	file: String,
	encrypted: bool,
}

impl MadeFile {
	/// The file for people.
	pub fn text(&self) -> String {
		format!("{} (keep a copy: it can't be made again)", self.file)
	}
}

impl NewKey {
	/// Makes the key in the file, encrypted if there is a passphrase.
	pub fn make<K>(
		&self,
		options: &Options,
		create: impl Fn(&Path, Option<SecretString>) -> Outcome<K>,
	) -> Outcome<(K, MadeFile)> {
		files::ensure_new(&self.out)?;
		let passphrase = options.passphrase().for_new(self.encrypt)?;
		let encrypted = passphrase.is_some();
		let key = create(&self.out, passphrase)?;
		Ok((key, MadeFile { file: self.out.display().to_string(), encrypted }))
	}
}
