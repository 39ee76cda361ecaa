//! `patient`: patient ids. Who acts for them: [`super::guardian`], [`super::delegate`].

pub mod consent;
mod enrol;
mod private;
mod show;

use super::{done, not_found};
use crate::{
	chain::{Chain, Included},
	context::Options,
	failure::Outcome,
	parse::ids::{address, hex, patient},
	printer::Report,
};
use assent_policy::PatientId;
use assent_runtime::{Hash, Runtime, RuntimeCall, RuntimeEvent};
use clap::Subcommand;
use pallet_patients::{Call, Event, Patient as Row};
use serde_json::json;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Patient {
	/// Enrol a patient with the organisation of --key, with the patient's signature
	Enrol(enrol::Enrol),
	/// Print what a patient signs to be enrolled and, given --key, the signature
	ConsentToEnrol(enrol::ConsentToEnrol),
	/// Show a patient id
	Show {
		/// The id
		#[arg(value_parser = patient)]
		patient: PatientId,
	},
	/// Mark kinds of records as the patient's alone, in place of what the caller marked before
	MarkPrivate(private::MarkPrivate),
	/// Take the patient id of --key out of use
	Leave,
}

impl Patient {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Enrol(_) => "patient enrol",
			Self::ConsentToEnrol(_) => "patient consent-to-enrol",
			Self::Show { .. } => "patient show",
			Self::MarkPrivate(_) => "patient mark-private",
			Self::Leave => "patient leave",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Enrol(enrol) => enrol.run(options).await,
			Self::ConsentToEnrol(consent) => consent.run(options).await,
			Self::Show { patient } => show::show(options, patient).await,
			Self::MarkPrivate(mark) => mark.run(options).await,
			Self::Leave => leave(options).await,
		}
	}
}

/// Signs and sends a call.
pub(super) async fn submit(options: &Options, call: Call<Runtime>) -> Outcome<Included> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	chain
		.submit(&signer, RuntimeCall::Patients(call), options.wait)
		.await
}

/// What a call said it did.
pub(super) fn told<A>(
	included: &Included,
	pick: impl Fn(&Event<Runtime>) -> Option<A>,
) -> Outcome<A> {
	included.find(|event| match event {
		RuntimeEvent::Patients(event) => pick(event),
		_ => None,
	})
}

/// A patient's row.
pub(super) async fn row(chain: &Chain, id: PatientId, at: Hash) -> Outcome<Row> {
	let key = pallet_patients::Patients::<Runtime>::hashed_key_for(id);
	chain
		.read(&key, at)
		.await?
		.ok_or_else(|| not_found(format!("patient {id}")))
}

async fn leave(options: &Options) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let key = pallet_patients::ByController::<Runtime>::hashed_key_for(signer.account());
	let id: Option<PatientId> = chain.read(&key, chain.best().await?).await?;
	let call = RuntimeCall::Patients(Call::leave {});
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
