use crate::{mock::*, *};
use assent_support::{Act, EndReason};
use frame_support::{
	assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
};
use sp_runtime::DispatchError;

#[test]
fn withdraw_should_end_the_directive_at_once() {
	ExtBuilder::default().permissions(1).run(|| {
		assert!(let_in());
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert!(!let_in());
		let reason = EndReason::Withdrawn;
		assert_eq!(row(0).ended, Some(Ended { at: now(), reason }));
		assert_eq!(row(0).directive, permission(None));
		assert!(in_force().is_empty());
		System::assert_last_event(
			Event::<Test>::DirectiveWithdrawn {
				patient: PATIENT,
				directive: 0,
				withdrawn_by: CONTROLLER,
			}
			.into(),
		);
		assert_eq!(
			last_entry(),
			entry(None, Some(CONTROLLER), Act::DirectiveEnded { directive: 0, reason })
		);
		World::advance(DAY);
		assert!(!let_in());
	});
}

#[test]
fn withdraw_should_leave_the_other_directives() {
	ExtBuilder::default().permissions(3).run(|| {
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 1));
		assert_eq!(in_force(), vec![0, 2]);
		assert!(let_in());
	});
}

#[test]
fn withdraw_should_be_accepted_when_guardian_signs() {
	ExtBuilder::default().permissions(1).run(|| {
		assert_ok!(Consent::withdraw(signed(GUARDIAN), PATIENT, 0));
	});
}

#[test]
fn withdraw_should_ask_nobody_but_who_the_caller_is_to_the_patient() {
	ExtBuilder::default().permissions(1).run(|| {
		for organisation in [HOSPITAL, CLINIC, INSTITUTE] {
			World::suspend(organisation);
		}
		Register::erase(RECORD);
		World::questions();
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert_eq!(World::questions(), 0);
	});
}

#[test]
fn withdraw_should_work_when_the_list_is_damaged() {
	ExtBuilder::default().permissions(2).build().execute_with(|| {
		InForce::<Test>::remove(PATIENT);
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 1));
		assert!(row(1).ended.is_some());
	});
}

#[test]
fn withdraw_should_be_operational() {
	let call = Call::<Test>::withdraw { patient: PATIENT, directive: 0 };
	assert_eq!(call.get_dispatch_info().class, DispatchClass::Operational);
}

#[test]
fn withdraw_should_fail_when_caller_is_not_the_patient() {
	ExtBuilder::default().permissions(1).run(|| {
		for who in [STRANGER, OTHER_CONTROLLER, SECOND_CLINICIAN] {
			assert_refused!(
				Consent::withdraw(signed(who), PATIENT, 0),
				Error::<Test>::NotAuthorized
			);
		}
		assert_refused!(
			Consent::withdraw(RuntimeOrigin::none(), PATIENT, 0),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn withdraw_should_fail_when_guardians_term_is_over() {
	ExtBuilder::default().permissions(1).run(|| {
		World::set_time(START + 100 * DAY);
		assert_refused!(
			Consent::withdraw(signed(GUARDIAN), PATIENT, 0),
			Error::<Test>::NotAuthorized
		);
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
	});
}

#[test]
fn withdraw_should_fail_when_directive_is_unknown() {
	ExtBuilder::default().permissions(1).run(|| {
		for (patient, directive) in [(PATIENT, 1), (OTHER_PATIENT, 0), (UNKNOWN_PATIENT, 0)] {
			assert_refused!(
				Consent::withdraw(signed(CONTROLLER), patient, directive),
				Error::<Test>::DirectiveNotFound
			);
		}
	});
}

#[test]
fn withdraw_should_fail_when_directive_was_withdrawn() {
	ExtBuilder::default().permissions(1).run(|| {
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert_refused!(
			Consent::withdraw(signed(CONTROLLER), PATIENT, 0),
			Error::<Test>::AlreadyEnded
		);
	});
}

#[test]
fn withdraw_should_fail_when_directive_was_replaced() {
	ExtBuilder::default().permissions(1).run(|| {
		assert_ok!(Consent::replace(signed(CONTROLLER), PATIENT, 0, Box::new(denial(None)), None));
		assert_refused!(
			Consent::withdraw(signed(CONTROLLER), PATIENT, 0),
			Error::<Test>::AlreadyEnded
		);
	});
}

#[test]
fn withdraw_should_fail_when_directive_has_expired_noted_or_not() {
	let until = START + DAY;
	ExtBuilder::default().directive(permission(Some(until))).run(|| {
		World::set_time(until);
		assert_refused!(
			Consent::withdraw(signed(CONTROLLER), PATIENT, 0),
			Error::<Test>::AlreadyEnded
		);
		assert_ok!(Consent::retire_expired(signed(STRANGER), PATIENT));
		assert_refused!(
			Consent::withdraw(signed(CONTROLLER), PATIENT, 0),
			Error::<Test>::AlreadyEnded
		);
	});
}

#[test]
fn withdraw_should_work_up_to_the_last_moment_of_the_period() {
	let until = START + DAY;
	ExtBuilder::default().directive(permission(Some(until))).run(|| {
		World::set_time(until - 1);
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert_eq!(row(0).ended, Some(Ended { at: until - 1, reason: EndReason::Withdrawn }));
	});
}

#[test]
fn withdraw_should_work_before_the_period_begins() {
	let mut directive = permission(None);
	directive.base.period.from = Some(START + DAY);
	ExtBuilder::default().directive(directive).run(|| {
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		World::set_time(START + 2 * DAY);
		assert!(!let_in());
	});
}

#[test]
fn can_withdraw_should_be_true_only_for_the_patients_directive_in_force() {
	let until = START + DAY;
	ExtBuilder::default().directive(permission(Some(until))).permissions(1).run(|| {
		assert!(Consent::can_withdraw(CONTROLLER, PATIENT, 0));
		assert!(Consent::can_withdraw(GUARDIAN, PATIENT, 0));
		assert!(!Consent::can_withdraw(STRANGER, PATIENT, 0));
		assert!(!Consent::can_withdraw(OTHER_CONTROLLER, PATIENT, 0));
		assert!(!Consent::can_withdraw(CONTROLLER, PATIENT, 2));
		assert!(!Consent::can_withdraw(CONTROLLER, UNKNOWN_PATIENT, 0));
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 1));
		assert!(!Consent::can_withdraw(CONTROLLER, PATIENT, 1));
		World::set_time(until);
		assert!(!Consent::can_withdraw(CONTROLLER, PATIENT, 0));
	});
}
