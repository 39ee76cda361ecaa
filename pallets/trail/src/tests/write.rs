use crate::{
	entry_hash, entry_key, mock::*, Entry, Event, Head, Link, OrganisationHeads, PatientHeads,
	Sequence,
};
use assent_support::Act;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::storage::{with_transaction, TransactionOutcome};
use sp_core::H256;
use sp_runtime::DispatchError;

#[test]
fn write_should_start_both_sequences_at_one_when_they_are_new() {
	let mut node = Node::new();
	let hash = node.run(|| {
		let hash = write(Some(ADA), Some(HOSPITAL), denial(1));
		assert_eq!(Trail::patient_head(ADA), Head { count: 1, head: hash });
		assert_eq!(Trail::organisation_head(HOSPITAL), Head { count: 1, head: hash });
		hash
	});
	let indexed = node.indexed(hash).unwrap();
	assert_eq!(
		Entry::decode(&mut &indexed[..]).unwrap(),
		Entry {
			at: START,
			block: 1,
			actor: Some(clinician()),
			act: denial(1),
			patient: Some(Link { id: ADA, sequence: 1, previous: H256::zero() }),
			organisation: Some(Link { id: HOSPITAL, sequence: 1, previous: H256::zero() }),
		}
	);
}

#[test]
fn write_should_name_the_newest_entry_of_each_sequence_when_they_go_on() {
	let mut node = Node::new();
	let (first, second, third) = node.run(|| {
		let first = write(Some(ADA), Some(HOSPITAL), denial(1));
		let second = write(Some(BEN), Some(HOSPITAL), denial(2));
		next_block();
		(first, second, write(Some(ADA), Some(HOSPITAL), denial(3)))
	});
	let entry = Entry::decode(&mut &node.indexed(third).unwrap()[..]).unwrap();
	assert_eq!(entry.patient, Some(Link { id: ADA, sequence: 2, previous: first }));
	assert_eq!(entry.organisation, Some(Link { id: HOSPITAL, sequence: 3, previous: second }));
	assert_eq!((entry.at, entry.block), (START + 2_000, 2));
}

#[test]
fn write_should_leave_the_other_sequences_alone_when_one_is_named() {
	Node::new().run(|| {
		write(Some(ADA), Some(HOSPITAL), denial(1));
		let before = (Trail::patient_head(ADA), Trail::organisation_head(HOSPITAL));
		write(Some(BEN), None, Act::Left);
		write(None, Some(LABORATORY), Act::OrganisationChanged);
		let after = (Trail::patient_head(ADA), Trail::organisation_head(HOSPITAL));
		assert_eq!(before, after);
		assert_eq!(Trail::patient_head(BEN).count, 1);
		assert_eq!(Trail::organisation_head(LABORATORY).count, 1);
		assert_eq!(PatientHeads::<Test>::iter().count(), 2);
		assert_eq!(OrganisationHeads::<Test>::iter().count(), 2);
	});
}

#[test]
fn write_should_emit_what_it_indexes_when_an_entry_is_written() {
	let mut node = Node::new();
	let (hash, event) = node.run(|| {
		let hash = write(Some(ADA), Some(HOSPITAL), Act::Enrolled);
		(hash, System::events().pop().unwrap().event)
	});
	let RuntimeEvent::Trail(Event::EntryWritten { hash: emitted, entry }) = event else {
		panic!("not an entry: {event:?}")
	};
	assert_eq!(emitted, hash);
	assert_eq!(node.indexed(hash), Some(entry.encode()));
	assert_eq!(node.index().get(&entry_key(hash)), Some(entry.encode()));
}

#[test]
fn write_should_give_another_hash_when_the_chain_is_another() {
	let hashes = [GENESIS, H256([8; 32])].map(|genesis| {
		Node::new().run(|| {
			frame_system::BlockHash::<Test>::insert(0, genesis);
			write(Some(ADA), Some(HOSPITAL), denial(1))
		})
	});
	assert_ne!(hashes[0], hashes[1]);
}

#[test]
fn entry_hash_should_be_the_documented_one_when_computed_by_hand() {
	let mut node = Node::new();
	let hash = node.run(|| write(Some(ADA), None, Act::Left));
	let encoded = node.indexed(hash).unwrap();
	let preimage = (*b"assent/entry", GENESIS, Entry::decode(&mut &encoded[..]).unwrap());
	assert_eq!(hash, H256(sp_io::hashing::blake2_256(&preimage.encode())));
	assert_eq!(hash, entry_hash(GENESIS, &encoded));
	assert_eq!(entry_key(hash), [&b"assent/entry/"[..], hash.as_bytes()].concat());
}

