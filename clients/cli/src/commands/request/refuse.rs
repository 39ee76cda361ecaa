//! `request refuse`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::patient,
};
use assent_client::Outcome;
use assent_policy::PatientId;
use clap::Args;
use pallet_consent::{Call, RequestId};
use serde::Serialize;

/// Refuse a request, as the patient
#[derive(Debug, Args)]
pub struct Refuse {
	/// The patient who was asked
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The request's number in the patient's list
	request: RequestId,
}

/// A request that was refused.
#[derive(Debug, Serialize)]
pub struct Refused {
	patient: PatientId,
	request: RequestId,
}

impl Change for Refused {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("request", format!("{}, refused", self.request)),
		]
	}
}

impl Verb for Refuse {
	type Answer = Done<Refused>;

	async fn run(self, options: &Options) -> Outcome<Done<Refused>> {
		let Self { patient, request } = self;
		let call = Call::refuse_request { patient, request };
		let included = options.send(call).await?;
		Ok(Done::new(&included, Refused { patient, request }))
	}
}
