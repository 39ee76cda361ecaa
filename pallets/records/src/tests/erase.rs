use crate::{mock::*, *};
use assent_support::{Act, Finding, Records as _};
use frame_support::{assert_noop, assert_ok};

#[test]
fn erase_should_keep_the_row_and_hide_the_record_from_decisions() {
	ExtBuilder::default().registered().run(|| {
		go_to(4);
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		let row = Records::<Test>::get(RECORD).expect("the row stays");
		assert_eq!(row.status, RecordStatus::Erased(START + 8_000));
		assert_eq!(Register::attributes(RECORD, now()), None);
		assert!(ByPatient::<Test>::contains_key(PATIENT, RECORD));
		let act = Act::RecordErased { record: RECORD };
		let line = Entry::of(Some(PATIENT), Some(HOSPITAL), Some(agent(HOSPITAL)), act);
		assert_eq!(trail().last(), Some(&line));
		System::assert_last_event(Event::RecordErased { record: RECORD, patient: PATIENT }.into());
	});
}

#[test]
fn erase_should_end_the_checks() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		assert_eq!(Due::<Test>::iter().count(), 0);
		assert!(!Votes::<Test>::contains_key(RECORD));
	});
}

#[test]
fn erase_should_leave_other_records_alone() {
	ExtBuilder::default().registered().run(|| {
		register(record_id(2), b"second");
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		assert!(Register::attributes(record_id(2), now()).is_some());
		assert_eq!(Due::<Test>::iter().count(), 1);
	});
}

#[test]
fn erase_should_fail_when_the_caller_is_not_the_custodian() {
	ExtBuilder::default().registered().run(|| {
		for who in [agent(CLINIC), CONTROLLER] {
			assert_noop!(Register::erase(signed(who), RECORD), Error::<Test>::NotAuthorized);
		}
	});
}

#[test]
fn erase_should_fail_when_the_record_is_unknown_or_erased() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::erase(signed(agent(HOSPITAL)), record_id(1)),
			Error::<Test>::NotFound
		);
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		assert_noop!(
			Register::erase(signed(agent(HOSPITAL)), RECORD),
			Error::<Test>::AlreadyErased
		);
	});
}
