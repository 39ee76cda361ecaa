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
		let signed = options.signed().await?;
		let now = signed.state.now().await?;
		let until = self.until.map(|until| until.resolve(now));
		let proposed = Proposed {
			patient: self.patient,
			guardian: address(&self.guardian),
			until: moment(until),
		};
		let call = Call::propose_guardian { patient: self.patient, guardian: self.guardian, until };
		let included = signed.submit(call).await?;
		Ok(Done::new(&included, proposed))
	}
}