#[test]
fn write_should_leave_nothing_when_its_call_is_rolled_back() {
	let mut node = Node::new();
	let (kept, lost) = node.run(|| {
		let kept = write(Some(ADA), Some(HOSPITAL), denial(1));
		let events = System::events().len();
		let lost = with_transaction(|| {
			let lost = write(Some(ADA), Some(HOSPITAL), denial(2));
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(lost))
		})
		.unwrap();
		assert_eq!(System::events().len(), events);
		assert_eq!(Trail::patient_head(ADA), Head { count: 1, head: kept });
		(kept, lost)
	});
	assert!(node.indexed(kept).is_some());
	assert_eq!(node.indexed(lost), None);
	assert_eq!(node.walk(Sequence::Patient(ADA)).unwrap().len(), 1);
}

#[test]
fn write_should_do_nothing_when_the_block_is_genesis() {
	let mut node = Node::at_genesis();
	node.run(|| {
		let keys = state_keys();
		assert_eq!(write(Some(ADA), Some(HOSPITAL), Act::OrganisationChanged), H256::zero());
		assert_eq!(state_keys(), keys);
		assert_eq!(Trail::patient_head(ADA), Head::default());
	});
	assert_eq!(node.walk(Sequence::Organisation(HOSPITAL)), Ok(vec![]));
}

#[test]
fn state_should_not_grow_when_a_hundred_accesses_are_written() {
	let mut node = Node::new();
	let (keys, bytes) = node.run(|| {
		write(Some(ADA), Some(HOSPITAL), denial(0));
		// The keys that any block leaves behind.
		next_block();
		(state_keys(), state_bytes())
	});
	for record in 0..100 {
		node.run(|| {
			write(Some(ADA), Some(HOSPITAL), denial(record));
			next_block();
		});
	}
	node.run(|| {
		assert_eq!(Trail::patient_head(ADA).count, 101);
		assert_eq!(state_keys(), keys);
		assert_eq!(state_bytes(), bytes);
	});
	assert_eq!(node.walk(Sequence::Patient(ADA)).unwrap().len(), 101);
}

/// The size of every value of the state.
fn state_bytes() -> usize {
	let mut bytes = 0;
	let mut last = vec![];
	while let Some(key) = sp_io::storage::next_key(&last) {
		bytes += sp_io::storage::get(&key).map_or(0, |value| value.len());
		last = key;
	}
	bytes
}

#[test]
fn index_should_keep_both_entries_when_two_forks_write_the_same_number() {
	let mut node = Node::new();
	let (base, ours) = node.run(|| {
		write(Some(ADA), Some(HOSPITAL), denial(1));
		let base = (Trail::patient_head(ADA), Trail::organisation_head(HOSPITAL));
		(base, write(Some(ADA), Some(HOSPITAL), denial(2)))
	});
	let head = node.run(|| head_of(Sequence::Patient(ADA)));
	// The other fork has the earlier state and another entry. Both forks share the index.
	let theirs = node.run(|| {
		PatientHeads::<Test>::insert(ADA, base.0);
		OrganisationHeads::<Test>::insert(HOSPITAL, base.1);
		write(Some(ADA), Some(HOSPITAL), denial(3))
	});
	assert_ne!(ours, theirs);
	let index = node.index();
	let from_ours = crate::walk::walk(GENESIS, Sequence::Patient(ADA), head, |hash| {
		index.get(&entry_key(hash))
	})
	.unwrap();
	let from_theirs = node.walk(Sequence::Patient(ADA)).unwrap();
	assert_eq!((from_ours[0].hash, from_theirs[0].hash), (ours, theirs));
	assert_eq!(from_ours[1], from_theirs[1]);
}

#[test]
fn heads_should_be_empty_when_the_sequence_is_unknown() {
	Node::new().run(|| {
		assert_eq!(Trail::patient_head(ADA), Head::default());
		assert_eq!(Trail::organisation_head(HOSPITAL), Head::default());
		assert!(!PatientHeads::<Test>::contains_key(ADA));
		assert!(!OrganisationHeads::<Test>::contains_key(HOSPITAL));
	});
}

#[test]
fn entry_should_be_short() {
	// The benchmark measures an entry of the largest size, because nearly every call writes an
	// entry.
	assert!(Entry::max_encoded_len() < 512);
}
