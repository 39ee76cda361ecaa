use crate::mock::*;
use assent_policy::{Action, Basis, Decision, Effect, Purpose};
use frame_support::assert_ok;

fn effect(at: u64) -> Effect {
	decided(at).effect
}

#[test]
fn check_access_should_agree_with_access_and_write_nothing() {
	ExtBuilder::default().permissions(1).run(|| {
		frame_support::assert_storage_noop!(decided(now()));
		let expected = decided(now());
		assert_ok!(Consent::access(
			signed(SECOND_CLINICIAN),
			PATIENT,
			RECORD,
			Purpose::Treatment,
			Action::Access
		));
		let assent_support::Act::AccessDecided { decision, .. } = last_entry().act else {
			unreachable!()
		};
		assert_eq!(decision, expected);
	});
}

#[test]
fn check_access_should_answer_for_the_past_from_directives_that_ended_since() {
	ExtBuilder::default().run(|| {
		let made = START + DAY;
		World::set_time(made);
		assert_ok!(grant(CONTROLLER, clinic_terms(Some(START + 9 * DAY))));
		let withdrawn = START + 2 * DAY;
		World::set_time(withdrawn);
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		World::set_time(START + 20 * DAY);
		assert_eq!(effect(made - 1), Effect::Deny);
		assert_eq!(effect(made), Effect::Permit);
		assert_eq!(effect(withdrawn - 1), Effect::Permit);
		assert_eq!(effect(withdrawn), Effect::Deny);
		assert_eq!(effect(now()), Effect::Deny);
	});
}

#[test]
fn check_access_should_answer_for_the_past_from_directives_that_expired_since() {
	let until = START + DAY;
	ExtBuilder::default().directive(permission(Some(until))).run(|| {
		World::set_time(until + 7 * DAY);
		for _ in 0..2 {
			assert_eq!(effect(until - 1), Effect::Permit);
			assert_eq!(effect(until), Effect::Deny);
			assert_eq!(effect(until + DAY), Effect::Deny);
			// The same once the expiry has been noted.
			let _ = Consent::retire_expired(signed(STRANGER), PATIENT);
		}
	});
}

#[test]
fn check_access_should_name_the_directive_that_decided_then_when_it_was_replaced_since() {
	ExtBuilder::default().permissions(1).run(|| {
		let first = now();
		for step in 1..=20 {
			World::set_time(START + step * DAY);
			let new = if step % 2 == 0 { permission(None) } else { denial(None) };
			assert_ok!(Consent::replace(
				signed(CONTROLLER),
				PATIENT,
				step as u32 - 1,
				Box::new(new),
				None
			));
		}
		let named = |at| match decided(at).basis {
			Basis::Directive { directive, .. } => directive,
			other => panic!("no directive decided: {other:?}"),
		};
		assert_eq!(named(first), 0);
		for step in 1..20 {
			assert_eq!(named(START + step * DAY), step as u32);
			assert_eq!(named(START + (step + 1) * DAY - 1), step as u32);
		}
		assert_eq!(named(now()), 20);
	});
}

#[test]
fn check_access_should_see_a_lifetime_of_directives_when_the_moment_is_long_past() {
	ExtBuilder::default().permissions(1).run(|| {
		// Number 0 stays in force throughout; 200 others come and go.
		for step in 1..=200u64 {
			World::set_time(START + step * DAY);
			assert_ok!(grant(CONTROLLER, clinic_terms(None)));
			World::advance(DAY / 2);
			assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, step as u32));
		}
		World::advance(DAY);
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		for step in 1..=200 {
			assert_eq!(effect(START + step * DAY), Effect::Permit);
		}
		assert_eq!(effect(START - 1), Effect::Deny);
		assert_eq!(effect(now()), Effect::Deny);
	});
}

#[test]
fn check_access_should_look_at_credentials_and_guardians_as_they_were() {
	ExtBuilder::default().permissions(1).run(|| {
		let before = now();
		World::advance(DAY);
		World::revoke(&SECOND_CLINICIAN);
		assert_eq!(effect(before), Effect::Permit);
		assert_eq!(decided(now()).basis, Basis::NoCredential);
		let guardian = |at| {
			Consent::check_access(GUARDIAN, PATIENT, RECORD, Purpose::Treatment, Action::Use, at)
		};
		World::set_time(START + 200 * DAY);
		let basis = Basis::GuardianAccess;
		assert_eq!(guardian(START + 100 * DAY - 1), Decision { effect: Effect::Permit, basis });
		assert_eq!(guardian(START + 100 * DAY).effect, Effect::Deny);
	});
}

#[test]
fn check_access_should_look_ahead_with_what_is_in_force_now() {
	let until = START + DAY;
	ExtBuilder::default().directive(permission(Some(until))).run(|| {
		assert_eq!(effect(until - 1), Effect::Permit);
		assert_eq!(effect(until), Effect::Deny);
		assert_eq!(effect(u64::MAX), Effect::Deny);
	});
}
