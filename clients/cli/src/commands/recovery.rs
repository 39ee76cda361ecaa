//! `recovery`: another account takes over a patient id, in public and with delay.

use super::{
	done,
	patient::{self, consent, submit, told},
};
use crate::{
	chain::Chain,
	context::Options,
	failure::{Failure, Outcome},
	keys::Signer,
	parse::{
		ids::{account, address, hex, patient as patient_id},
		time,
	},
	printer::Report,
	show::moment,
};
use assent_policy::PatientId;
use assent_runtime::RuntimeCall;
use clap::{Args, Subcommand};
use pallet_patients::{recovery_message, Call, Event};
use serde_json::json;
use sp_runtime::{AccountId32, MultiSignature};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Recovery {
	/// Print what an account signs to take an id over and, given --key, the signature
	Consent {
		/// The id
		#[arg(value_parser = patient_id)]
		patient: PatientId,
		/// The account that is to control it, if --key is another's
		#[arg(long, value_parser = account)]
		account: Option<AccountId32>,
	},
	/// Propose another account for a patient id, as a guardian or the enrolling organisation
	Propose(Propose),
	/// Support a recovery, as another guardian or another organisation
	Support {
		/// The id
		#[arg(value_parser = patient_id)]
		patient: PatientId,
		/// The new account, as proposed
		#[arg(value_parser = account)]
		account: AccountId32,
	},
	/// Veto a recovery: no other account takes the id over
	Veto {
		/// The id
		#[arg(value_parser = patient_id)]
		patient: PatientId,
	},
	/// Finish a recovery whose time has come
	Finish {
		/// The id
		#[arg(value_parser = patient_id)]
		patient: PatientId,
	},
}

/// Proposes.
#[derive(Debug, Args)]
pub struct Propose {
	/// The id
	#[arg(value_parser = patient_id)]
	patient: PatientId,
	/// The new account's key file or development seed, to sign here
	#[arg(long, value_name = "SEED_OR_FILE", conflicts_with_all = ["account", "number", "signature"])]
	new_key: Option<String>,
	/// The new account, when it signed elsewhere
	#[arg(long, value_parser = account, required_unless_present = "new_key")]
	account: Option<AccountId32>,
	/// The number that it signed
	#[arg(long, required_unless_present = "new_key")]
	number: Option<u32>,
	/// Its signature over the message of `recovery consent`
	#[arg(long, value_name = "HEX", required_unless_present = "new_key",
		value_parser = consent::signature)]
	signature: Option<MultiSignature>,
}

impl Recovery {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Consent { .. } => "recovery consent",
			Self::Propose(_) => "recovery propose",
			Self::Support { .. } => "recovery support",
			Self::Veto { .. } => "recovery veto",
			Self::Finish { .. } => "recovery finish",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Consent { patient, account } => consent_to(options, patient, account).await,
			Self::Propose(propose) => propose.run(options).await,
			Self::Support { patient, account } => support(options, patient, account).await,
			Self::Veto { patient } => veto(options, patient).await,
			Self::Finish { patient } => finish(options, patient).await,
		}
	}
}

/// What the account signs, and its number.
async fn message(
	chain: &Chain,
	patient: PatientId,
	account: &AccountId32,
) -> Outcome<(Vec<u8>, u32)> {
	let row = patient::row(chain, patient, chain.best().await?).await?;
	let number = consent::number_of(chain, account).await?;
	let message = recovery_message(chain.genesis(), row.enrolled_by, patient, account, number);
	Ok((message, number))
}

async fn consent_to(
	options: &Options,
	patient: PatientId,
	account: Option<AccountId32>,
) -> Outcome<Report> {
	let (account, signer) = consent::signing(options, account)?;
	let chain = options.chain().await?;
	let (message, number) = message(&chain, patient, &account).await?;
	Ok(consent::report(
		&message,
		signer.as_ref(),
		&account,
		number,
		json!({ "patient": hex(patient.0) }),
		&[("patient", hex(patient.0))],
	))
}

impl Propose {
	async fn run(self, options: &Options) -> Outcome<Report> {
		let patient = self.patient;
		let by = options.signer()?;
		let new = self
			.new_key
			.map(|key| Signer::load(&key, &options.passphrase()))
			.transpose()?;
		let chain = options.chain().await?;
		let (controller, number, signature) = match (new, self.account, self.number, self.signature)
		{
			(Some(new), ..) => {
				let (message, number) = message(&chain, patient, &new.account()).await?;
				(new.account(), number, new.sign(&message))
			}
			(None, Some(account), Some(number), Some(signature)) => (account, number, signature),
			_ => {
				return Err(Failure::usage(
					"give --new-key, or --account, --number and --signature",
				))
			}
		};
		let call = Call::propose_recovery {
			patient,
			controller: controller.clone(),
			number,
			signature,
		};
		let included = chain
			.submit(&by, RuntimeCall::Patients(call), options.wait)
			.await?;
		let lapses = told(&included, |event| match event {
			Event::RecoveryProposed { lapses, .. } => Some(*lapses),
			_ => None,
		})?;
		Ok(done(
			&included,
			json!({
				"patient": hex(patient.0),
				"account": address(&controller),
				"lapses": time::write(lapses),
			}),
			&[
				("patient", hex(patient.0)),
				("to", format!("{}, proposed", address(&controller))),
				(
					"next",
					format!("others support it until {}", time::write(lapses)),
				),
			],
		))
	}
}

async fn support(options: &Options, patient: PatientId, account: AccountId32) -> Outcome<Report> {
	let call = Call::support_recovery {
		patient,
		controller: account.clone(),
	};
	let included = submit(options, call).await?;
	// None: more support is needed.
	let effective = told(&included, |event| match event {
		Event::RecoveryStarted { effective, .. } => Some(Some(*effective)),
		Event::RecoverySupported { .. } => Some(None),
		_ => None,
	})?;
	let next = match effective {
		Some(effective) => format!(
			"anybody finishes it from {}, unless it is vetoed",
			time::write(effective)
		),
		None => "another guardian supports it".into(),
	};
	Ok(done(
		&included,
		json!({
			"patient": hex(patient.0),
			"account": address(&account),
			"started": effective.is_some(),
			"effective": moment(effective),
		}),
		&[
			("patient", hex(patient.0)),
			("to", format!("{}, supported", address(&account))),
			("next", next),
		],
	))
}

async fn veto(options: &Options, patient: PatientId) -> Outcome<Report> {
	let included = submit(options, Call::veto_recovery { patient }).await?;
	let controller = told(&included, |event| match event {
		Event::RecoveryVetoed { controller, .. } => Some(controller.clone()),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({ "patient": hex(patient.0), "account": address(&controller) }),
		&[
			("patient", hex(patient.0)),
			("to", format!("{}, vetoed", address(&controller))),
		],
	))
}

async fn finish(options: &Options, patient: PatientId) -> Outcome<Report> {
	let included = submit(options, Call::finish_recovery { patient }).await?;
	let (former, controller) = told(&included, |event| match event {
		Event::ControllerChanged {
			former, controller, ..
		} => Some((former.clone(), controller.clone())),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({
			"patient": hex(patient.0),
			"account": address(&controller),
			"former": address(&former),
		}),
		&[
			("patient", hex(patient.0)),
			("account", format!("{} from now on", address(&controller))),
			("before", address(&former)),
			(
				"note",
				"what was shared stays until it is withdrawn; delegates are ended".into(),
			),
		],
	))
}
