//! `recovery support`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::{
		ids::{account, address, patient},
		time,
	},
};
use assent_client::Outcome;
use assent_policy::PatientId;
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_patients::{Call, Event};
use serde::Serialize;
use sp_runtime::AccountId32;

/// Support a recovery, as another guardian or another organisation
#[derive(Debug, Args)]
pub struct Support {
	/// The id
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The new account, as proposed
	#[arg(value_parser = account)]
	account: AccountId32,
}

/// A recovery that has one more supporter.
#[derive(Debug, Serialize)]
pub struct Supported {
	patient: PatientId,
	account: String,
	started: bool,
	effective: Option<String>,
}

impl Change for Supported {
	fn rows(&self) -> Vec<Row> {
		let next = match &self.effective {
			Some(effective) => {
				format!("anybody finishes it from {effective}, unless it is vetoed")
			}
			None => "another guardian supports it".into(),
		};
		vec![
			("patient", self.patient.to_string()),
			("to", format!("{}, supported", self.account)),
			("next", next),
		]
	}
}

impl Verb for Support {
	type Answer = Done<Supported>;

	async fn run(self, options: &Options) -> Outcome<Done<Supported>> {
		let patient = self.patient;
		let account = address(&self.account);
		let call = Call::support_recovery { patient, controller: self.account };
		let included = options.send(call).await?;
		// None: more support is needed.
		let effective = included.find(|event| match event {
			RuntimeEvent::Patients(Event::RecoveryStarted { effective, .. }) => {
				Some(Some(*effective))
			}
			RuntimeEvent::Patients(Event::RecoverySupported { .. }) => Some(None),
			_ => None,
		})?;
		let supported = Supported {
			patient,
			account,
			started: effective.is_some(),
			effective: effective.map(time::write),
		};
		Ok(Done::new(&included, supported))
	}
}
