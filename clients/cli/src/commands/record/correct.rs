//! `record correct`.

use crate::{arguments::NewVersion, commands::prelude::*};
use assent_support::VersionCause;

/// Put a corrected document in the place of a record's document
#[derive(Debug, Args)]
pub struct Correct {
	#[command(flatten)]
	version: NewVersion,
}

impl Verb for Correct {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		self.version.make(options, VersionCause::Corrected).await
	}
}
