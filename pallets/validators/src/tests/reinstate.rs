use crate::{mock::*, Error, Event, ValidatorInfo, ValidatorStatus};
use frame_support::{assert_noop, assert_ok};

#[test]
fn reinstate_should_bring_an_offender_back() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(report(validator(2), 1, 0));
		pass_sessions(2);
		assert_eq!(running().len(), 4);
		assert_ok!(Validators::reinstate(root(), validator(2)));
		assert_last_event(Event::ValidatorReinstated { validator: validator(2), organisation: 2 });
		assert_eq!(
			Validators::validator(validator(2)),
			Some(ValidatorInfo { organisation: 2, status: ValidatorStatus::Active, cleared: 3 })
		);
		pass_sessions(2);
		assert_eq!(running(), first(5));
		assert!(disabled().is_empty());
	});
}

#[test]
fn reinstate_should_enable_one_that_stayed() {
	ExtBuilder::default().run(|| {
		assert_ok!(report(validator(2), 1, 0));
		pass_sessions(1);
		assert_eq!(disabled(), vec![validator(2)]);
		assert_ok!(Validators::reinstate(root(), validator(2)));
		assert!(disabled().is_empty());
		pass_sessions(1);
		assert_eq!(running(), first(4));
		assert!(disabled().is_empty());
	});
}

#[test]
fn reinstate_should_fail_when_validator_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(Validators::reinstate(root(), validator(9)), Error::<Test>::NotFound);
	});
}

#[test]
fn reinstate_should_fail_when_validator_has_not_offended() {
	ExtBuilder::of(5).run(|| {
		assert_noop!(Validators::reinstate(root(), validator(0)), Error::<Test>::NotOffended);
		assert_ok!(Validators::remove(root(), validator(4)));
		assert_noop!(Validators::reinstate(root(), validator(4)), Error::<Test>::NotOffended);
	});
}
