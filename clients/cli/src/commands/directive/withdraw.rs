//! `directive withdraw`, and `withdraw` for short: in front of everything else that waits.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::patient,
};
use assent_client::Outcome;
use assent_policy::{DirectiveId, PatientId};
use clap::Args;
use pallet_consent::Call;
use serde::Serialize;

/// Withdraw a directive or grant: from then on the directive permits no access
#[derive(Debug, Args)]
pub struct Withdraw {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The number in the patient's list
	directive: DirectiveId,
}

/// A directive that was withdrawn.
#[derive(Debug, Serialize)]
pub struct Withdrawn {
	patient: PatientId,
	directive: DirectiveId,
}

impl Change for Withdrawn {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("directive", format!("{}, withdrawn", self.directive)),
			("note", "what was already read can't be called back".into()),
		]
	}
}

impl Verb for Withdraw {
	type Answer = Done<Withdrawn>;

	async fn run(self, options: &Options) -> Outcome<Done<Withdrawn>> {
		let Self { patient, directive } = self;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let call = Call::withdraw { patient, directive };
		let included = options.submit_first(&chain, &signer, call).await?;
		Ok(Done::new(&included, Withdrawn { patient, directive }))
	}
}
