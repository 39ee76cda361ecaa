//! `record relabel`: changes some labels; the others stay.

use super::{sensitivities, view};
use crate::{
	commands::done,
	context::Options,
	failure::{Failure, Outcome},
	parse::{
		ids::{hex, record, token},
		time,
	},
	printer::Report,
	words::{reader, Word},
};
use assent_policy::{Class, Confidentiality, Month, RecordAttributes, RecordId, Token};
use assent_runtime::RuntimeCall;
use clap::{Args, ValueEnum};
use pallet_records::Labels;
use serde_json::json;

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

/// Changes a record's labels.
#[derive(Debug, Args)]
pub struct Relabel {
	/// Which record
	#[arg(value_parser = record)]
	record: RecordId,
	#[command(flatten)]
	change: Change,
}

#[derive(Clone, Debug, Default, Args)]
struct Change {
	/// What kind of document it is
	#[arg(long, value_name = "CLASS", value_parser = reader::<Class>())]
	class: Option<Class>,
	/// How confidential it is
	#[arg(long, value_name = "LEVEL", value_parser = reader::<Confidentiality>())]
	confidentiality: Option<Confidentiality>,
	/// The month in which it was authored
	#[arg(long, value_name = "MONTH", value_parser = time::month)]
	authored: Option<Month>,
	/// A sensitivity, blinded; repeat for more. In place of all there were
	#[arg(long = "sensitivity", value_name = "TOKEN", value_parser = token)]
	sensitivities: Vec<Token>,
	/// The document's exact code, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	code: Option<Token>,
	/// Its author, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	author: Option<Token>,
	/// The encounter that it is from, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	encounter: Option<Token>,
	/// A label to take away; repeat for more
	#[arg(long, value_name = "LABEL", value_enum)]
	clear: Vec<Clearable>,
}

impl Change {
	fn apply(&self, now: &RecordAttributes) -> Outcome<Labels> {
		let one = |name, given: Option<Token>, held: Option<Token>| match (
			given,
			self.clear.contains(&name),
		) {
			(Some(_), true) => Err(Failure::usage(
				"the same label can't be set and taken away at once",
			)),
			(Some(token), false) => Ok(Some(token)),
			(None, true) => Ok(None),
			(None, false) => Ok(held),
		};
		let clears = self.clear.contains(&Clearable::Sensitivities);
		let sensitivities = match (self.sensitivities.as_slice(), clears) {
			([], false) => now.sensitivities.clone(),
			([], true) => Default::default(),
			(given, false) => sensitivities(given)?,
			(_, true) => {
				return Err(Failure::usage(
					"the same label can't be set and taken away at once",
				))
			}
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

impl Relabel {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let record = self.record;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let current = view(&chain, record, chain.best().await?).await?;
		let labels = self.change.apply(&current.record.attributes)?;
		let (class, confidentiality) = (labels.class.word(), labels.confidentiality.word());
		let authored = time::write_month(labels.authored);
		let call = RuntimeCall::Records(pallet_records::Call::relabel { record, labels });
		let included = chain.submit(&signer, call, options.wait).await?;
		Ok(done(
			&included,
			json!({
				"record": hex(record.0),
				"class": class,
				"confidentiality": confidentiality,
				"authored": authored,
			}),
			&[
				("record", hex(record.0)),
				("class", class.into()),
				("confidentiality", confidentiality.into()),
				("authored", authored.clone()),
			],
		))
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
			sensitivities: super::super::sensitivities(&[Token([2; 16])]).unwrap(),
			code: Some(Token([3; 16])),
			author: None,
			encounter: Some(Token([4; 16])),
			authored: 600,
		}
	}

	#[test]
	fn labels_should_stay_unless_named() {
		let labels = Change::default().apply(&held()).unwrap();
		assert_eq!(labels.into_attributes(RecordId([1; 16]), 0), held());
		let change = Change {
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
			Change {
				code: Some(token),
				clear: vec![Clearable::Code],
				..Default::default()
			},
			Change {
				sensitivities: vec![token],
				clear: vec![Clearable::Sensitivities],
				..Default::default()
			},
		] {
			assert_eq!(change.apply(&held()).unwrap_err().code, "Usage");
		}
	}
}
