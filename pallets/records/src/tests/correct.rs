use crate::{mock::*, *};
use assent_support::{Act, Finding, VersionCause};
use frame_support::{assert_noop, assert_ok};

#[test]
fn correct_should_make_the_document_the_current_version() {
	ExtBuilder::default().registered().run(|| {
		go_to(5);
		assert_ok!(Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")));

		assert_eq!(Records::<Test>::get(RECORD).expect("registered").version, 2);
		let version = Versions::<Test>::get(RECORD, 2).expect("corrected");
		assert_eq!(version.ciphertext, document(b"corrected").ciphertext);
		assert_eq!(version.cause, Some(VersionCause::Corrected));
		assert_eq!(version.state, AnchorState::Pending);
		let (cause, version) = (VersionCause::Corrected, 2);
		let act = Act::RecordVersioned { record: RECORD, version, cause };
		let line = Entry::of(Some(PATIENT), Some(HOSPITAL), Some(agent(HOSPITAL)), act);
		assert_eq!(trail().last(), Some(&line));
		System::assert_last_event(
			Event::RecordVersioned {
				record: RECORD,
				patient: PATIENT,
				version,
				cause,
				ciphertext: document(b"corrected").ciphertext,
			}
			.into(),
		);
	});
}

#[test]
fn correct_should_keep_the_version_before_as_it_was() {
	ExtBuilder::default().registered().run(|| {
		conclude(RECORD, Finding::Intact);
		let before = Versions::<Test>::get(RECORD, 1);
		assert_ok!(Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")));
		assert_eq!(Versions::<Test>::get(RECORD, 1), before);
	});
}

#[test]
fn correct_should_begin_a_round_and_drop_the_open_one() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		assert_eq!(Votes::<Test>::get(RECORD).len(), 1);
		go_to(5);
		assert_ok!(Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")));
		assert_eq!(Due::<Test>::iter().collect::<Vec<_>>(), [([0, 0, 0, 5], RECORD, 2)]);
		assert!(!Votes::<Test>::contains_key(RECORD));
	});
}

#[test]
fn correct_should_fail_when_the_record_is_unknown() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::correct(signed(agent(HOSPITAL)), record_id(1), document(b"corrected")),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn correct_should_fail_when_the_caller_is_not_the_custodian() {
	ExtBuilder::default().registered().run(|| {
		for who in [agent(CLINIC), CONTROLLER, STRANGER] {
			assert_noop!(
				Register::correct(signed(who), RECORD, document(b"corrected")),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn correct_should_fail_when_the_record_is_erased() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		assert_noop!(
			Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")),
			Error::<Test>::AlreadyErased
		);
	});
}

#[test]
fn correct_should_fail_when_the_document_is_the_current_one() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::correct(signed(agent(HOSPITAL)), RECORD, document(CONTENT)),
			Error::<Test>::AlreadyCurrent
		);
	});
}

#[test]
fn correct_should_fail_when_the_document_is_not_sound() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"")),
			Error::<Test>::EmptyDocument
		);
		let large = Document { size: u64::MAX, ..document(b"corrected") };
		assert_noop!(
			Register::correct(signed(agent(HOSPITAL)), RECORD, large),
			Error::<Test>::MaxDocumentSizeExceeded
		);
	});
}

#[test]
fn correct_should_fail_when_version_numbers_run_out() {
	ExtBuilder::default().registered().build().execute_with(|| {
		Records::<Test>::mutate(RECORD, |row| {
			if let Some(row) = row {
				row.version = u32::MAX;
			}
		});
		Versions::<Test>::insert(RECORD, u32::MAX, current_of_first());
		assert_noop!(
			Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")),
			Error::<Test>::MaxVersionsExceeded
		);
	});
}

fn current_of_first() -> Version {
	Versions::<Test>::get(RECORD, 1).expect("registered")
}
