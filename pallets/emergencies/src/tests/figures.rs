use crate::{mock::*, *};
use assent_policy::OrganisationId;
use assent_support::ReviewFinding;
use frame_support::assert_ok;

/// How long before a deadline these tests call a review due soon.
const SOON: u64 = 3 * DAY;

fn owed(organisation: OrganisationId) -> Owed {
	let found = BreakGlass::owed(SOON).into_iter().find(|(one, _)| *one == organisation);
	found.map(|(_, owed)| owed).unwrap_or_default()
}

fn counts(open: u32, soon: u32, overdue: u32) -> Owed {
	Owed { open, soon, overdue }
}

#[test]
fn owed_should_tell_reviews_by_the_time_that_is_left() {
	ExtBuilder.build().execute_with(|| {
		World::set_time(1_000 * SOON);
		let now = now();
		for (number, (organisation, due)) in
			[(1, now), (1, now - 1), (1, now + 1), (1, now + SOON - 1), (2, now + SOON), (7, 0)]
				.into_iter()
				.enumerate()
		{
			ReviewsOf::<Test>::insert(organisation, number as u32, due);
		}
		let expected = vec![(1, counts(0, 2, 2)), (2, counts(1, 0, 0)), (7, counts(0, 0, 1))];
		assert_eq!(BreakGlass::owed(SOON), expected);
	});
}

#[test]
fn owed_should_leave_out_an_organisation_that_owes_nothing() {
	ExtBuilder.run(|| assert!(BreakGlass::owed(SOON).is_empty()));
}

#[test]
fn owed_should_follow_a_review_from_its_draw_to_its_finding() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		assert_eq!(owed(reviewer), counts(1, 0, 0));
		let due = now() + REVIEW;
		World::set_time(due - SOON);
		assert_eq!(owed(reviewer), counts(1, 0, 0));
		World::set_time(due - SOON + 1);
		assert_eq!(owed(reviewer), counts(0, 1, 0));
		World::set_time(due - 1);
		assert_eq!(owed(reviewer), counts(0, 1, 0));
		assert_ok!(review(agent(reviewer), 0, ReviewFinding::Justified));
		assert!(BreakGlass::owed(SOON).is_empty());
	});
}

#[test]
fn owed_should_call_a_review_overdue_as_soon_as_it_can_be_passed_on() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		World::advance(REVIEW);
		assert_eq!(owed(reviewer), counts(0, 0, 1));
		assert_ok!(BreakGlass::pass_on(signed(STRANGER), 0));
		assert!(BreakGlass::owed(SOON).is_empty());
	});
}
