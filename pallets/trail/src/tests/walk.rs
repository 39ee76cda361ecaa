use crate::{
	entry_hash, entry_key,
	mock::*,
	walk::{walk, Step, WalkError, Walker},
	Entry, Head, Link, Sequence,
};
use assent_policy::PatientId;
use assent_support::Act;
use codec::Encode;
use sp_core::H256;
use std::collections::BTreeMap;

/// A node with five entries of Ada (and some of others between), and the hashes.
fn story() -> (Node, Vec<H256>) {
	let mut node = Node::new();
	let mut hashes = vec![];
	for record in 0..5 {
		node.run(|| {
			hashes.push(write(Some(ADA), Some(HOSPITAL), denial(record)));
			write(Some(BEN), Some(HOSPITAL), denial(record));
			write(None, Some(LABORATORY), Act::OrganisationChanged);
			next_block();
		});
	}
	(node, hashes)
}

fn patient_entry(id: PatientId, sequence: u64, previous: H256) -> Entry {
	Entry {
		at: START,
		block: 1,
		actor: None,
		act: Act::Enrolled,
		patient: Some(Link { id, sequence, previous }),
		organisation: None,
	}
}

/// An index of handmade entries, and the hash of the last entry.
fn index_of(entries: impl IntoIterator<Item = Entry>) -> (BTreeMap<H256, Vec<u8>>, H256) {
	let mut index = BTreeMap::new();
	let mut last = H256::zero();
	for entry in entries {
		last = entry_hash(GENESIS, &entry.encode());
		index.insert(last, entry.encode());
	}
	(index, last)
}

fn walk_by_hand(
	(index, last): (BTreeMap<H256, Vec<u8>>, H256),
	count: u64,
) -> Result<Vec<Step>, WalkError> {
	walk(GENESIS, Sequence::Patient(ADA), Head { count, head: last }, |hash| {
		index.get(&hash).cloned()
	})
}

#[test]
fn walk_should_list_every_entry_newest_first_when_all_are_there() {
	let (mut node, hashes) = story();
	let steps = node.walk(Sequence::Patient(ADA)).unwrap();
	let numbers: Vec<_> = steps.iter().map(|step| step.sequence).collect();
	assert_eq!(numbers, [5, 4, 3, 2, 1]);
	let walked: Vec<_> = steps.iter().rev().map(|step| step.hash).collect();
	assert_eq!(walked, hashes);
	for (step, record) in steps.iter().zip((0..5).rev()) {
		assert_eq!(step.entry.act, denial(record));
	}
	// The same entries stand in the hospital's sequence, beside Ben's entries.
	assert_eq!(node.walk(Sequence::Organisation(HOSPITAL)).unwrap().len(), 10);
	assert_eq!(node.walk(Sequence::Organisation(LABORATORY)).unwrap().len(), 5);
}

#[test]
fn walk_should_be_empty_when_the_sequence_is_unknown() {
	let (mut node, _) = story();
	assert_eq!(node.walk(Sequence::Patient(PatientId([0; 16]))), Ok(vec![]));
}

#[test]
fn walk_should_name_the_entry_when_one_is_withheld() {
	let (mut node, hashes) = story();
	let head = node.run(|| head_of(Sequence::Patient(ADA)));
	let index = node.index();
	for (position, withheld) in hashes.iter().enumerate() {
		let walked = walk(GENESIS, Sequence::Patient(ADA), head, |hash| {
			(hash != *withheld).then(|| index.get(&entry_key(hash))).flatten()
		});
		let sequence = position as u64 + 1;
		assert_eq!(walked, Err(WalkError::Missing { sequence, hash: *withheld }));
	}
}

#[test]
fn walk_should_name_the_entry_when_one_is_changed() {
	let (mut node, hashes) = story();
	let head = node.run(|| head_of(Sequence::Patient(ADA)));
	let index = node.index();
	let altered = hashes[2];
	let encoded = index.get(&entry_key(altered)).unwrap();
	let changes: [fn(&mut Vec<u8>); 4] = [
		|bytes| bytes[0] ^= 1,
		|bytes| *bytes.last_mut().unwrap() ^= 0x80,
		|bytes| bytes.push(0),
		|bytes| bytes.clear(),
	];
	for change in changes {
		let walked = walk(GENESIS, Sequence::Patient(ADA), head, |hash| {
			let mut encoded = index.get(&entry_key(hash)).unwrap();
			if hash == altered {
				change(&mut encoded);
			}
			Some(encoded)
		});
		assert_eq!(walked, Err(WalkError::Altered { sequence: 3, hash: altered }));
	}
	// The walk also detects another true entry in the place of the right one.
	let walked = walk(GENESIS, Sequence::Patient(ADA), head, |hash| {
		index.get(&entry_key(if hash == altered { hashes[1] } else { hash }))
	});
	assert_eq!(walked, Err(WalkError::Altered { sequence: 3, hash: altered }));
	assert_eq!(entry_hash(GENESIS, &encoded), altered);
}

