use crate::{mock::*, Event, Planned, Sessions, ValidatorStatus};
use frame_support::{assert_ok, traits::KeyOwnerProofSystem};
use sp_runtime::{key_types::DUMMY, testing::UintAuthorityId};

#[test]
fn genesis_validators_should_run_from_the_start() {
	ExtBuilder::default().build().execute_with(|| {
		assert_eq!((running(), queued()), (first(4), first(4)));
		assert_eq!(Validators::organisations(), vec![0, 1, 2, 3]);
	});
}

#[test]
fn fifth_validator_should_join_the_session_after_the_next() {
	ExtBuilder::default().run(|| {
		join(4);
		assert_eq!((running(), queued()), (first(4), first(4)));
		assert_eq!(Validators::next_plan(), first(5));
		pass_sessions(1);
		assert_eq!((running(), queued()), (first(4), first(5)));
		pass_sessions(1);
		assert_eq!(running(), first(5));
		assert!(proves(4, validator(4)));
		pass_sessions(3);
		assert_eq!(running(), first(5));
	});
}

#[test]
fn validator_without_keys_should_not_be_planned() {
	ExtBuilder::default().run(|| {
		assert_ok!(Validators::add(root(), 4, validator(4)));
		pass_sessions(3);
		assert_eq!(running(), first(4));
		assert_ok!(set_keys(validator(4), 4));
		pass_sessions(2);
		assert_eq!(running(), first(5));
	});
}

#[test]
fn session_should_not_change_the_set_when_nothing_changed() {
	ExtBuilder::default().run(|| {
		let planned = Planned::<Test>::get();
		System::reset_events();
		pass_sessions(4);
		assert!(!System::events()
			.iter()
			.any(|record| record.event == pallet_session::Event::NewQueued.into()));
		assert_eq!(Planned::<Test>::get(), planned);
		assert_eq!(running(), first(4));
	});
}

#[test]
fn rotated_keys_should_make_a_new_plan_with_a_provable_root() {
	ExtBuilder::default().run(|| {
		assert_ok!(set_keys(validator(2), 77));
		System::reset_events();
		pass_sessions(1);
		System::assert_has_event(pallet_session::Event::NewQueued.into());
		pass_sessions(1);
		// The session in which the new key signs.
		let key = (DUMMY, UintAuthorityId(77));
		let proof = Historical::prove(key.clone()).unwrap();
		assert_eq!(proof.session, Session::current_index());
		pass_sessions(2);
		// The key is proven against the noted root long after the end of the session.
		assert_eq!(Historical::check_proof(key, proof), Some((validator(2), validator(2))));
	});
}

#[test]
fn suspended_organisation_should_lose_its_validators_and_get_them_back() {
	ExtBuilder::of(5).run(|| {
		World::suspend(1);
		pass_sessions(2);
		let others = vec![validator(0), validator(2), validator(3), validator(4)];
		assert_eq!(running(), others);
		assert_eq!(Validators::organisations(), vec![0, 2, 3, 4]);
		// The validator is still registered, with its keys.
		assert!(Session::keys(&validator(1)).is_some());
		World::with(|world| world.active = (0..10).collect());
		pass_sessions(2);
		assert_eq!(running(), first(5));
	});
}

#[test]
fn suspended_organisation_should_keep_validators_when_there_are_too_few() {
	ExtBuilder::of(5).run(|| {
		World::suspend(1);
		World::suspend(3);
		pass_sessions(2);
		// One of the two stays, because the minimum is four.
		assert_eq!(running(), vec![validator(0), validator(1), validator(2), validator(4)]);
		assert!(has_event(Event::ValidatorKept {
			validator: validator(1),
			status: ValidatorStatus::Active,
			session: Session::current_index(),
		}));
	});
}

#[test]
fn suspended_organisation_should_stay_before_one_that_leaves_and_an_offender() {
	ExtBuilder::of(6).run(|| {
		assert_ok!(report(validator(0), 1, 0));
		assert_ok!(Validators::remove(root(), validator(1)));
		World::suspend(5);
		pass_sessions(2);
		assert_eq!(running(), (2..6).map(validator).collect::<Vec<_>>());
	});
}

#[test]
fn leaving_validator_should_stay_before_an_offender() {
	ExtBuilder::of(6).run(|| {
		assert_ok!(report(validator(0), 1, 0));
		assert_ok!(Validators::remove(root(), validator(5)));
		// Before the next plan, the operator of another validator purges its keys.
		assert_ok!(Session::purge_keys(signed(validator(4))));
		let expected = vec![validator(1), validator(2), validator(3), validator(5)];
		pass_sessions(2);
		assert_eq!(running(), expected);
		assert!(Validators::validator(validator(5)).is_some());
		// The validator goes as soon as the plan can spare it.
		join(6);
		pass_sessions(2);
		assert_eq!(running(), vec![validator(1), validator(2), validator(3), validator(6)]);
		assert_eq!(Validators::validator(validator(5)), None);
	});
}

#[test]
fn set_should_stay_when_nobody_could_be_planned() {
	ExtBuilder::default().run(|| {
		let planned = Planned::<Test>::get();
		for n in 0..4 {
			assert_ok!(Session::purge_keys(signed(validator(n))));
		}
		assert_eq!(<Validators as pallet_session::SessionManager<_>>::new_session(9), None);
		assert_eq!(Planned::<Test>::get(), planned);
	});
}

#[test]
fn session_manager_should_answer_the_same_in_both_forms() {
	ExtBuilder::of(5).run(|| {
		let plain = || <Validators as pallet_session::SessionManager<_>>::new_session(9);
		let full =
			|| <Validators as pallet_session::historical::SessionManager<_, _>>::new_session(9);
		assert_eq!((plain(), full()), (None, None));
		Planned::<Test>::kill();
		assert_eq!(plain(), Some(first(5)));
		Planned::<Test>::kill();
		let pairs = first(5).into_iter().map(|v| (v.clone(), v)).collect::<Vec<_>>();
		assert_eq!(full(), Some(pairs));
	});
}
