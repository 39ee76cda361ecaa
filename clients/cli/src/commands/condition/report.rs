//! `condition report`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::{ids::patient, time},
	words::{reader, Word},
};
use assent_client::Outcome;
use assent_policy::PatientId;
use assent_runtime::RuntimeEvent;
use assent_support::Condition;
use clap::Args;
use pallet_patients::{Call, Event};
use serde::Serialize;

/// Report the condition of a patient of the organisation of --key; report the present condition
/// to take a report back
#[derive(Debug, Args)]
pub struct Report {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The condition
	#[arg(value_parser = reader::<Condition>())]
	condition: Condition,
}

/// A report that was made, or taken back.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reported {
	patient: PatientId,
	condition: Condition,
	taken_back: bool,
	lapses: Option<String>,
}

impl Change for Reported {
	fn rows(&self) -> Vec<Row> {
		let word = self.condition.word();
		let (reported, next) = match &self.lapses {
			Some(lapses) => {
				(word.to_string(), format!("another organisation confirms until {lapses}"))
			}
			None => (format!("{word}, as before: the report is taken back"), String::new()),
		};
		vec![("patient", self.patient.to_string()), ("reported", reported), ("next", next)]
	}
}

impl Verb for Report {
	type Answer = Done<Reported>;

	async fn run(self, options: &Options) -> Outcome<Done<Reported>> {
		let Self { patient, condition } = self;
		let call = Call::report_condition { patient, condition };
		let included = options.send(call).await?;
		// None: the report was taken back.
		let lapses = included.find(|event| match event {
			RuntimeEvent::Patients(Event::ConditionReported { lapses, .. }) => Some(Some(*lapses)),
			RuntimeEvent::Patients(Event::ReportTakenBack { .. }) => Some(None),
			_ => None,
		})?;
		let reported = Reported {
			patient,
			condition,
			taken_back: lapses.is_none(),
			lapses: lapses.map(time::write),
		};
		Ok(Done::new(&included, reported))
	}
}
