use crate::{mock::*, *};
use assent_policy::Role;
use frame_support::assert_ok;

#[test]
fn active_should_be_remembered_when_the_emergency_is_over() {
	ExtBuilder.run(|| {
		let declared = now();
		assert_ok!(declare(DECLARER, PATIENT, 60));
		let over = declared + 60 * MINUTE;
		World::set_time(over + DAY);
		let second = now();
		assert_ok!(declare(DECLARER, PATIENT, 240));
		World::advance(30 * MINUTE);
		assert_ok!(BreakGlass::end(signed(DECLARER), 1));
		let ended = now();
		World::advance(DAY);
		for (at, expected) in [
			(declared - 1, false),
			(declared, true),
			(over - 1, true),
			(over, false),
			(second, true),
			(ended - 1, true),
			(ended, false),
			(now(), false),
		] {
			assert_eq!(let_in_at(&DECLARER, PATIENT, at), expected);
		}
	});
}

#[test]
fn active_should_be_found_among_other_emergencies_of_the_patient() {
	ExtBuilder.run(|| {
		let others: Vec<_> = (40..60).map(account).collect();
		let declared = now();
		assert_ok!(declare(DECLARER, PATIENT, 240));
		for who in &others {
			credential(who.clone(), CLINIC, &[Role::EmergencyClinician]);
			World::advance(MINUTE);
			assert_ok!(declare(who.clone(), PATIENT, 1));
		}
		let moment = now();
		World::advance(DAY);
		assert!(let_in_at(&DECLARER, PATIENT, declared));
		assert!(let_in_at(&DECLARER, PATIENT, moment));
		assert!(let_in_at(&others[0], PATIENT, declared + MINUTE));
		assert!(!let_in_at(&others[0], PATIENT, moment));
	});
}

#[test]
fn active_should_end_with_an_overdue_justification_noted_or_not() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 1));
		let overdue = row(0).justify_by;
		World::set_time(overdue - MINUTE);
		assert_ok!(declare(DECLARER, PATIENT, 240));
		World::set_time(overdue - 1);
		assert!(let_in(DECLARER, PATIENT));
		World::set_time(overdue);
		assert!(!let_in(DECLARER, PATIENT));

		// A later look gives the same answer before and after the note.
		World::advance(HOUR);
		let looked_at =
			|| [overdue - 1, overdue, overdue + 1].map(|at| let_in_at(&DECLARER, PATIENT, at));
		assert_eq!(looked_at(), [true, false, false]);
		assert_ok!(BreakGlass::suspend_unjustified(signed(STRANGER), 0));
		assert_eq!(looked_at(), [true, false, false]);
		assert!(!let_in(DECLARER, PATIENT));
		assert_ok!(BreakGlass::reinstate(RuntimeOrigin::root(), DECLARER));
		assert!(!let_in(DECLARER, PATIENT));
	});
}

#[test]
fn active_should_end_with_an_overdue_justification_when_justified_before_it_is_noted() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 1));
		let overdue = row(0).justify_by;
		World::set_time(overdue - MINUTE);
		assert_ok!(declare(DECLARER, PATIENT, 240));
		World::advance(5 * HOUR);
		assert_ok!(justify(DECLARER, 1));
		assert_eq!(row(1).ended, Some(overdue));
		assert_eq!(
			trail()[trail().len() - 2],
			entry(Some(CLINIC), None, assent_support::Act::EmergencyEnded { emergency: 1 })
		);
		assert_ok!(BreakGlass::suspend_unjustified(signed(STRANGER), 0));
		assert!(let_in_at(&DECLARER, PATIENT, overdue - 1));
		assert!(!let_in_at(&DECLARER, PATIENT, overdue));
	});
}
