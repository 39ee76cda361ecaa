//! `guardian end`.

use crate::commands::prelude::*;
use pallet_patients::{Call, Event};

/// End a guardian or a proposal, as the ward or as the guardian
#[derive(Debug, Args)]
pub struct End {
	/// The ward
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The account to end
	#[arg(value_parser = account)]
	guardian: AccountId32,
}

/// A guardian or a proposal that ended.
#[derive(Debug, Serialize)]
pub struct Ended {
	patient: PatientId,
	guardian: String,
	ended: &'static str,
}

impl Change for Ended {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			(self.ended, format!("{}, ended", self.guardian)),
		]
	}
}

impl Verb for End {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let guardian = address(&self.guardian);
		let included =
			options.send(Call::end_guardian { patient, guardian: self.guardian }).await?;
		let ended = found!(included,
			Patients(Event::GuardianEnded { .. }) => "guardian",
			Patients(Event::ProposalEnded { .. }) => "proposal")?;
		Ok(Done::new(&included, Ended { patient, guardian, ended }))
	}
}
