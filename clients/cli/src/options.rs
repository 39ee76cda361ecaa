//! The common options of every command, made usable.

use crate::{passphrase::Passphrase, progress::Bars};
use assent_client::{Chain, Failure, Included, Outcome, Signer, Wait};
use assent_runtime::RuntimeCall;
use std::path::PathBuf;

/// The state of a transaction to wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Until {
	/// Until the transaction is in a block of the best chain. The block may still be reverted.
	#[default]
	InBlock,
	/// Until the block is final.
	Final,
}

/// Options of every command.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Common options")]
pub struct Options {
	/// The node to ask
	#[arg(long, global = true, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	pub node: String,
	/// Print one line of JSON instead of text, of failures too
	#[arg(long, global = true)]
	pub json: bool,
	/// The key that signs: a key file, or a development seed such as //Alice
	#[arg(long, global = true, value_name = "SEED_OR_FILE")]
	pub key: Option<String>,
	/// File whose first line is the passphrase of encrypted key files; asked for otherwise
	#[arg(long, global = true, value_name = "FILE")]
	pub passphrase_file: Option<PathBuf>,
	/// How long to wait for a transaction
	#[arg(long, global = true, value_name = "UNTIL", value_enum, default_value_t)]
	pub wait: Until,
}

impl Options {
	/// Connects to the node.
	pub async fn chain(&self) -> Outcome<Chain> {
		Chain::connect(&self.node).await
	}

	/// The source of passphrases.
	pub fn passphrase(&self) -> Passphrase {
		Passphrase { file: self.passphrase_file.clone() }
	}

	/// The signing key; a failure when none was named.
	pub fn signer(&self) -> Outcome<Signer> {
		let key = self.key.as_deref().ok_or_else(|| {
			Failure::usage(
				"this must be signed: name a key file, or a development seed such as //Alice, \
				 with --key",
			)
		})?;
		Signer::load(key, &self.passphrase())
	}

	/// The signing key, if one was named.
	pub fn signer_if_any(&self) -> Outcome<Option<Signer>> {
		match self.key {
			Some(_) => self.signer().map(Some),
			None => Ok(None),
		}
	}

	/// The shower of progress.
	pub fn progress(&self) -> Bars {
		Bars
	}

	fn until(&self) -> Wait {
		match self.wait {
			Until::InBlock => Wait::InBlock,
			Until::Final => Wait::Final,
		}
	}

	/// Signs and sends a call over a connection that is open.
	pub async fn submit(
		&self,
		chain: &Chain,
		signer: &Signer,
		call: impl Into<RuntimeCall>,
	) -> Outcome<Included> {
		chain.submit(signer, call.into(), self.until(), &self.progress()).await
	}

	/// As [`Self::submit`], in front of every transaction of the account that waits.
	pub async fn submit_first(
		&self,
		chain: &Chain,
		signer: &Signer,
		call: impl Into<RuntimeCall>,
	) -> Outcome<Included> {
		chain.submit_first(signer, call.into(), self.until(), &self.progress()).await
	}

	/// Connects, signs and sends a call.
	pub async fn send(&self, call: impl Into<RuntimeCall>) -> Outcome<Included> {
		let signer = self.signer()?;
		let chain = self.chain().await?;
		self.submit(&chain, &signer, call).await
	}
}
