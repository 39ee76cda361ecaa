//! `patient enrol`.

use crate::{arguments::message_to_enrol, commands::prelude::*, parse::signature::signature};
use assent_client::Signer;
use pallet_patients::Call;
use sp_runtime::MultiSignature;

/// Enrol a patient with the organisation of --key, with the patient's signature
#[derive(Debug, Args)]
pub struct Enrol {
	/// The new id: 16 bytes; drawn at random if not given
	#[arg(long, value_name = "HEX", value_parser = patient)]
	id: Option<PatientId>,
	/// The patient's key file or development seed, to sign here
	#[arg(long, value_name = "SEED_OR_FILE", conflicts_with_all = ["account", "number", "signature"])]
	patient_key: Option<String>,
	/// The patient's account, after signing elsewhere
	#[arg(long, value_parser = account, required_unless_present = "patient_key")]
	account: Option<AccountId32>,
	/// The signed number
	#[arg(long, requires = "account", required_unless_present = "patient_key")]
	number: Option<u32>,
	/// The patient's signature over the message of `patient consent-to-enrol`
	#[arg(long, value_name = "HEX", requires = "id", required_unless_present = "patient_key",
		value_parser = signature)]
	signature: Option<MultiSignature>,
}

/// A patient who is enrolled.
#[derive(Debug, Serialize)]
pub struct Enrolled {
	patient: PatientId,
	account: String,
	organisation: OrganisationId,
	number: u32,
}

impl Change for Enrolled {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("account", self.account.clone()),
			("organisation", self.organisation.to_string()),
		]
	}
}

impl Verb for Enrol {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let id = self.id.map_or_else(|| draw().map(PatientId), Ok)?;
		let agent = options.signer()?;
		let patient =
			self.patient_key.map(|key| Signer::load(&key, &options.passphrase())).transpose()?;
		let signed = options.signed_by(agent).await?;
		let organisation = signed.organisation().await?;
		let (controller, number, signature) =
			match (patient, self.account, self.number, self.signature) {
				(Some(patient), ..) => {
					let controller = patient.account();
					let (message, number, _) =
						message_to_enrol(&signed.state, organisation, id, &controller).await?;
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
		let account = address(&controller);
		let call = Call::enrol { patient: id, controller, number, signature };
		let included = signed.submit(call).await?;
		Ok(Done::new(&included, Enrolled { patient: id, account, organisation, number }))
	}
}
