//! `organisation show`.

use crate::{commands::prelude::*, show::Organisation};

/// Show one member
#[derive(Debug, Args)]
pub struct Show {
	/// The number
	#[arg(value_name = "NUMBER")]
	organisation: OrganisationId,
}

/// A member.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Shown(Organisation);

impl Answer for Shown {
	fn text(&self) -> String {
		let Self(one) = self;
		let admitted = one.admitted.clone().unwrap_or_else(|| "in the genesis block".into());
		fields(&[
			("organisation", one.organisation.to_string()),
			("name", one.name.clone()),
			("kind", one.kind.word().into()),
			("status", one.status.word().into()),
			("controller", one.controller.clone()),
			("agents", one.agents.join(", ")),
			("admitted", admitted),
			("endpoint", or_empty(&one.endpoint)),
			("proposed endpoint", or_empty(&one.proposed_endpoint)),
			("base policy", or_empty(&one.policy_text())),
		])
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let number = self.organisation;
		let state = options.state().await?;
		let row = state.organisation(number).await?;
		let endpoint = state.endpoint_of(number).await?;
		let policy = state.newest_policy(number, &row).await?;
		let shown = Organisation::new(number, &row, &endpoint, policy.as_ref());
		Ok(Shown(shown))
	}
}
