//! `patient enrol` and `patient consent-to-enrol`.

use super::consent;
use crate::{
	chain::Chain,
	commands::{done, not_found, organisation},
	context::Options,
	failure::{Failure, Outcome},
	keys::Signer,
	parse::ids::{account, address, draw, hex, patient},
	printer::Report,
};
use assent_policy::{OrganisationId, PatientId, PolicyVersion};
use assent_runtime::RuntimeCall;
use clap::Args;
use pallet_patients::{enrolment_message, Call};
use serde_json::json;
use sp_runtime::{AccountId32, MultiSignature};

/// Enrols a patient.
#[derive(Debug, Args)]
pub struct Enrol {
	/// The new id: 16 bytes; drawn at random if not given
	#[arg(long, value_name = "HEX", value_parser = patient)]
	id: Option<PatientId>,
	/// The patient's key file or development seed, to sign here
	#[arg(long, value_name = "SEED_OR_FILE", conflicts_with_all = ["account", "number", "signature"])]
	patient_key: Option<String>,
	/// The patient's account, when it signed elsewhere
	#[arg(long, value_parser = account, required_unless_present = "patient_key")]
	account: Option<AccountId32>,
	/// The number that the patient signed
	#[arg(long, requires = "account", required_unless_present = "patient_key")]
	number: Option<u32>,
	/// The patient's signature over the message of `patient consent-to-enrol`
	#[arg(long, value_name = "HEX", requires = "id", required_unless_present = "patient_key",
		value_parser = consent::signature)]
	signature: Option<MultiSignature>,
}

/// Prints what a patient signs.
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

/// The version of the organisation's base policy for which a patient signs now.
async fn newest_policy(
	chain: &Chain,
	organisation: OrganisationId,
) -> Outcome<Option<PolicyVersion>> {
	let row = organisation::row(chain, organisation, chain.best().await?)
		.await?
		.ok_or_else(|| not_found(format!("organisation {organisation}")))?;
	Ok(row.policy)
}

impl Enrol {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let id = self.id.map_or_else(|| draw().map(PatientId), Ok)?;
		let agent = options.signer()?;
		let patient = self
			.patient_key
			.map(|key| Signer::load(&key, &options.passphrase()))
			.transpose()?;
		let chain = options.chain().await?;
		let organisation = organisation::acting_for(&chain, &agent).await?;
		let (controller, number, signature) =
			match (patient, self.account, self.number, self.signature) {
				(Some(patient), ..) => {
					let controller = patient.account();
					let number = consent::number_of(&chain, &controller).await?;
					let policy = newest_policy(&chain, organisation).await?;
					let message = enrolment_message(
						chain.genesis(),
						organisation,
						policy,
						id,
						&controller,
						number,
					);
					(controller, number, patient.sign(&message))
				}
				(None, Some(account), Some(number), Some(signature)) => {
					(account, number, signature)
				}
				_ => {
					return Err(Failure::usage(
						"give --patient-key, or --id, --account, --number and --signature",
					))
				}
			};
		let call = Call::enrol {
			patient: id,
			controller: controller.clone(),
			number,
			signature,
		};
		let included = chain
			.submit(&agent, RuntimeCall::Patients(call), options.wait)
			.await?;
		Ok(done(
			&included,
			json!({
				"patient": hex(id.0),
				"account": address(&controller),
				"organisation": organisation,
				"number": number,
			}),
			&[
				("patient", hex(id.0)),
				("account", address(&controller)),
				("organisation", organisation.to_string()),
			],
		))
	}
}

impl ConsentToEnrol {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let organisation = self.organisation;
		let id = self.id.map_or_else(|| draw().map(PatientId), Ok)?;
		let (controller, signer) = consent::signing(options, self.account)?;
		let chain = options.chain().await?;
		let number = consent::number_of(&chain, &controller).await?;
		let policy = newest_policy(&chain, organisation).await?;
		let message = enrolment_message(
			chain.genesis(),
			organisation,
			policy,
			id,
			&controller,
			number,
		);
		Ok(consent::report(
			&message,
			signer.as_ref(),
			&controller,
			number,
			json!({
				"organisation": organisation,
				"policyVersion": policy,
				"patient": hex(id.0),
			}),
			&[("patient", hex(id.0))],
		))
	}
}
