//! `recovery finish`.

use crate::commands::prelude::*;
use pallet_patients::{Call, Event};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient } = self;
		let included = options.send(Call::finish_recovery { patient }).await?;
		let (account, former) = found!(included,
			Patients(Event::ControllerChanged { former, controller, .. }) =>
				(address(controller), address(former)))?;
		Ok(Done::new(&included, Finished { patient, account, former }))
	}
}
