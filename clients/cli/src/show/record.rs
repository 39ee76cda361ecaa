//! Records and their documents.

use crate::{
	parse::{ids::hex, time},
	printer::fields,
	show::{moment, or_empty},
	words::Word,
};
use assent_policy::{
	Class, Confidentiality, OrganisationId, PatientId, RecordId, Token, VersionNumber,
};
use assent_runtime::BlockNumber;
use assent_support::VersionCause;
use pallet_records::{AnchorState, RecordStatus, RecordView, Version};
use serde::Serialize;

/// A document version.
#[derive(Debug, Serialize)]
pub struct Document {
	version: VersionNumber,
	ciphertext: String,
	size: u64,
	cid: Option<String>,
	commitment: String,
	cause: Option<VersionCause>,
	state: AnchorState,
	since: String,
	due: BlockNumber,
	/// The state for people.
	#[serde(skip)]
	found: &'static str,
}

impl Document {
	fn new(number: VersionNumber, version: &Version) -> Self {
		Self {
			version: number,
			ciphertext: hex(version.ciphertext),
			size: version.size,
			cid: version.cid.as_ref().map(hex),
			commitment: hex(version.commitment),
			cause: version.cause,
			state: version.state,
			since: time::write(version.since),
			due: version.due,
			found: match version.state {
				AnchorState::Pending => "not checked yet",
				AnchorState::Anchored => "found intact by the other organisations",
				AnchorState::Altered => "ALTERED: not the registered document",
				AnchorState::Absent => "ABSENT: not where it should be",
			},
		}
	}
}

/// A record with its current document version.
#[derive(Debug, Serialize)]
pub struct Record {
	record: RecordId,
	patient: PatientId,
	custodian: OrganisationId,
	class: Class,
	confidentiality: Confidentiality,
	sensitivities: Vec<Token>,
	code: Option<Token>,
	author: Option<Token>,
	encounter: Option<Token>,
	authored: String,
	status: &'static str,
	erased: Option<String>,
	dispute: Option<String>,
	registered: String,
	document: Document,
}

impl From<&RecordView> for Record {
	fn from(view: &RecordView) -> Self {
		let row = &view.record;
		let (status, erased) = match row.status {
			RecordStatus::Active => ("active", None),
			RecordStatus::Erased(at) => ("erased", Some(at)),
		};
		let labels = &row.attributes;
		Self {
			record: view.id,
			patient: row.patient,
			custodian: labels.custodian,
			class: labels.class,
			confidentiality: labels.confidentiality,
			sensitivities: labels.sensitivities.iter().copied().collect(),
			code: labels.code,
			author: labels.author,
			encounter: labels.encounter,
			authored: time::write_month(labels.authored),
			status,
			erased: moment(erased),
			dispute: moment(row.dispute),
			registered: time::write(row.registered),
			document: Document::new(row.version, &view.version),
		}
	}
}

impl Record {
	/// For people.
	pub fn text(&self) -> String {
		let tokens: Vec<_> = self.sensitivities.iter().map(Token::to_string).collect();
		let document = &self.document;
		let due = match self.erased {
			None => format!("at block {}", document.due),
			Some(_) => String::new(),
		};
		let status = format!("{} {}", self.status, or_empty(&self.erased));
		fields(&[
			("record", self.record.to_string()),
			("patient", self.patient.to_string()),
			("custodian", format!("organisation {}", self.custodian)),
			("class", self.class.word().into()),
			("confidentiality", self.confidentiality.word().into()),
			("sensitivities", tokens.join(", ")),
			("code", or_empty(&self.code)),
			("author", or_empty(&self.author)),
			("encounter", or_empty(&self.encounter)),
			("authored", self.authored.clone()),
			("status", status.trim().into()),
			("disputed since", or_empty(&self.dispute)),
			("registered", self.registered.clone()),
			("version", document.version.to_string()),
			("anchor", format!("{}: {}", document.state.word(), document.found)),
			("since", document.since.clone()),
			("checked again", due),
			("ciphertext", document.ciphertext.clone()),
			("size", format!("{} bytes", document.size)),
			("commitment", document.commitment.clone()),
		])
	}

	/// A row of a table: record, class, confidentiality, authored, version, state.
	pub fn row(&self) -> [String; 6] {
		let state = match self.erased {
			None => self.document.state.word(),
			Some(_) => self.status,
		};
		let disputed = match self.dispute {
			Some(_) => "disputed",
			None => "",
		};
		[
			self.record.to_string(),
			self.class.word().into(),
			self.confidentiality.word().into(),
			self.authored.clone(),
			self.document.version.to_string(),
			format!("{state} {disputed}").trim().into(),
		]
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::RecordAttributes;
	use serde_json::{json, Value};

	fn sample() -> RecordView {
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
		let record = pallet_records::Record {
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
		RecordView { id, record, version }
	}

	#[test]
	fn record_should_show_labels_and_anchor() {
		let shown = serde_json::to_value(Record::from(&sample())).unwrap();
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
		let mut view = sample();
		assert!(Record::from(&view).text().contains("ALTERED"));
		view.record.status = RecordStatus::Erased(0);
		let erased = Record::from(&view);
		assert!(erased.text().contains("erased 1970-01-01T00:00:00Z"));
		assert_eq!(erased.row().last().unwrap(), "erased");
	}
}
