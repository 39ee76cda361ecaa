//! `recovery propose`.

use crate::{arguments::message_to_recover, commands::prelude::*, parse::signature::signature};
use assent_client::Signer;
use pallet_patients::{Call, Event};
use sp_runtime::MultiSignature;

/// Propose another account for a patient id, as a guardian or the enrolling organisation
#[derive(Debug, Args)]
pub struct Propose {
	/// The id
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The new account's key file or development seed, to sign here
	#[arg(long, value_name = "SEED_OR_FILE", conflicts_with_all = ["account", "number", "signature"])]
	new_key: Option<String>,
	/// The new account, after signing elsewhere
	#[arg(long, value_parser = account, required_unless_present = "new_key")]
	account: Option<AccountId32>,
	/// The signed number
	#[arg(long, required_unless_present = "new_key")]
	number: Option<u32>,
	/// The account's signature over the message of `recovery consent`
	#[arg(long, value_name = "HEX", required_unless_present = "new_key",
		value_parser = signature)]
	signature: Option<MultiSignature>,
}

/// A recovery that was proposed.
#[derive(Debug, Serialize)]
pub struct Proposed {
	patient: PatientId,
	account: String,
	lapses: String,
}

impl Change for Proposed {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("to", format!("{}, proposed", self.account)),
			("next", format!("others support it until {}", self.lapses)),
		]
	}
}

impl Verb for Propose {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let by = options.signer()?;
		let new = self.new_key.map(|key| Signer::load(&key, &options.passphrase())).transpose()?;
		let signed = options.signed_by(by).await?;
		let (controller, number, signature) = match (new, self.account, self.number, self.signature)
		{
			(Some(new), ..) => {
				let account = new.account();
				let (message, number) =
					message_to_recover(&signed.state, patient, &account).await?;
				(account, number, new.sign(&message))
			}
			(None, Some(account), Some(number), Some(signature)) => (account, number, signature),
			_ => {
				return Err(Failure::usage(
					"give --new-key, or --account, --number and --signature",
				))
			}
		};
		let account = address(&controller);
		let call = Call::propose_recovery { patient, controller, number, signature };
		let included = signed.submit(call).await?;
		let lapses = found!(included, Patients(Event::RecoveryProposed { lapses, .. }) => *lapses)?;
		Ok(Done::new(&included, Proposed { patient, account, lapses: time::write(lapses) }))
	}
}
