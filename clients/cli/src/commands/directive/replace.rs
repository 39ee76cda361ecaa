//! `directive replace`.

use crate::{
	arguments::rules_of,
	commands::prelude::*,
	show::{made, MadeDirective},
};
use pallet_consent::Call;

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let signed = options.signed().await?;
		let rules = rules_of(&signed.state, &self.file).await?;
		let call = Call::replace {
			patient,
			directive_id: self.directive,
			directive: Box::new(rules.clone()),
			policy: signed.state.policy_of(patient, self.built_on).await?,
		};
		let included = signed.submit(call).await?;
		let number = made(&included)?;
		let shown = MadeDirective::new(patient, number, Some(self.directive), &rules);
		Ok(Done::new(&included, shown))
	}
}
