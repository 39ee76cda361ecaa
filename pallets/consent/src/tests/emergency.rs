use crate::mock::*;
use assent_policy::{Action, Basis, Directive, Effect, PatientId, Provision, Purpose};
use assent_support::Act;
use frame_support::assert_ok;
use sp_runtime::AccountId32;

fn basis(who: AccountId32, patient: PatientId, purpose: Purpose, at: u64) -> Basis {
	let record = if patient == PATIENT { RECORD } else { OTHER_RECORD };
	Consent::check_access(who, patient, record, purpose, Action::Access, at).basis
}

fn in_emergency(who: AccountId32, patient: PatientId) -> bool {
	basis(who, patient, Purpose::BreakGlass, now()) == Basis::Emergency
}

#[test]
fn emergency_should_let_its_declarer_in_for_its_patient_and_its_purposes() {
	ExtBuilder::default().run(|| {
		assert!(!in_emergency(EMERGENCY_CLINICIAN, PATIENT));
		Register::emergency(EMERGENCY_CLINICIAN, PATIENT, now() + DAY);
		assert!(in_emergency(EMERGENCY_CLINICIAN, PATIENT));
		assert!(!in_emergency(EMERGENCY_CLINICIAN, OTHER_PATIENT));
		assert!(!in_emergency(SECOND_CLINICIAN, PATIENT));
		for (purpose, expected) in
			[(Purpose::EmergencyTreatment, Basis::Emergency), (Purpose::Treatment, Basis::NoRule)]
		{
			assert_eq!(basis(EMERGENCY_CLINICIAN, PATIENT, purpose, now()), expected);
		}
	});
}

#[test]
fn emergency_should_be_told_in_the_trail_when_it_let_somebody_in() {
	ExtBuilder::default().run(|| {
		Register::emergency(EMERGENCY_CLINICIAN, PATIENT, now() + DAY);
		assert_ok!(Consent::access(
			signed(EMERGENCY_CLINICIAN),
			PATIENT,
			RECORD,
			Purpose::BreakGlass,
			Action::Access
		));
		let Act::AccessDecided { decision, .. } = last_entry().act else { unreachable!() };
		assert_eq!((decision.effect, decision.basis), (Effect::Permit, Basis::Emergency));
	});
}

#[test]
fn emergency_should_not_overrule_a_patient_who_refuses_even_that() {
	let nobody = Directive { base: Provision::any(Effect::Deny), exceptions: Default::default() };
	ExtBuilder::default().directive(nobody).run(|| {
		Register::emergency(EMERGENCY_CLINICIAN, PATIENT, now() + DAY);
		assert!(!in_emergency(EMERGENCY_CLINICIAN, PATIENT));
	});
}

#[test]
fn emergency_should_not_help_when_the_declarer_holds_no_credential() {
	ExtBuilder::default().run(|| {
		Register::emergency(EMERGENCY_CLINICIAN, PATIENT, now() + DAY);
		World::revoke(&EMERGENCY_CLINICIAN);
		assert_eq!(
			basis(EMERGENCY_CLINICIAN, PATIENT, Purpose::BreakGlass, now()),
			Basis::NoCredential
		);
	});
}

#[test]
fn emergency_should_be_looked_up_at_the_moment_asked_about() {
	ExtBuilder::default().run(|| {
		let (from, until) = (now(), now() + MINUTE);
		Register::emergency(EMERGENCY_CLINICIAN, PATIENT, until);
		World::advance(DAY);
		for (at, expected) in [
			(from - 1, Basis::NoRule),
			(from, Basis::Emergency),
			(until - 1, Basis::Emergency),
			(until, Basis::NoRule),
			(now(), Basis::NoRule),
		] {
			assert_eq!(basis(EMERGENCY_CLINICIAN, PATIENT, Purpose::BreakGlass, at), expected);
		}
	});
}
