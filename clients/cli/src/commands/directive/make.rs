//! `directive make`.

use crate::{
	answer::{Done, Verb},
	arguments::rules_of,
	options::Options,
	parse::ids::patient,
	show::{made, MadeDirective},
};
use assent_client::{reads, Outcome};
use assent_policy::{PatientId, PolicyVersion};
use clap::Args;
use pallet_consent::Call;
use std::path::PathBuf;

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
	type Answer = Done<MadeDirective>;

	async fn run(self, options: &Options) -> Outcome<Done<MadeDirective>> {
		let patient = self.patient;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let rules = rules_of(&chain, &self.file).await?;
		let at = chain.best().await?;
		let call = Call::make_directive {
			patient,
			directive: Box::new(rules.clone()),
			policy: reads::patients::policy_of(&chain, patient, self.built_on, at).await?,
		};
		let included = options.submit(&chain, &signer, call).await?;
		let shown = MadeDirective::new(patient, made(&included)?, None, &rules);
		Ok(Done::new(&included, shown))
	}
}
