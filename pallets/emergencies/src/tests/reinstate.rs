use crate::{mock::*, *};
use assent_support::{Act, ReviewFinding};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{AccountId32, DispatchError};

fn reinstate() -> frame_support::dispatch::DispatchResult {
	BreakGlass::reinstate(RuntimeOrigin::root(), DECLARER)
}

fn suspended() {
	let reviewer = drawn();
	assert_ok!(review(agent(reviewer), 0, ReviewFinding::Adverse));
}

#[test]
fn reinstate_should_let_the_practitioner_declare_again() {
	ExtBuilder.run(|| {
		suspended();
		assert_ok!(reinstate());
		assert!(!Suspensions::<Test>::contains_key(DECLARER));
		System::assert_last_event(Event::<Test>::RoleReinstated { practitioner: DECLARER }.into());
		assert_eq!(
			last_entry(),
			Entry {
				patient: None,
				organisation: Some(CLINIC),
				actor: None,
				act: Act::EmergencyRoleReinstated { practitioner: DECLARER },
			}
		);
		assert_ok!(declare(DECLARER, PATIENT, 1));
		assert!(let_in(DECLARER, PATIENT));
	});
}

#[test]
fn reinstate_should_not_revive_what_the_suspension_ended() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		assert_ok!(declare(DECLARER, PATIENT, 240));
		assert_ok!(review(agent(reviewer), 0, ReviewFinding::Adverse));
		assert_ok!(reinstate());
		assert!(!let_in(DECLARER, PATIENT));
	});
}

#[test]
fn reinstate_should_not_cover_what_is_overdue_and_not_noted() {
	ExtBuilder.run(|| {
		for _ in 0..2 {
			assert_ok!(declare(DECLARER, PATIENT, 1));
			World::advance(MINUTE);
		}
		World::advance(JUSTIFY);
		assert_noop!(reinstate(), Error::<Test>::NotSuspended);
		assert_ok!(BreakGlass::suspend_unjustified(signed(STRANGER), 0));
		assert_ok!(reinstate());
		assert_noop!(declare(DECLARER, PATIENT, 1), Error::<Test>::JustificationOverdue);
		assert_ok!(BreakGlass::suspend_unjustified(signed(STRANGER), 1));
		assert_ok!(reinstate());
		assert_ok!(declare(DECLARER, PATIENT, 1));
	});
}

#[test]
fn reinstate_should_fail_when_nothing_is_suspended() {
	ExtBuilder.run(|| {
		assert_noop!(reinstate(), Error::<Test>::NotSuspended);
		suspended();
		assert_noop!(
			BreakGlass::reinstate(RuntimeOrigin::root(), COLLEAGUE),
			Error::<Test>::NotSuspended
		);
	});
}

#[test]
fn reinstate_should_fail_when_the_caller_is_not_the_council() {
	ExtBuilder.run(|| {
		suspended();
		let callers: [AccountId32; 4] = [DECLARER, agent(CLINIC), agent(HOSPITAL), STRANGER];
		for who in callers {
			assert_noop!(BreakGlass::reinstate(signed(who), DECLARER), DispatchError::BadOrigin);
		}
	});
}
