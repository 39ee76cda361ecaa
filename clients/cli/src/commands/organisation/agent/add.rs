//! `organisation agent add`.

use super::Changed;
use crate::{arguments::Engaged, commands::prelude::*, parse::signature::signature};
use pallet_consortium::{Call, Capacity};
use sp_runtime::MultiSignature;

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let signer = options.signer()?;
		let engaged = Engaged::read(
			options,
			self.agent_key.as_deref(),
			self.account,
			self.last_day,
			self.signature,
		)?;
		let signed = options.signed_by(signer).await?;
		let organisation = signed.organisation().await?;
		let (agent, consent) =
			engaged.consent(&signed.state, organisation, Capacity::Agent).await?;
		let consent = consent.ok_or_else(|| {
			Failure::usage("give --agent-key, or the account, --last-day and --signature")
		})?;
		let call = Call::add_agent { agent: agent.clone(), consent };
		let included = signed.submit(call).await?;
		Ok(Done::new(&included, Changed { organisation, agent }))
	}
}
