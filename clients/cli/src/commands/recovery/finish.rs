//! `recovery finish`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::{address, patient},
};
use assent_client::Outcome;
use assent_policy::PatientId;
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_patients::{Call, Event};
use serde::Serialize;

/// Finish a recovery whose time has come
#[derive(Debug, Args)]
pub struct Finish {
	/// The id
	#[arg(value_parser = patient)]
	patient: PatientId,
}

/// A recovery that is finished.
#[derive(Debug, Serialize)]
pub struct Finished {
	patient: PatientId,
	account: String,
	former: String,
}

impl Change for Finished {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("account", format!("{} from now on", self.account)),
			("before", self.former.clone()),
			("note", "what was shared stays until it is withdrawn; delegates are ended".into()),
		]
	}
}

impl Verb for Finish {
	type Answer = Done<Finished>;

	async fn run(self, options: &Options) -> Outcome<Done<Finished>> {
		let Self { patient } = self;
		let included = options.send(Call::finish_recovery { patient }).await?;
		let finished = included.find(|event| match event {
			RuntimeEvent::Patients(Event::ControllerChanged { former, controller, .. }) => {
				Some(Finished { patient, account: address(controller), former: address(former) })
			}
			_ => None,
		})?;
		Ok(Done::new(&included, finished))
	}
}
