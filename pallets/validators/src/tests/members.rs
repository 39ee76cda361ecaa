use crate::{mock::*, ValidatorOf};
use frame_support::assert_ok;
use sp_runtime::traits::Convert;

#[test]
fn validator_of_should_know_registered_validators_only() {
	ExtBuilder::default().run(|| {
		assert_eq!(ValidatorOf::<Test>::convert(validator(0)), Some(validator(0)));
		assert_eq!(ValidatorOf::<Test>::convert(validator(9)), None);
		assert_eq!(ValidatorOf::<Test>::convert(account(1)), None);
	});
}

#[test]
fn organisations_should_be_those_that_run_distinct_and_active() {
	ExtBuilder::default().validator(validator(4), 0).run(|| {
		assert_eq!(Validators::organisations(), vec![0, 1, 2, 3]);
		// A registered validator does not run yet.
		join(5);
		assert_eq!(Validators::organisations(), vec![0, 1, 2, 3]);
		pass_sessions(2);
		assert_eq!(Validators::organisations(), vec![0, 1, 2, 3, 5]);
		// A suspended organisation is left out from the moment of its suspension.
		World::suspend(2);
		assert_eq!(Validators::organisations(), vec![0, 1, 3, 5]);
	});
}

#[test]
fn attestor_should_be_of_an_active_running_organisation() {
	ExtBuilder::of(5).run(|| {
		assert_eq!(Validators::attestor(&validator(4)), Some(4));
		assert_eq!(Validators::attestor(&validator(9)), None);
		join(5);
		assert_eq!(Validators::attestor(&validator(5)), None);
		World::suspend(3);
		assert_eq!(Validators::attestor(&validator(3)), None);
		assert_ok!(Validators::remove(root(), validator(4)));
		assert_eq!(Validators::attestor(&validator(4)), None);
	});
}

#[test]
fn organisation_of_should_answer_whatever_the_standing() {
	ExtBuilder::of(5).run(|| {
		World::suspend(3);
		assert_ok!(report(validator(2), 1, 0));
		for n in 0..5u8 {
			assert_eq!(Validators::organisation_of(&validator(n)), Some(n.into()));
		}
		assert_eq!(Validators::organisation_of(&validator(9)), None);
	});
}
