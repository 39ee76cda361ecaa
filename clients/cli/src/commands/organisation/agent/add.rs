//! `organisation agent add`.

use crate::{
	answer::{Done, Verb},
	options::Options,
	parse::ids::account,
	show::Agent,
};
use assent_client::{reads::consortium::acting_for, Outcome};
use clap::Args;
use pallet_consortium::Call;
use sp_runtime::AccountId32;

/// Let an account act for the organisation
#[derive(Debug, Args)]
pub struct Add {
	/// The account
	#[arg(value_parser = account)]
	account: AccountId32,
}

impl Verb for Add {
	type Answer = Done<Agent>;

	async fn run(self, options: &Options) -> Outcome<Done<Agent>> {
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let organisation = acting_for(&chain, &signer).await?;
		let agent = Agent::new(organisation, &self.account);
		let call = Call::add_agent { agent: self.account };
		let included = options.submit(&chain, &signer, call).await?;
		Ok(Done::new(&included, agent))
	}
}
