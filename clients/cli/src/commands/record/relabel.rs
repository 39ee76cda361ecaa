//! `record relabel`: changes some labels; the others stay.

use crate::{arguments::sensitivities, commands::prelude::*};
use assent_policy::{Class, Confidentiality, Month, RecordAttributes};
use clap::ValueEnum;
use pallet_records::{Call, Labels};

/// A label that can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Clearable {
	/// All sensitivities.
	Sensitivities,
	/// The exact code.
	Code,
	/// The author.
	Author,
	/// The encounter.
	Encounter,
}

/// Change a record's labels; those not named stay
#[derive(Debug, Args)]
pub struct Relabel {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
	#[command(flatten)]
	labels: NewLabels,
}

#[derive(Clone, Debug, Default, Args)]
struct NewLabels {
	/// The kind of document
	#[arg(long, value_name = "CLASS", value_parser = reader::<Class>())]
	class: Option<Class>,
	/// The confidentiality of the document
	#[arg(long, value_name = "LEVEL", value_parser = reader::<Confidentiality>())]
	confidentiality: Option<Confidentiality>,
	/// The month of authoring
	#[arg(long, value_name = "MONTH", value_parser = time::month)]
	authored: Option<Month>,
	/// A sensitivity, blinded; repeat for more. In place of all there were
	#[arg(long = "sensitivity", value_name = "TOKEN", value_parser = token)]
	sensitivities: Vec<Token>,
	/// The document's exact code, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	code: Option<Token>,
	/// The author, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	author: Option<Token>,
	/// The encounter of the document, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	encounter: Option<Token>,
	/// A label to take away; repeat for more
	#[arg(long, value_name = "LABEL", value_enum)]
	clear: Vec<Clearable>,
}

impl NewLabels {
	fn apply(&self, now: &RecordAttributes) -> Outcome<Labels> {
		let both = || Failure::usage("the same label can't be set and taken away at once");
		let one = |name, given: Option<Token>, held: Option<Token>| match (
			given,
			self.clear.contains(&name),
		) {
			(Some(_), true) => Err(both()),
			(Some(token), false) => Ok(Some(token)),
			(None, true) => Ok(None),
			(None, false) => Ok(held),
		};
		let clears = self.clear.contains(&Clearable::Sensitivities);
		let sensitivities = match (self.sensitivities.as_slice(), clears) {
			([], false) => now.sensitivities.clone(),
			([], true) => Default::default(),
			(given, false) => sensitivities(given)?,
			(_, true) => return Err(both()),
		};
		Ok(Labels {
			class: self.class.unwrap_or(now.class),
			confidentiality: self.confidentiality.unwrap_or(now.confidentiality),
			sensitivities,
			code: one(Clearable::Code, self.code, now.code)?,
			author: one(Clearable::Author, self.author, now.author)?,
			encounter: one(Clearable::Encounter, self.encounter, now.encounter)?,
			authored: self.authored.unwrap_or(now.authored),
		})
	}
}

/// The labels from now on.
#[derive(Debug, Serialize)]
pub struct Relabelled {
	record: RecordId,
	class: Class,
	confidentiality: Confidentiality,
	authored: String,
}

impl Change for Relabelled {
	fn rows(&self) -> Vec<Row> {
		vec![
			("record", self.record.to_string()),
			("class", self.class.word().into()),
			("confidentiality", self.confidentiality.word().into()),
			("authored", self.authored.clone()),
		]
	}
}

impl Verb for Relabel {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let record = self.record;
		let signed = options.signed().await?;
		let current = signed.state.record(record).await?;
		let labels = self.labels.apply(&current.record.attributes)?;
		let relabelled = Relabelled {
			record,
			class: labels.class,
			confidentiality: labels.confidentiality,
			authored: time::write_month(labels.authored),
		};
		let included = signed.submit(Call::relabel { record, labels }).await?;
		Ok(Done::new(&included, relabelled))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn held() -> RecordAttributes {
		RecordAttributes {
			record: RecordId([1; 16]),
			custodian: 0,
			class: Class::LabResult,
			confidentiality: Confidentiality::Normal,
			sensitivities: sensitivities(&[Token([2; 16])]).unwrap(),
			code: Some(Token([3; 16])),
			author: None,
			encounter: Some(Token([4; 16])),
			authored: 600,
		}
	}

	#[test]
	fn labels_should_stay_unless_named() {
		let labels = NewLabels::default().apply(&held()).unwrap();
		assert_eq!(labels.into_attributes(RecordId([1; 16]), 0), held());
		let change = NewLabels {
			class: Some(Class::Imaging),
			author: Some(Token([5; 16])),
			clear: vec![Clearable::Sensitivities, Clearable::Code],
			..Default::default()
		};
		let labels = change.apply(&held()).unwrap();
		assert_eq!(labels.class, Class::Imaging);
		assert!(labels.sensitivities.is_empty());
		assert_eq!((labels.code, labels.author), (None, Some(Token([5; 16]))));
		assert_eq!(labels.encounter, held().encounter);
	}

	#[test]
	fn labels_should_be_refused_when_set_and_taken_away_at_once() {
		let token = Token([5; 16]);
		for change in [
			NewLabels { code: Some(token), clear: vec![Clearable::Code], ..Default::default() },
			NewLabels {
				sensitivities: vec![token],
				clear: vec![Clearable::Sensitivities],
				..Default::default()
			},
		] {
			assert_eq!(change.apply(&held()).unwrap_err().code, "Usage");
		}
	}
}
