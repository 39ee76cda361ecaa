//! `guardian end`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::{account, address, patient},
};
use assent_client::Outcome;
use assent_policy::PatientId;
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_patients::{Call, Event};
use serde::Serialize;
use sp_runtime::AccountId32;

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
	type Answer = Done<Ended>;

	async fn run(self, options: &Options) -> Outcome<Done<Ended>> {
		let patient = self.patient;
		let guardian = address(&self.guardian);
		let call = Call::end_guardian { patient, guardian: self.guardian };
		let included = options.send(call).await?;
		let ended = included.find(|event| match event {
			RuntimeEvent::Patients(Event::GuardianEnded { .. }) => Some("guardian"),
			RuntimeEvent::Patients(Event::ProposalEnded { .. }) => Some("proposal"),
			_ => None,
		})?;
		let ended = Ended { patient, guardian, ended };
		Ok(Done::new(&included, ended))
	}
}
