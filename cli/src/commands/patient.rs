//! `patient`: patient ids.

use super::{done, not_found, organisation::acting_for};
use crate::{
	chain::Chain,
	context::Options,
	failure::{Failure, Outcome},
	keys::Signer,
	parse::{
		ids::{account, address, draw, hex, patient},
		time,
	},
	printer::{fields, Report},
	show::{moment, moment_text},
};
use assent_policy::{OrganisationId, PatientId, PolicyVersion};
use assent_runtime::{Hash, Runtime, RuntimeCall};
use clap::Subcommand;
use codec::Encode;
use pallet_patients::{enrolment_message, Patient as Row, PatientStatus};
use serde_json::{json, Value};
use sp_core::sr25519;
use sp_runtime::{AccountId32, MultiSignature};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Patient {
	/// Enrol a patient with the organisation of --key, with the patient's signature
	Enrol {
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
			value_parser = signature)]
		signature: Option<MultiSignature>,
	},
	/// Print what a patient signs to be enrolled and, given --key, the signature
	ConsentToEnrol {
		/// The organisation that is to enrol
		#[arg(long, value_name = "NUMBER")]
		organisation: OrganisationId,
		/// The new id: 16 bytes; drawn at random if not given
		#[arg(long, value_name = "HEX", value_parser = patient)]
		id: Option<PatientId>,
		/// The patient's account, if --key is not the patient's
		#[arg(long, value_parser = account)]
		account: Option<AccountId32>,
	},
	/// Show a patient id
	Show {
		/// The id
		#[arg(value_parser = patient)]
		patient: PatientId,
	},
	/// Take the patient id of --key out of use
	Leave,
}

/// Reads a signature: a SCALE `MultiSignature`, or 64 bytes of sr25519.
fn signature(text: &str) -> Result<MultiSignature, String> {
	let wrong = || format!("{text:?} is not a signature: give 65 bytes as a wallet returns them");
	let bytes = hex::decode(text.strip_prefix("0x").unwrap_or(text)).map_err(|_| wrong())?;
	match <[u8; 64]>::try_from(bytes.as_slice()) {
		Ok(bare) => Ok(MultiSignature::Sr25519(sr25519::Signature::from_raw(bare))),
		Err(_) => {
			use codec::DecodeAll;
			MultiSignature::decode_all(&mut bytes.as_slice()).map_err(|_| wrong())
		}
	}
}

impl Patient {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Enrol { .. } => "patient enrol",
			Self::ConsentToEnrol { .. } => "patient consent-to-enrol",
			Self::Show { .. } => "patient show",
			Self::Leave => "patient leave",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Enrol {
				id,
				patient_key,
				account,
				number,
				signature,
			} => {
				let id = id.map_or_else(|| draw().map(PatientId), Ok)?;
				let signed = match (account, number, signature) {
					(Some(account), Some(number), Some(signature)) => {
						Some((account, number, signature))
					}
					_ => None,
				};
				enrol(options, id, patient_key, signed).await
			}
			Self::ConsentToEnrol {
				organisation,
				id,
				account,
			} => {
				let id = id.map_or_else(|| draw().map(PatientId), Ok)?;
				consent_to_enrol(options, organisation, id, account).await
			}
			Self::Show { patient } => show(options, patient).await,
			Self::Leave => leave(options).await,
		}
	}
}

/// The version of the organisation's base policy for which a patient signs now.
async fn newest_policy(
	chain: &Chain,
	organisation: OrganisationId,
) -> Outcome<Option<PolicyVersion>> {
	let row = super::organisation::row(chain, organisation, chain.best().await?)
		.await?
		.ok_or_else(|| not_found(format!("organisation {organisation}")))?;
	Ok(row.policy)
}

async fn enrolment_number(chain: &Chain, account: &AccountId32) -> Outcome<u32> {
	let key = pallet_patients::EnrolmentNumber::<Runtime>::hashed_key_for(account);
	Ok(chain
		.read(&key, chain.best().await?)
		.await?
		.unwrap_or_default())
}

