//! `recovery support`.

use crate::commands::prelude::*;
use pallet_patients::{Call, Event};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let account = address(&self.account);
		let call = Call::support_recovery { patient, controller: self.account };
		let included = options.send(call).await?;
		// None: more support is needed.
		let effective = found!(included,
			Patients(Event::RecoveryStarted { effective, .. }) => Some(*effective),
			Patients(Event::RecoverySupported { .. }) => None)?;
		let supported = Supported {
			patient,
			account,
			started: effective.is_some(),
			effective: effective.map(time::write),
		};
		Ok(Done::new(&included, supported))
	}
}
