//! `request refuse`.

use crate::commands::prelude::*;
use pallet_consent::{Call, RequestId};

/// Refuse a request, as the patient
#[derive(Debug, Args, Serialize)]
pub struct Refuse {
	/// The patient who was asked
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The request's number in the patient's list
	request: RequestId,
}

impl Change for Refuse {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("request", format!("{}, refused", self.request)),
		]
	}
}

impl Verb for Refuse {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, request } = self;
		let included = options.send(Call::refuse_request { patient, request }).await?;
		Ok(Done::new(&included, self))
	}
}
