use crate::{mock::*, Error, Event, OffenceOutcome, ValidatorStatus};
use frame_support::{assert_noop, assert_ok, traits::KeyOwnerProofSystem};
use sp_runtime::{key_types::DUMMY, testing::UintAuthorityId};
use sp_staking::offence::OffenceError;

fn status(n: u8) -> ValidatorStatus {
	Validators::validator(validator(n)).unwrap().status
}

fn offended(n: u8, session: u32, outcome: OffenceOutcome) -> Event<Test> {
	Event::ValidatorOffended { validator: validator(n), organisation: n.into(), session, outcome }
}

fn count_offended() -> usize {
	System::events()
		.iter()
		.filter(|record| {
			matches!(record.event, RuntimeEvent::Validators(Event::ValidatorOffended { .. }))
		})
		.count()
}

#[test]
fn offender_should_be_disabled_at_once_and_out_at_the_next_session() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(report(validator(2), 1, 0));
		assert!(has_event(offended(2, 1, OffenceOutcome::Leaves)));
		assert_eq!(status(2), ValidatorStatus::Offended { session: 1 });
		assert_eq!(disabled(), vec![validator(2)]);
		let others = vec![validator(0), validator(1), validator(3), validator(4)];
		assert_eq!((running(), queued()), (first(5), others.clone()));
		pass_sessions(1);
		assert_eq!((running(), queued()), (others.clone(), others.clone()));
		assert!(disabled().is_empty());
		pass_sessions(3);
		assert_eq!(running(), others);
		// The offender stays registered until the council decides.
		assert_eq!(status(2), ValidatorStatus::Offended { session: 1 });
	});
}

#[test]
fn owners_of_keys_should_be_proven_when_an_offender_was_taken_out_of_the_plan() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(report(validator(2), 1, 0));
		System::reset_events();
		// The offender's own key is proven too, in the session of the offence.
		assert!(proves(2, validator(2)));
		pass_sessions(1);
		assert!(proves(3, validator(3)));
		let key = (DUMMY, UintAuthorityId(3));
		let proof = Historical::prove(key.clone()).unwrap();
		assert_eq!(proof.validator_count, 4);
		pass_sessions(2);
		// The kept root is the root of the four. No further change of the set was needed.
		assert_eq!(Historical::check_proof(key, proof), Some((validator(3), validator(3))));
		assert!(!System::events()
			.iter()
			.any(|record| record.event == pallet_session::Event::NewQueued.into()));
	});
}

#[test]
fn second_offence_should_be_proven_in_the_session_after_the_first() {
	ExtBuilder::of(6).run(|| {
		assert_ok!(report(validator(2), 1, 0));
		pass_sessions(1);
		assert_ok!(report(validator(3), 2, 0));
		assert_eq!(disabled(), vec![validator(3)]);
		pass_sessions(1);
		assert_eq!(running(), vec![validator(0), validator(1), validator(4), validator(5)]);
	});
}

#[test]
fn offender_should_be_disabled_again_when_the_set_changes() {
	ExtBuilder::default().run(|| {
		// Another validator changes its keys. The set changes, so the session pallet forgets the
		// disabled validators.
		assert_ok!(set_keys(validator(0), 77));
		assert_ok!(report(validator(2), 1, 0));
		for _ in 0..3 {
			pass_sessions(1);
			assert_eq!(running(), first(4));
			assert_eq!(disabled(), vec![validator(2)]);
		}
	});
}

#[test]
fn offender_should_run_once_more_when_its_successor_is_not_queued_yet() {
	ExtBuilder::default().run(|| {
		join(4);
		assert_ok!(report(validator(2), 1, 0));
		assert!(has_event(offended(2, 1, OffenceOutcome::Leaves)));
		// Four validators were planned before the fifth came. Without the offender there would be
		// three.
		assert_eq!(queued(), first(4));
		pass_sessions(1);
		assert_eq!(running(), first(4));
		assert_eq!(disabled(), vec![validator(2)]);
		pass_sessions(1);
		assert_eq!(running(), vec![validator(0), validator(1), validator(3), validator(4)]);
	});
}

