//! `trail`: a sequence of the trail, walked back from a head proven against a final header.

use crate::{
	chain::Chain,
	context::Options,
	failure::{Failure, Outcome},
	parse::{
		ids::{address, hex, patient},
		time,
	},
	printer::{table, Report},
	progress::Progress,
	show::{account, act, act_text},
};
use assent_policy::{OrganisationId, PatientId};
use assent_runtime::{Hash, Runtime};
use clap::Subcommand;
use pallet_trail::{
	walk::{Step, WalkError, Walker},
	Head, Sequence,
};
use serde::Deserialize;
use serde_json::{json, Value};
use sp_core::Bytes;
use std::collections::HashMap;
use subxt::rpcs::client::rpc_params;

/// How many entries are asked for at a time.
const PAGE: u32 = 100;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Trail {
	/// Print a patient's or an organisation's trail and check that it is whole
	Show {
		/// Whose trail
		#[arg(value_parser = patient, required_unless_present = "organisation")]
		patient: Option<PatientId>,
		/// An organisation's trail instead
		#[arg(long, value_name = "NUMBER", conflicts_with = "patient")]
		organisation: Option<OrganisationId>,
		/// A drill: pretend that nobody has this entry, and see it missed
		#[arg(long, value_name = "SEQUENCE")]
		withhold: Option<u64>,
	},
}

impl Trail {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Show { .. } => "trail show",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let Self::Show {
			patient,
			organisation,
			withhold,
		} = self;
		let sequence = match (patient, organisation) {
			(Some(patient), _) => Sequence::Patient(patient),
			(None, Some(organisation)) => Sequence::Organisation(organisation),
			(None, None) => return Err(Failure::usage("name a patient or --organisation")),
		};
		show(&options.chain().await?, sequence, withhold).await
	}
}

async fn show(chain: &Chain, sequence: Sequence, withhold: Option<u64>) -> Outcome<Report> {
	let key = match sequence {
		Sequence::Patient(id) => pallet_trail::PatientHeads::<Runtime>::hashed_key_for(id),
		Sequence::Organisation(id) => {
			pallet_trail::OrganisationHeads::<Runtime>::hashed_key_for(id)
		}
	};
	let proven = chain.read_proven::<Head>(&key).await?;
	let head = proven.value.unwrap_or_default();
	let (steps, broken) = walk(chain, sequence, head, withhold).await?;

	let proof = json!({
		"block": { "hash": hex(proven.hash), "number": proven.header.number, "final": true },
		"stateRoot": hex(proven.header.state_root),
		"nodes": proven.nodes,
	});
	let data = json!({
		"patient": match sequence { Sequence::Patient(id) => Some(hex(id.0)), _ => None },
		"organisation": match sequence { Sequence::Organisation(id) => Some(id), _ => None },
		"head": { "count": head.count, "hash": hex(head.head) },
		"proof": proof,
		"whole": broken.is_none(),
		"broken": broken.as_ref().map(broken_json),
		"entries": steps.iter().rev().map(step_json).collect::<Vec<_>>(),
	});
	let against = format!(
		"its head was proven against the state root of final block {} ({})",
		proven.header.number,
		hex(proven.hash)
	);
	let rows: Vec<_> = steps.iter().rev().map(step_row).collect();
	let entries = table(
		&["no", "at", "block", "by", "org", "what"],
		&rows,
		"no entries",
	);
	Ok(match broken {
		None => {
			let text = format!("{entries}\n\nwhole: {} entries; {against}", head.count);
			Report::new(data, text)
		}
		Some(error) => {
			let text = format!("{entries}\n\nBROKEN: {error}; {against}");
			Report::no(data, text)
		}
	})
}

/// Walks back and returns what could be read, newest first, and where the walk broke.
async fn walk(
	chain: &Chain,
	sequence: Sequence,
	head: Head,
	withhold: Option<u64>,
) -> Outcome<(Vec<Step>, Option<WalkError>)> {
	let mut walker = match Walker::new(chain.genesis(), sequence, head) {
		Ok(walker) => walker,
		Err(error) => return Ok((Vec::new(), Some(error))),
	};
	let mut shelf = Shelf {
		chain,
		sequence,
		fetched: HashMap::new(),
		ended: false,
	};
	let progress = Progress::steps("reading the trail", head.count);
	let mut steps: Vec<Step> = Vec::new();
	while let Some((number, hash)) = walker.wants() {
		let encoded = match withhold == Some(number) {
			true => None,
			false => {
				shelf
					.fetch(hash, steps.last().map(|step| step.hash))
					.await?
			}
		};
		match walker.take(encoded.as_deref()) {
			Ok(step) => steps.extend(step),
			Err(error) => return Ok((steps, Some(error))),
		}
		progress.advance(1);
	}
	Ok((steps, None))
}

