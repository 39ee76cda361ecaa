//! Directives built on base policies, and deciding by versions.

use crate::{mock::*, weights::MockWeights, *};
use assent_policy::{
	Action, Basis, DirectiveId, Effect, PatientId, PolicyVersion, ProvisionRef, Purpose,
};
use assent_support::{PolicyInForce, PolicyRef};
use frame_support::{assert_ok, dispatch::DispatchResultWithPostInfo};

fn version(version: PolicyVersion) -> PolicyRef {
	PolicyRef { organisation: HOSPITAL, version }
}

/// The hospital registered versions 1 and 2.
fn registered() -> ExtBuilder {
	ExtBuilder::default()
}

fn register() {
	Register::set_policies(
		HOSPITAL,
		PolicyInForce {
			accepted: Some(1),
			accepted_by_patient: Some(1),
			versions: vec![(1, permission(None)), (2, denial(None))],
		},
	);
}

fn make(policy: Option<PolicyRef>) -> DispatchResultWithPostInfo {
	Consent::make_directive(
		signed(CONTROLLER),
		PATIENT,
		Box::new(permission(Some(START + DAY))),
		policy,
	)
}

fn listed(policy: PolicyRef) -> Vec<(PatientId, DirectiveId)> {
	let mut list = Consent::built_on(policy, None, 100);
	list.sort();
	list
}

#[test]
fn directives_should_be_listed_under_the_version_they_are_built_on() {
	registered().run(|| {
		register();
		assert_ok!(make(Some(version(1))));
		assert_ok!(make(None));
		assert_ok!(make(Some(version(2))));
		assert_ok!(make(Some(version(1))));
		assert_ok!(Consent::make_directive(
			signed(OTHER_CONTROLLER),
			OTHER_PATIENT,
			Box::new(denial(None)),
			Some(version(1))
		));
		assert_eq!(row(0).policy, Some(version(1)));
		assert_eq!(row(1).policy, None);
		assert_eq!(listed(version(1)), vec![(PATIENT, 0), (PATIENT, 3), (OTHER_PATIENT, 0)]);
		assert_eq!(listed(version(2)), vec![(PATIENT, 2)]);
		assert!(listed(version(3)).is_empty());
	});
}

#[test]
fn directives_should_leave_the_list_when_withdrawn_replaced_or_noted_as_expired() {
	registered().run(|| {
		register();
		for _ in 0..3 {
			assert_ok!(make(Some(version(1))));
		}
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert_eq!(listed(version(1)), vec![(PATIENT, 1), (PATIENT, 2)]);
		assert_ok!(Consent::replace(
			signed(CONTROLLER),
			PATIENT,
			1,
			Box::new(permission(None)),
			Some(version(2))
		));
		assert_eq!(listed(version(1)), vec![(PATIENT, 2)]);
		assert_eq!(listed(version(2)), vec![(PATIENT, 3)]);
		World::set_time(START + DAY);
		assert_ok!(Consent::retire_expired(signed(STRANGER), PATIENT));
		assert!(listed(version(1)).is_empty());
		// The rows still name the version.
		assert_eq!(row(0).policy, Some(version(1)));
	});
}

#[test]
fn directive_should_be_built_on_what_the_request_named_when_approved() {
	registered().run(|| {
		register();
		let Terms { actors, purposes, classes, until } = clinic_terms(None);
		assert_ok!(Consent::request(
			signed(NURSE),
			PATIENT,
			actors,
			purposes,
			classes,
			until,
			Some(version(2))
		));
		assert!(listed(version(2)).is_empty());
		assert_ok!(Consent::approve_request(signed(CONTROLLER), PATIENT, 0));
		assert_eq!(listed(version(2)), vec![(PATIENT, 0)]);
	});
}

#[test]
fn directive_should_be_refused_when_nobody_registered_what_it_is_built_on() {
	registered().run(|| {
		register();
		assert_ok!(make(None));
		let elsewhere = PolicyRef { organisation: CLINIC, version: 1 };
		for unknown in [version(0), version(3), elsewhere] {
			assert_refused!(make(Some(unknown)), Error::<Test>::PolicyNotFound);
			assert_refused!(
				Consent::replace(
					signed(CONTROLLER),
					PATIENT,
					0,
					Box::new(permission(None)),
					Some(unknown)
				),
				Error::<Test>::PolicyNotFound
			);
			let Terms { actors, purposes, classes, until } = clinic_terms(None);
			assert_refused!(
				Consent::request(
					signed(NURSE),
					PATIENT,
					actors,
					purposes,
					classes,
					until,
					Some(unknown)
				),
				Error::<Test>::PolicyNotFound
			);
		}
	});
}

#[test]
fn built_on_should_page_through_all_of_them() {
	registered().run(|| {
		register();
		for seed in 100..130 {
			let controller = sp_runtime::AccountId32::new([seed; 32]);
			let patient = PatientId([seed; 16]);
			World::enrol(patient, controller.clone(), HOSPITAL, None);
			assert_ok!(Consent::make_directive(
				signed(controller),
				patient,
				Box::new(denial(None)),
				Some(version(1))
			));
		}
		let mut seen = Vec::new();
		let mut last = None;
		loop {
			let page = Consent::built_on(version(1), last, 7);
			assert!(page.len() <= 7);
			let Some(end) = page.last() else { break };
			last = Some(*end);
			seen.extend(page);
		}
		seen.sort();
		assert_eq!(seen, listed(version(1)));
		assert_eq!(seen.len(), 30);
		assert_eq!(Consent::built_on(version(1), None, u32::MAX).len(), 30);
		assert!(Consent::built_on(version(2), None, 7).is_empty());
	});
}

/// The second clinician's decision by the hospital's base policy alone.
fn by_policy(standing: PolicyInForce) -> (Effect, Basis) {
	Register::set_policies(HOSPITAL, standing);
	let decision = decided(now());
	(decision.effect, decision.basis)
}

#[test]
fn access_should_need_every_version_since_the_accepted_one() {
	registered().run(|| {
		let by = |version| Basis::BasePolicy { version, provision: ProvisionRef::Base };
		let (lets_in, keeps_out) = (permission(None), denial(None));
		let standing = |accepted, versions| PolicyInForce {
			accepted,
			accepted_by_patient: accepted,
			versions,
		};
		assert_eq!(
			by_policy(standing(Some(1), vec![(1, lets_in.clone())])),
			(Effect::Permit, by(1))
		);
		assert_eq!(
			by_policy(standing(Some(1), vec![(1, lets_in.clone()), (2, keeps_out.clone())])),
			(Effect::Deny, by(2))
		);
		assert_eq!(
			by_policy(standing(Some(1), vec![(1, keeps_out), (2, lets_in.clone())])),
			(Effect::Deny, by(1))
		);
		assert_eq!(
			by_policy(standing(None, vec![(2, lets_in)])),
			(Effect::Deny, Basis::NotAccepted { version: 2 })
		);
	});
}

#[test]
fn access_should_cost_what_it_read_of_base_policies() {
	ExtBuilder::default().denials(2).run(|| {
		let cost = || {
			Consent::access(signed(NURSE), PATIENT, RECORD, Purpose::Treatment, Action::Access)
				.unwrap()
				.actual_weight
		};
		assert_eq!(cost(), Some(MockWeights::access(2)));
		register();
		assert_eq!(cost(), Some(MockWeights::access(4)));
	});
}
