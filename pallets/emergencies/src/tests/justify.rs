use crate::{mock::*, *};
use assent_policy::Role;
use assent_support::{Act, Justification, ReviewFinding};
use frame_support::{assert_noop, assert_ok, hypothetically};
use sp_core::H256;
use sp_runtime::DispatchError;

#[test]
fn justify_should_be_kept_with_its_commitment_and_wait_for_a_draw() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 60));
		World::advance(60 * MINUTE);
		assert_ok!(BreakGlass::justify(signed(DECLARER), 0, Justification::AskedLater, COMMITMENT));
		let draw_block = 1 + DELAY;
		assert_eq!(
			row(0).justified,
			Some(Justified {
				justification: Justification::AskedLater,
				commitment: COMMITMENT,
				at: now(),
			})
		);
		assert_eq!(row(0).stage, Stage::AwaitingDraw { block: draw_block, passed_by: None });
		assert!(!Unjustified::<Test>::contains_key(DECLARER));
		System::assert_last_event(
			Event::<Test>::EmergencyJustified {
				emergency: 0,
				patient: PATIENT,
				practitioner: DECLARER,
				justification: Justification::AskedLater,
				commitment: COMMITMENT,
				draw_block,
			}
			.into(),
		);
		assert_eq!(
			last_entry(),
			entry(
				Some(CLINIC),
				Some(DECLARER),
				Act::EmergencyJustified { emergency: 0, justification: Justification::AskedLater }
			)
		);
	});
}

#[test]
fn justify_should_be_possible_from_the_end_until_the_deadline() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 60));
		let over = now() + 60 * MINUTE;
		World::set_time(over - 1);
		assert_noop!(justify(DECLARER, 0), Error::<Test>::StillActive);
		World::set_time(over);
		hypothetically!({
			assert_ok!(justify(DECLARER, 0));
		});
		World::set_time(over + JUSTIFY - 1);
		hypothetically!({
			assert_ok!(justify(DECLARER, 0));
		});
		World::set_time(over + JUSTIFY);
		assert_noop!(justify(DECLARER, 0), Error::<Test>::JustificationOverdue);
	});
}

#[test]
fn justify_should_be_possible_at_once_when_it_was_ended() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 240));
		World::advance(MINUTE);
		assert_ok!(BreakGlass::end(signed(DECLARER), 0));
		let ended = now();
		hypothetically!({
			assert_ok!(justify(DECLARER, 0));
		});
		World::set_time(ended + JUSTIFY);
		assert_noop!(justify(DECLARER, 0), Error::<Test>::JustificationOverdue);
	});
}

#[test]
fn justify_should_be_possible_when_the_credential_is_gone() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		assert_ok!(declare(COLLEAGUE, PATIENT, 1));
		World::advance(MINUTE);
		World::revoke(&DECLARER);
		assert_ok!(justify(DECLARER, 0));
		credential(COLLEAGUE, HOSPITAL, &[Role::Nurse]);
		assert_ok!(justify(COLLEAGUE, 1));
	});
}

#[test]
fn justify_should_fail_when_caller_did_not_declare_it() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		World::advance(MINUTE);
		for who in [COLLEAGUE, CONTROLLER, agent(CLINIC), STRANGER] {
			assert_noop!(justify(who, 0), Error::<Test>::NotAuthorized);
		}
		assert_noop!(
			BreakGlass::justify(RuntimeOrigin::none(), 0, Justification::Treated, COMMITMENT),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn justify_should_fail_when_it_is_unknown() {
	ExtBuilder.run(|| {
		assert_noop!(justify(DECLARER, 0), Error::<Test>::EmergencyNotFound);
	});
}

#[test]
fn justify_should_fail_when_nothing_is_committed_to() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		World::advance(MINUTE);
		assert_noop!(
			BreakGlass::justify(signed(DECLARER), 0, Justification::Treated, H256::zero()),
			Error::<Test>::NoCommitment
		);
	});
}

#[test]
fn justify_should_fail_when_it_is_justified_already() {
	ExtBuilder.run(|| {
		justified();
		assert_noop!(justify(DECLARER, 0), Error::<Test>::AlreadyJustified);
		let reviewer = redraw(0);
		assert_noop!(justify(DECLARER, 0), Error::<Test>::AlreadyJustified);
		assert_ok!(review(agent(reviewer), 0, ReviewFinding::Justified));
		assert_noop!(justify(DECLARER, 0), Error::<Test>::AlreadyJustified);
	});
}

#[test]
fn justify_should_fail_when_it_is_noted_that_it_was_not_in_time() {
	ExtBuilder.run(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		World::advance(MINUTE + JUSTIFY);
		assert_ok!(BreakGlass::suspend_unjustified(signed(STRANGER), 0));
		assert_noop!(justify(DECLARER, 0), Error::<Test>::JustificationOverdue);
	});
}
