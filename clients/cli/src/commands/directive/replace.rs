//! `directive replace`.

use crate::{arguments::NewDirective, commands::prelude::*};

/// Put a directive in the place of another, without a gap between the two
#[derive(Debug, Args)]
pub struct Replace {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The number of the directive to end
	directive: DirectiveId,
	#[command(flatten)]
	new: NewDirective,
}

impl Verb for Replace {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		self.new.make(options, self.patient, Some(self.directive)).await
	}
}
