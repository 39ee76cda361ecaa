//! `guardian propose`.

use crate::commands::prelude::*;
use pallet_patients::Call;

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, guardian, until } = self;
		let signed = options.signed().await?;
		let now = signed.state.now().await?;
		let until = until.map(|until| until.resolve(now));
		let proposed = Proposed { patient, guardian: address(&guardian), until: moment(until) };
		let included = signed.submit(Call::propose_guardian { patient, guardian, until }).await?;
		Ok(Done::new(&included, proposed))
	}
}
