//! `guardian`: who acts for a patient by right, with two organisations' word.

use super::{
	done,
	patient::{submit, told},
};
use crate::{
	context::Options,
	failure::Outcome,
	parse::{
		ids::{account, address, hex, patient},
		time::{self, When},
	},
	printer::{table, Report},
	show::{moment, moment_text},
};
use assent_policy::{Moment, PatientId};
use assent_runtime::{Runtime, RuntimeCall};
use clap::Subcommand;
use pallet_patients::{Call, Event, Ward, Wards};
use serde_json::{json, Value};
use sp_runtime::AccountId32;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Guardian {
	/// Propose a guardian for a patient whom the organisation of --key enrolled
	Propose {
		/// The ward
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// The account that is to act for the patient
		#[arg(value_parser = account)]
		guardian: AccountId32,
		/// When it ends by itself, such as the day of majority: 2026-12-31, or +365d from now;
		/// open if not given
		#[arg(long, value_name = "TIME", value_parser = time::when)]
		until: Option<When>,
	},
	/// Confirm a guardian whom another organisation proposed
	Confirm {
		/// The ward
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// The proposed account
		#[arg(value_parser = account)]
		guardian: AccountId32,
	},
	/// End a guardian or a proposal, as the ward or as the guardian
	End {
		/// The ward
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// The account to end
		#[arg(value_parser = account)]
		guardian: AccountId32,
	},
	/// List the patients for whom an account is a guardian
	Wards {
		/// The account
		#[arg(value_parser = account)]
		guardian: AccountId32,
	},
}

impl Guardian {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Propose { .. } => "guardian propose",
			Self::Confirm { .. } => "guardian confirm",
			Self::End { .. } => "guardian end",
			Self::Wards { .. } => "guardian wards",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Propose {
				patient,
				guardian,
				until,
			} => propose(options, patient, guardian, until).await,
			Self::Confirm { patient, guardian } => confirm(options, patient, guardian).await,
			Self::End { patient, guardian } => end(options, patient, guardian).await,
			Self::Wards { guardian } => wards(options, guardian).await,
		}
	}
}

async fn propose(
	options: &Options,
	patient: PatientId,
	guardian: AccountId32,
	until: Option<When>,
) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let now = chain.now(chain.best().await?).await?;
	let until = until.map(|until| until.resolve(now));
	let call = Call::propose_guardian {
		patient,
		guardian: guardian.clone(),
		until,
	};
	let included = chain
		.submit(&signer, RuntimeCall::Patients(call), options.wait)
		.await?;
	Ok(done(
		&included,
		json!({
			"patient": hex(patient.0),
			"guardian": address(&guardian),
			"until": moment(until),
		}),
		&[
			("patient", hex(patient.0)),
			("guardian", format!("{}, proposed", address(&guardian))),
			("until", moment_text(until)),
			("next", "another organisation confirms".into()),
		],
	))
}

async fn confirm(options: &Options, patient: PatientId, guardian: AccountId32) -> Outcome<Report> {
	let call = Call::confirm_guardian {
		patient,
		guardian: guardian.clone(),
	};
	let included = submit(options, call).await?;
	let (until, organisation) = told(&included, |event| match event {
		Event::GuardianNamed {
			until,
			organisation,
			..
		} => Some((*until, *organisation)),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({
			"patient": hex(patient.0),
			"guardian": address(&guardian),
			"until": moment(until),
			"confirmedBy": organisation,
		}),
		&[
			("patient", hex(patient.0)),
			("guardian", format!("{}, confirmed", address(&guardian))),
			("until", moment_text(until)),
		],
	))
}

async fn end(options: &Options, patient: PatientId, guardian: AccountId32) -> Outcome<Report> {
	let call = Call::end_guardian {
		patient,
		guardian: guardian.clone(),
	};
	let included = submit(options, call).await?;
	let was_confirmed = told(&included, |event| match event {
		Event::GuardianEnded { .. } => Some(true),
		Event::ProposalEnded { .. } => Some(false),
		_ => None,
	})?;
	let what = match was_confirmed {
		true => "guardian",
		false => "proposal",
	};
	Ok(done(
		&included,
		json!({
			"patient": hex(patient.0),
			"guardian": address(&guardian),
			"ended": what,
		}),
		&[
			("patient", hex(patient.0)),
			(what, format!("{}, ended", address(&guardian))),
		],
	))
}

/// The patients for whom an account acts, without those whose term is over, for scripts and
/// for people.
pub(super) fn acts_for(listed: &[Ward], now: Moment, nothing: &str) -> (Value, String) {
	let current: Vec<&Ward> = listed.iter().filter(|one| !one.has_lapsed(now)).collect();
	let data: Vec<_> = current
		.iter()
		.map(|one| json!({ "patient": hex(one.patient.0), "until": moment(one.until) }))
		.collect();
	let rows: Vec<_> = current
		.iter()
		.map(|one| vec![hex(one.patient.0), moment_text(one.until)])
		.collect();
	(data.into(), table(&["patient", "until"], &rows, nothing))
}

async fn wards(options: &Options, guardian: AccountId32) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let key = pallet_patients::WardsOf::<Runtime>::hashed_key_for(&guardian);
	let listed: Wards = chain.read(&key, at).await?.unwrap_or_default();
	let (wards, text) = acts_for(&listed, now, "no wards");
	Ok(Report::new(
		json!({ "guardian": address(&guardian), "wards": wards }),
		text,
	))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn acts_for_should_leave_out_terms_that_are_over() {
		let ward = |byte, until| Ward {
			patient: PatientId([byte; 16]),
			until,
		};
		let listed = [ward(1, None), ward(2, Some(50)), ward(3, Some(51))];
		let (data, text) = acts_for(&listed, 50, "none");
		let patients: Vec<_> = data
			.as_array()
			.unwrap()
			.iter()
			.map(|one| one["patient"].as_str().unwrap())
			.collect();
		assert_eq!(patients, [hex([1; 16]), hex([3; 16])]);
		assert!(!text.contains(&hex([2; 16])));
		assert_eq!(acts_for(&listed[1..2], 50, "none").1, "none");
	}
}
