//! `policy list`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	printer::table,
	show::Policy,
};
use assent_client::{reads, Outcome};
use assent_policy::OrganisationId;
use clap::Args;
use serde::Serialize;

/// List the versions of an organisation's base policy
#[derive(Debug, Args)]
pub struct List {
	/// The number
	#[arg(value_name = "NUMBER")]
	organisation: OrganisationId,
}

/// The versions of a base policy.
#[derive(Debug, Serialize)]
pub struct Listed {
	organisation: OrganisationId,
	versions: Vec<Policy>,
}

impl Answer for Listed {
	fn text(&self) -> String {
		let rows: Vec<_> = self.versions.iter().map(Policy::row).collect();
		let head = ["version", "registered", "uri", "rules"];
		table(&head, &rows, "no base policy")
	}
}

impl Verb for List {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let organisation = self.organisation;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let versions = reads::consortium::policies_of(&chain, organisation, at).await?;
		Ok(Listed { organisation, versions: versions.iter().map(Policy::from).collect() })
	}
}
