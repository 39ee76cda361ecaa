//! `delegate end`.

use crate::commands::prelude::*;
use pallet_patients::{Call, Event};

/// End a delegate, as the patient, a guardian or the delegate
#[derive(Clone, Debug, Args, Serialize)]
pub struct End {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The account to end
	#[arg(value_parser = account)]
	delegate: AccountId32,
}

impl Change for End {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("delegate", format!("{}, ended", self.delegate)),
		]
	}
}

impl Verb for End {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, delegate } = self.clone();
		let included = options.send(Call::end_delegate { patient, delegate }).await?;
		found!(included, Patients(Event::DelegateEnded { .. }) => ())?;
		Ok(Done::new(&included, self))
	}
}
