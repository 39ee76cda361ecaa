//! `directive withdraw`, and `withdraw` for short: in front of everything else that waits.

use crate::commands::prelude::*;
use pallet_consent::Call;

/// Withdraw a directive or grant: from then on the directive permits no access
#[derive(Debug, Args, Serialize)]
pub struct Withdraw {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The number in the patient's list
	directive: DirectiveId,
}

impl Change for Withdraw {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("directive", format!("{}, withdrawn", self.directive)),
			("note", "what was already read can't be called back".into()),
		]
	}
}

impl Verb for Withdraw {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, directive } = self;
		let signed = options.signed().await?;
		let included = signed.submit_first(Call::withdraw { patient, directive }).await?;
		Ok(Done::new(&included, self))
	}
}
