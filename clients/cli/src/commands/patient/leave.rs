//! `patient leave`.

use crate::commands::prelude::*;
use pallet_patients::Call;

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let signed = options.signed().await?;
		let account = signed.account();
		let patient = signed.state.controlled_by(&account).await?;
		let included = signed.submit(Call::leave {}).await?;
		Ok(Done::new(&included, Left { patient, account: address(&account) }))
	}
}