async fn enrol(
	options: &Options,
	id: PatientId,
	patient_key: Option<String>,
	signed: Option<(AccountId32, u32, MultiSignature)>,
) -> Outcome<Report> {
	let agent = options.signer()?;
	let patient = patient_key
		.map(|key| Signer::load(&key, &options.passphrase()))
		.transpose()?;
	let chain = options.chain().await?;
	let organisation = acting_for(&chain, &agent).await?;
	let (controller, number, signature) = match (patient, signed) {
		(Some(patient), _) => {
			let controller = patient.account();
			let number = enrolment_number(&chain, &controller).await?;
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
		(None, Some(signed)) => signed,
		(None, None) => {
			return Err(Failure::usage(
				"give --patient-key, or --id, --account, --number and --signature",
			))
		}
	};
	let call = pallet_patients::Call::enrol {
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

async fn consent_to_enrol(
	options: &Options,
	organisation: OrganisationId,
	id: PatientId,
	account: Option<AccountId32>,
) -> Outcome<Report> {
	let signer = options.signer_if_any()?;
	let controller = match (&account, &signer) {
		(Some(account), _) => account.clone(),
		(None, Some(signer)) => signer.account(),
		(None, None) => {
			return Err(Failure::usage(
				"name the patient's account with --account, or sign with --key",
			))
		}
	};
	let chain = options.chain().await?;
	let number = enrolment_number(&chain, &controller).await?;
	let policy = newest_policy(&chain, organisation).await?;
	let message = enrolment_message(
		chain.genesis(),
		organisation,
		policy,
		id,
		&controller,
		number,
	);
	let signature = signer
		.filter(|signer| signer.account() == controller)
		.map(|signer| hex(signer.sign(&message).encode()));
	let message = String::from_utf8_lossy(&message).into_owned();
	let next = match &signature {
		Some(_) => String::new(),
		None => "sign the lines above as they are, with the account's wallet".into(),
	};
	let shown = fields(&[
		("patient", hex(id.0)),
		("account", address(&controller)),
		("number", number.to_string()),
		("signature", signature.clone().unwrap_or_default()),
		("next", next),
	]);
	Ok(Report::new(
		json!({
			"message": message,
			"organisation": organisation,
			"policyVersion": policy,
			"patient": hex(id.0),
			"account": address(&controller),
			"number": number,
			"signature": signature,
		}),
		format!("{message}\n\n{shown}"),
	))
}

/// A patient's row.
pub(super) async fn row(chain: &Chain, id: PatientId, at: Hash) -> Outcome<Row> {
	let key = pallet_patients::Patients::<Runtime>::hashed_key_for(id);
	chain
		.read(&key, at)
		.await?
		.ok_or_else(|| not_found(format!("patient {id}")))
}

fn json_of(id: PatientId, row: &Row) -> Value {
	let left = left(row);
	let guardians: Vec<Value> = row
		.guardians
		.iter()
		.map(|guardian| {
			json!({
				"account": address(&guardian.account),
				"until": moment(guardian.until),
				"named": time::write(guardian.named),
				"proposedBy": guardian.proposed_by,
				"confirmedBy": guardian.confirmed_by,
			})
		})
		.collect();
	json!({
		"patient": hex(id.0),
		"account": address(&row.controller),
		"organisation": row.enrolled_by,
		"policyVersion": row.policy,
		"enrolled": time::write(row.enrolled),
		"status": if left.is_some() { "left" } else { "active" },
		"left": moment(left),
		"guardians": guardians,
	})
}

fn left(row: &Row) -> Option<u64> {
	match row.status {
		PatientStatus::Active => None,
		PatientStatus::Left(at) => Some(at),
	}
}

async fn show(options: &Options, id: PatientId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let row = row(&chain, id, chain.best().await?).await?;
	let guardians: Vec<String> = row
		.guardians
		.iter()
		.map(|guardian| {
			let how = if guardian.confirmed_by.is_some() {
				"confirmed"
			} else {
				"proposed"
			};
			let until = moment_text(guardian.until);
			format!("{} ({how}) {until}", address(&guardian.account))
				.trim()
				.to_string()
		})
		.collect();
	Ok(Report::new(
		json_of(id, &row),
		fields(&[
			("patient", hex(id.0)),
			("account", address(&row.controller)),
			("enrolled by", format!("organisation {}", row.enrolled_by)),
			("enrolled", time::write(row.enrolled)),
			("left", moment_text(left(&row))),
			("guardians", guardians.join(", ")),
		]),
	))
}

async fn leave(options: &Options) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let key = pallet_patients::ByController::<Runtime>::hashed_key_for(signer.account());
	let id: Option<PatientId> = chain.read(&key, chain.best().await?).await?;
	let call = RuntimeCall::Patients(pallet_patients::Call::leave {});
	let included = chain.submit(&signer, call, options.wait).await?;
	let id = id.map(|id| hex(id.0));
	Ok(done(
		&included,
		json!({ "patient": id, "account": address(&signer.account()) }),
		&[
			("patient", id.clone().unwrap_or_default()),
			("status", "left".into()),
		],
	))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn signature_should_read_as_wallets_return_it() {
		let bare = [7u8; 64];
		let signed = MultiSignature::Sr25519(sr25519::Signature::from_raw(bare));
		assert_eq!(signature(&hex(bare)), Ok(signed.clone()));
		assert_eq!(signature(&hex(signed.encode())), Ok(signed));
		for text in ["", "0x", "0x00", &hex([9u8; 65]), &hex([0u8; 70])] {
			assert!(signature(text).is_err(), "{text}");
		}
	}
}
