//! `guardian confirm`.

use crate::commands::prelude::*;
use pallet_patients::{Call, Event};

/// Confirm a guardian whom another organisation proposed
#[derive(Debug, Args)]
pub struct Confirm {
	/// The ward
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The proposed account
	#[arg(value_parser = account)]
	guardian: AccountId32,
}

/// A guardian who is confirmed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Confirmed {
	patient: PatientId,
	guardian: String,
	until: Option<String>,
	confirmed_by: OrganisationId,
}

impl Change for Confirmed {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("guardian", format!("{}, confirmed", self.guardian)),
			("until", or_empty(&self.until)),
		]
	}
}

impl Verb for Confirm {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let guardian = address(&self.guardian);
		let call = Call::confirm_guardian { patient, guardian: self.guardian };
		let included = options.send(call).await?;
		let (until, confirmed_by) = found!(included,
			Patients(Event::GuardianNamed { until, organisation, .. }) => (*until, *organisation))?;
		let confirmed = Confirmed { patient, guardian, until: moment(until), confirmed_by };
		Ok(Done::new(&included, confirmed))
	}
}
