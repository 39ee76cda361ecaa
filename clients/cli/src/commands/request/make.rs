//! `request make`.

use crate::{
	answer::{Change, Done, Row, Verb},
	arguments::Terms,
	options::Options,
	parse::{ids::patient, time},
	show,
};
use assent_client::{reads, Outcome};
use assent_policy::{PatientId, PolicyVersion};
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_consent::{Call, Event, RequestId};
use serde::Serialize;

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
	type Answer = Done<Requested>;

	async fn run(self, options: &Options) -> Outcome<Done<Requested>> {
		let patient = self.patient;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let now = reads::system::best_now(&chain).await?;
		let resolved = self.terms.resolve(now)?;
		let terms = show::Terms::from(&resolved);
		let at = chain.best().await?;
		let call = Call::request {
			patient,
			actors: resolved.actors,
			purposes: resolved.purposes,
			classes: resolved.classes,
			until: resolved.until,
			policy: reads::patients::policy_of(&chain, patient, self.built_on, at).await?,
		};
		let included = options.submit(&chain, &signer, call).await?;
		let (request, expires) = included.find(|event| match event {
			RuntimeEvent::Consent(Event::AccessRequested { request, expires, .. }) => {
				Some((*request, *expires))
			}
			_ => None,
		})?;
		let requested = Requested { patient, request, expires: time::write(expires), terms };
		Ok(Done::new(&included, requested))
	}
}
