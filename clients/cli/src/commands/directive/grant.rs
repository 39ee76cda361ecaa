//! `directive grant`, and `grant` for short: the one-call directive that permits.

use crate::{
	arguments::Terms,
	commands::prelude::*,
	show::{self, made},
};
use pallet_consent::Call;

/// Share: let somebody open a patient's documents
#[derive(Debug, Args)]
pub struct Grant {
	/// The patient whose documents are meant
	#[arg(value_parser = patient)]
	patient: PatientId,
	#[command(flatten)]
	terms: Terms,
}

/// A grant that was made.
#[derive(Debug, Serialize)]
pub struct Granted {
	patient: PatientId,
	directive: DirectiveId,
	#[serde(flatten)]
	terms: show::Terms,
}

impl Change for Granted {
	fn rows(&self) -> Vec<Row> {
		let mut rows =
			vec![("patient", self.patient.to_string()), ("directive", self.directive.to_string())];
		rows.extend(self.terms.rows());
		rows
	}
}

impl Verb for Grant {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let signed = options.signed().await?;
		let terms = self.terms.resolve(signed.state.now().await?)?;
		let shown = show::Terms::from(&terms);
		let pallet_consent::Terms { actors, purposes, classes, until } = terms;
		let call = Call::grant { patient, actors, purposes, classes, until };
		let included = signed.submit(call).await?;
		let directive = made(&included)?;
		Ok(Done::new(&included, Granted { patient, directive, terms: shown }))
	}
}
