use crate::{mock::*, *};
use assent_support::Act;
use frame_support::{assert_noop, assert_ok};

#[test]
fn refuse_should_leave_the_accepted_version_in_force() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA]);
		wait(7);
		assert_ok!(Accepting::refuse(signed(GUARDIAN), ADA, 2));
		assert_last_event(Event::PolicyRefused {
			patient: ADA,
			organisation: HOSPITAL,
			version: 2,
			by: GUARDIAN,
		});
		assert_eq!(accepted(ADA), Some(1));
		let (_, counted, invitation) = Accepting::question_to(ADA).unwrap();
		assert_eq!(invitation.answer, Answer::Refused(now()));
		assert_eq!((counted.asked, counted.accepted, counted.refused), (1, 0, 1));
		let act = Act::PolicyRefused { version: 2 };
		assert_eq!(trail().pop(), Some(Entry::of(Some(ADA), Some(HOSPITAL), Some(GUARDIAN), act)));
	});
}

#[test]
fn refuse_should_fail_when_the_patient_is_unknown() {
	ExtBuilder.run(|| {
		assert_noop!(
			Accepting::refuse(signed(GUARDIAN), UNKNOWN, 2),
			Error::<Test>::PatientNotFound
		);
	});
}

#[test]
fn refuse_should_fail_when_the_caller_does_not_act_for_the_patient() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA]);
		for who in [STRANGER, HOSPITAL_AGENT, controller(BEN)] {
			assert_noop!(Accepting::refuse(signed(who), ADA, 2), Error::<Test>::NotAuthorized);
		}
	});
}

#[test]
fn refuse_should_fail_when_the_patient_was_not_asked_about_the_version() {
	ExtBuilder.run(|| {
		let refuse =
			|patient, version| Accepting::refuse(signed(controller(patient)), patient, version);
		register(HOSPITAL);
		assert_noop!(refuse(ADA, 2), Error::<Test>::NotAsked);
		ask([ADA]);
		assert_noop!(refuse(ADA, 1), Error::<Test>::NotAsked);
		assert_noop!(refuse(BEN, 2), Error::<Test>::NotAsked);
		assert_noop!(refuse(OTHER, 2), Error::<Test>::NotAsked);
		wait(DAY);
		assert_noop!(refuse(ADA, 2), Error::<Test>::NotAsked);
	});
}

#[test]
fn refuse_should_fail_when_the_campaign_was_ended() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA]);
		assert_ok!(Accepting::end_campaign(signed(HOSPITAL_AGENT)));
		assert_noop!(Accepting::refuse(signed(controller(ADA)), ADA, 2), Error::<Test>::NotAsked);
	});
}

#[test]
fn refuse_should_fail_when_the_patient_has_answered() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA, BEN]);
		assert_ok!(Accepting::refuse(signed(controller(ADA)), ADA, 2));
		accept(BEN, 2);
		for patient in [ADA, BEN] {
			assert_noop!(
				Accepting::refuse(signed(controller(patient)), patient, 2),
				Error::<Test>::AlreadyAnswered
			);
		}
	});
}

#[test]
fn refuse_should_be_left_to_a_delegate_with_a_mandate_to_answer() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA]);
		assert_ok!(Accepting::refuse(signed(DELEGATE), ADA, 2));
		assert_eq!(campaign().refused, 1);
	});
}
