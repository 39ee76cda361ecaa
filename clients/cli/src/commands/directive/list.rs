//! `directive list`.

use crate::{commands::prelude::*, show::Directive};

/// List a patient's directives, ended ones too
#[derive(Debug, Args)]
pub struct List {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
}

/// The directives of a patient.
#[derive(Debug, Serialize)]
pub struct Listed {
	patient: PatientId,
	directives: Vec<Directive>,
}

impl Answer for Listed {
	fn text(&self) -> String {
		let rows = self.directives.iter().map(|one| {
			let exceptions = match one.exceptions {
				0 => String::new(),
				1 => " (and an exception)".into(),
				count => format!(" (and {count} exceptions)"),
			};
			let base = one.described.lines().next().unwrap_or_default();
			[one.directive.to_string(), one.standing_text(), format!("{base}{exceptions}")]
		});
		table(["no", "standing", "rules"], rows, "no directives")
	}
}

impl Verb for List {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let now = state.now().await?;
		let rows = state.directives_of(self.patient).await?;
		Ok(Listed {
			patient: self.patient,
			directives: rows
				.iter()
				.map(|(number, row)| Directive::new(*number, row, now))
				.collect(),
		})
	}
}
