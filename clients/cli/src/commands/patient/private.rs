//! `patient mark-private`: kinds of records that only the patient sees, shares and refuses.

use super::{submit, told};
use crate::{
	commands::done,
	context::Options,
	failure::{Failure, Outcome},
	parse::{
		criterion,
		ids::{hex, patient, token},
	},
	printer::Report,
	words::{reader, Word},
};
use assent_policy::{Class, Kinds, PatientId, Private, Token};
use clap::Args;
use pallet_patients::{Call, Event};
use serde_json::{json, Value};

/// Replaces the list of the patient, or of the organisation of --key.
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

impl MarkPrivate {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
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
		let included = submit(options, call).await?;
		let private = told(&included, |event| match event {
			Event::PrivateChanged { private, .. } => Some(private.clone()),
			_ => None,
		})?;
		let [by_patient, by_organisation] = private_text(&private);
		Ok(done(
			&included,
			json!({ "patient": hex(patient.0), "private": private_json(&private) }),
			&[
				("patient", hex(patient.0)),
				("private, by patient", by_patient),
				("private, by organisation", by_organisation),
			],
		))
	}
}

fn kinds_json(kinds: &Kinds) -> Value {
	json!({
		"classes": kinds.classes.iter().map(|class| class.word()).collect::<Vec<_>>(),
		"sensitivities": kinds.sensitivities.iter().map(|one| hex(one.0)).collect::<Vec<_>>(),
	})
}

/// What is private, for scripts.
pub fn private_json(private: &Private) -> Value {
	json!({
		"byPatient": kinds_json(&private.by_patient),
		"byOrganisation": kinds_json(&private.by_organisation),
	})
}

fn kinds_text(kinds: &Kinds) -> String {
	let classes = kinds.classes.iter().map(|class| class.word().to_string());
	let sensitivities = kinds.sensitivities.iter().map(|one| hex(one.0));
	classes.chain(sensitivities).collect::<Vec<_>>().join(", ")
}

/// What is private, for people: by the patient's list, and by the organisation's.
pub fn private_text(private: &Private) -> [String; 2] {
	[&private.by_patient, &private.by_organisation].map(kinds_text)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn private_should_tell_the_two_lists_apart() {
		let private = Private {
			by_patient: Kinds {
				classes: criterion([Class::Genetics]).unwrap(),
				sensitivities: Default::default(),
			},
			by_organisation: Kinds {
				classes: Default::default(),
				sensitivities: criterion([Token([5; 16])]).unwrap(),
			},
		};
		let value = private_json(&private);
		assert_eq!(value["byPatient"]["classes"], json!(["genetics"]));
		assert_eq!(value["byPatient"]["sensitivities"], json!([]));
		assert_eq!(
			value["byOrganisation"]["sensitivities"],
			json!([hex([5; 16])])
		);
		assert_eq!(private_text(&private), ["genetics".into(), hex([5; 16])]);
	}
}
