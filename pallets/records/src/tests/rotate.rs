use crate::{mock::*, *};
use assent_support::{Act, VersionCause};
use frame_support::{assert_noop, assert_ok};

#[test]
fn rotate_should_make_a_version_that_says_so() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(Register::rotate(signed(agent(HOSPITAL)), RECORD, document(b"rekeyed")));
		let (cause, version) = (VersionCause::Rotated, 2);
		assert_eq!(current(RECORD).cause, Some(cause));
		assert_eq!(current(RECORD).ciphertext, document(b"rekeyed").ciphertext);
		let act = Act::RecordVersioned { record: RECORD, version, cause };
		let line = Entry::of(Some(PATIENT), Some(HOSPITAL), Some(agent(HOSPITAL)), act);
		assert_eq!(trail().last(), Some(&line));
	});
}

#[test]
fn rotate_should_count_on_from_earlier_versions() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")));
		assert_ok!(Register::rotate(signed(agent(HOSPITAL)), RECORD, document(b"rekeyed")));
		assert_eq!(Records::<Test>::get(RECORD).expect("registered").version, 3);
		let causes: Vec<_> = (1..=3)
			.map(|number| Versions::<Test>::get(RECORD, number).expect("kept").cause)
			.collect();
		assert_eq!(causes, [None, Some(VersionCause::Corrected), Some(VersionCause::Rotated)]);
	});
}

#[test]
fn rotate_should_fail_when_the_caller_is_not_the_custodian() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::rotate(signed(agent(CLINIC)), RECORD, document(b"rekeyed")),
			Error::<Test>::NotAuthorized
		);
	});
}

#[test]
fn rotate_should_fail_when_the_ciphertext_is_the_same() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::rotate(signed(agent(HOSPITAL)), RECORD, document(CONTENT)),
			Error::<Test>::AlreadyCurrent
		);
	});
}

#[test]
fn rotate_should_fail_when_the_record_is_unknown_or_erased() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::rotate(signed(agent(HOSPITAL)), record_id(1), document(b"rekeyed")),
			Error::<Test>::NotFound
		);
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		assert_noop!(
			Register::rotate(signed(agent(HOSPITAL)), RECORD, document(b"rekeyed")),
			Error::<Test>::AlreadyErased
		);
	});
}
