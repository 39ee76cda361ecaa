//! `emergency declare`.

use crate::commands::prelude::*;
use assent_support::EmergencyReason;
use pallet_emergencies::{Call, EmergencyId, Event, MAX_EMERGENCY_MINUTES};

/// Declare an emergency for a patient: the patient sees the emergency, and a review follows
#[derive(Debug, Args)]
pub struct Declare {
	/// The patient who is treated
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// Why the patient can't be asked
	#[arg(long, value_name = "REASON", value_parser = reader::<EmergencyReason>())]
	reason: EmergencyReason,
	/// How long, from 1 to 240 minutes
	#[arg(long, value_name = "MINUTES",
		value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_EMERGENCY_MINUTES)))]
	minutes: u16,
}

/// An emergency that was declared.
#[derive(Debug, Serialize)]
pub struct Declared {
	emergency: EmergencyId,
	patient: PatientId,
	reason: EmergencyReason,
	until: String,
}

impl Change for Declared {
	fn rows(&self) -> Vec<Row> {
		vec![
			("emergency", self.emergency.to_string()),
			("patient", self.patient.to_string()),
			("until", self.until.clone()),
			("note", "the patient sees this; justify it afterwards, it is reviewed".into()),
		]
	}
}

impl Verb for Declare {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, reason, minutes } = self;
		let included = options.send(Call::declare { patient, reason, minutes }).await?;
		let (emergency, until) = found!(included,
			Emergencies(Event::EmergencyDeclared { emergency, until, .. }) =>
				(*emergency, time::write(*until)))?;
		Ok(Done::new(&included, Declared { emergency, patient, reason, until }))
	}
}
