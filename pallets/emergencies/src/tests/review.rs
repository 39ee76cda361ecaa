use crate::{mock::*, *};
use assent_support::{Act, ReviewFinding, SuspensionCause};
use frame_support::{assert_noop, assert_ok, hypothetically};
use sp_runtime::DispatchError;

use ReviewFinding::{Adverse, Justified as Right};

#[test]
fn review_should_settle_the_emergency_when_it_was_right() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		World::advance(DAY);
		assert_ok!(review(agent(reviewer), 0, Right));
		assert_eq!(row(0).stage, Stage::Reviewed { reviewer, finding: Right, at: now() });
		assert!(!ReviewsOf::<Test>::contains_key(reviewer, 0));
		assert_eq!(
			ReviewCounts::<Test>::get(reviewer),
			ReviewCount { drawn: 1, open: 0, given: 1, missed: 0 }
		);
		System::assert_last_event(
			Event::<Test>::EmergencyReviewed {
				emergency: 0,
				patient: PATIENT,
				reviewer,
				finding: Right,
			}
			.into(),
		);
		let act = Act::EmergencyReviewed { emergency: 0, reviewer, finding: Right };
		let lines = trail();
		assert_eq!(
			lines[lines.len() - 2..],
			[
				entry(Some(CLINIC), Some(agent(reviewer)), act.clone()),
				Entry {
					patient: None,
					organisation: Some(reviewer),
					actor: Some(agent(reviewer)),
					act,
				}
			]
		);
		assert_ok!(declare(DECLARER, PATIENT, 1));
	});
}

#[test]
fn review_should_suspend_the_declarers_role_when_it_was_wrong() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		World::advance(DAY);
		assert_ok!(review(agent(reviewer), 0, Adverse));
		assert_eq!(
			Suspensions::<Test>::get(DECLARER),
			Some(Suspension { since: now(), emergency: 0, cause: SuspensionCause::Adverse })
		);
		System::assert_last_event(
			Event::<Test>::RoleSuspended {
				practitioner: DECLARER,
				emergency: 0,
				cause: SuspensionCause::Adverse,
				since: now(),
			}
			.into(),
		);
		assert_eq!(
			last_entry(),
			entry(
				Some(CLINIC),
				Some(agent(reviewer)),
				Act::EmergencyRoleSuspended {
					practitioner: DECLARER,
					emergency: 0,
					cause: SuspensionCause::Adverse,
				}
			)
		);
		assert_noop!(declare(DECLARER, PATIENT, 1), Error::<Test>::RoleSuspended);
		assert_ok!(declare(COLLEAGUE, PATIENT, 1));
	});
}

#[test]
fn review_should_end_what_the_declarer_has_active_when_it_was_wrong() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		assert_ok!(declare(DECLARER, PATIENT, 1));
		World::advance(MINUTE);
		assert_ok!(declare(DECLARER, PATIENT, 60));
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 240));
		let justify_by = row(3).justify_by;
		World::advance(MINUTE);
		assert!(let_in(DECLARER, OTHER_PATIENT));
		assert_ok!(review(agent(reviewer), 0, Adverse));
		for patient in [PATIENT, OTHER_PATIENT] {
			assert!(!let_in(DECLARER, patient));
		}
		// Emergencies that were over stay unchanged, active emergencies end now, and all are still
		// owed.
		let ended = [1, 2, 3].map(|emergency| row(emergency).ended);
		assert_eq!(ended, [None, Some(now()), Some(now())]);
		assert_eq!(row(3).justify_by, justify_by);
		assert_eq!(Unjustified::<Test>::get(DECLARER).len(), 3);
		let ends: Vec<_> = trail()
			.into_iter()
			.rev()
			.take(2)
			.map(|line| (line.patient, line.actor, line.act))
			.collect();
		assert_eq!(
			ends,
			[
				(Some(OTHER_PATIENT), None, Act::EmergencyEnded { emergency: 3 }),
				(Some(PATIENT), None, Act::EmergencyEnded { emergency: 2 }),
			]
		);
		assert_noop!(BreakGlass::end(signed(DECLARER), 3), Error::<Test>::EmergencyOver);
		assert_ok!(justify(DECLARER, 3));
	});
}

#[test]
fn review_should_keep_the_first_suspension_when_another_follows() {
	ExtBuilder.run(|| {
		let first = drawn();
		let second = drawn();
		assert_ok!(review(agent(first), 0, Adverse));
		let suspension = Suspensions::<Test>::get(DECLARER);
		World::advance(DAY);
		assert_ok!(review(agent(second), 1, Adverse));
		assert_eq!(Suspensions::<Test>::get(DECLARER), suspension);
		assert!(matches!(last_entry().act, Act::EmergencyRoleSuspended { emergency: 1, .. }));
	});
}

#[test]
fn review_should_fail_when_caller_does_not_act_for_the_drawn_organisation() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		for who in [STRANGER, DECLARER, CONTROLLER, COLLEAGUE] {
			assert_noop!(review(who, 0, Right), Error::<Test>::NotAuthorized);
		}
		for organisation in [HOSPITAL, CLINIC, LABORATORY, INSURER] {
			if organisation != reviewer {
				assert_noop!(review(agent(organisation), 0, Right), Error::<Test>::NotAuthorized);
			}
		}
		World::suspend(reviewer);
		assert_noop!(review(agent(reviewer), 0, Right), Error::<Test>::NotAuthorized);
		assert_noop!(BreakGlass::review(RuntimeOrigin::none(), 0, Right), DispatchError::BadOrigin);
	});
}

#[test]
fn review_should_fail_when_the_declarer_acts_for_the_reviewer() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		World::name_agent(DECLARER, reviewer);
		assert_noop!(review(DECLARER, 0, Right), Error::<Test>::OwnEmergency);
		assert_ok!(review(agent(reviewer), 0, Right));
	});
}

#[test]
fn review_should_fail_when_its_time_is_over() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		World::advance(REVIEW - 1);
		hypothetically!({
			assert_ok!(review(agent(reviewer), 0, Right));
		});
		World::advance(1);
		for finding in [Right, Adverse] {
			assert_noop!(review(agent(reviewer), 0, finding), Error::<Test>::ReviewOverdue);
		}
	});
}

#[test]
fn review_should_fail_when_it_is_given_already() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		assert_ok!(review(agent(reviewer), 0, Adverse));
		for finding in [Right, Adverse] {
			assert_noop!(review(agent(reviewer), 0, finding), Error::<Test>::AlreadyReviewed);
		}
	});
}

#[test]
fn review_should_fail_when_nobody_is_drawn() {
	ExtBuilder.run(|| {
		let by_hospital = || review(agent(HOSPITAL), 0, Right);
		assert_noop!(by_hospital(), Error::<Test>::EmergencyNotFound);
		assert_ok!(declare(DECLARER, PATIENT, 1));
		assert_noop!(by_hospital(), Error::<Test>::NotUnderReview);
		World::advance(MINUTE);
		hypothetically!({
			World::advance(JUSTIFY);
			assert_ok!(BreakGlass::suspend_unjustified(signed(STRANGER), 0));
			assert_noop!(by_hospital(), Error::<Test>::NotUnderReview);
			World::set_time(START + MINUTE);
		});
		assert_ok!(justify(DECLARER, 0));
		assert_noop!(by_hospital(), Error::<Test>::NotUnderReview);
	});
}