#[test]
fn walk_should_fail_when_the_chain_is_another() {
	let (mut node, hashes) = story();
	let head = node.run(|| head_of(Sequence::Patient(ADA)));
	let index = node.index();
	let walked =
		walk(H256::zero(), Sequence::Patient(ADA), head, |hash| index.get(&entry_key(hash)));
	assert_eq!(walked, Err(WalkError::Altered { sequence: 5, hash: hashes[4] }));
}

#[test]
fn walk_should_fail_when_the_head_contradicts_itself() {
	for head in [Head { count: 0, head: GENESIS }, Head { count: 1, head: H256::zero() }] {
		let walked = walk(GENESIS, Sequence::Patient(ADA), head, |_| None);
		assert_eq!(walked, Err(WalkError::BadHead { head }));
	}
}

#[test]
fn walk_should_fail_when_the_head_counts_too_many_or_too_few() {
	let (mut node, hashes) = story();
	let index = node.index();
	let head = node.run(|| head_of(Sequence::Patient(ADA)));
	for count in [4, 6] {
		let walked = walk(GENESIS, Sequence::Patient(ADA), Head { count, ..head }, |hash| {
			index.get(&entry_key(hash))
		});
		assert_eq!(
			walked,
			Err(WalkError::WrongSequence { sequence: count, found: 5, hash: hashes[4] })
		);
	}
}

#[test]
fn walk_should_fail_when_a_number_is_left_out() {
	let (mut index, first) = index_of([patient_entry(ADA, 1, H256::zero())]);
	let (rest, last) = index_of([patient_entry(ADA, 3, first)]);
	index.extend(rest);
	assert_eq!(
		walk_by_hand((index, last), 3),
		Err(WalkError::WrongSequence { sequence: 2, found: 1, hash: first })
	);
}

#[test]
fn walk_should_fail_when_an_entry_is_another_patients_or_nobodys() {
	let of_ben = index_of([patient_entry(BEN, 1, H256::zero())]);
	let hash = of_ben.1;
	assert_eq!(walk_by_hand(of_ben, 1), Err(WalkError::OtherSequence { sequence: 1, hash }));

	let unlinked = index_of([Entry { patient: None, ..patient_entry(ADA, 1, H256::zero()) }]);
	let hash = unlinked.1;
	assert_eq!(walk_by_hand(unlinked, 1), Err(WalkError::OtherSequence { sequence: 1, hash }));
}

#[test]
fn walk_should_fail_when_the_first_entry_names_a_previous_one() {
	let index = index_of([patient_entry(ADA, 1, GENESIS)]);
	let hash = index.1;
	assert_eq!(
		walk_by_hand(index, 1),
		Err(WalkError::BrokenLink { sequence: 1, hash, previous: GENESIS })
	);
}

#[test]
fn walk_should_fail_when_a_later_entry_names_no_previous_one() {
	let index = index_of([patient_entry(ADA, 2, H256::zero())]);
	let hash = index.1;
	assert_eq!(
		walk_by_hand(index, 2),
		Err(WalkError::BrokenLink { sequence: 2, hash, previous: H256::zero() })
	);
}

#[test]
fn walk_should_say_unreadable_when_intact_bytes_are_no_entry() {
	let bytes = vec![0xff; 7];
	let hash = entry_hash(GENESIS, &bytes);
	let index = BTreeMap::from([(hash, bytes)]);
	assert_eq!(walk_by_hand((index, hash), 1), Err(WalkError::Unreadable { sequence: 1, hash }));
}

#[test]
fn walker_should_go_on_when_another_node_gives_what_the_first_withheld() {
	let (mut node, hashes) = story();
	let head = node.run(|| head_of(Sequence::Patient(ADA)));
	let index = node.index();
	let mut walker = Walker::new(GENESIS, Sequence::Patient(ADA), head).unwrap();
	let mut walked = vec![];
	while let Some((sequence, hash)) = walker.wants() {
		assert_eq!(walker.take(None), Err(WalkError::Missing { sequence, hash }));
		assert_eq!(walker.take(Some(&[0])), Err(WalkError::Altered { sequence, hash }));
		assert_eq!(walker.wants(), Some((sequence, hash)));
		let step = walker.take(index.get(&entry_key(hash)).as_deref()).unwrap().unwrap();
		walked.push(step.hash);
	}
	assert_eq!(walker.take(None), Ok(None));
	assert_eq!(walked, hashes.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn walk_error_should_say_which_entry_when_printed() {
	let hash = H256::repeat_byte(0xab);
	let said = |error: WalkError| error.to_string();
	let name = format!("{hash:?}");
	assert_eq!(
		said(WalkError::Missing { sequence: 4, hash }),
		format!("entry 4 ({name}) is missing")
	);
	assert_eq!(
		said(WalkError::Altered { sequence: 4, hash }),
		format!("entry 4 ({name}) was altered")
	);
	for error in [
		WalkError::Unreadable { sequence: 4, hash },
		WalkError::OtherSequence { sequence: 4, hash },
		WalkError::WrongSequence { sequence: 4, found: 5, hash },
		WalkError::BrokenLink { sequence: 4, hash, previous: hash },
	] {
		assert!(said(error).starts_with(&format!("entry 4 ({name})")), "{error}");
	}
	assert!(said(WalkError::BadHead { head: Head::default() }).contains("counts 0"));
}
