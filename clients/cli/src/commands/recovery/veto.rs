//! `recovery veto`.

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

/// Veto a recovery: no other account takes the id over
#[derive(Debug, Args)]
pub struct Veto {
	/// The id
	#[arg(value_parser = patient)]
	patient: PatientId,
}

/// A recovery that was vetoed.
#[derive(Debug, Serialize)]
pub struct Vetoed {
	patient: PatientId,
	account: String,
}

impl Change for Vetoed {
	fn rows(&self) -> Vec<Row> {
		vec![("patient", self.patient.to_string()), ("to", format!("{}, vetoed", self.account))]
	}
}

impl Verb for Veto {
	type Answer = Done<Vetoed>;

	async fn run(self, options: &Options) -> Outcome<Done<Vetoed>> {
		let Self { patient } = self;
		let included = options.send(Call::veto_recovery { patient }).await?;
		let account = included.find(|event| match event {
			RuntimeEvent::Patients(Event::RecoveryVetoed { controller, .. }) => {
				Some(address(controller))
			}
			_ => None,
		})?;
		Ok(Done::new(&included, Vetoed { patient, account }))
	}
}
