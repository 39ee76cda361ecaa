//! `condition`: what two organisations say of a patient.

use super::{
	done,
	patient::{submit, told},
};
use crate::{
	context::Options,
	failure::Outcome,
	parse::{
		ids::{hex, patient},
		time,
	},
	printer::Report,
	show::moment,
	words::{reader, Word},
};
use assent_policy::PatientId;
use assent_support::Condition as Code;
use clap::Subcommand;
use pallet_patients::{Call, Event};
use serde_json::json;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Condition {
	/// Report how a patient is whom the organisation of --key enrolled; report what counts
	/// already to take a report back
	Report {
		/// The patient
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// What is so
		#[arg(value_parser = reader::<Code>())]
		condition: Code,
	},
	/// Confirm what another organisation reported: it counts from now on
	Confirm {
		/// The patient
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// What is so, as reported
		#[arg(value_parser = reader::<Code>())]
		condition: Code,
	},
}

impl Condition {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Report { .. } => "condition report",
			Self::Confirm { .. } => "condition confirm",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Report { patient, condition } => report(options, patient, condition).await,
			Self::Confirm { patient, condition } => confirm(options, patient, condition).await,
		}
	}
}

async fn report(options: &Options, patient: PatientId, condition: Code) -> Outcome<Report> {
	let included = submit(options, Call::report_condition { patient, condition }).await?;
	// None: the report was taken back.
	let lapses = told(&included, |event| match event {
		Event::ConditionReported { lapses, .. } => Some(Some(*lapses)),
		Event::ReportTakenBack { .. } => Some(None),
		_ => None,
	})?;
	let (reported, next) = match lapses {
		Some(lapses) => (
			condition.word().to_string(),
			format!(
				"another organisation confirms until {}",
				time::write(lapses)
			),
		),
		None => (
			format!("{}, as before: the report is taken back", condition.word()),
			String::new(),
		),
	};
	Ok(done(
		&included,
		json!({
			"patient": hex(patient.0),
			"condition": condition.word(),
			"takenBack": lapses.is_none(),
			"lapses": moment(lapses),
		}),
		&[
			("patient", hex(patient.0)),
			("reported", reported),
			("next", next),
		],
	))
}

async fn confirm(options: &Options, patient: PatientId, condition: Code) -> Outcome<Report> {
	let included = submit(options, Call::confirm_condition { patient, condition }).await?;
	let organisation = told(&included, |event| match event {
		Event::ConditionChanged { organisation, .. } => Some(*organisation),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({
			"patient": hex(patient.0),
			"condition": condition.word(),
			"confirmedBy": organisation,
		}),
		&[
			("patient", hex(patient.0)),
			("condition", format!("{}, confirmed", condition.word())),
		],
	))
}
