use crate::{mock::*, ByAgent, Error, Event, Organisations};
use assent_support::{Act, Members};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

fn new() -> sp_runtime::AccountId32 {
	account(40)
}

#[test]
fn transfer_control_should_move_seat_and_control() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::transfer_control(signed(hospital_controller()), new()));
		assert_last_event(Event::ControlTransferred {
			organisation: HOSPITAL,
			previous: hospital_controller(),
			controller: new(),
		});
		assert_eq!(Organisations::<Test>::get(HOSPITAL).unwrap().controller, new());
		assert_eq!(Consortium::agent_of(&new()), Some(HOSPITAL));
		assert_eq!(ByAgent::<Test>::get(hospital_controller()), None);
		assert_eq!(System::sufficients(&new()), 1);
		assert_eq!(
			pallet_collective::Members::<Test>::get(),
			sorted([clinic_controller(), institute_controller(), new()])
		);
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
fn transfer_control_should_raise_an_agent() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::transfer_control(signed(hospital_controller()), hospital_agent()));
		let row = Organisations::<Test>::get(HOSPITAL).unwrap();
		assert_eq!(row.controller, hospital_agent());
		assert!(row.agents.is_empty());
	});
}

#[test]
fn transfer_control_should_fail_when_caller_is_no_controller() {
	ExtBuilder::default().run(|| {
		for who in [hospital_agent(), stranger()] {
			assert_noop!(
				Consortium::transfer_control(signed(who), new()),
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
			Consortium::transfer_control(signed(hospital_controller()), new()),
			Error::<Test>::NotActive
		);
	});
}

#[test]
fn transfer_control_should_fail_when_account_acts_already() {
	ExtBuilder::default().run(|| {
		for taken in [hospital_controller(), clinic_agent(), clinic_controller()] {
			assert_noop!(
				Consortium::transfer_control(signed(hospital_controller()), taken),
				Error::<Test>::AlreadyAgent
			);
		}
	});
}

#[test]
fn replace_controller_should_work_without_the_lost_key() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::replace_controller(root(), HOSPITAL, new()));
		assert_last_event(Event::ControlTransferred {
			organisation: HOSPITAL,
			previous: hospital_controller(),
			controller: new(),
		});
		assert!(pallet_collective::Members::<Test>::get().contains(&new()));
		assert_eq!(trail(), vec![Entry::of(None, Some(HOSPITAL), None, Act::OrganisationChanged)]);
	});
}

#[test]
fn replace_controller_should_give_no_seat_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_ok!(Consortium::replace_controller(root(), HOSPITAL, new()));
		assert!(!pallet_collective::Members::<Test>::get().contains(&new()));
		assert_ok!(Consortium::reinstate(root(), HOSPITAL));
		assert!(pallet_collective::Members::<Test>::get().contains(&new()));
	});
}

#[test]
fn replace_controller_should_fail_when_caller_is_not_the_council() {
	ExtBuilder::default().run(|| {
		for origin in [signed(hospital_controller()), RuntimeOrigin::none(), two_thirds()] {
			assert_noop!(Consortium::replace_controller(origin, HOSPITAL, new()), BadOrigin);
		}
	});
}

#[test]
fn replace_controller_should_fail_when_organisation_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(Consortium::replace_controller(root(), 7, new()), Error::<Test>::NotFound);
	});
}

#[test]
fn replace_controller_should_fail_when_organisation_is_removed() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_noop!(
			Consortium::replace_controller(root(), HOSPITAL, new()),
			Error::<Test>::AlreadyRemoved
		);
	});
}

#[test]
fn replace_controller_should_fail_when_account_acts_already() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Consortium::replace_controller(root(), HOSPITAL, clinic_agent()),
			Error::<Test>::AlreadyAgent
		);
	});
}
