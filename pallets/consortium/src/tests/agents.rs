use crate::{mock::*, ByAgent, Error, Event, Organisations, MAX_AGENTS};
use assent_support::{Act, Members};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

const NEW: sp_runtime::AccountId32 = account(40);

#[test]
fn add_agent_should_let_the_account_act() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::add_agent(signed(HOSPITAL_CONTROLLER), NEW));
		assert_last_event(Event::AgentAdded { organisation: HOSPITAL, agent: NEW });
		assert_eq!(Consortium::agent_of(&NEW), Some(HOSPITAL));
		assert!(Organisations::<Test>::get(HOSPITAL).unwrap().agents.contains(&NEW));
		assert_eq!(System::sufficients(&NEW), 1);
		assert_eq!(
			trail(),
			vec![Entry::of(
				None,
				Some(HOSPITAL),
				Some(HOSPITAL_CONTROLLER),
				Act::OrganisationChanged
			)]
		);
	});
}

#[test]
fn add_agent_should_give_one_reference_only() {
	ExtBuilder::default().run(|| {
		for _ in 0..2 {
			assert_ok!(Consortium::add_agent(signed(HOSPITAL_CONTROLLER), NEW));
			assert_ok!(Consortium::remove_agent(signed(HOSPITAL_CONTROLLER), NEW));
		}
		assert_eq!(System::sufficients(&NEW), 1);
	});
}

#[test]
fn add_agent_should_fail_when_caller_is_no_controller() {
	ExtBuilder::default().run(|| {
		for who in [HOSPITAL_AGENT, STRANGER] {
			assert_noop!(Consortium::add_agent(signed(who), NEW), Error::<Test>::NotAuthorized);
		}
		assert_noop!(Consortium::add_agent(root(), NEW), BadOrigin);
	});
}

#[test]
fn add_agent_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(
			Consortium::add_agent(signed(HOSPITAL_CONTROLLER), NEW),
			Error::<Test>::NotActive
		);
	});
}

#[test]
fn add_agent_should_fail_when_organisation_is_removed() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_noop!(
			Consortium::add_agent(signed(HOSPITAL_CONTROLLER), NEW),
			Error::<Test>::NotAuthorized
		);
	});
}

#[test]
fn add_agent_should_fail_when_account_acts_already() {
	ExtBuilder::default().run(|| {
		for taken in [HOSPITAL_AGENT, HOSPITAL_CONTROLLER, CLINIC_AGENT, CLINIC_CONTROLLER] {
			assert_noop!(
				Consortium::add_agent(signed(HOSPITAL_CONTROLLER), taken),
				Error::<Test>::AlreadyAgent
			);
		}
	});
}

#[test]
fn add_agent_should_fail_when_there_are_too_many() {
	ExtBuilder::default().run(|| {
		for n in 0..MAX_AGENTS as u8 {
			assert_ok!(Consortium::add_agent(signed(INSTITUTE_CONTROLLER), account(100 + n)));
		}
		assert_noop!(
			Consortium::add_agent(signed(INSTITUTE_CONTROLLER), account(200)),
			Error::<Test>::MaxAgentsExceeded
		);
	});
}

#[test]
fn remove_agent_should_end_its_acting_and_keep_its_nonce() {
	ExtBuilder::default().run(|| {
		System::inc_account_nonce(&HOSPITAL_AGENT);
		assert_ok!(Consortium::remove_agent(signed(HOSPITAL_CONTROLLER), HOSPITAL_AGENT));
		assert_last_event(Event::AgentRemoved { organisation: HOSPITAL, agent: HOSPITAL_AGENT });
		assert_eq!(ByAgent::<Test>::get(HOSPITAL_AGENT), None);
		assert_eq!(Consortium::agent_of(&HOSPITAL_AGENT), None);
		assert_eq!(System::account_nonce(&HOSPITAL_AGENT), 1);
		assert_eq!(trail().len(), 1);
	});
}

#[test]
fn remove_agent_should_fail_when_caller_is_no_controller() {
	ExtBuilder::default().run(|| {
		for who in [HOSPITAL_AGENT, STRANGER] {
			assert_noop!(
				Consortium::remove_agent(signed(who), HOSPITAL_AGENT),
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
			Consortium::remove_agent(signed(HOSPITAL_CONTROLLER), HOSPITAL_AGENT),
			Error::<Test>::NotActive
		);
	});
}

#[test]
fn remove_agent_should_fail_when_account_is_no_agent_of_it() {
	ExtBuilder::default().run(|| {
		for other in [CLINIC_AGENT, HOSPITAL_CONTROLLER, STRANGER] {
			assert_noop!(
				Consortium::remove_agent(signed(HOSPITAL_CONTROLLER), other),
				Error::<Test>::NotFound
			);
		}
	});
}
