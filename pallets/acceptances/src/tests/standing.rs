//! The versions valid for a patient, now and at past moments.

use crate::mock::*;
use assent_policy::{PolicyVersion, MAX_POLICY_VERSIONS};
use assent_support::{Acceptances as _, PolicyInForce, PolicyRef};

fn at(moment: u64) -> (Option<PolicyVersion>, Vec<PolicyVersion>) {
	let PolicyInForce { accepted, versions, .. } = Accepting::standing(ADA, HOSPITAL, moment);
	for (version, found) in &versions {
		assert_eq!(*found, rules(*version));
	}
	(accepted, versions.into_iter().map(|(version, _)| version).collect())
}

#[test]
fn standing_should_begin_with_the_accepted_version_and_end_with_the_newest() {
	ExtBuilder.run(|| {
		assert_eq!(at(now()), (Some(1), vec![1]));
		register(HOSPITAL);
		register(HOSPITAL);
		assert_eq!(at(now()), (Some(1), vec![1, 2, 3]));
		accept(ADA, 3);
		assert_eq!(at(now()), (Some(3), vec![3]));
		register(HOSPITAL);
		assert_eq!(at(now()), (Some(3), vec![3, 4]));
		accept(ADA, 2);
		assert_eq!(at(now()), (Some(2), vec![2, 3, 4]));
	});
}

#[test]
fn standing_should_name_the_newest_alone_when_none_was_accepted() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		let PolicyInForce { accepted, versions, .. } = Accepting::standing(OLD, HOSPITAL, now());
		assert_eq!((accepted, versions), (None, vec![(2, rules(2))]));
	});
}

#[test]
fn standing_should_be_as_it_was_at_the_moment() {
	ExtBuilder.run(|| {
		let (second, third) = (START + 10_000, START + 20_000);
		let (accepted, back) = (START + 15_000, START + 25_000);
		for (moment, act) in [(second, None), (accepted, Some(2)), (third, None), (back, Some(3))] {
			World::set_time(moment);
			match act {
				None => drop(register(HOSPITAL)),
				Some(version) => accept(ADA, version),
			}
		}
		// The second of two acceptances in one moment is valid at the end of the moment.
		accept(ADA, 1);
		for now in [back, back + DAY] {
			World::set_time(now);
			assert_eq!(at(START - 1), (None, vec![]));
			assert_eq!(at(START), (Some(1), vec![1]));
			assert_eq!(at(second - 1), (Some(1), vec![1]));
			assert_eq!(at(second), (Some(1), vec![1, 2]));
			assert_eq!(at(accepted - 1), (Some(1), vec![1, 2]));
			assert_eq!(at(accepted), (Some(2), vec![2]));
			assert_eq!(at(third - 1), (Some(2), vec![2]));
			assert_eq!(at(third), (Some(2), vec![2, 3]));
			assert_eq!(at(back - 1), (Some(2), vec![2, 3]));
			assert_eq!(at(back), (Some(1), vec![1, 2, 3]));
			assert_eq!(at(u64::MAX), (Some(1), vec![1, 2, 3]));
		}
	});
}

#[test]
fn standing_should_reach_no_further_back_than_its_bound() {
	ExtBuilder.run(|| {
		for _ in 1..MAX_POLICY_VERSIONS {
			register(HOSPITAL);
		}
		let all: Vec<PolicyVersion> = (1..=MAX_POLICY_VERSIONS).collect();
		assert_eq!(at(now()), (Some(1), all));
		register(HOSPITAL);
		let newest: Vec<PolicyVersion> = (2..=MAX_POLICY_VERSIONS + 1).collect();
		assert_eq!(at(now()), (Some(1), newest));
		accept(ADA, 2);
		assert_eq!(at(now()).1.len(), MAX_POLICY_VERSIONS as usize);
	});
}

#[test]
fn standing_should_be_nothing_when_the_organisation_is_suspended_or_another() {
	ExtBuilder.run(|| {
		let nothing = PolicyInForce::default();
		assert_eq!(Accepting::standing(ADA, CLINIC, now()), nothing);
		assert_eq!(Accepting::standing(OTHER, HOSPITAL, now()), nothing);
		assert_eq!(Accepting::standing(UNKNOWN, HOSPITAL, now()), nothing);
		let fell = now();
		World::suspend(HOSPITAL);
		wait(1);
		assert_eq!(Accepting::standing(ADA, HOSPITAL, fell), nothing);
		assert_eq!(at(fell - 1), (Some(1), vec![1]));
	});
}

#[test]
fn standing_should_be_nothing_when_a_version_can_not_be_read() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		register(HOSPITAL);
		World::with(|world| world.policies.get_mut(&HOSPITAL).unwrap()[1].1 = None);
		assert_eq!(at(now()), (None, vec![]));
	});
}

#[test]
fn directives_should_build_on_versions_of_the_enrolling_organisation_only() {
	ExtBuilder.run(|| {
		let can = |patient, organisation, version| {
			let policy = PolicyRef { organisation, version };
			Accepting::can_build_on(patient, policy)
		};
		register(CLINIC);
		assert!(can(ADA, HOSPITAL, 1));
		assert!(can(OTHER, CLINIC, 1));
		assert!(!can(ADA, HOSPITAL, 0));
		assert!(!can(ADA, HOSPITAL, 2));
		assert!(!can(ADA, CLINIC, 1));
		assert!(!can(UNKNOWN, HOSPITAL, 1));
		// A suspended organisation keeps its registered versions.
		World::suspend(HOSPITAL);
		assert!(can(ADA, HOSPITAL, 1));
	});
}

#[test]
fn standing_should_reach_back_to_what_the_patient_accepted_when_a_guardian_went_ahead() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		register(HOSPITAL);
		Accepting::accept(signed(GUARDIAN), ADA, 3).unwrap();
		let standing = Accepting::standing(ADA, HOSPITAL, now());
		let both = (standing.accepted, standing.accepted_by_patient);
		assert_eq!(both, (Some(3), Some(1)));
		let versions: Vec<_> = standing.versions.iter().map(|(version, _)| *version).collect();
		assert_eq!(versions, [1, 2, 3]);
	});
}
