//! `organisation agent add`.

use crate::{
	answer::{Done, Verb},
	arguments::Engaged,
	options::Options,
	parse::{
		ids::account,
		signature::signature,
		time::{self, When},
	},
	show::Agent,
};
use assent_client::{reads::consortium::acting_for, Failure, Outcome};
use clap::Args;
use pallet_consortium::{Call, Capacity};
use sp_runtime::{AccountId32, MultiSignature};

/// Let an account act for the organisation
#[derive(Debug, Args)]
pub struct Add {
	/// The account, unless --agent-key is given
	#[arg(value_parser = account, required_unless_present = "agent_key",
		requires_all = ["last_day", "signature"])]
	account: Option<AccountId32>,
	/// The agent's key file or development seed, to sign here
	#[arg(long, value_name = "SEED_OR_FILE",
		conflicts_with_all = ["account", "last_day", "signature"])]
	agent_key: Option<String>,
	/// The last day of the signed message, after signing elsewhere
	#[arg(long, value_name = "DAY", requires = "signature", value_parser = time::when)]
	last_day: Option<When>,
	/// The agent's signature over the message of `organisation agent consent`
	#[arg(long, value_name = "HEX", requires = "last_day", value_parser = signature)]
	signature: Option<MultiSignature>,
}

impl Verb for Add {
	type Answer = Done<Agent>;

	async fn run(self, options: &Options) -> Outcome<Done<Agent>> {
		let signer = options.signer()?;
		let engaged = Engaged::read(
			options,
			self.agent_key.as_deref(),
			self.account,
			self.last_day,
			self.signature,
		)?;
		let chain = options.chain().await?;
		let organisation = acting_for(&chain, &signer).await?;
		let (agent, consent) = engaged.consent(&chain, organisation, Capacity::Agent).await?;
		let consent = consent.ok_or_else(|| {
			Failure::usage("give --agent-key, or the account, --last-day and --signature")
		})?;
		let added = Agent::new(organisation, &agent);
		let included = options.submit(&chain, &signer, Call::add_agent { agent, consent }).await?;
		Ok(Done::new(&included, added))
	}
}
