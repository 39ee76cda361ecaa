//! `emergency list`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	parse::ids::patient,
	show::EmergencyTable,
};
use assent_client::{reads, Outcome};
use assent_policy::PatientId;
use clap::Args;
use serde::Serialize;

/// List a patient's emergencies, past ones too
#[derive(Debug, Args)]
pub struct List {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
}

/// The emergencies of a patient.
#[derive(Debug, Serialize)]
pub struct Listed {
	patient: PatientId,
	emergencies: EmergencyTable,
}

impl Answer for Listed {
	fn text(&self) -> String {
		self.emergencies.text("no emergencies")
	}
}

impl Verb for List {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let now = reads::system::now(&chain, at).await?;
		let rows = reads::emergencies::of_patient(&chain, self.patient, at).await?;
		Ok(Listed { patient: self.patient, emergencies: EmergencyTable::new(&rows, now) })
	}
}
