//! `condition confirm`.

use crate::commands::prelude::*;
use assent_support::Condition;
use pallet_patients::{Call, Event};

/// Confirm another organisation's report: the condition is valid from now on
#[derive(Debug, Args)]
pub struct Confirm {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The condition, as reported
	#[arg(value_parser = reader::<Condition>())]
	condition: Condition,
}

/// A condition that is confirmed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Confirmed {
	patient: PatientId,
	condition: Condition,
	confirmed_by: OrganisationId,
}

impl Change for Confirmed {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("condition", format!("{}, confirmed", self.condition.word())),
		]
	}
}

impl Verb for Confirm {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, condition } = self;
		let included = options.send(Call::confirm_condition { patient, condition }).await?;
		let confirmed_by = found!(included,
			Patients(Event::ConditionChanged { organisation, .. }) => *organisation)?;
		Ok(Done::new(&included, Confirmed { patient, condition, confirmed_by }))
	}
}
