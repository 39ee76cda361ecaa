//! `emergency list`.

use crate::{commands::prelude::*, show::EmergencyTable};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let now = state.now().await?;
		let rows = state.emergencies_of(self.patient).await?;
		Ok(Listed { patient: self.patient, emergencies: EmergencyTable::new(&rows, now) })
	}
}
