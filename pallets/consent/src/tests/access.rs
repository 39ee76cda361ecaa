use crate::{mock::*, weights::MockWeights, *};
use assent_policy::{
	Action, Basis, Decision, Directive, Effect, PatientId, Provision, ProvisionRef, Purpose,
	RecordId, MAX_DIRECTIVES,
};
use assent_support::Act;
use frame_support::assert_ok;
use sp_runtime::{AccountId32, DispatchError};

const DENIED: Decision = Decision { effect: Effect::Deny, basis: Basis::NoRule };
const NO_CREDENTIAL: Decision = Decision { effect: Effect::Deny, basis: Basis::NoCredential };

fn by_directive(effect: Effect, directive: u32) -> Decision {
	Decision { effect, basis: Basis::Directive { directive, provision: ProvisionRef::Base } }
}

/// Asks for treatment and returns the decision of the event. Entry and event agree.
fn ask(who: AccountId32, patient: PatientId, record: RecordId) -> Decision {
	let (purpose, action) = (Purpose::Treatment, Action::Access);
	assert_ok!(Consent::access(signed(who.clone()), patient, record, purpose, action));
	let written = last_entry();
	let Act::AccessDecided { decision, .. } = written.act else {
		panic!("the last entry is not an access")
	};
	System::assert_last_event(
		Event::<Test>::AccessDecided {
			patient,
			record,
			requester: who.clone(),
			purpose,
			action,
			decision,
			entry: written.hash(),
		}
		.into(),
	);
	assert_eq!(written.actor, Some(who));
	decision
}

#[test]
fn access_should_succeed_and_write_an_entry_when_denied() {
	ExtBuilder::default().run(|| {
		assert_eq!(ask(SECOND_CLINICIAN, PATIENT, RECORD), DENIED);
		assert_eq!(
			trail(),
			vec![entry(
				Some(CLINIC),
				Some(SECOND_CLINICIAN),
				Act::AccessDecided {
					record: RECORD,
					version: None,
					purpose: Purpose::Treatment,
					action: Action::Access,
					decision: DENIED,
				}
			)]
		);
	});
}

#[test]
fn access_should_be_permitted_by_the_directive_and_name_it() {
	ExtBuilder::default().denials(1).permissions(1).run(|| {
		assert_eq!(ask(SECOND_CLINICIAN, PATIENT, RECORD), by_directive(Effect::Deny, 0));
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert_eq!(ask(SECOND_CLINICIAN, PATIENT, RECORD), by_directive(Effect::Permit, 1));
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 1));
		assert_eq!(ask(SECOND_CLINICIAN, PATIENT, RECORD), DENIED);
	});
}

#[test]
fn access_should_be_denied_from_the_moment_of_expiry_without_a_transaction() {
	let until = START + DAY;
	ExtBuilder::default().directive(permission(Some(until))).run(|| {
		World::set_time(until - 1);
		assert_eq!(ask(NURSE, PATIENT, RECORD), by_directive(Effect::Permit, 0));
		World::set_time(until);
		assert_eq!(ask(NURSE, PATIENT, RECORD), DENIED);
		assert_eq!(in_force(), vec![0]);
	});
}

#[test]
fn access_should_be_permitted_when_the_patient_or_a_guardian_asks() {
	ExtBuilder::default().denials(1).run(|| {
		for (who, basis) in [(CONTROLLER, Basis::OwnAccess), (GUARDIAN, Basis::GuardianAccess)] {
			let decision = ask(who.clone(), PATIENT, RECORD);
			assert_eq!(decision, Decision { effect: Effect::Permit, basis });
			assert_eq!((last_entry().patient, last_entry().organisation), (Some(PATIENT), None));
		}
	});
}

#[test]
fn access_should_be_denied_when_guardians_term_is_over() {
	ExtBuilder::default().run(|| {
		World::set_time(START + 100 * DAY);
		assert_eq!(ask(GUARDIAN, PATIENT, RECORD), NO_CREDENTIAL);
	});
}

#[test]
fn access_should_count_a_guardian_as_such_when_also_a_practitioner() {
	ExtBuilder::default().run(|| {
		credential(GUARDIAN, CLINIC, &[assent_policy::Role::Clinician], 0, u64::MAX);
		assert_eq!(ask(GUARDIAN, PATIENT, RECORD).basis, Basis::GuardianAccess);
		assert_eq!(last_entry().organisation, None);
	});
}

#[test]
fn access_should_be_denied_when_requester_holds_no_credential() {
	ExtBuilder::default().permissions(1).run(|| {
		assert_eq!(ask(STRANGER, PATIENT, RECORD), NO_CREDENTIAL);
		assert_eq!(ask(OTHER_CONTROLLER, PATIENT, RECORD), NO_CREDENTIAL);
		assert_eq!(ask(NURSE, PATIENT, RECORD).effect, Effect::Permit);
		World::revoke(&NURSE);
		assert_eq!(ask(NURSE, PATIENT, RECORD), NO_CREDENTIAL);
		assert_eq!(last_entry().organisation, None);
		World::suspend(CLINIC);
		assert_eq!(ask(SECOND_CLINICIAN, PATIENT, RECORD), NO_CREDENTIAL);
	});
}

