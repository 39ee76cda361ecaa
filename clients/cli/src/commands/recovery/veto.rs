//! `recovery veto`.

use crate::commands::prelude::*;
use pallet_patients::{Call, Event};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient } = self;
		let included = options.send(Call::veto_recovery { patient }).await?;
		let account = found!(included,
			Patients(Event::RecoveryVetoed { controller, .. }) => address(controller))?;
		Ok(Done::new(&included, Vetoed { patient, account }))
	}
}
