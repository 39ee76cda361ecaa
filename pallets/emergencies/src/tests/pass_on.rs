use crate::{mock::*, *};
use assent_support::{Act, PassingCause, ReviewFinding};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn pass_on() -> frame_support::dispatch::DispatchResult {
	BreakGlass::pass_on(signed(STRANGER), 0)
}

#[test]
fn pass_on_should_count_against_who_missed_it_and_draw_another() {
	ExtBuilder.run(|| {
		let first = drawn();
		World::advance(REVIEW);
		assert_ok!(pass_on());
		let draw_block = System::block_number() as u32 + DELAY;
		assert_eq!(row(0).stage, Stage::AwaitingDraw { block: draw_block, passed_by: Some(first) });
		assert!(!ReviewsOf::<Test>::contains_key(first, 0));
		assert_eq!(
			ReviewCounts::<Test>::get(first),
			ReviewCount { drawn: 1, open: 0, given: 0, missed: 1 }
		);
		System::assert_last_event(
			Event::<Test>::ReviewPassedOn {
				emergency: 0,
				patient: PATIENT,
				reviewer: first,
				cause: PassingCause::Missed,
				draw_block,
			}
			.into(),
		);
		let act =
			Act::ReviewPassedOn { emergency: 0, reviewer: first, cause: PassingCause::Missed };
		let lines = trail();
		assert_eq!(
			lines[lines.len() - 2..],
			[
				entry(Some(CLINIC), Some(STRANGER), act.clone()),
				Entry { patient: None, organisation: Some(first), actor: Some(STRANGER), act }
			]
		);
		assert_noop!(
			review(agent(first), 0, ReviewFinding::Justified),
			Error::<Test>::NotUnderReview
		);
		let second = redraw(0);
		assert_ne!(first, second);
		assert_ok!(review(agent(second), 0, ReviewFinding::Justified));
	});
}

#[test]
fn pass_on_should_not_wait_for_a_reviewer_that_is_no_longer_active() {
	ExtBuilder.run(|| {
		let first = drawn();
		World::suspend(first);
		assert_ok!(pass_on());
		assert_eq!(ReviewCounts::<Test>::get(first).missed, 0);
		assert_eq!(ReviewCounts::<Test>::get(first).open, 0);
		assert!(matches!(
			last_entry().act,
			Act::ReviewPassedOn { cause: PassingCause::Inactive, .. }
		));
		assert_ne!(redraw(0), first);
	});
}

#[test]
fn pass_on_should_count_as_missed_when_the_time_was_over_before_the_reviewer_left() {
	ExtBuilder.run(|| {
		let first = drawn();
		World::advance(REVIEW);
		World::suspend(first);
		assert_ok!(pass_on());
		assert_eq!(ReviewCounts::<Test>::get(first).missed, 1);
	});
}

#[test]
fn pass_on_should_go_on_until_somebody_reviews() {
	ExtBuilder.run(|| {
		let mut reviewer = drawn();
		for _ in 0..5 {
			World::advance(REVIEW);
			assert_ok!(pass_on());
			let next = redraw(0);
			assert_ne!(next, reviewer);
			reviewer = next;
		}
		let missed: u32 = ReviewCounts::<Test>::iter_values().map(|count| count.missed).sum();
		assert_eq!(missed, 5);
		assert_ok!(review(agent(reviewer), 0, ReviewFinding::Justified));
	});
}

#[test]
fn pass_on_should_fail_when_the_reviewer_still_has_time() {
	ExtBuilder.run(|| {
		drawn();
		World::advance(REVIEW - 1);
		assert_noop!(pass_on(), Error::<Test>::ReviewNotOverdue);
		World::advance(1);
		assert_ok!(pass_on());
	});
}

#[test]
fn pass_on_should_fail_when_there_is_no_review_to_pass() {
	ExtBuilder.run(|| {
		assert_noop!(pass_on(), Error::<Test>::EmergencyNotFound);
		assert_ok!(declare(DECLARER, PATIENT, 1));
		assert_noop!(pass_on(), Error::<Test>::NotUnderReview);
		World::advance(MINUTE);
		assert_ok!(justify(DECLARER, 0));
		assert_noop!(pass_on(), Error::<Test>::NotUnderReview);
		let reviewer = redraw(0);
		assert_ok!(review(agent(reviewer), 0, ReviewFinding::Justified));
		World::advance(REVIEW);
		assert_noop!(pass_on(), Error::<Test>::AlreadyReviewed);
		assert_noop!(BreakGlass::pass_on(RuntimeOrigin::none(), 0), DispatchError::BadOrigin);
	});
}
