//! `record list`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	parse::ids::patient,
	printer::table,
	show::Record,
};
use assent_client::{reads, Outcome};
use assent_policy::PatientId;
use clap::Args;
use serde::Serialize;

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
		let rows: Vec<_> = self.records.iter().map(Record::row).collect();
		let head = ["record", "class", "confidentiality", "authored", "version", "state"];
		table(&head, &rows, "no records")
	}
}

impl Verb for List {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let views = reads::records::of_patient(&chain, self.patient, at).await?;
		Ok(Listed { patient: self.patient, records: views.iter().map(Record::from).collect() })
	}
}
