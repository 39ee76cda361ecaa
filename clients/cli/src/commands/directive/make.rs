//! `directive make`.

use crate::{
	arguments::rules_of,
	commands::prelude::*,
	show::{made, MadeDirective},
};
use pallet_consent::Call;

/// Make a directive from a JSON file; `directive show --json` prints the form
#[derive(Debug, Args)]
pub struct Make {
	/// The patient whose documents are meant
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The file
	file: PathBuf,
	/// The version of the enrolling organisation's base policy under the directive
	#[arg(long, value_name = "VERSION")]
	built_on: Option<PolicyVersion>,
}

impl Verb for Make {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let signed = options.signed().await?;
		let rules = rules_of(&signed.state, &self.file).await?;
		let call = Call::make_directive {
			patient,
			directive: Box::new(rules.clone()),
			policy: signed.state.policy_of(patient, self.built_on).await?,
		};
		let included = signed.submit(call).await?;
		let shown = MadeDirective::new(patient, made(&included)?, None, &rules);
		Ok(Done::new(&included, shown))
	}
}
