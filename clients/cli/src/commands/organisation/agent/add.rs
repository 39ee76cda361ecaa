//! `organisation agent add`.

use crate::commands::prelude::*;
use pallet_consortium::Call;

/// Let an account act for the organisation
#[derive(Debug, Args)]
pub struct Add {
	/// The account
	#[arg(value_parser = account)]
	account: AccountId32,
}

impl Verb for Add {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		super::change(options, self.account, |agent| Call::add_agent { agent }).await
	}
}
