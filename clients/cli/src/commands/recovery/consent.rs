//! `recovery consent`.

use crate::{
	answer::Verb,
	arguments::{message_to_recover, signing},
	options::Options,
	parse::ids::{account, patient},
	show::{Asked, ToSign},
};
use assent_client::Outcome;
use assent_policy::PatientId;
use clap::Args;
use sp_runtime::AccountId32;

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
	type Answer = ToSign;

	async fn run(self, options: &Options) -> Outcome<ToSign> {
		let patient = self.patient;
		let (account, signer) = signing(options, self.account)?;
		let chain = options.chain().await?;
		let (message, number) = message_to_recover(&chain, patient, &account).await?;
		Ok(ToSign::new(Asked::Recovery { patient }, &message, signer.as_ref(), &account, number))
	}
}
