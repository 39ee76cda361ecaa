//! `directive grant`, and `grant` for short: the one-call directive that permits.

use crate::{
	answer::{Change, Done, Row, Verb},
	arguments::Terms,
	options::Options,
	parse::ids::patient,
	show::{self, made},
};
use assent_client::{reads, Outcome};
use assent_policy::{DirectiveId, PatientId};
use clap::Args;
use pallet_consent::Call;
use serde::Serialize;

/// Share: let somebody open a patient's documents
#[derive(Debug, Args)]
pub struct Grant {
	/// The patient whose documents are meant
	#[arg(value_parser = patient)]
	patient: PatientId,
	#[command(flatten)]
	terms: Terms,
}

/// A grant that was made.
#[derive(Debug, Serialize)]
pub struct Granted {
	patient: PatientId,
	directive: DirectiveId,
	#[serde(flatten)]
	terms: show::Terms,
}

impl Change for Granted {
	fn rows(&self) -> Vec<Row> {
		let mut rows =
			vec![("patient", self.patient.to_string()), ("directive", self.directive.to_string())];
		rows.extend(self.terms.rows());
		rows
	}
}

impl Verb for Grant {
	type Answer = Done<Granted>;

	async fn run(self, options: &Options) -> Outcome<Done<Granted>> {
		let patient = self.patient;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let now = reads::system::best_now(&chain).await?;
		let resolved = self.terms.resolve(now)?;
		let terms = show::Terms::from(&resolved);
		let call = Call::grant {
			patient,
			actors: resolved.actors,
			purposes: resolved.purposes,
			classes: resolved.classes,
			until: resolved.until,
		};
		let included = options.submit(&chain, &signer, call).await?;
		let granted = Granted { patient, directive: made(&included)?, terms };
		Ok(Done::new(&included, granted))
	}
}
