use crate::{mock::*, weights::MockWeights, *};
use assent_support::{Act, EndReason};
use frame_support::assert_ok;
use sp_runtime::DispatchError;

const UNTIL: u64 = START + DAY;

#[test]
fn retire_expired_should_note_the_end_of_the_period_when_it_comes_late() {
	ExtBuilder::default()
		.directive(permission(Some(UNTIL)))
		.permissions(1)
		.directive(denial(Some(UNTIL + 1)))
		.run(|| {
			World::set_time(UNTIL + 5 * DAY);
			let post = Consent::retire_expired(signed(STRANGER), PATIENT).unwrap();
			assert_eq!(post.actual_weight, Some(MockWeights::retire_expired(1, 2)));
			let reason = EndReason::Expired;
			assert_eq!(row(0).ended, Some(Ended { at: UNTIL, reason }));
			assert_eq!(row(2).ended, Some(Ended { at: UNTIL + 1, reason }));
			assert_eq!(row(1).ended, None);
			assert_eq!(in_force(), vec![1]);
			System::assert_has_event(
				Event::<Test>::DirectiveExpired { patient: PATIENT, directive: 0, at: UNTIL }
					.into(),
			);
			assert_eq!(
				last_entry(),
				entry(None, None, Act::DirectiveEnded { directive: 2, reason })
			);
		});
}

#[test]
fn retire_expired_should_fail_when_nothing_has_expired() {
	ExtBuilder::default().directive(permission(Some(UNTIL))).run(|| {
		World::set_time(UNTIL - 1);
		for patient in [PATIENT, OTHER_PATIENT, UNKNOWN_PATIENT] {
			assert_refused!(
				Consent::retire_expired(signed(STRANGER), patient),
				Error::<Test>::NothingExpired
			);
		}
	});
}

#[test]
fn retire_expired_should_fail_when_called_twice() {
	ExtBuilder::default().directive(permission(Some(UNTIL))).run(|| {
		World::set_time(UNTIL);
		assert_ok!(Consent::retire_expired(signed(CONTROLLER), PATIENT));
		assert_refused!(
			Consent::retire_expired(signed(CONTROLLER), PATIENT),
			Error::<Test>::NothingExpired
		);
	});
}

#[test]
fn retire_expired_should_fail_when_unsigned() {
	ExtBuilder::default().run(|| {
		assert_refused!(
			Consent::retire_expired(RuntimeOrigin::none(), PATIENT),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn expired_directive_should_not_permit_whether_noted_or_not() {
	ExtBuilder::default().directive(permission(Some(UNTIL))).run(|| {
		World::set_time(UNTIL - 1);
		assert!(let_in());
		World::set_time(UNTIL);
		assert!(!let_in());
		assert!(Consent::in_force(PATIENT).is_empty());
		assert_ok!(Consent::retire_expired(signed(STRANGER), PATIENT));
		assert!(!let_in());
	});
}
