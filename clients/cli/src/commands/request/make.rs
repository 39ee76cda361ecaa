//! `request make`.

use crate::{arguments::Terms, commands::prelude::*, show};
use pallet_consent::{Call, Event, RequestId};

/// Ask a patient to let you, colleagues or your organisation in
#[derive(Debug, Args)]
pub struct Make {
	/// The patient who is asked
	#[arg(value_parser = patient)]
	patient: PatientId,
	#[command(flatten)]
	terms: Terms,
	/// The version of the enrolling organisation's base policy to build on
	#[arg(long, value_name = "VERSION")]
	built_on: Option<PolicyVersion>,
}

/// A request that was made.
#[derive(Debug, Serialize)]
pub struct Requested {
	patient: PatientId,
	request: RequestId,
	expires: String,
	#[serde(flatten)]
	terms: show::Terms,
}

impl Change for Requested {
	fn rows(&self) -> Vec<Row> {
		let mut rows = vec![
			("patient", self.patient.to_string()),
			("request", self.request.to_string()),
			("answer by", self.expires.clone()),
		];
		rows.extend(self.terms.rows());
		rows
	}
}

impl Verb for Make {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let signed = options.signed().await?;
		let terms = self.terms.resolve(signed.state.now().await?)?;
		let shown = show::Terms::from(&terms);
		let policy = signed.state.policy_of(patient, self.built_on).await?;
		let pallet_consent::Terms { actors, purposes, classes, until } = terms;
		let call = Call::request { patient, actors, purposes, classes, until, policy };
		let included = signed.submit(call).await?;
		let (request, expires) = found!(included,
			Consent(Event::AccessRequested { request, expires, .. }) =>
				(*request, time::write(*expires)))?;
		Ok(Done::new(&included, Requested { patient, request, expires, terms: shown }))
	}
}
