//! `organisation show`.

use crate::{commands::prelude::*, show::Organisation};

/// Show one member
#[derive(Debug, Args)]
pub struct Show {
	/// The number
	#[arg(value_name = "NUMBER")]
	organisation: OrganisationId,
}

impl Answer for Organisation {
	fn text(&self) -> String {
		let admitted = self.admitted.clone().unwrap_or_else(|| "in the genesis block".into());
		fields(&[
			("organisation", self.organisation.to_string()),
			("name", self.name.clone()),
			("kind", self.kind.word().into()),
			("status", self.status.word().into()),
			("controller", self.controller.clone()),
			("agents", self.agents.join(", ")),
			("admitted", admitted),
			("endpoint", or_empty(&self.endpoint)),
			("proposed endpoint", or_empty(&self.proposed_endpoint)),
			("base policy", or_empty(&self.policy_text())),
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
		Ok(Organisation::new(number, &row, &endpoint, policy.as_ref()))
	}
}
