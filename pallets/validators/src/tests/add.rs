use crate::{mock::*, ByOrganisation, Error, Event, ValidatorInfo, ValidatorStatus};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn add_should_register_the_validator() {
	ExtBuilder::default().run(|| {
		assert_ok!(Validators::add(root(), 4, validator(4)));
		assert_last_event(Event::ValidatorAdded { validator: validator(4), organisation: 4 });
		assert_eq!(
			Validators::validator(validator(4)),
			Some(ValidatorInfo { organisation: 4, status: ValidatorStatus::Active, cleared: 0 })
		);
		assert_eq!(Validators::validators_of(4), vec![validator(4)]);
		assert_eq!(crate::Validators::<Test>::count(), 5);
	});
}

#[test]
fn add_should_give_references_so_that_keys_can_be_set() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			set_keys(validator(4), 4),
			pallet_session::Error::<Test>::NoAssociatedValidatorId
		);
		assert_ok!(Validators::add(root(), 4, validator(4)));
		assert_eq!(System::providers(&validator(4)), 1);
		assert_eq!(System::sufficients(&validator(4)), 1);
		assert_ok!(set_keys(validator(4), 4));
		assert_eq!(System::consumers(&validator(4)), 1);
	});
}

#[test]
fn add_should_fail_when_caller_is_not_the_council() {
	ExtBuilder::default().run(|| {
		for origin in [signed(validator(0)), RuntimeOrigin::none()] {
			assert_noop!(Validators::add(origin.clone(), 4, validator(4)), BadOrigin);
			assert_noop!(Validators::remove(origin.clone(), validator(0)), BadOrigin);
			assert_noop!(Validators::reinstate(origin, validator(0)), BadOrigin);
		}
	});
}

#[test]
fn add_should_fail_when_organisation_is_not_active() {
	ExtBuilder::default().run(|| {
		World::suspend(4);
		for organisation in [4, 99] {
			assert_noop!(
				Validators::add(root(), organisation, validator(4)),
				Error::<Test>::OrganisationNotActive
			);
		}
	});
}

#[test]
fn add_should_fail_when_account_is_a_validator() {
	ExtBuilder::of(5).run(|| {
		assert_noop!(Validators::add(root(), 0, validator(0)), Error::<Test>::AlreadyAdded);
		assert_noop!(Validators::add(root(), 6, validator(0)), Error::<Test>::AlreadyAdded);
		assert_ok!(Validators::remove(root(), validator(4)));
		assert_noop!(Validators::add(root(), 4, validator(4)), Error::<Test>::AlreadyAdded);
	});
}

#[test]
fn add_should_fail_when_there_are_too_many() {
	ExtBuilder::of(7).run(|| {
		assert_noop!(
			Validators::add(root(), 8, validator(8)),
			Error::<Test>::MaxValidatorsExceeded
		);
	});
}

#[test]
fn add_should_fail_when_organisation_has_too_many() {
	ExtBuilder::default().run(|| {
		assert_ok!(Validators::add(root(), 0, validator(4)));
		assert_noop!(
			Validators::add(root(), 0, validator(5)),
			Error::<Test>::MaxPerOrganisationExceeded
		);
		assert_eq!(ByOrganisation::<Test>::get(0).len(), 2);
	});
}

#[test]
fn add_should_take_back_one_that_is_gone_with_its_nonce() {
	ExtBuilder::of(5).run(|| {
		System::inc_account_nonce(validator(4));
		assert_ok!(Validators::remove(root(), validator(4)));
		pass_sessions(2);
		assert_eq!(Validators::validator(validator(4)), None);
		assert_eq!(System::account_nonce(validator(4)), 1);
		assert_ok!(Validators::add(root(), 6, validator(4)));
		assert_eq!(System::providers(&validator(4)), 1);
		assert_ok!(set_keys(validator(4), 4));
		pass_sessions(2);
		assert_eq!(running(), first(5));
		assert_eq!(Validators::organisation_of(&validator(4)), Some(6));
	});
}
