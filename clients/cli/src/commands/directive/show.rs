//! `directive show`.

use crate::{commands::prelude::*, show::Directive};

/// Show one directive
#[derive(Debug, Args)]
pub struct Show {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The number
	directive: DirectiveId,
}

/// A directive of a patient.
#[derive(Debug, Serialize)]
pub struct Shown {
	patient: PatientId,
	#[serde(flatten)]
	directive: Directive,
}

impl Answer for Shown {
	fn text(&self) -> String {
		let one = &self.directive;
		let built_on = one.built_on.map(|version| format!("base policy, version {version}"));
		fields(&[
			("patient", self.patient.to_string()),
			("directive", one.directive.to_string()),
			("standing", one.standing_text()),
			("made", one.made.clone()),
			("made by", one.made_by.clone()),
			("answers request", or_empty(&one.request)),
			("built on", or_empty(&built_on)),
			("rules", one.described.clone()),
		])
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, directive } = self;
		let state = options.state().await?;
		let now = state.now().await?;
		let row = state.directive(patient, directive).await?;
		Ok(Shown { patient, directive: Directive::new(directive, &row, now) })
	}
}
