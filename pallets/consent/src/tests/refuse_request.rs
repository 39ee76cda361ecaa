use crate::{mock::*, *};
use assent_support::Act;
use frame_support::{assert_ok, dispatch::DispatchResult};
use sp_runtime::{AccountId32, DispatchError};

fn refuse(who: AccountId32) -> DispatchResult {
	Consent::refuse_request(signed(who), PATIENT, 0)
}

#[test]
fn refuse_request_should_note_the_answer_and_allow_nothing() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		assert_ok!(refuse(CONTROLLER));
		let request = Requests::<Test>::get(PATIENT, 0).unwrap();
		assert_eq!(request.state, RequestState::Refused);
		assert!(OpenRequests::<Test>::get(PATIENT).is_empty());
		assert_eq!(NextDirective::<Test>::get(PATIENT), 0);
		assert!(!let_in());
		System::assert_last_event(
			Event::<Test>::RequestRefused { patient: PATIENT, request: 0 }.into(),
		);
		assert_eq!(
			last_entry(),
			entry(Some(CLINIC), Some(CONTROLLER), Act::RequestRefused { request: 0 })
		);
	});
}

#[test]
fn refuse_request_should_work_when_the_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		World::suspend(CLINIC);
		assert_ok!(refuse(GUARDIAN));
	});
}

#[test]
fn refuse_request_should_fail_when_caller_is_not_the_patient() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		for who in [NURSE, STRANGER, OTHER_CONTROLLER] {
			assert_refused!(refuse(who), Error::<Test>::NotAuthorized);
		}
		assert_refused!(
			Consent::refuse_request(RuntimeOrigin::none(), PATIENT, 0),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn refuse_request_should_fail_when_request_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_refused!(refuse(CONTROLLER), Error::<Test>::RequestNotFound);
	});
}

#[test]
fn refuse_request_should_fail_when_it_was_answered() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		assert_ok!(refuse(CONTROLLER));
		assert_refused!(refuse(CONTROLLER), Error::<Test>::AlreadyAnswered);
		assert_refused!(
			Consent::approve_request(signed(CONTROLLER), PATIENT, 0),
			Error::<Test>::AlreadyAnswered
		);
	});
}

#[test]
fn refuse_request_should_fail_when_it_waited_too_long() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		World::advance(30 * DAY);
		assert_refused!(refuse(CONTROLLER), Error::<Test>::RequestExpired);
	});
}
