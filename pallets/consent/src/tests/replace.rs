use crate::{mock::*, weights::MockWeights, *};
use assent_policy::{Effect, Period};
use assent_support::{Act, EndReason};
use frame_support::{assert_ok, dispatch::DispatchResultWithPostInfo};

fn replace(old: u32, new: assent_policy::Directive) -> DispatchResultWithPostInfo {
	Consent::replace(signed(CONTROLLER), PATIENT, old, Box::new(new), None)
}

#[test]
fn replace_should_end_the_old_and_make_the_new_in_one_moment() {
	ExtBuilder::default().permissions(2).run(|| {
		assert_ok!(replace(0, denial(None)));
		let reason = EndReason::Replaced(2);
		assert_eq!(row(0).ended, Some(Ended { at: now(), reason }));
		assert_eq!((row(2).made, row(2).made_by), (now(), CONTROLLER));
		assert_eq!(row(2).directive, denial(None));
		assert_eq!(in_force(), vec![1, 2]);
		System::assert_has_event(
			Event::<Test>::DirectiveMade {
				patient: PATIENT,
				directive: 2,
				made_by: CONTROLLER,
				effect: Effect::Deny,
				until: None,
				request: None,
			}
			.into(),
		);
		System::assert_last_event(
			Event::<Test>::DirectiveReplaced { patient: PATIENT, directive: 0, replacement: 2 }
				.into(),
		);
		assert_eq!(
			trail()[2..],
			[
				entry(None, Some(CONTROLLER), Act::DirectiveMade { directive: 2 }),
				entry(None, Some(CONTROLLER), Act::DirectiveEnded { directive: 0, reason }),
			]
		);
	});
}

#[test]
fn replace_should_work_when_every_place_is_taken() {
	ExtBuilder::default().permissions(56).denials(8).run(|| {
		assert_ok!(replace(0, permission(Some(START + DAY))));
		assert_ok!(replace(56, denial(Some(START + DAY))));
		assert_ok!(replace(1, denial(None)));
		assert_eq!(in_force().len(), 64);
	});
}

#[test]
fn replace_should_fail_when_it_turns_a_denial_into_a_57th_permission() {
	ExtBuilder::default().permissions(56).denials(1).run(|| {
		assert_refused!(replace(56, permission(None)), Error::<Test>::MaxPermissionsExceeded);
	});
}

#[test]
fn replace_should_fail_when_directive_is_unknown() {
	ExtBuilder::default().permissions(1).run(|| {
		assert_refused!(replace(1, denial(None)), Error::<Test>::DirectiveNotFound);
	});
}

#[test]
fn replace_should_fail_when_directive_has_ended() {
	ExtBuilder::default().permissions(1).directive(permission(Some(START + DAY))).run(|| {
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert_refused!(replace(0, denial(None)), Error::<Test>::AlreadyEnded);
		World::set_time(START + DAY);
		assert_refused!(replace(1, denial(None)), Error::<Test>::AlreadyEnded);
	});
}

#[test]
fn replace_should_fail_when_caller_is_not_the_patient() {
	ExtBuilder::default().permissions(1).run(|| {
		for who in [STRANGER, OTHER_CONTROLLER, SECOND_CLINICIAN] {
			assert_refused!(
				Consent::replace(signed(who), PATIENT, 0, Box::new(permission(None)), None),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn replace_should_leave_the_old_in_force_when_the_new_is_malformed() {
	ExtBuilder::default().permissions(1).run(|| {
		let mut empty = permission(None);
		empty.base.period = Period { from: Some(START + DAY), until: Some(START + DAY) };
		assert_refused!(replace(0, empty), Error::<Test>::PeriodEmpty);
		assert_refused!(replace(0, denial(Some(now()))), Error::<Test>::PeriodPast);
		assert!(let_in());
	});
}

#[test]
fn replace_should_cost_what_it_read() {
	ExtBuilder::default().permissions(3).directive(permission(Some(START + 500))).run(|| {
		let post = replace(0, permission(None)).unwrap();
		assert_eq!(post.actual_weight, Some(MockWeights::replace(2, 1)));
	});
}
