//! What every command is given: the common options, made usable.

use crate::{
	chain::{Chain, Wait},
	failure::{Failure, Outcome},
	keys::{Passphrase, Signer},
};
use std::path::PathBuf;

/// Options that every command takes.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Common options")]
pub struct Options {
	/// The node to ask
	#[arg(
		long,
		global = true,
		value_name = "URL",
		default_value = "ws://127.0.0.1:9944"
	)]
	pub node: String,
	/// Print one line of JSON instead of text, of failures too
	#[arg(long, global = true)]
	pub json: bool,
	/// Who signs: a key file, or a development seed such as //Alice
	#[arg(long, global = true, value_name = "SEED_OR_FILE")]
	pub key: Option<String>,
	/// File whose first line is the passphrase of encrypted key files; asked for otherwise
	#[arg(long, global = true, value_name = "FILE")]
	pub passphrase_file: Option<PathBuf>,
	/// How long to wait for a transaction
	#[arg(long, global = true, value_name = "UNTIL", value_enum, default_value_t)]
	pub wait: Wait,
}

impl Options {
	/// Connects to the node.
	pub async fn chain(&self) -> Outcome<Chain> {
		Chain::connect(&self.node).await
	}

	/// Where passphrases come from.
	pub fn passphrase(&self) -> Passphrase {
		Passphrase {
			file: self.passphrase_file.clone(),
		}
	}

	/// Who signs.
	pub fn signer(&self) -> Outcome<Signer> {
		let key = self.key.as_deref().ok_or_else(|| {
			Failure::usage(
				"this must be signed: name a key file, or a development seed such as //Alice, \
				 with --key",
			)
		})?;
		Signer::load(key, &self.passphrase())
	}

	/// Who signs, if anybody was named.
	pub fn signer_if_any(&self) -> Outcome<Option<Signer>> {
		match self.key {
			Some(_) => self.signer().map(Some),
			None => Ok(None),
		}
	}
}
