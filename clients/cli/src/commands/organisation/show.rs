//! `organisation show`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	printer::fields,
	show::{or_empty, Organisation},
	words::Word,
};
use assent_client::{reads::consortium, Outcome};
use assent_policy::OrganisationId;
use clap::Args;
use serde::Serialize;

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
	type Answer = Shown;

	async fn run(self, options: &Options) -> Outcome<Shown> {
		let number = self.organisation;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let row = consortium::organisation(&chain, number, at).await?;
		let endpoint = consortium::endpoint(&chain, number, at).await?;
		let policy = consortium::newest_policy(&chain, number, &row, at).await?;
		let shown = Organisation::new(number, &row, &endpoint, policy.as_ref());
		Ok(Shown(shown))
	}
}
