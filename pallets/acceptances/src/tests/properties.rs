//! Random calls in random order. The state stays consistent, and refused calls change nothing. At
//! every moment the read of a past moment gives the version accepted then.

use crate::mock::*;
use assent_policy::{PatientId, PolicyVersion};
use assent_support::{Acceptances as _, PolicyInForce};
use proptest::prelude::*;
use sp_runtime::StateVersion;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
	Register,
	Accept(usize, PolicyVersion),
	AcceptFor(usize, PolicyVersion),
	Refuse(usize, PolicyVersion),
	Open(Option<PolicyVersion>, u64),
	Ask(Vec<usize>),
	End,
	Wait(u64),
}

const PATIENTS: [PatientId; 4] = [ADA, BEN, OLD, OTHER];

fn step() -> impl Strategy<Value = Step> {
	let who = || 0..PATIENTS.len();
	prop_oneof![
		2 => Just(Step::Register),
		4 => (who(), 0..6u32).prop_map(|(who, version)| Step::Accept(who, version)),
		2 => (who(), 0..6u32).prop_map(|(who, version)| Step::AcceptFor(who, version)),
		3 => (who(), 1..6u32).prop_map(|(who, version)| Step::Refuse(who, version)),
		2 => (prop::option::of(0..4u32), 0..12u64)
			.prop_map(|(from, lasts)| Step::Open(from, lasts)),
		3 => prop::collection::vec(who(), 0..4).prop_map(Step::Ask),
		1 => Just(Step::End),
		4 => (0..5u64).prop_map(Step::Wait),
	]
}

fn apply(step: &Step) -> frame_support::dispatch::DispatchResult {
	match step.clone() {
		Step::Register => {
			register(HOSPITAL);
			Ok(())
		}
		Step::Accept(who, version) => {
			let patient = PATIENTS[who];
			Accepting::accept(signed(controller(patient)), patient, version)
		}
		Step::AcceptFor(who, version) => {
			Accepting::accept(signed(GUARDIAN), PATIENTS[who], version)
		}
		Step::Refuse(who, version) => {
			let patient = PATIENTS[who];
			Accepting::refuse(signed(GUARDIAN), patient, version)
		}
		Step::Open(from, lasts) => {
			Accepting::open_campaign(signed(HOSPITAL_AGENT), from, now() + lasts)
		}
		Step::Ask(whom) => {
			let patients = whom.into_iter().map(|who| PATIENTS[who]);
			Accepting::ask(signed(HOSPITAL_AGENT), asked(patients))
		}
		Step::End => Accepting::end_campaign(signed(HOSPITAL_AGENT)),
		Step::Wait(time) => {
			wait(time);
			Ok(())
		}
	}
}

fn standings() -> Vec<PolicyInForce> {
	PATIENTS.iter().map(|patient| Accepting::standing(*patient, HOSPITAL, now())).collect()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn acceptances_should_be_told_of_every_moment_as_they_were_then(
		steps in prop::collection::vec(step(), 1..50),
	) {
		ExtBuilder.run(|| {
			// The model: the last accepted version of each patient.
			let mut last: BTreeMap<PatientId, PolicyVersion> = [(ADA, 1), (BEN, 1)].into();
			let mut own = last.clone();
			let mut live = Vec::new();
			for step in &steps {
				if matches!(step, Step::Wait(1..)) {
					live.push((now(), standings()));
				}
				let before = sp_io::storage::root(StateVersion::V1);
				match (apply(step), step) {
					(Ok(()), Step::Accept(who, version)) => {
						last.insert(PATIENTS[*who], *version);
						own.insert(PATIENTS[*who], *version);
					}
					(Ok(()), Step::AcceptFor(who, version)) => {
						last.insert(PATIENTS[*who], *version);
					}
					(Ok(()), _) => {}
					(Err(_), _) => {
						assert_eq!(before, sp_io::storage::root(StateVersion::V1), "{step:?}")
					}
				}
				Accepting::do_try_state().unwrap();
				// A call other than `accept` changes no accepted version.
				for patient in PATIENTS {
					assert_eq!(accepted(patient), last.get(&patient).copied(), "{step:?}");
					let standing = Accepting::status_of(patient).unwrap();
					assert_eq!(standing.accepted_by_patient, own.get(&patient).copied());
				}
			}
			wait(1);
			for (at, told) in live {
				for (patient, expected) in PATIENTS.iter().zip(told) {
					assert_eq!(Accepting::standing(*patient, HOSPITAL, at), expected, "at {at}");
				}
			}
		});
	}
}
