//! `record list`.

use crate::{commands::prelude::*, show::Record};

/// List a patient's records
#[derive(Debug, Args)]
pub struct List {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
}

/// The records of a patient.
#[derive(Debug, Serialize)]
pub struct Listed {
	patient: PatientId,
	records: Vec<Record>,
}

impl Answer for Listed {
	fn text(&self) -> String {
		let head = ["record", "class", "confidentiality", "authored", "version", "state"];
		table(head, self.records.iter().map(Record::row), "no records")
	}
}

impl Verb for List {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let views = state.records_of(self.patient).await?;
		Ok(Listed { patient: self.patient, records: views.iter().map(Record::from).collect() })
	}
}
