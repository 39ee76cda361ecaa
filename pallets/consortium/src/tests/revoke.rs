use crate::{mock::*, Error, Event, Practitioners};
use assent_support::{Act, Members};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn revoke_should_end_the_credential_from_its_moment_on() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		set_time(NOW + 100);
		assert_ok!(Consortium::revoke(signed(HOSPITAL_CONTROLLER), CLINICIAN));
		assert_last_event(Event::PractitionerRevoked {
			organisation: HOSPITAL,
			practitioner: CLINICIAN,
		});
		assert_eq!(Practitioners::<Test>::get(CLINICIAN).unwrap().revoked, Some(NOW + 100));
		// A moment before the revocation keeps its answer.
		assert!(Consortium::practitioner(&CLINICIAN, NOW + 99).is_some());
		assert_eq!(Consortium::practitioner(&CLINICIAN, NOW + 100), None);
		assert_eq!(
			trail().last().unwrap(),
			&Entry::of(
				None,
				Some(HOSPITAL),
				Some(HOSPITAL_CONTROLLER),
				Act::PractitionerRevoked { practitioner: CLINICIAN }
			)
		);
	});
}

#[test]
fn revoke_should_work_before_the_credential_begins() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::credential(
			signed(HOSPITAL_AGENT),
			CLINICIAN,
			roles(&[assent_policy::Role::Nurse]),
			no_groups(),
			NOW + DAY,
			NOW + 2 * DAY
		));
		assert_ok!(Consortium::revoke(signed(HOSPITAL_AGENT), CLINICIAN));
		assert_eq!(Consortium::practitioner(&CLINICIAN, NOW + DAY), None);
	});
}

#[test]
fn revoked_practitioner_should_be_credentialed_anew_by_the_same() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::revoke(signed(HOSPITAL_AGENT), CLINICIAN));
		credential_clinician();
		assert!(Consortium::practitioner(&CLINICIAN, NOW).is_some());
	});
}

#[test]
fn revoke_should_fail_when_account_was_never_credentialed() {
	ExtBuilder::default().run(|| {
		assert_noop!(Consortium::revoke(signed(HOSPITAL_AGENT), STRANGER), Error::<Test>::NotFound);
	});
}

#[test]
fn revoke_should_fail_when_another_organisation_vouched() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_noop!(
			Consortium::revoke(signed(CLINIC_AGENT), CLINICIAN),
			Error::<Test>::NotAuthorized
		);
	});
}

#[test]
fn revoke_should_fail_when_caller_is_no_agent() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		for who in [CLINICIAN, STRANGER] {
			assert_noop!(Consortium::revoke(signed(who), CLINICIAN), Error::<Test>::NotAuthorized);
		}
		assert_noop!(Consortium::revoke(root(), CLINICIAN), BadOrigin);
	});
}

#[test]
fn revoke_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(
			Consortium::revoke(signed(HOSPITAL_AGENT), CLINICIAN),
			Error::<Test>::NotActive
		);
	});
}

#[test]
fn revoke_should_fail_when_revoked() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::revoke(signed(HOSPITAL_AGENT), CLINICIAN));
		assert_noop!(
			Consortium::revoke(signed(HOSPITAL_AGENT), CLINICIAN),
			Error::<Test>::AlreadyRevoked
		);
	});
}

#[test]
fn revoke_should_fail_when_lapsed() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		set_time(NOW + DAY);
		assert_noop!(
			Consortium::revoke(signed(HOSPITAL_AGENT), CLINICIAN),
			Error::<Test>::AlreadyLapsed
		);
	});
}
