use crate::{mock::*, *};
use assent_policy::Role;
use assent_support::{Act, ReviewFinding};
use frame_support::{assert_noop, assert_ok, hypothetically};
use sp_runtime::{ArithmeticError, DispatchError};

#[test]
fn declare_should_let_its_declarer_in_and_be_seen() {
	ExtBuilder.run(|| {
		assert!(!let_in(DECLARER, PATIENT));
		assert_ok!(declare(DECLARER, PATIENT, 60));
		let until = now() + 60 * MINUTE;
		assert_eq!(
			Emergencies::<Test>::get(0),
			Some(EmergencyRow {
				patient: PATIENT,
				practitioner: DECLARER,
				organisation: CLINIC,
				reason: REASON,
				declared: now(),
				until,
				ended: None,
				justify_by: until + JUSTIFY,
				justified: None,
				stage: Stage::Declared,
			})
		);
		System::assert_last_event(
			Event::<Test>::EmergencyDeclared {
				emergency: 0,
				patient: PATIENT,
				practitioner: DECLARER,
				organisation: CLINIC,
				reason: REASON,
				until,
			}
			.into(),
		);
		assert_eq!(
			last_entry(),
			entry(
				Some(CLINIC),
				Some(DECLARER),
				Act::EmergencyDeclared { emergency: 0, reason: REASON, until }
			)
		);
		assert!(let_in(DECLARER, PATIENT));
		assert!(!let_in(DECLARER, OTHER_PATIENT));
		assert!(!let_in(CLINICIAN, PATIENT));
	});
}

#[test]
fn declare_should_stop_by_itself_when_its_time_is_over() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		World::advance(MINUTE - 1);
		assert!(let_in(DECLARER, PATIENT));
		World::advance(1);
		assert!(!let_in(DECLARER, PATIENT));
	});
}

#[test]
fn declare_should_not_help_when_the_role_or_the_place_is_lost() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 240));
		World::revoke(&DECLARER);
		assert!(!let_in(DECLARER, PATIENT));
		// The new credential is without the role.
		credential(DECLARER, CLINIC, &[Role::Clinician]);
		assert!(!let_in(DECLARER, PATIENT));
		// The new credential has the role, at another organisation.
		credential(DECLARER, HOSPITAL, &[Role::EmergencyClinician]);
		assert!(!let_in(DECLARER, PATIENT));
		credential(DECLARER, CLINIC, &[Role::EmergencyClinician]);
		assert!(let_in(DECLARER, PATIENT));
		World::suspend(CLINIC);
		assert!(!let_in(DECLARER, PATIENT));
	});
}

#[test]
fn declare_should_fail_when_caller_lacks_the_role() {
	ExtBuilder.run(|| {
		assert_noop!(declare(CLINICIAN, PATIENT, 60), Error::<Test>::NoEmergencyRole);
	});
}

#[test]
fn declare_should_fail_when_caller_holds_no_credential() {
	ExtBuilder.run(|| {
		for who in [STRANGER, CONTROLLER] {
			assert_noop!(declare(who, PATIENT, 60), Error::<Test>::NoCredential);
		}
		World::suspend(CLINIC);
		assert_noop!(declare(DECLARER, PATIENT, 60), Error::<Test>::NoCredential);
		assert_noop!(
			BreakGlass::declare(RuntimeOrigin::none(), PATIENT, REASON, 60),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn declare_should_fail_when_minutes_are_out_of_range() {
	ExtBuilder.run(|| {
		for minutes in [0, 241, u16::MAX] {
			assert_noop!(declare(DECLARER, PATIENT, minutes), Error::<Test>::MinutesOutOfRange);
		}
		assert_ok!(declare(DECLARER, PATIENT, 240));
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 1));
	});
}

#[test]
fn declare_should_fail_when_patient_is_dead() {
	ExtBuilder.run(|| {
		bury(PATIENT);
		assert_noop!(declare(DECLARER, PATIENT, 60), Error::<Test>::PatientDeceased);
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 60));
	});
}

#[test]
fn declare_should_fail_when_patient_is_unknown() {
	ExtBuilder.run(|| {
		assert_noop!(declare(DECLARER, UNKNOWN_PATIENT, 60), Error::<Test>::PatientNotFound);
	});
}

#[test]
fn declare_should_fail_when_one_is_active_for_the_patient() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 60));
		World::advance(60 * MINUTE - 1);
		assert_noop!(declare(DECLARER, PATIENT, 60), Error::<Test>::AlreadyDeclared);
		World::advance(1);
		assert_ok!(declare(DECLARER, PATIENT, 60));
		assert!(let_in(DECLARER, PATIENT));
	});
}

#[test]
fn declare_should_count_each_practitioner_apart() {
	ExtBuilder.run(|| {
		let other = COLLEAGUE;
		assert_ok!(declare(DECLARER, PATIENT, 60));
		assert_ok!(declare(other.clone(), PATIENT, 10));
		World::advance(10 * MINUTE);
		assert!(let_in(DECLARER, PATIENT));
		assert!(!let_in(other, PATIENT));
	});
}

#[test]
fn declare_should_fail_when_nobody_else_could_review() {
	ExtBuilder.run(|| {
		for organisation in [HOSPITAL, LABORATORY, INSURER] {
			World::suspend(organisation);
		}
		assert_noop!(declare(DECLARER, PATIENT, 60), Error::<Test>::NoReviewer);
		admit(HOSPITAL);
		assert_ok!(declare(DECLARER, PATIENT, 60));
	});
}

#[test]
fn declare_should_fail_when_a_justification_is_overdue() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		World::advance(MINUTE + JUSTIFY - 1);
		hypothetically!({
			assert_ok!(declare(DECLARER, PATIENT, 1));
		});
		World::advance(1);
		assert_noop!(declare(DECLARER, OTHER_PATIENT, 1), Error::<Test>::JustificationOverdue);
		// Other declarers are not affected.
		assert_ok!(declare(COLLEAGUE, PATIENT, 1));
	});
}

#[test]
fn declare_should_fail_when_the_role_is_suspended() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		assert_ok!(review(agent(reviewer), 0, ReviewFinding::Adverse));
		assert_noop!(declare(DECLARER, PATIENT, 60), Error::<Test>::RoleSuspended);
	});
}

#[test]
fn declare_should_stand_in_the_lists_of_declarer_and_patient() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 60));
		assert_ok!(declare(DECLARER, PATIENT, 30));
		let until = now() + 30 * MINUTE;
		assert_eq!(
			Unjustified::<Test>::get(DECLARER)[1],
			Open {
				emergency: 1,
				patient: PATIENT,
				organisation: CLINIC,
				over: until,
				justify_by: until + JUSTIFY,
			}
		);
		assert_eq!(EmergenciesOf::<Test>::get(PATIENT, 0), Some(1));
		assert_eq!(EmergencyCount::<Test>::get(PATIENT), 1);
	});
}

#[test]
fn declare_should_fail_when_time_runs_out_of_numbers() {
	ExtBuilder.build().execute_with(|| {
		World::set_time(u64::MAX - 1);
		assert_noop!(declare(DECLARER, PATIENT, 1), ArithmeticError::Overflow);
		World::set_time(u64::MAX - HOUR);
		assert_noop!(declare(DECLARER, PATIENT, 1), ArithmeticError::Overflow);
	});
}

#[test]
fn declare_should_fail_when_numbers_are_used_up() {
	ExtBuilder.build().execute_with(|| {
		NextEmergency::<Test>::put(u32::MAX);
		assert_noop!(declare(DECLARER, PATIENT, 60), ArithmeticError::Overflow);
	});
}
