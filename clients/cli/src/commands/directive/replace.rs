//! `directive replace`.

use crate::{
	answer::{Done, Verb},
	arguments::rules_of,
	options::Options,
	parse::ids::patient,
	show::{made, MadeDirective},
};
use assent_client::{reads, Outcome};
use assent_policy::{DirectiveId, PatientId, PolicyVersion};
use clap::Args;
use pallet_consent::Call;
use std::path::PathBuf;

/// Put a directive in the place of another, without a gap between the two
#[derive(Debug, Args)]
pub struct Replace {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The number of the directive to end
	directive: DirectiveId,
	/// The file
	file: PathBuf,
	/// The version of the enrolling organisation's base policy under the directive
	#[arg(long, value_name = "VERSION")]
	built_on: Option<PolicyVersion>,
}

impl Verb for Replace {
	type Answer = Done<MadeDirective>;

	async fn run(self, options: &Options) -> Outcome<Done<MadeDirective>> {
		let patient = self.patient;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let rules = rules_of(&chain, &self.file).await?;
		let at = chain.best().await?;
		let call = Call::replace {
			patient,
			directive_id: self.directive,
			directive: Box::new(rules.clone()),
			policy: reads::patients::policy_of(&chain, patient, self.built_on, at).await?,
		};
		let included = options.submit(&chain, &signer, call).await?;
		let number = made(&included)?;
		let shown = MadeDirective::new(patient, number, Some(self.directive), &rules);
		Ok(Done::new(&included, shown))
	}
}
