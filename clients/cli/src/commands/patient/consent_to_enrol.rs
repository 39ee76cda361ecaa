//! `patient consent-to-enrol`.

use crate::{
	answer::Verb,
	arguments::signing,
	options::Options,
	parse::ids::{account, draw, patient},
	show::{Asked, ToSign},
};
use assent_client::{reads, Outcome};
use assent_policy::{OrganisationId, PatientId};
use clap::Args;
use pallet_patients::enrolment_message;
use sp_runtime::AccountId32;

/// Print the message for a patient to be enrolled and, given --key, the signature
#[derive(Debug, Args)]
pub struct ConsentToEnrol {
	/// The organisation that is to enrol
	#[arg(long, value_name = "NUMBER")]
	organisation: OrganisationId,
	/// The new id: 16 bytes; drawn at random if not given
	#[arg(long, value_name = "HEX", value_parser = patient)]
	id: Option<PatientId>,
	/// The patient's account, if --key is not the patient's
	#[arg(long, value_parser = account)]
	account: Option<AccountId32>,
}

impl Verb for ConsentToEnrol {
	type Answer = ToSign;

	async fn run(self, options: &Options) -> Outcome<ToSign> {
		let organisation = self.organisation;
		let id = self.id.map_or_else(|| draw().map(PatientId), Ok)?;
		let (controller, signer) = signing(options, self.account)?;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let number = reads::patients::message_number(&chain, &controller, at).await?;
		let row = reads::consortium::organisation(&chain, organisation, at).await?;
		let message =
			enrolment_message(chain.genesis(), organisation, row.policy, id, &controller, number);
		let asked = Asked::Enrolment { organisation, policy_version: row.policy, patient: id };
		Ok(ToSign::new(asked, &message, signer.as_ref(), &controller, number))
	}
}
