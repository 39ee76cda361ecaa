use crate::{mock::*, *};
use assent_support::Act;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn declare(minutes: u16) {
	assert_ok!(crate::mock::declare(DECLARER, PATIENT, minutes));
}

fn let_in() -> bool {
	crate::mock::let_in(DECLARER, PATIENT)
}

#[test]
fn end_should_stop_it_at_once() {
	ExtBuilder.run(|| {
		declare(240);
		World::advance(MINUTE);
		assert!(let_in());
		assert_ok!(BreakGlass::end(signed(DECLARER), 0));
		assert!(!let_in());
		assert_eq!(Emergencies::<Test>::get(0).unwrap().ended, Some(now()));
		assert_eq!(row(0).justify_by, now() + JUSTIFY);
		let open = Unjustified::<Test>::get(DECLARER)[0];
		assert_eq!((open.over, open.justify_by), (now(), now() + JUSTIFY));
		System::assert_last_event(
			Event::<Test>::EmergencyEnded {
				emergency: 0,
				patient: PATIENT,
				practitioner: DECLARER,
				at: now(),
			}
			.into(),
		);
		assert_eq!(
			last_entry(),
			entry(Some(CLINIC), Some(DECLARER), Act::EmergencyEnded { emergency: 0 })
		);
		declare(10);
		assert!(let_in());
	});
}

#[test]
fn end_should_work_when_the_organisation_is_suspended() {
	ExtBuilder.run(|| {
		declare(240);
		World::suspend(CLINIC);
		assert_ok!(BreakGlass::end(signed(DECLARER), 0));
	});
}

#[test]
fn end_should_fail_when_caller_did_not_declare_it() {
	ExtBuilder.run(|| {
		declare(240);
		for who in [CONTROLLER, CLINICIAN, STRANGER] {
			assert_noop!(BreakGlass::end(signed(who), 0), Error::<Test>::NotAuthorized);
		}
		assert_noop!(BreakGlass::end(RuntimeOrigin::none(), 0), DispatchError::BadOrigin);
	});
}

#[test]
fn end_should_fail_when_it_is_unknown() {
	ExtBuilder.run(|| {
		assert_noop!(BreakGlass::end(signed(DECLARER), 0), Error::<Test>::EmergencyNotFound);
	});
}

#[test]
fn end_should_fail_when_it_is_over() {
	ExtBuilder.run(|| {
		declare(1);
		World::advance(MINUTE);
		assert_noop!(BreakGlass::end(signed(DECLARER), 0), Error::<Test>::EmergencyOver);
		declare(1);
		assert_ok!(BreakGlass::end(signed(DECLARER), 1));
		assert_noop!(BreakGlass::end(signed(DECLARER), 1), Error::<Test>::EmergencyOver);
	});
}

#[test]
fn end_should_not_give_more_time_to_justify_when_the_period_was_lengthened() {
	ExtBuilder.run(|| {
		declare(240);
		let justify_by = row(0).justify_by;
		JustificationPeriod::set(10 * DAY);
		World::advance(MINUTE);
		assert_ok!(BreakGlass::end(signed(DECLARER), 0));
		assert_eq!(row(0).justify_by, justify_by);
	});
}
