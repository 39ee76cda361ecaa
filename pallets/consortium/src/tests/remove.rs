use crate::{mock::*, ByAgent, Error, Event, OrganisationCount, OrganisationStatus, Organisations};
use assent_policy::Role;
use assent_support::{Act, Members};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn remove_should_end_seat_agents_and_credentials() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_last_event(Event::OrganisationRemoved { organisation: HOSPITAL });
		let row = Organisations::<Test>::get(HOSPITAL).unwrap();
		assert_eq!(row.status, OrganisationStatus::Removed);
		assert_eq!(row.controller, hospital_controller());
		assert!(row.agents.is_empty());
		assert_eq!(ByAgent::<Test>::get(hospital_controller()), None);
		assert_eq!(ByAgent::<Test>::get(hospital_agent()), None);
		assert_eq!(OrganisationCount::<Test>::get(), 2);
		assert_eq!(Consortium::practitioner(&clinician(), NOW), None);
		assert_eq!(
			pallet_collective::Members::<Test>::get(),
			sorted([clinic_controller(), institute_controller()])
		);
		assert_eq!(
			trail().last().unwrap(),
			&Entry::of(None, Some(HOSPITAL), None, Act::OrganisationChanged)
		);
	});
}

#[test]
fn remove_should_keep_references_so_that_nonces_stay() {
	ExtBuilder::default().run(|| {
		System::inc_account_nonce(hospital_agent());
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_eq!(System::sufficients(&hospital_agent()), 1);
		assert_eq!(System::account_nonce(hospital_agent()), 1);
	});
}

#[test]
fn remove_should_free_its_accounts_and_practitioners_for_others() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_ok!(add_agent(clinic_controller(), hospital_agent()));
		assert_ok!(credential(clinic_agent(), clinician(), roles(&[Role::Nurse]), NOW, NOW + DAY));
		assert_eq!(Consortium::practitioner(&clinician(), NOW).unwrap().organisation, CLINIC);
	});
}

#[test]
fn remove_should_work_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert_ok!(Consortium::remove(root(), CLINIC));
		assert_eq!(OrganisationCount::<Test>::get(), 2);
	});
}

#[test]
fn remove_should_fail_when_caller_is_not_the_council() {
	ExtBuilder::default().run(|| {
		for origin in [signed(hospital_controller()), RuntimeOrigin::none(), two_thirds()] {
			assert_noop!(Consortium::remove(origin, CLINIC), BadOrigin);
		}
	});
}

#[test]
fn remove_should_fail_when_organisation_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(Consortium::remove(root(), 7), Error::<Test>::NotFound);
	});
}

#[test]
fn remove_should_fail_when_organisation_is_removed() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::remove(root(), CLINIC));
		assert_noop!(Consortium::remove(root(), CLINIC), Error::<Test>::AlreadyRemoved);
	});
}

#[test]
fn remove_should_fail_when_organisation_is_the_last_active() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::remove(root(), CLINIC));
		assert_ok!(Consortium::suspend(root(), INSTITUTE));
		assert_noop!(Consortium::remove(root(), HOSPITAL), Error::<Test>::LastOrganisation);
		// The suspended organisation is not the last active one, so the council may remove it.
		assert_ok!(Consortium::remove(root(), INSTITUTE));
		assert_noop!(Consortium::remove(root(), HOSPITAL), Error::<Test>::LastOrganisation);
	});
}
