//! `record rotate`.

use crate::{arguments::NewVersion, commands::prelude::*};
use assent_support::VersionCause;

/// Put the same content, encrypted under a new key, in the place of a record's document
#[derive(Debug, Args)]
pub struct Rotate {
	#[command(flatten)]
	version: NewVersion,
}

impl Verb for Rotate {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		self.version.make(options, VersionCause::Rotated).await
	}
}
