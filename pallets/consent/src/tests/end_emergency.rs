use crate::{mock::*, *};
use assent_policy::{Action, Effect, Purpose};
use assent_support::{Act, EmergencyReason};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn declare(minutes: u16) {
	assert_ok!(Consent::declare_emergency(
		signed(EMERGENCY_CLINICIAN),
		PATIENT,
		EmergencyReason::SeriousHarm,
		minutes
	));
}

fn let_in() -> bool {
	Consent::check_access(
		EMERGENCY_CLINICIAN,
		PATIENT,
		RECORD,
		Purpose::EmergencyTreatment,
		Action::Access,
		now(),
	)
	.effect == Effect::Permit
}

#[test]
fn end_emergency_should_stop_it_at_once() {
	ExtBuilder::default().run(|| {
		declare(240);
		World::advance(MINUTE);
		assert!(let_in());
		assert_ok!(Consent::end_emergency(signed(EMERGENCY_CLINICIAN), 0));
		assert!(!let_in());
		assert_eq!(Emergencies::<Test>::get(0).unwrap().ended, Some(now()));
		assert!(!ActiveByPractitioner::<Test>::contains_key(
			EMERGENCY_CLINICIAN
		));
		System::assert_last_event(
			Event::<Test>::EmergencyEnded {
				emergency: 0,
				patient: PATIENT,
				practitioner: EMERGENCY_CLINICIAN,
			}
			.into(),
		);
		assert_eq!(
			last_entry(),
			entry(
				Some(CLINIC),
				Some(EMERGENCY_CLINICIAN),
				Act::EmergencyEnded { emergency: 0 }
			)
		);
		declare(10);
		assert!(let_in());
	});
}

#[test]
fn end_emergency_should_work_when_the_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		declare(240);
		World::suspend(CLINIC);
		assert_ok!(Consent::end_emergency(signed(EMERGENCY_CLINICIAN), 0));
	});
}

#[test]
fn end_emergency_should_fail_when_caller_did_not_declare_it() {
	ExtBuilder::default().run(|| {
		declare(240);
		for who in [CONTROLLER, SECOND_CLINICIAN, STRANGER] {
			assert_noop!(
				Consent::end_emergency(signed(who), 0),
				Error::<Test>::NotAuthorized
			);
		}
		assert_noop!(
			Consent::end_emergency(RuntimeOrigin::none(), 0),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn end_emergency_should_fail_when_it_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Consent::end_emergency(signed(EMERGENCY_CLINICIAN), 0),
			Error::<Test>::EmergencyNotFound
		);
	});
}

#[test]
fn end_emergency_should_fail_when_it_is_over() {
	ExtBuilder::default().run(|| {
		declare(1);
		World::advance(MINUTE);
		assert_noop!(
			Consent::end_emergency(signed(EMERGENCY_CLINICIAN), 0),
			Error::<Test>::EmergencyOver
		);
		declare(1);
		assert_ok!(Consent::end_emergency(signed(EMERGENCY_CLINICIAN), 1));
		assert_noop!(
			Consent::end_emergency(signed(EMERGENCY_CLINICIAN), 1),
			Error::<Test>::EmergencyOver
		);
	});
}
