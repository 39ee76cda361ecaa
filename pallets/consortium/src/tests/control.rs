use crate::{mock::*, ByAgent, Error, Event, Organisations};
use assent_support::{Act, Members};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

const NEW: sp_runtime::AccountId32 = account(40);

#[test]
fn transfer_control_should_move_seat_and_control() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::transfer_control(signed(HOSPITAL_CONTROLLER), NEW));
		assert_last_event(Event::ControlTransferred {
			organisation: HOSPITAL,
			previous: HOSPITAL_CONTROLLER,
			controller: NEW,
		});
		assert_eq!(Organisations::<Test>::get(HOSPITAL).unwrap().controller, NEW);
		assert_eq!(Consortium::agent_of(&NEW), Some(HOSPITAL));
		assert_eq!(ByAgent::<Test>::get(HOSPITAL_CONTROLLER), None);
		assert_eq!(System::sufficients(&NEW), 1);
		assert_eq!(
			pallet_collective::Members::<Test>::get(),
			vec![CLINIC_CONTROLLER, INSTITUTE_CONTROLLER, NEW]
		);
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
fn transfer_control_should_raise_an_agent() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::transfer_control(signed(HOSPITAL_CONTROLLER), HOSPITAL_AGENT));
		let row = Organisations::<Test>::get(HOSPITAL).unwrap();
		assert_eq!(row.controller, HOSPITAL_AGENT);
		assert!(row.agents.is_empty());
	});
}

#[test]
fn transfer_control_should_fail_when_caller_is_no_controller() {
	ExtBuilder::default().run(|| {
		for who in [HOSPITAL_AGENT, STRANGER] {
			assert_noop!(
				Consortium::transfer_control(signed(who), NEW),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn transfer_control_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(
			Consortium::transfer_control(signed(HOSPITAL_CONTROLLER), NEW),
			Error::<Test>::NotActive
		);
	});
}

#[test]
fn transfer_control_should_fail_when_account_acts_already() {
	ExtBuilder::default().run(|| {
		for taken in [HOSPITAL_CONTROLLER, CLINIC_AGENT, CLINIC_CONTROLLER] {
			assert_noop!(
				Consortium::transfer_control(signed(HOSPITAL_CONTROLLER), taken),
				Error::<Test>::AlreadyAgent
			);
		}
	});
}

#[test]
fn replace_controller_should_work_without_the_lost_key() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::replace_controller(root(), HOSPITAL, NEW));
		assert_last_event(Event::ControlTransferred {
			organisation: HOSPITAL,
			previous: HOSPITAL_CONTROLLER,
			controller: NEW,
		});
		assert!(pallet_collective::Members::<Test>::get().contains(&NEW));
		assert_eq!(trail(), vec![Entry::of(None, Some(HOSPITAL), None, Act::OrganisationChanged)]);
	});
}

#[test]
fn replace_controller_should_give_no_seat_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_ok!(Consortium::replace_controller(root(), HOSPITAL, NEW));
		assert!(!pallet_collective::Members::<Test>::get().contains(&NEW));
		assert_ok!(Consortium::reinstate(root(), HOSPITAL));
		assert!(pallet_collective::Members::<Test>::get().contains(&NEW));
	});
}

#[test]
fn replace_controller_should_fail_when_caller_is_not_the_council() {
	ExtBuilder::default().run(|| {
		for origin in [signed(HOSPITAL_CONTROLLER), RuntimeOrigin::none(), two_thirds()] {
			assert_noop!(Consortium::replace_controller(origin, HOSPITAL, NEW), BadOrigin);
		}
	});
}

#[test]
fn replace_controller_should_fail_when_organisation_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(Consortium::replace_controller(root(), 7, NEW), Error::<Test>::NotFound);
	});
}

#[test]
fn replace_controller_should_fail_when_organisation_is_removed() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_noop!(
			Consortium::replace_controller(root(), HOSPITAL, NEW),
			Error::<Test>::AlreadyRemoved
		);
	});
}

#[test]
fn replace_controller_should_fail_when_account_acts_already() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Consortium::replace_controller(root(), HOSPITAL, CLINIC_AGENT),
			Error::<Test>::AlreadyAgent
		);
	});
}
