use crate::{mock::*, *};
use assent_policy::{Action, Basis, Decision, Effect, PatientId, Provision, Purpose, Role};
use assent_support::{Act, EmergencyReason};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::{AccountId32, ArithmeticError, DispatchError};

const REASON: EmergencyReason = EmergencyReason::UnableToConsent;

fn declare(who: AccountId32, patient: PatientId, minutes: u16) -> DispatchResult {
	Consent::declare_emergency(signed(who), patient, REASON, minutes)
}

fn decide(who: AccountId32, patient: PatientId, purpose: Purpose) -> Decision {
	let record = if patient == PATIENT {
		RECORD
	} else {
		OTHER_RECORD
	};
	Consent::check_access(who, patient, record, purpose, Action::Access, now())
}

fn let_in(who: AccountId32, patient: PatientId) -> bool {
	decide(who, patient, Purpose::BreakGlass).basis == Basis::Emergency
}

/// Another emergency clinician.
fn emergency_clinician(organisation: u32) -> AccountId32 {
	let who = AccountId32::new([100 + organisation as u8; 32]);
	World::credential(
		who.clone(),
		organisation,
		&[Role::EmergencyClinician],
		0,
		u64::MAX,
	);
	who
}

#[test]
fn declare_emergency_should_let_its_declarer_in_and_be_seen() {
	ExtBuilder::default().run(|| {
		assert!(!let_in(EMERGENCY_CLINICIAN, PATIENT));
		assert_ok!(declare(EMERGENCY_CLINICIAN, PATIENT, 60));
		let until = now() + 60 * MINUTE;
		assert_eq!(
			Emergencies::<Test>::get(0),
			Some(EmergencyRow {
				patient: PATIENT,
				practitioner: EMERGENCY_CLINICIAN,
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
				practitioner: EMERGENCY_CLINICIAN,
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
				Some(EMERGENCY_CLINICIAN),
				Act::EmergencyDeclared {
					emergency: 0,
					reason: REASON,
					until
				}
			)
		);
		assert!(let_in(EMERGENCY_CLINICIAN, PATIENT));
		assert!(!let_in(EMERGENCY_CLINICIAN, OTHER_PATIENT));
		assert!(!let_in(SECOND_CLINICIAN, PATIENT));
		let treatment = decide(EMERGENCY_CLINICIAN, PATIENT, Purpose::Treatment);
		assert_eq!(treatment.effect, Effect::Deny);
	});
}

#[test]
fn declare_emergency_should_stop_by_itself_when_its_time_is_over() {
	ExtBuilder::default().run(|| {
		assert_ok!(declare(EMERGENCY_CLINICIAN, PATIENT, 1));
		World::advance(MINUTE - 1);
		assert!(let_in(EMERGENCY_CLINICIAN, PATIENT));
		World::advance(1);
		assert!(!let_in(EMERGENCY_CLINICIAN, PATIENT));
	});
}

#[test]
fn declare_emergency_should_not_overrule_a_patient_who_refuses_even_that() {
	let nobody = assent_policy::Directive {
		base: Provision::any(Effect::Deny),
		exceptions: Default::default(),
	};
	ExtBuilder::default().directive(nobody).run(|| {
		assert_ok!(declare(EMERGENCY_CLINICIAN, PATIENT, 60));
		let decision = decide(EMERGENCY_CLINICIAN, PATIENT, Purpose::BreakGlass);
		assert_eq!(decision.effect, Effect::Deny);
	});
}

#[test]
fn declare_emergency_should_not_help_when_the_role_or_the_place_is_lost() {
	ExtBuilder::default().run(|| {
		assert_ok!(declare(EMERGENCY_CLINICIAN, PATIENT, 240));
		World::revoke(&EMERGENCY_CLINICIAN);
		assert!(!let_in(EMERGENCY_CLINICIAN, PATIENT));
		// Credentialed again without the role.
		World::credential(EMERGENCY_CLINICIAN, CLINIC, &[Role::Clinician], 0, u64::MAX);
		assert!(!let_in(EMERGENCY_CLINICIAN, PATIENT));
		World::revoke(&EMERGENCY_CLINICIAN);
		// With the role, elsewhere.
		World::credential(
			EMERGENCY_CLINICIAN,
			HOSPITAL,
			&[Role::EmergencyClinician],
			0,
			u64::MAX,
		);
		assert!(!let_in(EMERGENCY_CLINICIAN, PATIENT));
		World::revoke(&EMERGENCY_CLINICIAN);
		World::credential(
			EMERGENCY_CLINICIAN,
			CLINIC,
			&[Role::EmergencyClinician],
			0,
			u64::MAX,
		);
		assert!(let_in(EMERGENCY_CLINICIAN, PATIENT));
		World::suspend(CLINIC);
		assert!(!let_in(EMERGENCY_CLINICIAN, PATIENT));
	});
}

#[test]
fn declare_emergency_should_fail_when_caller_lacks_the_role() {
	ExtBuilder::default().run(|| {
		for who in [SECOND_CLINICIAN, NURSE, RESEARCHER] {
			assert_noop!(declare(who, PATIENT, 60), Error::<Test>::NoEmergencyRole);
		}
	});
}

#[test]
fn declare_emergency_should_fail_when_caller_holds_no_credential() {
	ExtBuilder::default().run(|| {
		for who in [STRANGER, CONTROLLER] {
			assert_noop!(declare(who, PATIENT, 60), Error::<Test>::NoCredential);
		}
		World::suspend(CLINIC);
		assert_noop!(
			declare(EMERGENCY_CLINICIAN, PATIENT, 60),
			Error::<Test>::NoCredential
		);
		assert_noop!(
			Consent::declare_emergency(RuntimeOrigin::none(), PATIENT, REASON, 60),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn declare_emergency_should_fail_when_minutes_are_out_of_range() {
	ExtBuilder::default().run(|| {
		for minutes in [0, 241, u16::MAX] {
			assert_noop!(
				declare(EMERGENCY_CLINICIAN, PATIENT, minutes),
				Error::<Test>::MinutesOutOfRange
			);
		}
		assert_ok!(declare(EMERGENCY_CLINICIAN, PATIENT, 240));
		assert_ok!(declare(EMERGENCY_CLINICIAN, OTHER_PATIENT, 1));
	});
}

#[test]
fn declare_emergency_should_fail_when_patient_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			declare(EMERGENCY_CLINICIAN, UNKNOWN_PATIENT, 60),
			Error::<Test>::PatientNotFound
		);
	});
}

#[test]
fn declare_emergency_should_fail_when_one_is_active_for_the_patient() {
	ExtBuilder::default().run(|| {
		assert_ok!(declare(EMERGENCY_CLINICIAN, PATIENT, 60));
		World::advance(60 * MINUTE - 1);
		assert_noop!(
			declare(EMERGENCY_CLINICIAN, PATIENT, 60),
			Error::<Test>::AlreadyDeclared
		);
		World::advance(1);
		assert_ok!(declare(EMERGENCY_CLINICIAN, PATIENT, 60));
		assert!(let_in(EMERGENCY_CLINICIAN, PATIENT));
	});
}

#[test]
fn declare_emergency_should_count_each_practitioner_apart() {
	ExtBuilder::default().run(|| {
		let other = emergency_clinician(HOSPITAL);
		assert_ok!(declare(EMERGENCY_CLINICIAN, PATIENT, 60));
		assert_ok!(declare(other.clone(), PATIENT, 10));
		World::advance(10 * MINUTE);
		assert!(let_in(EMERGENCY_CLINICIAN, PATIENT));
		assert!(!let_in(other, PATIENT));
	});
}

#[test]
fn declare_emergency_should_fail_when_four_are_active() {
	ExtBuilder::default().run(|| {
		let patients: Vec<_> = (50..55).map(|seed| PatientId([seed; 16])).collect();
		for patient in &patients {
			World::enrol(*patient, STRANGER);
		}
		for patient in &patients[..4] {
			assert_ok!(declare(EMERGENCY_CLINICIAN, *patient, 60));
		}
		assert_noop!(
			declare(EMERGENCY_CLINICIAN, patients[4], 60),
			Error::<Test>::MaxEmergenciesExceeded
		);
		assert_ok!(Consent::end_emergency(signed(EMERGENCY_CLINICIAN), 1));
		assert_ok!(declare(EMERGENCY_CLINICIAN, patients[4], 240));
		World::advance(60 * MINUTE);
		// Three are over and leave the lists.
		assert_ok!(declare(EMERGENCY_CLINICIAN, PATIENT, 60));
		assert_eq!(
			ActiveByPractitioner::<Test>::get(EMERGENCY_CLINICIAN),
			vec![4, 5]
		);
		assert_eq!(ActiveEmergencies::<Test>::iter().count(), 2);
	});
}

#[test]
fn declare_emergency_should_fail_when_numbers_are_used_up() {
	ExtBuilder::default().build().execute_with(|| {
		NextEmergency::<Test>::put(u32::MAX);
		assert_noop!(
			declare(EMERGENCY_CLINICIAN, PATIENT, 60),
			ArithmeticError::Overflow
		);
	});
}
