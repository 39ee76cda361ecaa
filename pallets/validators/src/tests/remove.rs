use crate::{mock::*, Error, Event, Sessions, ValidatorStatus};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{key_types::DUMMY, testing::UintAuthorityId};

fn status(n: u8) -> Option<ValidatorStatus> {
	Validators::validator(validator(n)).map(|info| info.status)
}

#[test]
fn remove_should_lead_out_of_the_set_and_purge_keys() {
	ExtBuilder::of(5).run(|| {
		assert_eq!(running(), first(5));
		assert_ok!(Validators::remove(root(), validator(4)));
		assert_last_event(Event::ValidatorLeaving { validator: validator(4), organisation: 4 });
		// The running session keeps its set, and the owners of its keys can still be proven.
		assert_eq!(running(), first(5));
		assert!(proves(4, validator(4)));

		pass_sessions(1);
		assert_eq!((running(), queued()), (first(5), first(4)));
		assert_eq!(status(4), Some(ValidatorStatus::Leaving));
		assert!(Session::keys(&validator(4)).is_some());

		pass_sessions(1);
		assert_eq!(running(), first(4));
		assert!(has_event(Event::ValidatorRemoved { validator: validator(4), organisation: 4 }));
		assert_eq!(status(4), None);
		assert!(Validators::validators_of(4).is_empty());
		assert_eq!(Session::keys(&validator(4)), None);
		assert_eq!(Session::key_owner(DUMMY, UintAuthorityId(4).as_ref()), None);
	});
}

#[test]
fn removing_an_organisation_should_lead_its_validators_out_and_purge_their_keys() {
	ExtBuilder::of(5).run(|| {
		World::remove(4);
		pass_sessions(1);
		assert_eq!((running(), queued()), (first(5), first(4)));
		assert!(Session::keys(&validator(4)).is_some());
		pass_sessions(1);
		assert_eq!(running(), first(4));
		assert!(has_event(Event::ValidatorRemoved { validator: validator(4), organisation: 4 }));
		assert_eq!(status(4), None);
		assert_eq!(Session::keys(&validator(4)), None);
	});
}

#[test]
fn suspending_an_organisation_should_leave_its_validators_their_keys() {
	ExtBuilder::of(5).run(|| {
		World::suspend(4);
		pass_sessions(2);
		assert_eq!(running(), first(4));
		assert_eq!(status(4), Some(ValidatorStatus::Active));
		assert!(Session::keys(&validator(4)).is_some());
	});
}

#[test]
fn validator_of_a_removed_organisation_should_stay_when_the_minimum_needs_it() {
	ExtBuilder::default().run(|| {
		World::remove(3);
		pass_sessions(3);
		assert_eq!(running(), first(4));
		assert_eq!(status(3), Some(ValidatorStatus::Active));
		// Another validator takes its place, and the leaving validator goes.
		assert_ok!(Validators::add(root(), 4, validator(4)));
		assert_ok!(set_keys(validator(4), 4));
		pass_sessions(2);
		assert!(!running().contains(&validator(3)));
		assert_eq!(status(3), None);
		assert_eq!(Session::keys(&validator(3)), None);
	});
}

#[test]
fn remove_should_keep_references_so_that_the_nonce_stays() {
	ExtBuilder::of(5).run(|| {
		System::inc_account_nonce(validator(4));
		assert_ok!(Validators::remove(root(), validator(4)));
		pass_sessions(2);
		assert_eq!(System::consumers(&validator(4)), 0);
		assert_eq!(System::providers(&validator(4)), 1);
		assert_eq!(System::sufficients(&validator(4)), 1);
		assert_eq!(System::account_nonce(validator(4)), 1);
	});
}

#[test]
fn removed_validator_should_not_set_keys_again() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(Validators::remove(root(), validator(4)));
		pass_sessions(2);
		assert_noop!(
			set_keys(validator(4), 4),
			pallet_session::Error::<Test>::NoAssociatedValidatorId
		);
	});
}

#[test]
fn removed_key_should_be_free_for_another_validator() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(Validators::add(root(), 5, validator(5)));
		assert_noop!(set_keys(validator(5), 4), pallet_session::Error::<Test>::DuplicatedKey);
		assert_ok!(Validators::remove(root(), validator(4)));
		pass_sessions(2);
		assert_ok!(set_keys(validator(5), 4));
	});
}

#[test]
fn remove_should_fail_when_the_minimum_is_reached() {
	ExtBuilder::default().run(|| {
		assert_noop!(Validators::remove(root(), validator(0)), Error::<Test>::TooFewValidators);
		// A fifth validator without keys does not help, because it can't take part.
		assert_ok!(Validators::add(root(), 4, validator(4)));
		assert_noop!(Validators::remove(root(), validator(0)), Error::<Test>::TooFewValidators);
		// A fifth validator with keys helps.
		assert_ok!(set_keys(validator(4), 4));
		assert_ok!(Validators::remove(root(), validator(0)));
		assert_noop!(Validators::remove(root(), validator(1)), Error::<Test>::TooFewValidators);
	});
}

#[test]
fn remove_should_fail_when_the_others_are_of_suspended_organisations() {
	ExtBuilder::of(5).run(|| {
		World::suspend(4);
		assert_noop!(Validators::remove(root(), validator(0)), Error::<Test>::TooFewValidators);
	});
}

#[test]
fn remove_should_not_need_the_minimum_when_the_validator_has_no_keys() {
	ExtBuilder::default().run(|| {
		assert_ok!(Validators::add(root(), 4, validator(4)));
		assert_ok!(Validators::remove(root(), validator(4)));
		pass_sessions(1);
		assert_eq!(status(4), None);
	});
}

#[test]
fn remove_should_fail_when_validator_is_unknown() {
	ExtBuilder::of(5).run(|| {
		assert_noop!(Validators::remove(root(), validator(9)), Error::<Test>::NotFound);
	});
}

#[test]
fn remove_should_fail_when_validator_leaves() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(Validators::remove(root(), validator(4)));
		assert_noop!(Validators::remove(root(), validator(4)), Error::<Test>::AlreadyLeaving);
	});
}

#[test]
fn remove_should_work_when_validator_offended() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(report(validator(4), 1, 0));
		assert_ok!(Validators::remove(root(), validator(4)));
		pass_sessions(2);
		assert_eq!(status(4), None);
	});
}

#[test]
fn remove_should_not_let_go_of_a_validator_that_was_just_planned() {
	ExtBuilder::default().run(|| {
		join(4);
		pass_sessions(1);
		assert_eq!(queued(), first(5));
		assert_ok!(Validators::remove(root(), validator(4)));
		pass_sessions(1);
		// The validator runs for the planned session, with its keys.
		assert_eq!(running(), first(5));
		assert!(proves(4, validator(4)));
		pass_sessions(1);
		assert_eq!(running(), first(4));
		assert_eq!(status(4), None);
	});
}
