//! `organisation agent consent`.

use crate::{answer::Verb, arguments::ToEngage, options::Options, show::ToSign};
use assent_client::Outcome;
use clap::Args;
use pallet_consortium::Capacity;

/// Print the message for an account to become an agent and, given --key, the signature
#[derive(Debug, Args)]
pub struct Consent {
	#[command(flatten)]
	to_engage: ToEngage,
}

impl Verb for Consent {
	type Answer = ToSign;

	async fn run(self, options: &Options) -> Outcome<ToSign> {
		self.to_engage.run(options, Capacity::Agent).await
	}
}
