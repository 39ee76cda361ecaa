//! Records and their documents.

use crate::{
	parse::{ids::hex, time},
	printer::fields,
	show::{moment, moment_text},
	words::Word,
};
use assent_policy::{RecordAttributes, RecordId, Token, VersionNumber};
use pallet_records::{AnchorState, Record, RecordStatus, Version};
use serde_json::{json, Value};

fn tokens<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> Vec<String> {
	tokens.into_iter().map(|token| hex(token.0)).collect()
}

fn status(record: &Record) -> (&'static str, Option<u64>) {
	match record.status {
		RecordStatus::Active => ("active", None),
		RecordStatus::Erased(at) => ("erased", Some(at)),
	}
}

/// A document version.
fn document(number: VersionNumber, version: &Version) -> Value {
	json!({
		"version": number,
		"ciphertext": hex(version.ciphertext),
		"size": version.size,
		"cid": version.cid.as_ref().map(hex),
		"commitment": hex(version.commitment),
		"cause": version.cause.map(Word::word),
		"state": version.state.word(),
		"since": time::write(version.since),
		"due": version.due,
	})
}

/// A record with its current document version.
pub fn record(id: RecordId, record: &Record, version: &Version) -> Value {
	let (word, erased) = status(record);
	let RecordAttributes {
		record: _,
		custodian,
		class,
		confidentiality,
		sensitivities,
		code,
		author,
		encounter,
		authored,
	} = &record.attributes;
	json!({
		"record": hex(id.0),
		"patient": hex(record.patient.0),
		"custodian": custodian,
		"class": class.word(),
		"confidentiality": confidentiality.word(),
		"sensitivities": tokens(sensitivities),
		"code": code.map(|token| hex(token.0)),
		"author": author.map(|token| hex(token.0)),
		"encounter": encounter.map(|token| hex(token.0)),
		"authored": time::write_month(*authored),
		"status": word,
		"erased": moment(erased),
		"dispute": moment(record.dispute),
		"registered": time::write(record.registered),
		"document": document(record.version, version),
	})
}

/// The same for people.
pub fn record_text(id: RecordId, record: &Record, version: &Version) -> String {
	let attributes = &record.attributes;
	let (word, erased) = status(record);
	let one = |token: &Option<Token>| token.map(|token| hex(token.0)).unwrap_or_default();
	let found = match version.state {
		AnchorState::Pending => "not checked yet",
		AnchorState::Anchored => "found intact by the other organisations",
		AnchorState::Altered => "ALTERED: not the registered document",
		AnchorState::Absent => "ABSENT: not where it should be",
	};
	let due = match record.status {
		RecordStatus::Active => format!("at block {}", version.due),
		RecordStatus::Erased(_) => String::new(),
	};
	fields(&[
		("record", hex(id.0)),
		("patient", hex(record.patient.0)),
		(
			"custodian",
			format!("organisation {}", attributes.custodian),
		),
		("class", attributes.class.word().into()),
		("confidentiality", attributes.confidentiality.word().into()),
		(
			"sensitivities",
			tokens(&attributes.sensitivities).join(", "),
		),
		("code", one(&attributes.code)),
		("author", one(&attributes.author)),
		("encounter", one(&attributes.encounter)),
		("authored", time::write_month(attributes.authored)),
		(
			"status",
			format!("{word} {}", moment_text(erased)).trim().into(),
		),
		("disputed since", moment_text(record.dispute)),
		("registered", time::write(record.registered)),
		("version", record.version.to_string()),
		("anchor", format!("{}: {found}", version.state.word())),
		("since", time::write(version.since)),
		("checked again", due),
		("ciphertext", hex(version.ciphertext)),
		("size", format!("{} bytes", version.size)),
		("commitment", hex(version.commitment)),
	])
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::{Class, Confidentiality, PatientId};

	fn sample() -> (RecordId, Record, Version) {
		let id = RecordId([1; 16]);
		let attributes = RecordAttributes {
			record: id,
			custodian: 2,
			class: Class::LabResult,
			confidentiality: Confidentiality::Normal,
			sensitivities: [Token([3; 16])]
				.into_iter()
				.collect::<std::collections::BTreeSet<_>>()
				.try_into()
				.unwrap(),
			code: None,
			author: None,
			encounter: None,
			authored: 674,
		};
		let record = Record {
			patient: PatientId([4; 16]),
			attributes,
			version: 1,
			dispute: None,
			status: RecordStatus::Active,
			registered: 0,
		};
		let version = Version {
			ciphertext: [5; 32],
			size: 6,
			cid: None,
			commitment: [7; 32],
			cause: None,
			state: AnchorState::Altered,
			since: 0,
			due: 8,
		};
		(id, record, version)
	}

	#[test]
	fn record_should_show_labels_and_anchor() {
		let (id, row, version) = sample();
		let shown = record(id, &row, &version);
		for (pointer, expected) in [
			("/record", json!(hex([1; 16]))),
			("/patient", json!(hex([4; 16]))),
			("/custodian", json!(2)),
			("/class", json!("lab-result")),
			("/confidentiality", json!("normal")),
			("/sensitivities/0", json!(hex([3; 16]))),
			("/code", Value::Null),
			("/authored", json!("2026-03")),
			("/status", json!("active")),
			("/dispute", Value::Null),
			("/document/state", json!("altered")),
			("/document/version", json!(1)),
			("/document/size", json!(6)),
			("/document/due", json!(8)),
			("/document/ciphertext", json!(hex([5; 32]))),
		] {
			assert_eq!(shown.pointer(pointer), Some(&expected), "{pointer}");
		}
	}

	#[test]
	fn text_should_say_plainly_when_a_document_is_not_the_registered_one() {
		let (id, row, version) = sample();
		assert!(record_text(id, &row, &version).contains("ALTERED"));
		let erased = Record {
			status: RecordStatus::Erased(0),
			..row
		};
		assert!(record_text(id, &erased, &version).contains("erased 1970-01-01T00:00:00Z"));
	}
}
