//! `directive list`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	parse::ids::patient,
	printer::table,
	show::Directive,
};
use assent_client::{reads, Outcome};
use assent_policy::PatientId;
use clap::Args;
use serde::Serialize;

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
		let rows: Vec<_> = self
			.directives
			.iter()
			.map(|one| {
				let exceptions = match one.exceptions {
					0 => String::new(),
					1 => " (and an exception)".into(),
					count => format!(" (and {count} exceptions)"),
				};
				let base = one.described.lines().next().unwrap_or_default();
				vec![one.directive.to_string(), one.standing_text(), format!("{base}{exceptions}")]
			})
			.collect();
		table(&["no", "standing", "rules"], &rows, "no directives")
	}
}

impl Verb for List {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let now = reads::system::now(&chain, at).await?;
		let rows = reads::consent::directives(&chain, self.patient, at).await?;
		Ok(Listed {
			patient: self.patient,
			directives: rows
				.iter()
				.map(|(number, row)| Directive::new(*number, row, now))
				.collect(),
		})
	}
}
