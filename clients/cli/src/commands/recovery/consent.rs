//! `recovery consent`.

use crate::{
	arguments::{message_to_recover, signing},
	commands::prelude::*,
	show::{Asked, ToSign},
};

/// Print the message for an account to take an id over and, given --key, the signature
#[derive(Debug, Args)]
pub struct Consent {
	/// The id
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The account that is to control the id, if --key is another's
	#[arg(long, value_parser = account)]
	account: Option<AccountId32>,
}

impl Verb for Consent {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let (account, signer) = signing(options, self.account)?;
		let state = options.state().await?;
		let (message, number) = message_to_recover(&state, patient, &account).await?;
		Ok(ToSign::new(Asked::Recovery { patient }, &message, signer.as_ref(), &account, number))
	}
}
