use crate::{mock::*, Error, Event, OffenceOutcome, ValidatorStatus};
use frame_support::{assert_noop, assert_ok};
use sp_staking::offence::OffenceError;

fn status(n: u8) -> ValidatorStatus {
	Validators::validator(validator(n)).unwrap().status
}

fn offended(n: u8, session: u32, outcome: OffenceOutcome) -> Event<Test> {
	Event::ValidatorOffended {
		validator: validator(n),
		organisation: n.into(),
		session,
		outcome,
	}
}

fn count_offended() -> usize {
	System::events()
		.iter()
		.filter(|record| {
			matches!(
				record.event,
				RuntimeEvent::Validators(Event::ValidatorOffended { .. })
			)
		})
		.count()
}

#[test]
fn offender_should_be_disabled_at_once_and_leave() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(report(validator(2), 1, 0));
		assert!(has_event(offended(2, 1, OffenceOutcome::Leaves)));
		assert_eq!(status(2), ValidatorStatus::Offended { session: 1 });
		assert_eq!(disabled(), vec![validator(2)]);
		let others = vec![validator(0), validator(1), validator(3), validator(4)];
		pass_sessions(1);
		assert_eq!(queued(), others);
		assert_eq!(disabled(), vec![validator(2)]);
		pass_sessions(1);
		assert_eq!(running(), others);
		assert!(disabled().is_empty());
		pass_sessions(3);
		assert_eq!(running(), others);
		// It stays registered for the council to decide.
		assert_eq!(status(2), ValidatorStatus::Offended { session: 1 });
	});
}

#[test]
fn offender_should_be_disabled_again_when_the_set_changes() {
	ExtBuilder::of(5).run(|| {
		// The next session has another set, so the session pallet forgets who was disabled.
		join(5);
		pass_sessions(1);
		assert_ok!(report(validator(2), 2, 0));
		pass_sessions(1);
		assert_eq!(running(), first(6));
		assert_eq!(disabled(), vec![validator(2)]);
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
		// It goes as soon as it can be spared.
		join(4);
		pass_sessions(2);
		assert_eq!(
			running(),
			vec![validator(0), validator(1), validator(3), validator(4)]
		);
		assert!(disabled().is_empty());
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
		pass_sessions(2);
		assert_eq!(Validators::validator(validator(4)), None);
	});
}

#[test]
fn offence_should_be_ignored_when_the_council_settled_it() {
	ExtBuilder::of(5).run(|| {
		assert_ok!(report(validator(2), 1, 0));
		pass_sessions(2);
		assert_ok!(Validators::reinstate(root(), validator(2)));
		// A report of another validator in the same round names the settled one again.
		assert_ok!(report(validator(3), 1, 0));
		assert_eq!(status(2), ValidatorStatus::Active);
		assert_eq!(status(3), ValidatorStatus::Offended { session: 1 });
		// An offence after the reinstatement counts.
		assert_ok!(report(validator(2), 3, 0));
		assert_eq!(status(2), ValidatorStatus::Offended { session: 3 });
	});
}

#[test]
fn offender_should_not_be_removed_when_the_minimum_needs_it() {
	ExtBuilder::default().run(|| {
		assert_ok!(report(validator(2), 1, 0));
		assert_noop!(
			Validators::remove(root(), validator(2)),
			Error::<Test>::TooFewValidators
		);
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
