use crate::{mock::*, Error, Event, Practitioners};
use assent_support::{Act, Members};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn revoke_should_end_the_credential_from_its_moment_on() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		set_time(NOW + 100);
		assert_ok!(Consortium::revoke(signed(hospital_controller()), clinician()));
		assert_last_event(Event::PractitionerRevoked {
			organisation: HOSPITAL,
			practitioner: clinician(),
		});
		assert_eq!(Practitioners::<Test>::get(clinician()).unwrap().revoked, Some(NOW + 100));
		// A moment before the revocation keeps its answer.
		assert!(Consortium::practitioner(&clinician(), NOW + 99).is_some());
		assert_eq!(Consortium::practitioner(&clinician(), NOW + 100), None);
		assert_eq!(
			trail().last().unwrap(),
			&Entry::of(
				None,
				Some(HOSPITAL),
				Some(hospital_controller()),
				Act::PractitionerRevoked { practitioner: clinician() }
			)
		);
	});
}

#[test]
fn revoke_should_work_before_the_credential_begins() {
	ExtBuilder::default().run(|| {
		assert_ok!(credential(
			hospital_agent(),
			clinician(),
			roles(&[assent_policy::Role::Nurse]),
			NOW + DAY,
			NOW + 2 * DAY
		));
		assert_ok!(Consortium::revoke(signed(hospital_agent()), clinician()));
		assert_eq!(Consortium::practitioner(&clinician(), NOW + DAY), None);
	});
}

#[test]
fn revoked_practitioner_should_be_credentialed_anew_by_the_same() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::revoke(signed(hospital_agent()), clinician()));
		credential_clinician();
		assert!(Consortium::practitioner(&clinician(), NOW).is_some());
	});
}

#[test]
fn revoke_should_fail_when_account_was_never_credentialed() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Consortium::revoke(signed(hospital_agent()), stranger()),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn revoke_should_fail_when_another_organisation_vouched() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_noop!(
			Consortium::revoke(signed(clinic_agent()), clinician()),
			Error::<Test>::NotAuthorized
		);
	});
}

#[test]
fn revoke_should_fail_when_caller_is_no_agent() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		for who in [clinician(), stranger()] {
			assert_noop!(
				Consortium::revoke(signed(who), clinician()),
				Error::<Test>::NotAuthorized
			);
		}
		assert_noop!(Consortium::revoke(root(), clinician()), BadOrigin);
	});
}

#[test]
fn revoke_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(
			Consortium::revoke(signed(hospital_agent()), clinician()),
			Error::<Test>::NotActive
		);
	});
}

#[test]
fn revoke_should_fail_when_revoked() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::revoke(signed(hospital_agent()), clinician()));
		assert_noop!(
			Consortium::revoke(signed(hospital_agent()), clinician()),
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
			Consortium::revoke(signed(hospital_agent()), clinician()),
			Error::<Test>::AlreadyLapsed
		);
	});
}
