//! `withdraw`: ends a directive, in front of everything else.

use super::done;
use crate::{
	context::Options,
	failure::Outcome,
	parse::ids::{hex, patient},
	printer::Report,
};
use assent_policy::{DirectiveId, PatientId};
use assent_runtime::RuntimeCall;
use clap::Args;
use serde_json::json;

/// Ends a directive: nobody is let in under it any more.
#[derive(Debug, Args)]
pub struct Withdraw {
	/// Whose directive
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// Its number in the patient's list
	directive: DirectiveId,
}

impl Withdraw {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let Self { patient, directive } = self;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let call = RuntimeCall::Consent(pallet_consent::Call::withdraw { patient, directive });
		let included = chain.submit_first(&signer, call, options.wait).await?;
		Ok(done(
			&included,
			json!({ "patient": hex(patient.0), "directive": directive }),
			&[
				("patient", hex(patient.0)),
				("directive", format!("{directive}, withdrawn")),
				("note", "what was already read can't be called back".into()),
			],
		))
	}
}
