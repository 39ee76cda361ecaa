use crate::{mock::*, ByAgent, Capacity, Error, Event, Organisations, MAX_AGENTS};
use assent_support::{Act, Members};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

fn new() -> sp_runtime::AccountId32 {
	account(40)
}

#[test]
fn add_agent_should_let_the_account_act() {
	ExtBuilder::default().run(|| {
		assert_ok!(add_agent(hospital_controller(), new()));
		assert_last_event(Event::AgentAdded { organisation: HOSPITAL, agent: new() });
		assert_eq!(Consortium::agent_of(&new()), Some(HOSPITAL));
		assert!(Organisations::<Test>::get(HOSPITAL).unwrap().agents.contains(&new()));
		assert_eq!(System::sufficients(&new()), 1);
		assert_eq!(
			trail(),
			vec![Entry::of(
				None,
				Some(HOSPITAL),
				Some(hospital_controller()),
				Act::OrganisationChanged
			)]
		);
	});
}

#[test]
fn add_agent_should_give_one_reference_only() {
	ExtBuilder::default().run(|| {
		for _ in 0..2 {
			assert_ok!(add_agent(hospital_controller(), new()));
			assert_ok!(Consortium::remove_agent(signed(hospital_controller()), new()));
		}
		assert_eq!(System::sufficients(&new()), 1);
	});
}

#[test]
fn add_agent_should_fail_when_caller_is_no_controller() {
	ExtBuilder::default().run(|| {
		for who in [hospital_agent(), stranger()] {
			assert_noop!(add_agent(who, new()), Error::<Test>::NotAuthorized);
		}
		let consent = consent(&new(), HOSPITAL, Capacity::Agent);
		assert_noop!(Consortium::add_agent(root(), new(), consent), BadOrigin);
	});
}

#[test]
fn add_agent_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(add_agent(hospital_controller(), new()), Error::<Test>::NotActive);
	});
}

#[test]
fn add_agent_should_fail_when_organisation_is_removed() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_noop!(add_agent(hospital_controller(), new()), Error::<Test>::NotAuthorized);
	});
}

#[test]
fn add_agent_should_fail_when_account_acts_already() {
	ExtBuilder::default().run(|| {
		for taken in [hospital_agent(), hospital_controller(), clinic_agent(), clinic_controller()]
		{
			assert_noop!(add_agent(hospital_controller(), taken), Error::<Test>::AlreadyAgent);
		}
	});
}

#[test]
fn add_agent_should_fail_when_there_are_too_many() {
	ExtBuilder::default().run(|| {
		for n in 0..MAX_AGENTS as u8 {
			assert_ok!(add_agent(institute_controller(), account(100 + n)));
		}
		assert_noop!(
			add_agent(institute_controller(), account(200)),
			Error::<Test>::MaxAgentsExceeded
		);
	});
}

#[test]
fn remove_agent_should_end_its_acting_and_keep_its_nonce() {
	ExtBuilder::default().run(|| {
		System::inc_account_nonce(hospital_agent());
		assert_ok!(Consortium::remove_agent(signed(hospital_controller()), hospital_agent()));
		assert_last_event(Event::AgentRemoved { organisation: HOSPITAL, agent: hospital_agent() });
		assert_eq!(ByAgent::<Test>::get(hospital_agent()), None);
		assert_eq!(Consortium::agent_of(&hospital_agent()), None);
		assert_eq!(System::account_nonce(hospital_agent()), 1);
		assert_eq!(trail().len(), 1);
	});
}

#[test]
fn remove_agent_should_fail_when_caller_is_no_controller() {
	ExtBuilder::default().run(|| {
		for who in [hospital_agent(), stranger()] {
			assert_noop!(
				Consortium::remove_agent(signed(who), hospital_agent()),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn remove_agent_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(
			Consortium::remove_agent(signed(hospital_controller()), hospital_agent()),
			Error::<Test>::NotActive
		);
	});
}

#[test]
fn remove_agent_should_fail_when_account_is_no_agent_of_it() {
	ExtBuilder::default().run(|| {
		for other in [clinic_agent(), hospital_controller(), stranger()] {
			assert_noop!(
				Consortium::remove_agent(signed(hospital_controller()), other),
				Error::<Test>::NotFound
			);
		}
	});
}
