//! `delegate end`.

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

/// End a delegate, as the patient, a guardian or the delegate
#[derive(Debug, Args)]
pub struct End {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The account to end
	#[arg(value_parser = account)]
	delegate: AccountId32,
}

/// A mandate that ended.
#[derive(Debug, Serialize)]
pub struct Ended {
	patient: PatientId,
	delegate: String,
}

impl Change for Ended {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("delegate", format!("{}, ended", self.delegate)),
		]
	}
}

impl Verb for End {
	type Answer = Done<Ended>;

	async fn run(self, options: &Options) -> Outcome<Done<Ended>> {
		let Self { patient, delegate } = self;
		let ended = Ended { patient, delegate: address(&delegate) };
		let call = Call::end_delegate { patient, delegate };
		let included = options.send(call).await?;
		included.find(|event| match event {
			RuntimeEvent::Patients(Event::DelegateEnded { .. }) => Some(()),
			_ => None,
		})?;
		Ok(Done::new(&included, ended))
	}
}
