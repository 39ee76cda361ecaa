use crate::{mock::*, ByAgent, Error, Event, Organisations, Practitioners};
use assent_policy::Role;
use assent_support::{Act, Members};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

fn nurse() -> assent_policy::Roles {
	roles(&[Role::Nurse])
}

#[test]
fn resign_should_end_the_credential_from_its_moment_on() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		set_time(NOW + 100);
		assert!(Consortium::can_resign(&clinician()));
		assert_ok!(Consortium::resign(signed(clinician())));
		assert_last_event(Event::PractitionerResigned {
			organisation: HOSPITAL,
			practitioner: clinician(),
		});
		assert_eq!(Practitioners::<Test>::get(clinician()).unwrap().revoked, Some(NOW + 100));
		// A moment before the resignation keeps its answer.
		assert!(Consortium::practitioner(&clinician(), NOW + 99).is_some());
		assert_eq!(Consortium::practitioner(&clinician(), NOW + 100), None);
		assert_eq!(
			trail().last().unwrap(),
			&Entry::of(
				None,
				Some(HOSPITAL),
				Some(clinician()),
				Act::PractitionerResigned { practitioner: clinician() }
			)
		);
		assert_eq!(trail().len(), 2);
	});
}

#[test]
fn resign_should_end_the_acting_of_an_agent() {
	ExtBuilder::default().run(|| {
		System::inc_account_nonce(hospital_agent());
		assert_ok!(Consortium::resign(signed(hospital_agent())));
		assert_last_event(Event::AgentRemoved { organisation: HOSPITAL, agent: hospital_agent() });
		assert_eq!(ByAgent::<Test>::get(hospital_agent()), None);
		assert!(Organisations::<Test>::get(HOSPITAL).unwrap().agents.is_empty());
		assert_eq!(System::account_nonce(hospital_agent()), 1);
		assert_eq!(
			trail(),
			vec![Entry::of(None, Some(HOSPITAL), Some(hospital_agent()), Act::OrganisationChanged)]
		);
	});
}

#[test]
fn resign_should_end_both_when_the_account_is_both() {
	ExtBuilder::default().run(|| {
		assert_ok!(credential(clinic_agent(), hospital_agent(), nurse(), NOW, NOW + DAY));
		assert_ok!(Consortium::resign(signed(hospital_agent())));
		assert_eq!(Consortium::practitioner(&hospital_agent(), NOW), None);
		assert_eq!(Consortium::agent_of(&hospital_agent()), None);
		let of: Vec<_> = trail().into_iter().map(|entry| entry.organisation).collect();
		assert_eq!(of, [Some(CLINIC), Some(CLINIC), Some(HOSPITAL)]);
		assert!(!Consortium::can_resign(&hospital_agent()));
	});
}

#[test]
fn resign_should_work_when_the_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_ok!(Consortium::resign(signed(clinician())));
		assert_ok!(Consortium::resign(signed(hospital_agent())));
		// The organisation comes back, and the accounts do not.
		assert_ok!(Consortium::reinstate(root(), HOSPITAL));
		assert_eq!(Consortium::practitioner(&clinician(), NOW), None);
		assert_eq!(Consortium::agent_of(&hospital_agent()), None);
	});
}

#[test]
fn resign_should_work_when_the_organisation_is_removed() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_ok!(Consortium::resign(signed(clinician())));
	});
}

#[test]
fn resign_should_work_before_the_credential_begins() {
	ExtBuilder::default().run(|| {
		let (from, until) = (NOW + DAY, NOW + 2 * DAY);
		assert_ok!(credential(hospital_agent(), clinician(), nurse(), from, until));
		assert_ok!(Consortium::resign(signed(clinician())));
		assert_eq!(Consortium::practitioner(&clinician(), from), None);
	});
}

#[test]
fn resign_should_free_the_account_for_others() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::resign(signed(clinician())));
		assert_ok!(credential(clinic_agent(), clinician(), nurse(), NOW, NOW + DAY));
		assert_eq!(Consortium::practitioner(&clinician(), NOW).unwrap().organisation, CLINIC);
		assert_ok!(Consortium::resign(signed(hospital_agent())));
		assert_ok!(add_agent(clinic_controller(), hospital_agent()));
	});
}

#[test]
fn resign_should_fail_when_nothing_binds_the_account() {
	ExtBuilder::default().run(|| {
		assert!(!Consortium::can_resign(&stranger()));
		assert_noop!(Consortium::resign(signed(stranger())), Error::<Test>::NotFound);
		assert_noop!(Consortium::resign(root()), BadOrigin);
	});
}

#[test]
fn resign_should_fail_when_the_caller_is_a_controller() {
	ExtBuilder::default().run(|| {
		assert!(!Consortium::can_resign(&hospital_controller()));
		assert_noop!(Consortium::resign(signed(hospital_controller())), Error::<Test>::NotFound);
	});
}

#[test]
fn resign_should_leave_the_control_when_the_caller_is_a_controller_and_a_practitioner() {
	ExtBuilder::default().run(|| {
		assert_ok!(credential(clinic_agent(), hospital_controller(), nurse(), NOW, NOW + DAY));
		assert_ok!(Consortium::resign(signed(hospital_controller())));
		assert_eq!(Consortium::practitioner(&hospital_controller(), NOW), None);
		assert_eq!(Consortium::agent_of(&hospital_controller()), Some(HOSPITAL));
	});
}

#[test]
fn resign_should_fail_when_revoked() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::revoke(signed(hospital_agent()), clinician()));
		assert!(!Consortium::can_resign(&clinician()));
		assert_noop!(Consortium::resign(signed(clinician())), Error::<Test>::NotFound);
	});
}

#[test]
fn resign_should_fail_when_lapsed() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		set_time(NOW + DAY);
		assert_noop!(Consortium::resign(signed(clinician())), Error::<Test>::NotFound);
	});
}

#[test]
fn resign_should_fail_when_sent_again() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::resign(signed(clinician())));
		assert_noop!(Consortium::resign(signed(clinician())), Error::<Test>::NotFound);
	});
}

#[test]
fn revoke_should_fail_when_the_practitioner_resigned() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::resign(signed(clinician())));
		assert_noop!(
			Consortium::revoke(signed(hospital_agent()), clinician()),
			Error::<Test>::AlreadyRevoked
		);
	});
}
