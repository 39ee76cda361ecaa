use crate::{mock::*, *};
use assent_support::{Act, Records as _};
use frame_support::{assert_noop, assert_ok};

fn disputed() -> Option<u64> {
	Records::<Test>::get(RECORD).expect("registered").dispute
}

#[test]
fn dispute_should_be_seen_with_its_moment() {
	ExtBuilder::default().registered().run(|| {
		go_to(4);
		assert_ok!(Register::dispute(signed(CONTROLLER), RECORD));
		assert_eq!(disputed(), Some(START + 8_000));
		let act = Act::RecordDisputed { record: RECORD };
		let line = Entry::of(Some(PATIENT), Some(HOSPITAL), Some(CONTROLLER), act);
		assert_eq!(trail().last(), Some(&line));
		System::assert_last_event(
			Event::RecordDisputed { record: RECORD, patient: PATIENT }.into(),
		);
	});
}

#[test]
fn dispute_should_not_change_who_may_see_the_record() {
	ExtBuilder::default().registered().run(|| {
		let before = Register::attributes(RECORD, now());
		assert_ok!(Register::dispute(signed(DELEGATE), RECORD));
		assert_eq!(Register::attributes(RECORD, now()), before);
	});
}

#[test]
fn dispute_should_fail_when_the_caller_does_not_act_for_the_patient() {
	ExtBuilder::default().registered().run(|| {
		for who in [STRANGER, agent(HOSPITAL), HELPER] {
			assert_noop!(Register::dispute(signed(who), RECORD), Error::<Test>::NotAuthorized);
		}
	});
}

#[test]
fn dispute_should_fail_when_the_record_is_unknown_erased_or_disputed() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(Register::dispute(signed(CONTROLLER), record_id(1)), Error::<Test>::NotFound);
		assert_ok!(Register::dispute(signed(CONTROLLER), RECORD));
		assert_noop!(Register::dispute(signed(GUARDIAN), RECORD), Error::<Test>::AlreadyDisputed);
		register(record_id(2), b"second");
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), record_id(2)));
		assert_noop!(
			Register::dispute(signed(CONTROLLER), record_id(2)),
			Error::<Test>::AlreadyErased
		);
	});
}

#[test]
fn settle_dispute_should_end_it_when_patient_guardian_or_custodian_says_so() {
	ExtBuilder::default().registered().run(|| {
		for who in [CONTROLLER, GUARDIAN, DELEGATE, agent(HOSPITAL)] {
			assert_ok!(Register::dispute(signed(CONTROLLER), RECORD));
			assert_ok!(Register::settle_dispute(signed(who.clone()), RECORD));
			assert_eq!(disputed(), None);
			let act = Act::DisputeSettled { record: RECORD };
			let line = Entry::of(Some(PATIENT), Some(HOSPITAL), Some(who.clone()), act);
			assert_eq!(trail().last(), Some(&line));
			System::assert_last_event(
				Event::DisputeSettled { record: RECORD, patient: PATIENT, by: who }.into(),
			);
		}
	});
}

#[test]
fn settle_dispute_should_fail_when_the_caller_is_someone_else() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(Register::dispute(signed(CONTROLLER), RECORD));
		for who in [STRANGER, agent(CLINIC), HELPER] {
			assert_noop!(
				Register::settle_dispute(signed(who), RECORD),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn settle_dispute_should_fail_when_there_is_none() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::settle_dispute(signed(CONTROLLER), record_id(1)),
			Error::<Test>::NotFound
		);
		assert_noop!(
			Register::settle_dispute(signed(CONTROLLER), RECORD),
			Error::<Test>::NotDisputed
		);
		assert_ok!(Register::dispute(signed(CONTROLLER), RECORD));
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		assert_noop!(
			Register::settle_dispute(signed(CONTROLLER), RECORD),
			Error::<Test>::AlreadyErased
		);
	});
}