#[test]
fn offender_should_stay_disabled_when_the_minimum_is_reached() {
	ExtBuilder::default().run(|| {
		assert_ok!(report(validator(2), 1, 0));
		assert!(has_event(offended(2, 1, OffenceOutcome::Stays)));
		assert_eq!(disabled(), vec![validator(2)]);
		for _ in 0..4 {
			pass_sessions(1);
			assert_eq!(running(), first(4));
			assert_eq!(disabled(), vec![validator(2)]);
			assert!(has_event(Event::ValidatorKept {
				validator: validator(2),
				status: ValidatorStatus::Offended { session: 1 },
				session: Session::current_index() + 1,
			}));
		}
		// The offender goes as soon as the plan can spare it.
		join(4);
		pass_sessions(2);
		assert_eq!(running(), vec![validator(0), validator(1), validator(3), validator(4)]);
		assert!(disabled().is_empty());
	});
}

#[test]
fn offender_should_stay_when_an_earlier_one_is_out_and_the_minimum_is_reached() {
	ExtBuilder::of(5).run(|| {
		// The validator outside of the set comes first in the order of accounts.
		assert_ok!(report(validator(1), 1, 0));
		pass_sessions(1);
		let four = vec![validator(0), validator(2), validator(3), validator(4)];
		assert_eq!(running(), four);
		assert_ok!(report(validator(2), 2, 0));
		assert!(has_event(offended(2, 2, OffenceOutcome::Stays)));
		for _ in 0..3 {
			pass_sessions(1);
			assert_eq!((running(), queued()), (four.clone(), four.clone()));
			assert_eq!(disabled(), vec![validator(2)]);
		}
	});
}

#[test]
fn offenders_should_not_be_disabled_beyond_a_third() {
	ExtBuilder::default().run(|| {
		assert_ok!(report(validator(1), 1, 0));
		assert_ok!(report(validator(2), 1, 1));
		assert_eq!(status(2), ValidatorStatus::Offended { session: 1 });
		assert_eq!(disabled(), vec![validator(1)]);
		pass_sessions(2);
		assert_eq!(running(), first(4));
		assert_eq!(disabled(), vec![validator(1)]);
	});
}

#[test]
fn same_report_should_change_nothing_the_second_time() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(report(validator(2), 1, 0));
		assert_noop!(report(validator(2), 1, 0), OffenceError::DuplicateReport);
		assert_eq!(count_offended(), 1);
	});
}

#[test]
fn further_offences_should_change_nothing_more() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(report(validator(2), 1, 0));
		assert_ok!(report(validator(2), 1, 1));
		assert_eq!(count_offended(), 1);
		assert_eq!(status(2), ValidatorStatus::Offended { session: 1 });
	});
}

#[test]
fn offence_should_be_ignored_when_validator_is_gone() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(Validators::remove(root(), validator(4)));
		pass_sessions(2);
		assert_ok!(report(validator(4), 1, 0));
		assert_eq!(count_offended(), 0);
		assert_eq!(Validators::validator(validator(4)), None);
	});
}

#[test]
fn leaving_validator_should_be_disabled_and_still_leave_when_it_offends() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(Validators::remove(root(), validator(4)));
		assert_ok!(report(validator(4), 1, 0));
		assert_eq!(status(4), ValidatorStatus::Leaving);
		assert_eq!(disabled(), vec![validator(4)]);
		// The offender goes sooner than a validator that only leaves.
		pass_sessions(1);
		assert_eq!(Validators::validator(validator(4)), None);
	});
}

#[test]
fn offence_should_be_ignored_when_the_council_settled_it() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(report(validator(2), 1, 0));
		pass_sessions(2);
		assert_ok!(Validators::reinstate(root(), validator(2)));
		// A report of another validator in the same round names the settled validator again.
		assert_ok!(report(validator(3), 1, 0));
		assert_eq!(status(2), ValidatorStatus::Active);
		assert_eq!(status(3), ValidatorStatus::Offended { session: 1 });
		// An offence after the reinstatement has effect.
		assert_ok!(report(validator(2), 3, 0));
		assert_eq!(status(2), ValidatorStatus::Offended { session: 3 });
	});
}

#[test]
fn offender_should_not_be_removed_when_the_minimum_needs_it() {
	ExtBuilder::default().run(|| {
		assert_ok!(report(validator(2), 1, 0));
		assert_noop!(Validators::remove(root(), validator(2)), Error::<Test>::TooFewValidators);
		join(4);
		assert_ok!(Validators::remove(root(), validator(2)));
	});
}

#[test]
fn offender_should_not_attest() {
	ExtBuilder::of(5).run(|| {
		assert_eq!(Validators::attestor(&validator(2)), Some(2));
		assert_ok!(report(validator(2), 1, 0));
		assert_eq!(Validators::attestor(&validator(2)), None);
	});
}
