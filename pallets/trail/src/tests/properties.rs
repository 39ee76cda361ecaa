//! Any writings in any order. Every sequence walks whole, and no entry can be withheld or changed
//! unnoticed.

use crate::{
	entry_key,
	mock::*,
	walk::{walk, WalkError},
	Entry, Sequence,
};
use assent_policy::PatientId;
use codec::Decode;
use proptest::prelude::*;
use sp_core::H256;
use std::collections::BTreeMap;

const PATIENTS: u8 = 3;
const ORGANISATIONS: u32 = 2;

type Writing = (Option<u8>, Option<u32>, u8, bool);

fn writings() -> impl Strategy<Value = Vec<Writing>> {
	let one = (
		prop::option::weighted(0.8, 0..PATIENTS),
		prop::option::weighted(0.8, 0..ORGANISATIONS),
		any::<u8>(),
		any::<bool>(),
	);
	prop::collection::vec(one, 1..40)
}

fn patient(number: u8) -> PatientId {
	PatientId([number; 16])
}

fn sequences() -> Vec<Sequence> {
	let patients = (0..PATIENTS).map(|number| Sequence::Patient(patient(number)));
	patients.chain((0..ORGANISATIONS).map(Sequence::Organisation)).collect()
}

/// Writes the entries, and returns the entries of each sequence in order.
fn write_all(node: &mut Node, writings: &[Writing]) -> BTreeMap<usize, Vec<H256>> {
	let mut written = BTreeMap::<usize, Vec<H256>>::new();
	for (of, by, record, block) in writings {
		let hash = node.run(|| {
			let hash = write(of.map(patient), *by, denial(*record));
			if *block {
				next_block();
			}
			hash
		});
		for (number, sequence) in sequences().into_iter().enumerate() {
			let named = match sequence {
				Sequence::Patient(id) => of.map(patient) == Some(id),
				Sequence::Organisation(id) => *by == Some(id),
			};
			if named {
				written.entry(number).or_default().push(hash);
			}
		}
	}
	written
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn every_sequence_should_walk_whole_when_anything_was_written(writings in writings()) {
		let mut node = Node::new();
		let mut written = write_all(&mut node, &writings);
		for (number, sequence) in sequences().into_iter().enumerate() {
			let mut walked: Vec<_> =
				node.walk(sequence).unwrap().into_iter().map(|step| step.hash).collect();
			walked.reverse();
			prop_assert_eq!(walked, written.remove(&number).unwrap_or_default());
		}
	}

	#[test]
	fn no_entry_should_be_withheld_or_changed_unnoticed(
		writings in writings(),
		victim in any::<prop::sample::Index>(),
		byte in any::<prop::sample::Index>(),
		flip in 1..=u8::MAX,
	) {
		let mut node = Node::new();
		let written = write_all(&mut node, &writings);
		let all: Vec<_> = written.values().flatten().copied().collect();
		prop_assume!(!all.is_empty());
		let victim = *victim.get(&all);
		let index = node.index();

		for (number, sequence) in sequences().into_iter().enumerate() {
			let entries = written.get(&number).cloned().unwrap_or_default();
			let head = node.run(|| head_of(sequence));
			let withheld = walk(GENESIS, sequence, head, |hash| {
				(hash != victim).then(|| index.get(&entry_key(hash))).flatten()
			});
			let changed = walk(GENESIS, sequence, head, |hash| {
				let mut encoded = index.get(&entry_key(hash))?;
				if hash == victim {
					let at = byte.index(encoded.len());
					encoded[at] ^= flip;
				}
				Some(encoded)
			});
			match entries.iter().position(|hash| *hash == victim) {
				Some(position) => {
					let sequence = position as u64 + 1;
					prop_assert_eq!(withheld, Err(WalkError::Missing { sequence, hash: victim }));
					prop_assert_eq!(changed, Err(WalkError::Altered { sequence, hash: victim }));
				},
				// No other entry is disturbed.
				None => {
					prop_assert_eq!(withheld.unwrap().len(), entries.len());
					prop_assert_eq!(changed.unwrap().len(), entries.len());
				},
			}
		}
	}

	#[test]
	fn decoding_should_never_panic_when_bytes_are_anything(
		bytes in prop::collection::vec(any::<u8>(), 0..600),
	) {
		let _ = Entry::decode(&mut &bytes[..]);
	}
}
