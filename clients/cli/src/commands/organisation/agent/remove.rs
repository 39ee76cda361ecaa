//! `organisation agent remove`.

use super::Changed;
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
		let agent = self.account;
		let signed = options.signed().await?;
		let organisation = signed.organisation().await?;
		let included = signed.submit(Call::remove_agent { agent: agent.clone() }).await?;
		Ok(Done::new(&included, Changed { organisation, agent }))
	}
}
