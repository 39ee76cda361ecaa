//! `delegate`: who acts for a patient by mandate, within limits.

use super::{
	done,
	guardian::acts_for,
	patient::{submit, told},
};
use crate::{
	context::Options,
	failure::{Failure, Outcome},
	parse::{
		ids::{account, address, hex, patient},
		time::{self, When},
	},
	printer::Report,
	words::{reader, Word},
};
use assent_policy::PatientId;
use assent_runtime::{Runtime, RuntimeCall};
use assent_support::Deed;
use clap::Subcommand;
use pallet_patients::{Call, Deeds, Event, Principals};
use serde_json::json;
use sp_runtime::AccountId32;
use std::collections::BTreeSet;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Delegate {
	/// Let an account act for the patient of --key, or change what it may do
	Name {
		/// The patient
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// The account
		#[arg(value_parser = account)]
		delegate: AccountId32,
		/// What it may do; repeat for more
		#[arg(long = "may", required = true, value_name = "DEED", value_parser = reader::<Deed>())]
		deeds: Vec<Deed>,
		/// When it ends by itself, within a year: 2026-12-31, or +30d from now
		#[arg(long, value_name = "TIME", value_parser = time::when)]
		until: When,
	},
	/// End a delegate, as the patient, a guardian or the delegate
	End {
		/// The patient
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// The account to end
		#[arg(value_parser = account)]
		delegate: AccountId32,
	},
	/// List the patients for whom an account is a delegate
	Principals {
		/// The account
		#[arg(value_parser = account)]
		delegate: AccountId32,
	},
}

impl Delegate {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Name { .. } => "delegate name",
			Self::End { .. } => "delegate end",
			Self::Principals { .. } => "delegate principals",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Name {
				patient,
				delegate,
				deeds,
				until,
			} => name(options, patient, delegate, deeds, until).await,
			Self::End { patient, delegate } => end(options, patient, delegate).await,
			Self::Principals { delegate } => principals(options, delegate).await,
		}
	}
}

fn mandate_of(deeds: Vec<Deed>) -> Outcome<Deeds> {
	let deeds: BTreeSet<Deed> = deeds.into_iter().collect();
	Deeds::try_from(deeds).map_err(|_| Failure::usage("--may: more deeds than there are"))
}

async fn name(
	options: &Options,
	patient: PatientId,
	delegate: AccountId32,
	deeds: Vec<Deed>,
	until: When,
) -> Outcome<Report> {
	let deeds = mandate_of(deeds)?;
	let words: Vec<_> = deeds.iter().map(|deed| deed.word()).collect();
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let until = until.resolve(chain.now(chain.best().await?).await?);
	let call = Call::name_delegate {
		patient,
		delegate: delegate.clone(),
		deeds,
		until,
	};
	let included = chain
		.submit(&signer, RuntimeCall::Patients(call), options.wait)
		.await?;
	Ok(done(
		&included,
		json!({
			"patient": hex(patient.0),
			"delegate": address(&delegate),
			"deeds": words,
			"until": time::write(until),
		}),
		&[
			("patient", hex(patient.0)),
			("delegate", address(&delegate)),
			("may", words.join(", ")),
			("until", time::write(until)),
		],
	))
}

async fn end(options: &Options, patient: PatientId, delegate: AccountId32) -> Outcome<Report> {
	let call = Call::end_delegate {
		patient,
		delegate: delegate.clone(),
	};
	let included = submit(options, call).await?;
	told(&included, |event| match event {
		Event::DelegateEnded { .. } => Some(()),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({ "patient": hex(patient.0), "delegate": address(&delegate) }),
		&[
			("patient", hex(patient.0)),
			("delegate", format!("{}, ended", address(&delegate))),
		],
	))
}

async fn principals(options: &Options, delegate: AccountId32) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let key = pallet_patients::PrincipalsOf::<Runtime>::hashed_key_for(&delegate);
	let listed: Principals = chain.read(&key, at).await?.unwrap_or_default();
	let (principals, text) = acts_for(&listed, now, "no principals");
	Ok(Report::new(
		json!({ "delegate": address(&delegate), "principals": principals }),
		text,
	))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn mandate_should_hold_each_deed_once_and_room_for_all() {
		let twice = mandate_of(vec![Deed::Withdraw, Deed::Withdraw]).unwrap();
		assert_eq!(twice.len(), 1);
		assert_eq!(
			mandate_of(Deed::ALL.to_vec()).unwrap().len(),
			Deed::ALL.len()
		);
	}
}