/// Entries that a node gave, by the hashes it gave them. Whether they are right, the walk
/// tells.
struct Shelf<'a> {
	chain: &'a Chain,
	sequence: Sequence,
	fetched: HashMap<Hash, Vec<u8>>,
	ended: bool,
}

/// An entry as a node gives it.
#[derive(Deserialize)]
struct StoredEntry {
	hash: Hash,
	entry: Bytes,
}

impl Shelf<'_> {
	/// The entry with this hash; `newer` is the one after it.
	async fn fetch(&mut self, hash: Hash, newer: Option<Hash>) -> Outcome<Option<Vec<u8>>> {
		if let Some(found) = self.fetched.remove(&hash) {
			return Ok(Some(found));
		}
		if let (Sequence::Patient(patient), false) = (self.sequence, self.ended) {
			let params = rpc_params![patient, newer, PAGE];
			let page: Vec<StoredEntry> = self.chain.ask("assent_patientTrail", params).await?;
			self.ended = page.is_empty();
			self.fetched
				.extend(page.into_iter().map(|stored| (stored.hash, stored.entry.0)));
			if let Some(found) = self.fetched.remove(&hash) {
				return Ok(Some(found));
			}
		}
		let entry: Option<Bytes> = self
			.chain
			.ask("assent_trailEntry", rpc_params![hash])
			.await?;
		Ok(entry.map(|entry| entry.0))
	}
}

fn broken_json(error: &WalkError) -> Value {
	let (kind, at) = match error {
		WalkError::BadHead { head } => ("bad-head", (head.count, head.head)),
		WalkError::Missing { sequence, hash } => ("missing", (*sequence, *hash)),
		WalkError::Altered { sequence, hash } => ("altered", (*sequence, *hash)),
		WalkError::Unreadable { sequence, hash } => ("unreadable", (*sequence, *hash)),
		WalkError::OtherSequence { sequence, hash } => ("other-sequence", (*sequence, *hash)),
		WalkError::WrongSequence { sequence, hash, .. } => ("wrong-sequence", (*sequence, *hash)),
		WalkError::BrokenLink { sequence, hash, .. } => ("broken-link", (*sequence, *hash)),
	};
	json!({ "kind": kind, "sequence": at.0, "hash": hex(at.1), "message": error.to_string() })
}

fn step_json(step: &Step) -> Value {
	let entry = &step.entry;
	json!({
		"sequence": step.sequence,
		"hash": hex(step.hash),
		"at": time::write(entry.at),
		"block": entry.block,
		"actor": account(entry.actor.as_ref()),
		"patient": entry.patient.as_ref().map(|link| hex(link.id.0)),
		"organisation": entry.organisation.as_ref().map(|link| link.id),
		"act": act(&entry.act),
	})
}

fn step_row(step: &Step) -> Vec<String> {
	let entry = &step.entry;
	let actor = match &entry.actor {
		Some(actor) => address(actor),
		None => "the consortium's workers".into(),
	};
	let organisation = entry.organisation.as_ref();
	vec![
		step.sequence.to_string(),
		time::write(entry.at),
		entry.block.to_string(),
		actor,
		organisation
			.map(|link| link.id.to_string())
			.unwrap_or_default(),
		act_text(&entry.act),
	]
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_support::Act;
	use pallet_trail::{Entry, Link};

	#[test]
	fn broken_walk_should_name_sequence_and_hash() {
		let hash = Hash::repeat_byte(7);
		let missing = broken_json(&WalkError::Missing { sequence: 5, hash });
		assert_eq!(missing["kind"], "missing");
		assert_eq!(missing["sequence"], 5);
		assert_eq!(missing["hash"], hex(hash));
		assert!(missing["message"].as_str().unwrap().contains("missing"));
		assert_eq!(
			broken_json(&WalkError::Altered { sequence: 5, hash })["kind"],
			"altered"
		);
	}

	#[test]
	fn entry_should_tell_when_who_and_what() {
		let link = Link {
			id: PatientId([1; 16]),
			sequence: 2,
			previous: Hash::zero(),
		};
		let entry = Entry {
			at: 0,
			block: 9,
			actor: None,
			act: Act::Enrolled,
			patient: Some(link),
			organisation: None,
		};
		let step = Step {
			sequence: 2,
			hash: Hash::repeat_byte(3),
			entry,
		};
		let shown = step_json(&step);
		assert_eq!(shown["sequence"], 2);
		assert_eq!(shown["block"], 9);
		assert_eq!(shown["act"]["kind"], "enrolled");
		assert_eq!(shown["actor"], Value::Null);
		assert_eq!(shown["patient"], hex([1; 16]));
		assert_eq!(step_row(&step)[1], "1970-01-01T00:00:00Z");
	}
}
