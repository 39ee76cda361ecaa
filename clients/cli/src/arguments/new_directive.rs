//! A directive from a file of rules, in the place of another or not.

use crate::{
	answer::{Change, Done, Row},
	options::Options,
	parse::directive::{describe, read, write},
	show::{made, or_empty},
};
use assent_client::{files, Failure, Outcome};
use assent_policy::{DirectiveId, PatientId, PolicyVersion};
use clap::Args;
use pallet_consent::Call;
use serde::Serialize;
use serde_json::Value;
use std::path::PathBuf;

/// The rules, and the version of the base policy under the rules.
#[derive(Debug, Args)]
pub struct NewDirective {
	/// The file
	file: PathBuf,
	/// The version of the enrolling organisation's base policy under the directive
	#[arg(long, value_name = "VERSION")]
	built_on: Option<PolicyVersion>,
}

/// A directive that was made, in the place of another or not.
#[derive(Debug, Serialize)]
pub struct MadeDirective {
	patient: PatientId,
	directive: DirectiveId,
	replaced: Option<DirectiveId>,
	rules: Value,
	#[serde(skip)]
	described: String,
}

impl Change for MadeDirective {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("directive", self.directive.to_string()),
			("in place of", or_empty(&self.replaced)),
			("rules", self.described.clone()),
		]
	}
}

impl NewDirective {
	/// Makes the directive, in the place of `replaced` if there is one. Distances of time in the
	/// file count from the chain's now.
	pub async fn make(
		self,
		options: &Options,
		patient: PatientId,
		replaced: Option<DirectiveId>,
	) -> Outcome<Done<MadeDirective>> {
		let signed = options.signed().await?;
		let rules = read(&files::read_text(&self.file)?, signed.state.now().await?)
			.map_err(|why| Failure::usage(format!("{}: {why}", self.file.display())))?;
		let policy = signed.state.policy_of(patient, self.built_on).await?;
		let directive = Box::new(rules.clone());
		let included = match replaced {
			None => signed.submit(Call::make_directive { patient, directive, policy }).await?,
			Some(directive_id) => {
				signed.submit(Call::replace { patient, directive_id, directive, policy }).await?
			}
		};
		let (directive, described) = (made(&included)?, describe(&rules));
		let rules = write(&rules);
		Ok(Done::new(&included, MadeDirective { patient, directive, replaced, rules, described }))
	}
}
