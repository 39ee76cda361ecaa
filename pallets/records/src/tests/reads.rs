use crate::{mock::*, *};
use assent_policy::{PatientId, RecordId};
use assent_support::{Finding, Records as _};
use frame_support::{assert_ok, traits::OneSessionHandler};

fn register_many(count: u32) {
	for number in 0..count {
		register(record_id(number), &number.to_be_bytes());
	}
}

fn all_pages<Row, Key>(
	page: impl Fn(Option<Key>) -> Vec<Row>,
	key: impl Fn(&Row) -> Key,
) -> Vec<Row> {
	let mut rows = Vec::new();
	let mut from = None;
	loop {
		let next = page(from.take());
		let Some(last) = next.last() else { return rows };
		from = Some(key(last));
		rows.extend(next);
	}
}

#[test]
fn record_should_show_the_current_version() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")));
		let view = Register::record(RECORD).expect("registered");
		assert_eq!(view.id, RECORD);
		assert_eq!(view.record.version, 2);
		assert_eq!(view.version, current(RECORD));
		assert_eq!(Register::record(record_id(1)), None);
	});
}

#[test]
fn records_of_should_page_through_all_of_a_patient_and_no_other() {
	ExtBuilder::default().run(|| {
		register_many(250);
		assert_ok!(Register::register(
			signed(agent(CLINIC)),
			RECORD,
			OTHER_PATIENT,
			labels(),
			document(b"of another")
		));
		for limit in [1, 7, 100] {
			let rows = all_pages(|from| Register::records_of(PATIENT, from, limit), |row| row.id);
			let mut ids: Vec<RecordId> = rows.iter().map(|row| row.id).collect();
			ids.sort();
			assert_eq!(ids, (0..250).map(record_id).collect::<Vec<_>>());
		}
		let of_other = Register::records_of(OTHER_PATIENT, None, 100);
		assert_eq!(of_other.iter().map(|row| row.id).collect::<Vec<_>>(), [RECORD]);
		assert!(Register::records_of(PatientId([77; 16]), None, 100).is_empty());
	});
}

#[test]
fn pages_should_have_a_hundred_rows_at_most() {
	ExtBuilder::default().run(|| {
		register_many(120);
		assert_eq!(Register::records_of(PATIENT, None, u32::MAX).len(), 100);
		assert_eq!(Register::awaiting_attestation(None, u32::MAX).len(), 100);
		assert!(Register::records_of(PATIENT, None, 0).is_empty());
		assert!(Register::awaiting_attestation(None, 0).is_empty());
	});
}

#[test]
fn records_of_should_list_erased_records_too() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		let rows = Register::records_of(PATIENT, None, 100);
		assert!(matches!(rows[0].record.status, RecordStatus::Erased(_)));
	});
}

#[test]
fn awaiting_attestation_should_list_the_longest_due_first() {
	ExtBuilder::default().run(|| {
		// The blocks cross the boundaries of bytes. The order is the order of numbers, not of
		// little-endian keys.
		let blocks = [1, 2, 255, 256, 257, 65_535, 65_536];
		for (number, block) in blocks.into_iter().enumerate().rev() {
			go_to(block);
			register(record_id(number as u32), &block.to_be_bytes());
		}
		go_to(65_536);
		for limit in [1, 3, 100] {
			let rows = all_pages(
				|from| Register::awaiting_attestation(from, limit),
				|row| (row.due, row.record),
			);
			assert_eq!(rows.iter().map(|row| row.due).collect::<Vec<_>>(), blocks);
			assert!(rows.iter().all(|row| row.custodian == HOSPITAL && row.version == 1));
			assert!(rows.iter().all(|row| row.state == AnchorState::Pending));
		}
		go_to(256);
		assert_eq!(Register::awaiting_attestation(None, 100).len(), 4);
	});
}

#[test]
fn awaiting_attestation_should_not_list_what_is_concluded_until_it_is_due_again() {
	ExtBuilder::default().registered().run(|| {
		conclude(RECORD, Finding::Altered);
		assert!(Register::awaiting_attestation(None, 100).is_empty());
		go_to(21);
		let rows = Register::awaiting_attestation(None, 100);
		assert_eq!(rows.len(), 1);
		assert_eq!((rows[0].due, rows[0].state), (21, AnchorState::Altered));
	});
}

#[test]
fn attributes_should_be_told_of_records_in_use_only() {
	ExtBuilder::default().registered().run(|| {
		let expected = labels().into_attributes(RECORD, HOSPITAL);
		assert_eq!(Register::attributes(RECORD, now()), Some((PATIENT, expected)));
		assert_eq!(Register::attributes(record_id(1), now()), None);
		assert_eq!(Register::version(RECORD), Some(1));
		assert_eq!(Register::version(record_id(1)), None);
	});
}

#[test]
fn sessions_should_leave_the_register_alone() {
	use sp_core::crypto::Pair;
	ExtBuilder::default().registered().run(|| {
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
		let account = agent(HOSPITAL);
		let keys = || [(&account, pair(HOSPITAL).public())].into_iter();
		<Register as OneSessionHandler<_>>::on_genesis_session(keys());
		<Register as OneSessionHandler<_>>::on_new_session(true, keys(), keys());
		<Register as OneSessionHandler<_>>::on_disabled(0);
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
	});
}
