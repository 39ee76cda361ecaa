//! `record rotate`.

use crate::{
	answer::{Done, Verb},
	arguments::{NewVersion, Versioned},
	options::Options,
};
use assent_client::Outcome;
use assent_support::VersionCause;
use clap::Args;

/// Put the same content, encrypted under a new key, in the place of a record's document
#[derive(Debug, Args)]
pub struct Rotate {
	#[command(flatten)]
	version: NewVersion,
}

impl Verb for Rotate {
	type Answer = Done<Versioned>;

	async fn run(self, options: &Options) -> Outcome<Done<Versioned>> {
		self.version.make(options, VersionCause::Rotated).await
	}
}
