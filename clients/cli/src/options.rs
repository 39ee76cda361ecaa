//! The common options of every command, made usable.

use crate::{passphrase::Passphrase, progress::Bars};
use assent_client::{Chain, Failure, Included, Outcome, Signer, State, Wait};
use assent_policy::OrganisationId;
use assent_runtime::RuntimeCall;
use sp_runtime::AccountId32;
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

	/// Connects to the node, and takes the state after the best block.
	pub async fn state(&self) -> Outcome<State> {
		self.chain().await?.best_state().await
	}

	/// The signing key, and a connection to the node.
	pub async fn signed(&self) -> Outcome<Signed<'_>> {
		self.signed_by(self.signer()?).await
	}

	/// This key, and a connection to the node.
	pub async fn signed_by(&self, signer: Signer) -> Outcome<Signed<'_>> {
		Ok(Signed { options: self, signer, state: self.state().await? })
	}

	/// Connects, signs and sends a call.
	pub async fn send(&self, call: impl Into<RuntimeCall>) -> Outcome<Included> {
		self.signed().await?.submit(call).await
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
}

/// A connection to the node, and the key that signs.
pub struct Signed<'a> {
	options: &'a Options,
	/// The key.
	pub signer: Signer,
	/// The state after the best block at the moment of connecting.
	pub state: State,
}

impl Signed<'_> {
	/// The account of the key.
	pub fn account(&self) -> AccountId32 {
		self.signer.account()
	}

	/// The organisation for which the account acts.
	pub async fn organisation(&self) -> Outcome<OrganisationId> {
		self.state.acting_for(&self.signer).await
	}

	/// Signs and sends a call.
	pub async fn submit(&self, call: impl Into<RuntimeCall>) -> Outcome<Included> {
		let (wait, progress) = (self.options.until(), self.options.progress());
		self.state.chain.submit(&self.signer, call.into(), wait, &progress).await
	}

	/// As [`Self::submit`], in front of every transaction of the account that waits.
	pub async fn submit_first(&self, call: impl Into<RuntimeCall>) -> Outcome<Included> {
		let (wait, progress) = (self.options.until(), self.options.progress());
		self.state.chain.submit_first(&self.signer, call.into(), wait, &progress).await
	}
}
