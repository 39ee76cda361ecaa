//! Passphrases of key files, from a file or a prompt.

use assent_client::{
	keys::{PassphraseFile, Passphrases, SecretString},
	Failure, Outcome,
};
use std::{
	io::{self, IsTerminal},
	path::PathBuf,
};
use zeroize::Zeroizing;

/// The source of passphrases: a file, or a prompt.
#[derive(Clone, Debug, Default)]
pub struct Passphrase {
	/// The file, if one was named.
	pub file: Option<PathBuf>,
}

impl Passphrase {
	/// The passphrase for a new file: that of the named file; without one, and if `ask`, the one
	/// that is typed twice at a terminal; otherwise none.
	pub fn for_new(&self, ask: bool) -> Outcome<Option<SecretString>> {
		if let Some(file) = &self.file {
			return PassphraseFile(file.clone()).read().map(Some);
		}
		if !ask {
			return Ok(None);
		}
		let first = prompt("New passphrase: ")?;
		let again = prompt("Again: ")?;
		if *first != *again {
			return Err(Failure::usage("the two passphrases differ; nothing was written"));
		}
		if first.is_empty() {
			return Err(Failure::usage("the passphrase is empty; nothing was written"));
		}
		Ok(Some(SecretString::from(first.as_str())))
	}
}

impl Passphrases for Passphrase {
	fn of(&self, whose: &str) -> Outcome<SecretString> {
		match &self.file {
			Some(file) => PassphraseFile(file.clone()).read(),
			None => {
				let typed = prompt(&format!("Passphrase of {whose}: "))?;
				Ok(SecretString::from(typed.as_str()))
			}
		}
	}
}

fn prompt(text: &str) -> Outcome<Zeroizing<String>> {
	if !io::stdin().is_terminal() {
		return Err(Failure::environment(
			"NoTerminal",
			"a passphrase is needed and there is no terminal to type it: name a file with \
			 --passphrase-file",
		));
	}
	rpassword::prompt_password(text)
		.map(Zeroizing::new)
		.map_err(|error| Failure::environment("NoTerminal", error.to_string()))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn new_key_should_be_plain_unless_a_passphrase_is_asked_for() {
		assert!(Passphrase::default().for_new(false).unwrap().is_none());
	}

	#[test]
	fn new_key_should_take_the_passphrase_of_the_named_file() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("passphrase");
		assent_client::files::write_secret(&path, "correct horse\n").unwrap();
		let passphrase = Passphrase { file: Some(path) };
		assert!(passphrase.for_new(false).unwrap().is_some());
		assert!(passphrase.of("a key").is_ok());
	}
}
