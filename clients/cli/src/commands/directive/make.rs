//! `directive make`.

use crate::{arguments::NewDirective, commands::prelude::*};

/// Make a directive from a JSON file; `directive show --json` prints the form
#[derive(Debug, Args)]
pub struct Make {
	/// The patient whose documents are meant
	#[arg(value_parser = patient)]
	patient: PatientId,
	#[command(flatten)]
	new: NewDirective,
}

impl Verb for Make {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		self.new.make(options, self.patient, None).await
	}
}
