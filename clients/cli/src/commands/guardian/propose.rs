//! `guardian propose`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::{
		ids::{account, address, patient},
		time::{self, When},
	},
	show::{moment, or_empty},
};
use assent_client::{reads, Outcome};
use assent_policy::PatientId;
use clap::Args;
use pallet_patients::Call;
use serde::Serialize;
use sp_runtime::AccountId32;

/// Propose a guardian for a patient of the organisation of --key
#[derive(Debug, Args)]
pub struct Propose {
	/// The ward
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The account that is to act for the patient
	#[arg(value_parser = account)]
	guardian: AccountId32,
	/// The end, such as the day of majority: 2026-12-31, or +365d from now;
	/// open if not given
	#[arg(long, value_name = "TIME", value_parser = time::when)]
	until: Option<When>,
}

/// A proposal that was made.
#[derive(Debug, Serialize)]
pub struct Proposed {
	patient: PatientId,
	guardian: String,
	until: Option<String>,
}

impl Change for Proposed {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("guardian", format!("{}, proposed", self.guardian)),
			("until", or_empty(&self.until)),
			("next", "another organisation confirms".into()),
		]
	}
}

impl Verb for Propose {
	type Answer = Done<Proposed>;

	async fn run(self, options: &Options) -> Outcome<Done<Proposed>> {
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let now = reads::system::best_now(&chain).await?;
		let until = self.until.map(|until| until.resolve(now));
		let proposed = Proposed {
			patient: self.patient,
			guardian: address(&self.guardian),
			until: moment(until),
		};
		let call = Call::propose_guardian { patient: self.patient, guardian: self.guardian, until };
		let included = options.submit(&chain, &signer, call).await?;
		Ok(Done::new(&included, proposed))
	}
}
