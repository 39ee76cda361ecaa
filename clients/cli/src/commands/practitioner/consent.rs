//! `practitioner consent`.

use crate::{arguments::ToEngage, commands::prelude::*};
use pallet_consortium::Capacity;

/// Print the message for an account to become a practitioner and, given --key, the signature
#[derive(Debug, Args)]
pub struct Consent {
	#[command(flatten)]
	to_engage: ToEngage,
}

impl Verb for Consent {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		self.to_engage.run(options, Capacity::Practitioner).await
	}
}
