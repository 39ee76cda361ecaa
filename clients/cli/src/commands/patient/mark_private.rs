//! `patient mark-private`: kinds of records that only the patient sees, shares and refuses.

use crate::{commands::prelude::*, parse::criterion, show::Private};
use assent_policy::Class;
use pallet_patients::{Call, Event};

/// Mark kinds of records as the patient's alone, in place of the caller's former list
#[derive(Debug, Args)]
pub struct MarkPrivate {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// A kind of documents; repeat for more
	#[arg(long = "class", value_name = "CLASS", value_parser = reader::<Class>())]
	classes: Vec<Class>,
	/// A sensitivity, blinded; repeat for more
	#[arg(long = "sensitivity", value_name = "TOKEN", value_parser = token)]
	sensitivities: Vec<Token>,
	/// Empty the list
	#[arg(long, conflicts_with_all = ["classes", "sensitivities"])]
	nothing: bool,
}

/// The kinds that are private from now on.
#[derive(Debug, Serialize)]
pub struct Marked {
	patient: PatientId,
	private: Private,
}

impl Change for Marked {
	fn rows(&self) -> Vec<Row> {
		let [by_patient, by_organisation] = self.private.texts();
		vec![
			("patient", self.patient.to_string()),
			("private, by patient", by_patient),
			("private, by organisation", by_organisation),
		]
	}
}

impl Verb for MarkPrivate {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let too_many = |why| Failure::usage(format!("too much at once: {why}"));
		let patient = self.patient;
		if !self.nothing && self.classes.is_empty() && self.sensitivities.is_empty() {
			return Err(Failure::usage(
				"name what is private with --class or --sensitivity, or empty the list with \
				 --nothing",
			));
		}
		let call = Call::mark_private {
			patient,
			classes: criterion(self.classes).map_err(too_many)?,
			sensitivities: criterion(self.sensitivities).map_err(too_many)?,
		};
		let included = options.send(call).await?;
		let private = found!(included,
			Patients(Event::PrivateChanged { private, .. }) => Private::from(private))?;
		Ok(Done::new(&included, Marked { patient, private }))
	}
}
