//! `record correct`.

use crate::{
	answer::{Done, Verb},
	arguments::{NewVersion, Versioned},
	options::Options,
};
use assent_client::Outcome;
use assent_support::VersionCause;
use clap::Args;

/// Put a corrected document in the place of a record's document
#[derive(Debug, Args)]
pub struct Correct {
	#[command(flatten)]
	version: NewVersion,
}

impl Verb for Correct {
	type Answer = Done<Versioned>;

	async fn run(self, options: &Options) -> Outcome<Done<Versioned>> {
		self.version.make(options, VersionCause::Corrected).await
	}
}
