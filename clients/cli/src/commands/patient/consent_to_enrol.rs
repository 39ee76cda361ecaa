//! `patient consent-to-enrol`.

use crate::{
	arguments::{message_to_enrol, signing},
	commands::prelude::*,
	show::{Asked, ToSign},
};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let organisation = self.organisation;
		let id = self.id.map_or_else(|| draw().map(PatientId), Ok)?;
		let (controller, signer) = signing(options, self.account)?;
		let state = options.state().await?;
		let (message, number, policy_version) =
			message_to_enrol(&state, organisation, id, &controller).await?;
		let asked = Asked::Enrolment { organisation, policy_version, patient: id };
		Ok(ToSign::new(asked, &message, signer.as_ref(), &controller, number))
	}
}
