use crate::{mock::*, *};
use assent_support::{Act, SuspensionCause};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn note(emergency: EmergencyId) -> frame_support::dispatch::DispatchResult {
	BreakGlass::suspend_unjustified(signed(STRANGER), emergency)
}

#[test]
fn suspend_unjustified_should_note_the_deadline_as_the_moment() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		let since = row(0).justify_by;
		World::set_time(since + DAY);
		assert_ok!(note(0));
		assert_eq!(row(0).stage, Stage::Unjustified);
		let cause = SuspensionCause::Unjustified;
		assert_eq!(
			Suspensions::<Test>::get(DECLARER),
			Some(Suspension { since, emergency: 0, cause })
		);
		assert!(!Unjustified::<Test>::contains_key(DECLARER));
		System::assert_last_event(
			Event::<Test>::RoleSuspended { practitioner: DECLARER, emergency: 0, cause, since }
				.into(),
		);
		assert_eq!(
			last_entry(),
			entry(
				Some(CLINIC),
				Some(STRANGER),
				Act::EmergencyRoleSuspended { practitioner: DECLARER, emergency: 0, cause }
			)
		);
		assert_noop!(declare(DECLARER, PATIENT, 1), Error::<Test>::RoleSuspended);
	});
}

#[test]
fn suspend_unjustified_should_end_what_was_active_at_the_deadline() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 1));
		let since = row(0).justify_by;
		World::set_time(since - 10 * MINUTE);
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 1));
		assert_ok!(declare(DECLARER, PATIENT, 240));
		World::set_time(since + MINUTE);
		assert_ok!(note(0));
		assert_eq!(row(1).ended, None);
		assert_eq!(row(2).ended, Some(since));
		assert_eq!(Unjustified::<Test>::get(DECLARER)[1].over, since);
		assert_eq!(last_entry(), entry(Some(CLINIC), None, Act::EmergencyEnded { emergency: 2 }));
		// The declarer still owes the justifications.
		assert_ok!(justify(DECLARER, 1));
		assert_ok!(justify(DECLARER, 2));
	});
}

#[test]
fn suspend_unjustified_should_note_each_and_keep_the_first() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		World::advance(MINUTE);
		assert_ok!(declare(DECLARER, PATIENT, 1));
		World::advance(2 * JUSTIFY);
		assert_ok!(note(1));
		assert_ok!(note(0));
		assert_eq!(Suspensions::<Test>::get(DECLARER).unwrap().emergency, 1);
		assert_eq!(row(0).stage, Stage::Unjustified);
	});
}

#[test]
fn suspend_unjustified_should_fail_until_the_deadline() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		for at in [now(), now() + MINUTE, row(0).justify_by - 1] {
			World::set_time(at);
			assert_noop!(note(0), Error::<Test>::JustificationNotOverdue);
		}
		World::advance(1);
		assert_ok!(note(0));
	});
}

#[test]
fn suspend_unjustified_should_fail_when_there_is_nothing_to_note() {
	ExtBuilder.run(|| {
		assert_noop!(note(0), Error::<Test>::EmergencyNotFound);
		justified();
		World::advance(JUSTIFY);
		assert_noop!(note(0), Error::<Test>::AlreadyJustified);
		redraw(0);
		assert_noop!(note(0), Error::<Test>::AlreadyJustified);
		assert_ok!(declare(DECLARER, PATIENT, 1));
		World::advance(MINUTE + JUSTIFY);
		assert_ok!(note(1));
		assert_noop!(note(1), Error::<Test>::AlreadyNoted);
		assert_noop!(
			BreakGlass::suspend_unjustified(RuntimeOrigin::none(), 1),
			DispatchError::BadOrigin
		);
	});
}
