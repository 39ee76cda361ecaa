//! `trail show`.

use crate::{
	commands::prelude::*,
	show::{account, act, act_text, Block},
};
use assent_client::trail::{walk, Sequence, Step, Walk, WalkError};
use serde_json::Value;

/// Print a patient's or an organisation's trail and check the trail
#[derive(Debug, Args)]
pub struct Show {
	/// The patient
	#[arg(value_parser = patient, required_unless_present = "organisation")]
	patient: Option<PatientId>,
	/// An organisation's trail instead
	#[arg(long, value_name = "NUMBER", conflicts_with = "patient")]
	organisation: Option<OrganisationId>,
	/// A drill: pretend that nobody has this entry, and see it missed
	#[arg(long, value_name = "SEQUENCE")]
	withhold: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Head {
	count: u64,
	hash: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Proof {
	block: Block,
	state_root: String,
	nodes: usize,
}

/// The break of a walk.
#[derive(Debug, Serialize)]
struct Broken {
	kind: &'static str,
	sequence: u64,
	hash: String,
	message: String,
}

impl From<&WalkError> for Broken {
	fn from(error: &WalkError) -> Self {
		let (kind, at) = match error {
			WalkError::BadHead { head } => ("bad-head", (head.count, head.head)),
			WalkError::Missing { sequence, hash } => ("missing", (*sequence, *hash)),
			WalkError::Altered { sequence, hash } => ("altered", (*sequence, *hash)),
			WalkError::Unreadable { sequence, hash } => ("unreadable", (*sequence, *hash)),
			WalkError::OtherSequence { sequence, hash } => ("other-sequence", (*sequence, *hash)),
			WalkError::WrongSequence { sequence, hash, .. } => {
				("wrong-sequence", (*sequence, *hash))
			}
			WalkError::BrokenLink { sequence, hash, .. } => ("broken-link", (*sequence, *hash)),
		};
		Self { kind, sequence: at.0, hash: hex(at.1), message: error.to_string() }
	}
}

/// An entry of the trail.
#[derive(Debug, Serialize)]
struct Line {
	sequence: u64,
	hash: String,
	at: String,
	block: BlockNumber,
	actor: Option<String>,
	patient: Option<PatientId>,
	organisation: Option<OrganisationId>,
	act: Value,
	/// The act for people.
	#[serde(skip)]
	told: String,
}

impl From<&Step> for Line {
	fn from(step: &Step) -> Self {
		let entry = &step.entry;
		Self {
			sequence: step.sequence,
			hash: hex(step.hash),
			at: time::write(entry.at),
			block: entry.block,
			actor: account(entry.actor.as_ref()),
			patient: entry.patient.as_ref().map(|link| link.id),
			organisation: entry.organisation.as_ref().map(|link| link.id),
			act: act(&entry.act),
			told: act_text(&entry.act),
		}
	}
}

impl Line {
	fn row(&self) -> [String; 6] {
		let actor = self.actor.clone();
		[
			self.sequence.to_string(),
			self.at.clone(),
			self.block.to_string(),
			actor.unwrap_or_else(|| "the consortium's workers".into()),
			or_empty(&self.organisation),
			self.told.clone(),
		]
	}
}

/// A sequence of the trail.
#[derive(Debug, Serialize)]
pub struct Shown {
	patient: Option<PatientId>,
	organisation: Option<OrganisationId>,
	head: Head,
	proof: Proof,
	whole: bool,
	broken: Option<Broken>,
	entries: Vec<Line>,
}

impl Shown {
	fn new(sequence: Sequence, walk: &Walk) -> Self {
		let (patient, organisation) = match sequence {
			Sequence::Patient(id) => (Some(id), None),
			Sequence::Organisation(id) => (None, Some(id)),
		};
		let proven = &walk.head;
		let head = proven.value.unwrap_or_default();
		Self {
			patient,
			organisation,
			head: Head { count: head.count, hash: hex(head.head) },
			proof: Proof {
				block: Block {
					hash: hex(proven.hash),
					number: proven.header.number,
					is_final: true,
				},
				state_root: hex(proven.header.state_root),
				nodes: proven.nodes,
			},
			whole: walk.broken.is_none(),
			broken: walk.broken.as_ref().map(Broken::from),
			entries: walk.steps.iter().rev().map(Line::from).collect(),
		}
	}
}

impl Answer for Shown {
	fn text(&self) -> String {
		let head = ["no", "at", "block", "by", "org", "what"];
		let entries = table(head, self.entries.iter().map(Line::row), "no entries");
		let block = &self.proof.block;
		let against = format!(
			"its head was proven against the state root of final block {} ({})",
			block.number, block.hash
		);
		match &self.broken {
			None => format!("{entries}\n\nwhole: {} entries; {against}", self.head.count),
			Some(broken) => format!("{entries}\n\nBROKEN: {}; {against}", broken.message),
		}
	}

	fn verdict(&self) -> Verdict {
		self.whole.into()
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let sequence = match (self.patient, self.organisation) {
			(Some(patient), _) => Sequence::Patient(patient),
			(None, Some(organisation)) => Sequence::Organisation(organisation),
			(None, None) => return Err(Failure::usage("name a patient or --organisation")),
		};
		let chain = options.chain().await?;
		let walk = walk(&chain, sequence, self.withhold, &options.progress()).await?;
		Ok(Shown::new(sequence, &walk))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_runtime::Hash;
	use assent_support::Act;
	use pallet_trail::{Entry, Link};
	use serde_json::Value;

	#[test]
	fn broken_walk_should_name_sequence_and_hash() {
		let hash = Hash::repeat_byte(7);
		let told = |error: WalkError| serde_json::to_value(Broken::from(&error)).unwrap();
		let missing = told(WalkError::Missing { sequence: 5, hash });
		assert_eq!(missing["kind"], "missing");
		assert_eq!(missing["sequence"], 5);
		assert_eq!(missing["hash"], hex(hash));
		assert!(missing["message"].as_str().unwrap().contains("missing"));
		assert_eq!(told(WalkError::Altered { sequence: 5, hash })["kind"], "altered");
	}

	#[test]
	fn entry_should_tell_when_who_and_what() {
		let link = Link { id: PatientId([1; 16]), sequence: 2, previous: Hash::zero() };
		let entry = Entry {
			at: 0,
			block: 9,
			actor: None,
			act: Act::Enrolled,
			patient: Some(link),
			organisation: None,
		};
		let step = Step { sequence: 2, hash: Hash::repeat_byte(3), entry };
		let line = Line::from(&step);
		let shown = serde_json::to_value(&line).unwrap();
		assert_eq!(shown["sequence"], 2);
		assert_eq!(shown["block"], 9);
		assert_eq!(shown["act"]["kind"], "enrolled");
		assert_eq!(shown["actor"], Value::Null);
		assert_eq!(shown["patient"], hex([1; 16]));
		assert_eq!(line.row()[1], "1970-01-01T00:00:00Z");
	}
}
