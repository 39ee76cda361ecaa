//! `condition report`.

use crate::{commands::prelude::*, printer};
use assent_support::Condition;
use pallet_patients::{Call, Event};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<printer::Report>> {
		let Self { patient, condition } = self;
		let included = options.send(Call::report_condition { patient, condition }).await?;
		// None: the report was taken back.
		let lapses = found!(included,
			Patients(Event::ConditionReported { lapses, .. }) => Some(*lapses),
			Patients(Event::ReportTakenBack { .. }) => None)?;
		let reported = Reported {
			patient,
			condition,
			taken_back: lapses.is_none(),
			lapses: lapses.map(time::write),
		};
		Ok(Done::new(&included, reported))
	}
}
