use crate::{mock::*, weights::MockWeights, *};
use assent_policy::Effect;
use assent_support::Act;
use frame_support::assert_ok;

fn approve(who: sp_runtime::AccountId32) -> frame_support::dispatch::DispatchResultWithPostInfo {
	Consent::approve_request(signed(who), PATIENT, 0)
}

#[test]
fn approve_request_should_make_the_directive_that_was_asked_for() {
	ExtBuilder::default().permissions(0).run(|| {
		let terms = clinic_terms(Some(START + 3 * DAY));
		assert_ok!(request(NURSE, terms.clone()));
		World::advance(DAY);
		let post = approve(CONTROLLER).unwrap();
		assert_eq!(post.actual_weight, Some(MockWeights::approve_request(0, 0)));
		let row = row(0);
		assert_eq!(row.directive, terms.directive());
		assert_eq!((row.made, row.made_by, row.request), (now(), CONTROLLER, Some(0)));
		let request = Requests::<Test>::get(PATIENT, 0).unwrap();
		assert_eq!(request.state, RequestState::Approved(0));
		assert!(OpenRequests::<Test>::get(PATIENT).is_empty());
		assert!(let_in());
		System::assert_has_event(
			Event::<Test>::DirectiveMade {
				patient: PATIENT,
				directive: 0,
				made_by: CONTROLLER,
				effect: Effect::Permit,
				until: Some(START + 3 * DAY),
				request: Some(0),
			}
			.into(),
		);
		System::assert_last_event(
			Event::<Test>::RequestApproved { patient: PATIENT, request: 0, directive: 0 }.into(),
		);
		// The asking organisation finds the answer in its own sequence.
		assert_eq!(
			last_entry(),
			entry(Some(CLINIC), Some(CONTROLLER), Act::DirectiveMade { directive: 0 })
		);
	});
}

#[test]
fn approve_request_should_be_accepted_when_guardian_signs() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		assert_ok!(approve(GUARDIAN));
	});
}

#[test]
fn approve_request_should_fail_when_caller_is_not_the_patient() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		for who in [NURSE, STRANGER, OTHER_CONTROLLER] {
			assert_refused!(approve(who), Error::<Test>::NotAuthorized);
		}
	});
}

#[test]
fn approve_request_should_fail_when_request_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_refused!(approve(CONTROLLER), Error::<Test>::RequestNotFound);
		assert_ok!(request(NURSE, clinic_terms(None)));
		assert_refused!(
			Consent::approve_request(signed(OTHER_CONTROLLER), OTHER_PATIENT, 0),
			Error::<Test>::RequestNotFound
		);
	});
}

#[test]
fn approve_request_should_fail_when_it_was_answered() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		assert_ok!(approve(CONTROLLER));
		assert_refused!(approve(CONTROLLER), Error::<Test>::AlreadyAnswered);
		assert_refused!(
			Consent::refuse_request(signed(CONTROLLER), PATIENT, 0),
			Error::<Test>::AlreadyAnswered
		);
	});
}

#[test]
fn approve_request_should_fail_when_it_waited_too_long() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		World::advance(30 * DAY);
		assert_refused!(approve(CONTROLLER), Error::<Test>::RequestExpired);
	});
}

#[test]
fn approve_request_should_work_up_to_the_last_moment() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		World::advance(30 * DAY - 1);
		assert_ok!(approve(CONTROLLER));
	});
}

#[test]
fn approve_request_should_fail_when_the_grant_asked_for_would_be_over() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(Some(START + DAY))));
		World::set_time(START + DAY);
		assert_refused!(approve(CONTROLLER), Error::<Test>::RequestExpired);
	});
}

#[test]
fn approve_request_should_fail_when_56_permissions_are_in_force() {
	ExtBuilder::default().permissions(56).run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		assert_refused!(approve(CONTROLLER), Error::<Test>::MaxPermissionsExceeded);
	});
}

#[test]
fn approved_request_should_end_like_any_directive_when_withdrawn() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(NURSE, clinic_terms(None)));
		assert_ok!(approve(CONTROLLER));
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert!(!let_in());
	});
}
