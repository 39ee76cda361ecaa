use crate::{mock::*, *};
use assent_support::Act;
use frame_support::{assert_noop, assert_ok};

#[test]
fn accept_should_put_the_patient_on_the_version() {
	ExtBuilder.run(|| {
		assert_eq!(accepted(ADA), Some(1));
		register(HOSPITAL);
		assert_eq!(accepted(ADA), Some(1));
		assert_ok!(Accepting::accept(signed(controller(ADA)), ADA, 2));
		assert_last_event(Event::PolicyAccepted {
			patient: ADA,
			organisation: HOSPITAL,
			version: 2,
			before: Some(1),
			by: controller(ADA),
		});
		assert_eq!(accepted(ADA), Some(2));
		assert_eq!(accepted(BEN), Some(1));
		let act = Act::PolicyAccepted { version: 2 };
		assert_eq!(trail(), vec![Entry::of(Some(ADA), Some(HOSPITAL), Some(controller(ADA)), act)]);
		assert_eq!(
			Accepting::acceptances_of(ADA, 0, 10),
			vec![Acceptance { version: 2, by_patient: Some(2), at: now(), by: controller(ADA) }]
		);
	});
}

#[test]
fn accept_should_take_a_first_version_when_none_was_signed() {
	ExtBuilder.run(|| {
		assert_eq!(accepted(OLD), None);
		assert_ok!(Accepting::accept(signed(GUARDIAN), OLD, 1));
		assert_eq!(accepted(OLD), Some(1));
	});
}

#[test]
fn accept_should_go_back_when_an_older_version_is_named() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		accept(ADA, 2);
		accept(ADA, 1);
		assert_eq!(accepted(ADA), Some(1));
		assert_eq!(Accepting::acceptances_of(ADA, 0, 10).len(), 2);
	});
}

#[test]
fn accept_should_fail_when_the_patient_is_unknown() {
	ExtBuilder.run(|| {
		assert_noop!(
			Accepting::accept(signed(controller(UNKNOWN)), UNKNOWN, 1),
			Error::<Test>::PatientNotFound
		);
	});
}

#[test]
fn accept_should_fail_when_the_caller_does_not_act_for_the_patient() {
	ExtBuilder.run(|| {
		for who in [STRANGER, HOSPITAL_AGENT, controller(BEN)] {
			assert_noop!(Accepting::accept(signed(who), OLD, 1), Error::<Test>::NotAuthorized);
		}
		assert_noop!(Accepting::accept(signed(DELEGATE), OLD, 1), Error::<Test>::NotInMandate);
	});
}

#[test]
fn accept_should_fail_when_there_is_no_such_version() {
	ExtBuilder.run(|| {
		for version in [0, 2, u32::MAX] {
			assert_noop!(
				Accepting::accept(signed(controller(ADA)), ADA, version),
				Error::<Test>::VersionNotFound
			);
		}
		assert_noop!(
			Accepting::accept(signed(controller(OTHER)), OTHER, 1),
			Error::<Test>::VersionNotFound
		);
		register(HOSPITAL);
		World::suspend(HOSPITAL);
		assert_noop!(
			Accepting::accept(signed(controller(ADA)), ADA, 2),
			Error::<Test>::VersionNotFound
		);
	});
}

#[test]
fn accept_should_fail_when_the_patient_stands_on_the_version() {
	ExtBuilder.run(|| {
		assert_noop!(
			Accepting::accept(signed(controller(ADA)), ADA, 1),
			Error::<Test>::AlreadyAccepted
		);
		register(HOSPITAL);
		accept(ADA, 2);
		assert_noop!(
			Accepting::accept(signed(controller(ADA)), ADA, 2),
			Error::<Test>::AlreadyAccepted
		);
	});
}

#[test]
fn accept_should_fail_when_numbers_are_exhausted() {
	ExtBuilder.build().execute_with(|| {
		register(HOSPITAL);
		AcceptanceCount::<Test>::insert(ADA, u32::MAX);
		assert_noop!(
			Accepting::accept(signed(controller(ADA)), ADA, 2),
			Error::<Test>::NumbersExhausted
		);
	});
}

#[test]
fn accept_should_answer_the_campaign_when_asked() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA, BEN]);
		wait(5);
		accept(ADA, 2);
		let (_, counted, invitation) = Accepting::question_to(ADA).unwrap();
		assert_eq!(invitation.answer, Answer::Accepted(now()));
		assert_eq!((counted.asked, counted.accepted, counted.refused), (2, 1, 0));
		// A change back and forth is one answer.
		accept(ADA, 1);
		accept(ADA, 2);
		assert_eq!(campaign().accepted, 1);
	});
}

#[test]
fn accept_should_change_the_answer_when_the_patient_had_refused() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA]);
		assert_ok!(Accepting::refuse(signed(controller(ADA)), ADA, 2));
		accept(ADA, 2);
		let counted = campaign();
		assert_eq!((counted.asked, counted.accepted, counted.refused), (1, 1, 0));
		assert_eq!(accepted(ADA), Some(2));
	});
}

#[test]
fn accept_should_count_no_answer_when_not_asked_or_about_another_version_or_late() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		register(HOSPITAL);
		ask([ADA]);
		accept(BEN, 3);
		accept(ADA, 2);
		assert_eq!(campaign().accepted, 0);
		wait(DAY);
		accept(ADA, 3);
		assert_eq!(campaign().accepted, 0);
		assert_eq!(accepted(ADA), Some(3));
	});
}

#[test]
fn accept_should_leave_what_the_patient_accepted_when_a_representative_accepts() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		let both = || {
			let standing = Accepting::status_of(ADA).unwrap();
			(standing.accepted, standing.accepted_by_patient)
		};
		assert_eq!(both(), (Some(1), Some(1)));
		assert_ok!(Accepting::accept(signed(GUARDIAN), ADA, 2));
		assert_eq!(both(), (Some(2), Some(1)));
		assert_noop!(Accepting::accept(signed(GUARDIAN), ADA, 2), Error::<Test>::AlreadyAccepted);
		// For private kinds the patient may still accept.
		accept(ADA, 2);
		assert_eq!(both(), (Some(2), Some(2)));
		assert_ok!(Accepting::accept(signed(GUARDIAN), ADA, 1));
		assert_eq!(both(), (Some(1), Some(2)));
	});
}

#[test]
fn accept_and_refuse_should_fail_when_nothing_may_be_done_for_the_patient() {
	use assent_support::Refusal::*;
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA]);
		for (refusal, error) in [
			(Left, Error::<Test>::PatientLeft),
			(InRecovery, Error::RecoveryRunning),
			(Incapable, Error::PatientIncapable),
			(Deceased, Error::PatientDeceased),
		] {
			World::patient(ADA, |row| row.closed = Some(refusal));
			let who = || signed(controller(ADA));
			assert_noop!(Accepting::refuse(who(), ADA, 2), error);
			World::patient(ADA, |row| row.closed = Some(refusal));
			assert!(Accepting::accept(who(), ADA, 2).is_err());
		}
	});
}
