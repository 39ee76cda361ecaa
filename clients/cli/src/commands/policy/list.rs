//! `policy list`.

use crate::{commands::prelude::*, show::Policy};

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
		let rows = self.versions.iter().map(Policy::row);
		table(["version", "registered", "uri", "rules"], rows, "no base policy")
	}
}

impl Verb for List {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let organisation = self.organisation;
		let state = options.state().await?;
		let versions = state.policies_of(organisation).await?;
		Ok(Listed { organisation, versions: versions.iter().map(Policy::from).collect() })
	}
}
