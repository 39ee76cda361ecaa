//! `policy built-on`.

use crate::commands::prelude::*;
use assent_support::PolicyRef;

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
		let rows =
			self.directives.iter().map(|one| [one.patient.to_string(), one.directive.to_string()]);
		table(["patient", "directive"], rows, "no directives in force are built on it")
	}
}

impl Verb for BuiltOn {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let policy = PolicyRef { organisation: self.organisation, version: self.version };
		let state = options.state().await?;
		let rows = state.built_on(policy).await?;
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
