//! `organisation agent remove`.

use crate::commands::prelude::*;
use pallet_consortium::Call;

/// End it
#[derive(Debug, Args)]
pub struct Remove {
	/// The account
	#[arg(value_parser = account)]
	account: AccountId32,
}

impl Verb for Remove {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		super::change(options, self.account, |agent| Call::remove_agent { agent }).await
	}
}