#[test]
fn access_should_follow_the_custodians_base_policy_when_no_directive_applies() {
	ExtBuilder::default().run(|| {
		assert_eq!(ask(CLINICIAN, PATIENT, RECORD), DENIED);
		let mut base = Provision::any(Effect::Permit);
		base.actors = set(&[assent_policy::Actor::Organisation(HOSPITAL)]);
		Register::set_base_policy(
			HOSPITAL,
			Directive { base: base.clone(), exceptions: Default::default() },
		);
		// The rules of another organisation have no effect on the hospital's documents.
		base.actors = Default::default();
		Register::set_base_policy(CLINIC, Directive { base, exceptions: Default::default() });
		let basis = Basis::BasePolicy { version: 1, provision: ProvisionRef::Base };
		assert_eq!(ask(CLINICIAN, PATIENT, RECORD), Decision { effect: Effect::Permit, basis });
		assert_eq!(ask(SECOND_CLINICIAN, PATIENT, RECORD), DENIED);
	});
}

/// The version in the last entry.
fn version() -> Option<u32> {
	let Act::AccessDecided { version, .. } = last_entry().act else {
		panic!("the last entry is not an access")
	};
	version
}

#[test]
fn access_should_name_the_version_when_permitted_and_none_when_denied() {
	ExtBuilder::default().permissions(1).run(|| {
		assert_eq!(ask(SECOND_CLINICIAN, PATIENT, RECORD).effect, Effect::Permit);
		assert_eq!(version(), Some(3));
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert_eq!(ask(SECOND_CLINICIAN, PATIENT, RECORD), DENIED);
		assert_eq!(version(), None);
	});
}

#[test]
fn access_should_look_the_same_when_record_is_unknown_or_anothers_or_erased() {
	let mut everything = permission(None);
	everything.base = Provision::any(Effect::Permit);
	ExtBuilder::default().directive(everything).run(|| {
		for record in [UNKNOWN_RECORD, OTHER_RECORD] {
			// The same denial as for a record without an applicable rule.
			assert_eq!(ask(SECOND_CLINICIAN, PATIENT, record), DENIED);
			assert_eq!(last_entry().patient, Some(PATIENT));
			assert_eq!(last_entry().organisation, Some(CLINIC));
			assert_eq!(version(), None);
			assert_eq!(ask(STRANGER, PATIENT, record), NO_CREDENTIAL);
			// The patient's own access does not tell whether another patient's record exists.
			assert_eq!(ask(CONTROLLER, PATIENT, record), DENIED);
		}
		Register::erase(RECORD);
		assert_eq!(ask(SECOND_CLINICIAN, PATIENT, RECORD), DENIED);
	});
}

#[test]
fn access_should_look_the_same_when_patient_is_unknown() {
	ExtBuilder::default().run(|| {
		for record in [RECORD, UNKNOWN_RECORD] {
			assert_eq!(ask(SECOND_CLINICIAN, UNKNOWN_PATIENT, record), DENIED);
			// No sequence begins for an invented id.
			assert_eq!(last_entry().patient, None);
			assert_eq!(last_entry().organisation, Some(CLINIC));
		}
		assert_eq!(ask(STRANGER, UNKNOWN_PATIENT, RECORD), NO_CREDENTIAL);
	});
}

#[test]
fn access_should_be_denied_when_record_and_patient_do_not_belong_together() {
	ExtBuilder::default().permissions(1).run(|| {
		assert_eq!(ask(SECOND_CLINICIAN, OTHER_PATIENT, RECORD), DENIED);
		assert_eq!(ask(OTHER_CONTROLLER, OTHER_PATIENT, RECORD), DENIED);
	});
}

#[test]
fn access_should_fail_only_when_unsigned() {
	ExtBuilder::default().run(|| {
		assert_refused!(
			Consent::access(
				RuntimeOrigin::none(),
				PATIENT,
				RECORD,
				Purpose::Treatment,
				Action::Access
			),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn access_should_cost_what_it_read() {
	ExtBuilder::default().permissions(5).run(|| {
		let cost = |record| {
			Consent::access(signed(NURSE), PATIENT, record, Purpose::Treatment, Action::Access)
				.unwrap()
				.actual_weight
				.unwrap()
		};
		assert_eq!(cost(RECORD), MockWeights::access(5));
		assert_eq!(cost(UNKNOWN_RECORD), MockWeights::access(0));
		assert!(cost(RECORD).all_lt(MockWeights::access(MAX_DIRECTIVES)));
	});
}

#[test]
fn access_should_not_add_to_the_pallets_state() {
	ExtBuilder::default().permissions(1).run(|| {
		frame_support::assert_storage_noop!({
			let _ = Consent::judge(
				&SECOND_CLINICIAN,
				PATIENT,
				RECORD,
				Purpose::Treatment,
				Action::Access,
				now(),
			);
		});
		let keys =
			|| (Directives::<Test>::iter_keys().count(), Requests::<Test>::iter_keys().count());
		let before = keys();
		for _ in 0..10 {
			ask(SECOND_CLINICIAN, PATIENT, RECORD);
		}
		assert_eq!(keys(), before);
	});
}
