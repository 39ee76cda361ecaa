//! `organisation agent`: the accounts that act for an organisation.

mod add;
mod remove;

use crate::commands::prelude::*;
use pallet_consortium::Call;

verbs! {
	/// The verbs.
	Agent {
		Add(add::Add),
		Remove(remove::Remove),
	}
}

/// An agent that was named or ended.
#[derive(Debug, Serialize)]
struct Changed {
	organisation: OrganisationId,
	agent: AccountId32,
}

impl Change for Changed {
	fn rows(&self) -> Vec<Row> {
		vec![("organisation", self.organisation.to_string()), ("agent", address(&self.agent))]
	}
}

/// Names or ends an agent of the organisation of --key.
async fn change(
	options: &Options,
	agent: AccountId32,
	call: impl Fn(AccountId32) -> Call<assent_runtime::Runtime>,
) -> Outcome<Done<Changed>> {
	let signed = options.signed().await?;
	let organisation = signed.organisation().await?;
	let included = signed.submit(call(agent.clone())).await?;
	Ok(Done::new(&included, Changed { organisation, agent }))
}
