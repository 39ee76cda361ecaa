//! `request approve`.

use crate::{commands::prelude::*, show::made};
use pallet_consent::{Call, RequestId};

/// Approve a request, as the patient
#[derive(Debug, Args)]
pub struct Approve {
	/// The patient who was asked
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The request's number in the patient's list
	request: RequestId,
}

/// A request that was approved, and the directive that answers it.
#[derive(Debug, Serialize)]
pub struct Approved {
	patient: PatientId,
	request: RequestId,
	directive: DirectiveId,
}

impl Change for Approved {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("request", format!("{}, approved", self.request)),
			("directive", self.directive.to_string()),
		]
	}
}

impl Verb for Approve {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, request } = self;
		let included = options.send(Call::approve_request { patient, request }).await?;
		Ok(Done::new(&included, Approved { patient, request, directive: made(&included)? }))
	}
}
