//! `patient leave`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::address,
	show::or_empty,
};
use assent_client::{reads, Outcome};
use assent_policy::PatientId;
use clap::Args;
use pallet_patients::Call;
use serde::Serialize;

/// Take the patient id of --key out of use
#[derive(Debug, Args)]
pub struct Leave {}

/// An id that is out of use.
#[derive(Debug, Serialize)]
pub struct Left {
	patient: Option<PatientId>,
	account: String,
}

impl Change for Left {
	fn rows(&self) -> Vec<Row> {
		vec![("patient", or_empty(&self.patient)), ("status", "left".into())]
	}
}

impl Verb for Leave {
	type Answer = Done<Left>;

	async fn run(self, options: &Options) -> Outcome<Done<Left>> {
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let account = signer.account();
		let at = chain.best().await?;
		let patient = reads::patients::controlled_by(&chain, &account, at).await?;
		let included = options.submit(&chain, &signer, Call::leave {}).await?;
		let left = Left { patient, account: address(&account) };
		Ok(Done::new(&included, left))
	}
}
