use crate::{mock::*, *};
use assent_policy::Role;
use assent_support::{Act, ReviewFinding};
use frame_support::{assert_noop, assert_ok, hypothetically};
use sp_core::H256;
use sp_runtime::DispatchError;
use std::collections::BTreeSet;

/// The organisations that many hashes draw.
fn possible(emergency: EmergencyId) -> BTreeSet<u32> {
	(1..=40).map(|seed| hypothetically!(redraw_by(emergency, H256::repeat_byte(seed)))).collect()
}

#[test]
fn draw_should_give_the_review_to_the_drawn_organisation() {
	ExtBuilder.run(|| {
		justified();
		run_blocks(DELAY + 1);
		assert_ok!(BreakGlass::draw(signed(STRANGER), 0));
		let due = now() + REVIEW;
		let Stage::UnderReview { reviewer, due: by } = row(0).stage else { unreachable!() };
		assert_eq!(by, due);
		assert_eq!(ReviewsOf::<Test>::get(reviewer, 0), Some(due));
		assert_eq!(
			ReviewCounts::<Test>::get(reviewer),
			ReviewCount { drawn: 1, open: 1, given: 0, missed: 0 }
		);
		System::assert_last_event(
			Event::<Test>::ReviewerDrawn { emergency: 0, patient: PATIENT, reviewer, due }.into(),
		);
		let act = Act::ReviewerDrawn { emergency: 0, reviewer };
		let lines = trail();
		assert_eq!(
			lines[lines.len() - 2..],
			[
				entry(Some(CLINIC), None, act.clone()),
				Entry { patient: None, organisation: Some(reviewer), actor: None, act }
			]
		);
	});
}

#[test]
fn draw_should_reach_everybody_but_the_declarers_organisation() {
	ExtBuilder.run(|| {
		justified();
		assert_eq!(possible(0), BTreeSet::from([HOSPITAL, LABORATORY, INSURER]));
	});
}

#[test]
fn draw_should_leave_out_where_the_declarer_works_now() {
	ExtBuilder.run(|| {
		justified();
		credential(DECLARER, HOSPITAL, &[Role::Clinician]);
		assert_eq!(possible(0), BTreeSet::from([LABORATORY, INSURER]));
	});
}

#[test]
fn draw_should_leave_out_who_just_missed_it_unless_nobody_else_is_left() {
	ExtBuilder.run(|| {
		let first = drawn();
		World::advance(REVIEW);
		assert_ok!(BreakGlass::pass_on(signed(STRANGER), 0));
		let others = BTreeSet::from([HOSPITAL, LABORATORY, INSURER]);
		let others: BTreeSet<_> = others.into_iter().filter(|one| *one != first).collect();
		assert_eq!(possible(0), others);
		for organisation in others {
			World::suspend(organisation);
		}
		assert_eq!(possible(0), BTreeSet::from([first]));
	});
}

#[test]
fn draw_should_depend_on_the_hash_and_the_number_and_not_on_the_caller_or_the_time() {
	ExtBuilder.run(|| {
		justified();
		justified();
		let hash = |seed| H256::repeat_byte(seed);
		let by = |emergency, seed| hypothetically!(redraw_by(emergency, hash(seed)));
		assert!((1..=40).any(|seed| by(0, seed) != by(1, seed)));
		assert!((1..40).any(|seed| by(0, seed) != by(0, seed + 1)));
		run_blocks(DELAY + 1);
		let mut reviewers = BTreeSet::new();
		for (who, blocks, wait) in
			[(STRANGER, 0, 0), (DECLARER, 1, MINUTE), (agent(CLINIC), 5, DAY)]
		{
			hypothetically!({
				run_blocks(blocks);
				World::advance(wait);
				assert_ok!(BreakGlass::draw(signed(who), 0));
				let Stage::UnderReview { reviewer, .. } = row(0).stage else { unreachable!() };
				reviewers.insert(reviewer);
			});
		}
		assert_eq!(reviewers.len(), 1);
	});
}

#[test]
fn draw_should_fail_until_the_deciding_block_is_past() {
	ExtBuilder.run(|| {
		justified();
		for _ in 0..=DELAY {
			assert_noop!(BreakGlass::draw(signed(STRANGER), 0), Error::<Test>::DrawTooEarly);
			run_blocks(1);
		}
		assert_ok!(BreakGlass::draw(signed(STRANGER), 0));
	});
}

#[test]
fn draw_should_be_put_off_when_the_hash_is_no_longer_kept() {
	ExtBuilder.run(|| {
		justified();
		run_blocks(DELAY + 1);
		frame_system::BlockHash::<Test>::remove(u64::from(1 + DELAY));
		let draw_block = System::block_number() as u32 + DELAY;
		assert_ok!(BreakGlass::draw(signed(STRANGER), 0));
		assert_eq!(row(0).stage, Stage::AwaitingDraw { block: draw_block, passed_by: None });
		System::assert_last_event(Event::<Test>::DrawPutOff { emergency: 0, draw_block }.into());
		assert_noop!(BreakGlass::draw(signed(STRANGER), 0), Error::<Test>::DrawTooEarly);
		redraw(0);
	});
}

#[test]
fn draw_should_wait_when_nobody_else_is_active() {
	ExtBuilder.run(|| {
		justified();
		run_blocks(DELAY + 1);
		for organisation in [HOSPITAL, LABORATORY, INSURER] {
			World::suspend(organisation);
		}
		assert_noop!(BreakGlass::draw(signed(STRANGER), 0), Error::<Test>::NoReviewer);
		admit(INSURER);
		assert_ok!(BreakGlass::draw(signed(STRANGER), 0));
		assert_eq!(ReviewCounts::<Test>::get(INSURER).open, 1);
	});
}

#[test]
fn draw_should_fail_when_none_is_due() {
	ExtBuilder.run(|| {
		let draw = || BreakGlass::draw(signed(STRANGER), 0);
		assert_noop!(draw(), Error::<Test>::EmergencyNotFound);
		assert_ok!(declare(DECLARER, PATIENT, 1));
		assert_noop!(draw(), Error::<Test>::NotAwaitingDraw);
		hypothetically!({
			World::advance(MINUTE + JUSTIFY);
			assert_ok!(BreakGlass::suspend_unjustified(signed(STRANGER), 0));
			assert_noop!(draw(), Error::<Test>::NotAwaitingDraw);
			World::set_time(START);
		});
		World::advance(MINUTE);
		assert_ok!(justify(DECLARER, 0));
		let reviewer = redraw(0);
		assert_noop!(draw(), Error::<Test>::NotAwaitingDraw);
		assert_ok!(review(agent(reviewer), 0, ReviewFinding::Justified));
		assert_noop!(draw(), Error::<Test>::NotAwaitingDraw);
		assert_noop!(BreakGlass::draw(RuntimeOrigin::none(), 0), DispatchError::BadOrigin);
	});
}
