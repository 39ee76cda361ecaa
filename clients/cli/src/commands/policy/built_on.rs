//! `policy built-on`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	printer::table,
};
use assent_client::{reads, Outcome};
use assent_policy::{DirectiveId, OrganisationId, PatientId, PolicyVersion};
use assent_support::PolicyRef;
use clap::Args;
use serde::Serialize;

/// List the directives in force that are built on a version
#[derive(Debug, Args)]
pub struct BuiltOn {
	/// The organisation's number
	#[arg(value_name = "NUMBER")]
	organisation: OrganisationId,
	/// The version
	version: PolicyVersion,
}

#[derive(Debug, Serialize)]
struct Built {
	patient: PatientId,
	directive: DirectiveId,
}

/// The directives that are built on a version.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
	organisation: OrganisationId,
	policy_version: PolicyVersion,
	directives: Vec<Built>,
}

impl Answer for Listed {
	fn text(&self) -> String {
		let rows: Vec<_> = self
			.directives
			.iter()
			.map(|one| vec![one.patient.to_string(), one.directive.to_string()])
			.collect();
		table(&["patient", "directive"], &rows, "no directives in force are built on it")
	}
}

impl Verb for BuiltOn {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let policy = PolicyRef { organisation: self.organisation, version: self.version };
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let rows = reads::consent::built_on(&chain, policy, at).await?;
		Ok(Listed {
			organisation: self.organisation,
			policy_version: self.version,
			directives: rows
				.into_iter()
				.map(|(patient, directive)| Built { patient, directive })
				.collect(),
		})
	}
}
