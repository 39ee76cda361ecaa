use crate::{mock::*, *};
use assent_policy::{PatientId, Role};
use assent_support::Act;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{AccountId32, ArithmeticError, DispatchError};

/// Another emergency clinician.
fn emergency_clinician(organisation: u32) -> AccountId32 {
	let who = account(100 + organisation as u8);
	World::credential(who.clone(), organisation, &[Role::EmergencyClinician]);
	who
}

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
				Act::EmergencyDeclared {
					emergency: 0,
					reason: REASON,
					until
				}
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
		// Credentialed again without the role.
		World::credential(DECLARER, CLINIC, &[Role::Clinician]);
		assert!(!let_in(DECLARER, PATIENT));
		// With the role, elsewhere.
		World::credential(DECLARER, HOSPITAL, &[Role::EmergencyClinician]);
		assert!(!let_in(DECLARER, PATIENT));
		World::credential(DECLARER, CLINIC, &[Role::EmergencyClinician]);
		assert!(let_in(DECLARER, PATIENT));
		World::suspend(CLINIC);
		assert!(!let_in(DECLARER, PATIENT));
	});
}

#[test]
fn declare_should_fail_when_caller_lacks_the_role() {
	ExtBuilder.run(|| {
		assert_noop!(
			declare(CLINICIAN, PATIENT, 60),
			Error::<Test>::NoEmergencyRole
		);
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
			assert_noop!(
				declare(DECLARER, PATIENT, minutes),
				Error::<Test>::MinutesOutOfRange
			);
		}
		assert_ok!(declare(DECLARER, PATIENT, 240));
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 1));
	});
}

#[test]
fn declare_should_fail_when_patient_is_unknown() {
	ExtBuilder.run(|| {
		assert_noop!(
			declare(DECLARER, UNKNOWN_PATIENT, 60),
			Error::<Test>::PatientNotFound
		);
	});
}

#[test]
fn declare_should_fail_when_one_is_active_for_the_patient() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 60));
		World::advance(60 * MINUTE - 1);
		assert_noop!(
			declare(DECLARER, PATIENT, 60),
			Error::<Test>::AlreadyDeclared
		);
		World::advance(1);
		assert_ok!(declare(DECLARER, PATIENT, 60));
		assert!(let_in(DECLARER, PATIENT));
	});
}

#[test]
fn declare_should_count_each_practitioner_apart() {
	ExtBuilder.run(|| {
		let other = emergency_clinician(HOSPITAL);
		assert_ok!(declare(DECLARER, PATIENT, 60));
		assert_ok!(declare(other.clone(), PATIENT, 10));
		World::advance(10 * MINUTE);
		assert!(let_in(DECLARER, PATIENT));
		assert!(!let_in(other, PATIENT));
	});
}

#[test]
fn declare_should_fail_when_four_are_active() {
	ExtBuilder.run(|| {
		let patients: Vec<_> = (50..55).map(|seed| PatientId([seed; 16])).collect();
		for patient in &patients {
			World::enrol(*patient);
		}
		for patient in &patients[..4] {
			assert_ok!(declare(DECLARER, *patient, 60));
		}
		assert_noop!(
			declare(DECLARER, patients[4], 60),
			Error::<Test>::MaxEmergenciesExceeded
		);
		assert_ok!(BreakGlass::end(signed(DECLARER), 1));
		assert_ok!(declare(DECLARER, patients[4], 240));
		World::advance(60 * MINUTE);
		// Three are over and leave the lists.
		assert_ok!(declare(DECLARER, PATIENT, 60));
		assert_eq!(ActiveByPractitioner::<Test>::get(DECLARER), vec![4, 5]);
		assert_eq!(ActiveEmergencies::<Test>::iter().count(), 2);
	});
}

#[test]
fn declare_should_fail_when_numbers_are_used_up() {
	ExtBuilder.build().execute_with(|| {
		NextEmergency::<Test>::put(u32::MAX);
		assert_noop!(declare(DECLARER, PATIENT, 60), ArithmeticError::Overflow);
	});
}
