//! Any calls, by anyone, in any order: the state holds together, failed calls leave nothing,
//! and nobody is more than a slow and obvious model says.

use crate::mock::*;
use assent_policy::{Moment, PatientId};
use assent_support::{Patients as _, Relation};
use proptest::prelude::*;
use sp_runtime::{AccountId32, StateVersion};
use std::collections::BTreeMap;

const NAMES: [&str; 3] = ["Ada", "Ben", "Cy"];
const IDS: u8 = 4;

#[derive(Clone, Debug)]
enum Step {
	Enrol {
		name: usize,
		id: u8,
		number: u32,
	},
	Leave {
		who: usize,
	},
	Propose {
		by: usize,
		id: u8,
		guardian: usize,
		term: Option<u64>,
	},
	Confirm {
		by: usize,
		id: u8,
		guardian: usize,
	},
	End {
		by: usize,
		id: u8,
		guardian: usize,
	},
	Wait {
		days: u64,
	},
}

/// Everyone who acts: wallets, agents, practitioners, others.
fn people() -> Vec<AccountId32> {
	let wallets = NAMES.iter().map(|name| of(name));
	let others = [
		agent(),
		other_agent(),
		clinician(),
		mother(),
		account(31),
		stranger(),
	];
	wallets.chain(others).collect()
}

fn id(number: u8) -> PatientId {
	PatientId([number; 16])
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	let person = || 0..people().len();
	let step = prop_oneof![
		3 => (0..NAMES.len(), 0..IDS, 0u32..3)
			.prop_map(|(name, id, number)| Step::Enrol { name, id, number }),
		1 => person().prop_map(|who| Step::Leave { who }),
		// Mostly by those who may.
		4 => (prop_oneof![4 => Just(3usize), 1 => person()], 0..IDS, person(),
			prop::option::of(0u64..4))
			.prop_map(|(by, id, guardian, term)| Step::Propose { by, id, guardian, term }),
		4 => (prop_oneof![4 => Just(4usize), 1 => person()], 0..IDS, person())
			.prop_map(|(by, id, guardian)| Step::Confirm { by, id, guardian }),
		1 => (person(), 0..IDS, person())
			.prop_map(|(by, id, guardian)| Step::End { by, id, guardian }),
		1 => (0u64..3).prop_map(|days| Step::Wait { days }),
	];
	prop::collection::vec(step, 1..50)
}

/// What the calls that passed amount to, told slowly.
#[derive(Default)]
struct Model {
	/// Who controls an id.
	controllers: BTreeMap<PatientId, AccountId32>,
	/// Who left.
	left: Vec<PatientId>,
	/// How many enrolments an account signed.
	numbers: BTreeMap<AccountId32, u32>,
	/// Proposed, not yet confirmed.
	proposed: Vec<(PatientId, AccountId32, Option<Moment>)>,
	/// Confirmed, not ended: since and until when.
	guardians: Vec<(PatientId, AccountId32, Moment, Option<Moment>)>,
}

impl Model {
	fn relation(&self, who: &AccountId32, patient: PatientId, now: Moment) -> Option<Relation> {
		if self.controllers.get(&patient) == Some(who) {
			return Some(Relation::Controller);
		}
		let guards = |(of, by, since, until): &(PatientId, AccountId32, Moment, Option<Moment>)| {
			*of == patient && by == who && *since <= now && until.is_none_or(|until| now < until)
		};
		self.guardians
			.iter()
			.any(guards)
			.then_some(Relation::Guardian)
	}
}

fn root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

fn apply(step: &Step, model: &mut Model) {
	let people = people();
	let now = Timestamp::get();
	let before = root();
	let result = match step.clone() {
		Step::Enrol {
			name,
			id: number_of_id,
			number,
		} => {
			let (name, patient) = (NAMES[name], id(number_of_id));
			let result = enrol(name, patient, number);
			if result.is_ok() {
				// Never twice with one number, never an id twice, never two ids in use.
				let signed = model.numbers.entry(of(name)).or_default();
				assert_eq!(*signed, number);
				*signed += 1;
				assert!(!model.controllers.contains_key(&patient));
				let mut ids = model
					.controllers
					.iter()
					.filter(|(_, who)| **who == of(name));
				assert!(ids.all(|(id, _)| model.left.contains(id)));
				model.controllers.insert(patient, of(name));
			}
			result
		}
		Step::Leave { who } => {
			let who = people[who].clone();
			let mine = Patients::patient_of(who.clone());
			let result = Patients::leave(signed(who));
			assert_eq!(result.is_ok(), mine.is_some());
			model.left.extend(mine);
			result
		}
		Step::Propose {
			by,
			id: number,
			guardian,
			term,
		} => {
			let (patient, guardian) = (id(number), people[guardian].clone());
			let until = term.map(|days| now + days * DAY);
			let by = people[by].clone();
			let result =
				Patients::propose_guardian(signed(by.clone()), patient, guardian.clone(), until);
			if result.is_ok() {
				assert_eq!(by, agent());
				assert!(![agent(), clinician()].contains(&guardian));
				model
					.proposed
					.retain(|(of, who, _)| (*of, who) != (patient, &guardian));
				model.proposed.push((patient, guardian, until));
			}
			result
		}
		Step::Confirm {
			by,
			id: number,
			guardian,
		} => {
			let (patient, guardian) = (id(number), people[guardian].clone());
			let by = people[by].clone();
			let result = Patients::confirm_guardian(signed(by.clone()), patient, guardian.clone());
			if result.is_ok() {
				assert_eq!(by, other_agent());
				let position = model
					.proposed
					.iter()
					.position(|(of, who, _)| (*of, who) == (patient, &guardian))
					.expect("only what was proposed is confirmed");
				let (.., until) = model.proposed.remove(position);
				model.guardians.push((patient, guardian, now, until));
			}
			result
		}
		Step::End {
			by,
			id: number,
			guardian,
		} => {
			let (patient, guardian) = (id(number), people[guardian].clone());
			let by = people[by].clone();
			let result = Patients::end_guardian(signed(by.clone()), patient, guardian.clone());
			if result.is_ok() {
				assert!(by == guardian || model.controllers[&patient] == by);
				model
					.proposed
					.retain(|(of, who, _)| (*of, who) != (patient, &guardian));
				model
					.guardians
					.retain(|(of, who, ..)| (*of, who) != (patient, &guardian));
			}
			result
		}
		Step::Wait { days } => {
			wait(days * DAY);
			Ok(())
		}
	};
	if result.is_err() {
		assert_eq!(root(), before, "a failed call left something: {step:?}");
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(40))]

	#[test]
	fn nobody_should_be_more_than_the_model_says(steps in steps()) {
		ExtBuilder::default().run(|| {
			let mut model = Model::default();
			for step in &steps {
				apply(step, &mut model);
				Patients::do_try_state().unwrap();
				let now = Timestamp::get();
				for who in people() {
					for patient in (0..IDS).map(id) {
						assert_eq!(
							Patients::relation(&who, patient, now),
							model.relation(&who, patient, now),
							"{who:?} {patient:?} after {step:?}"
						);
					}
					let guards = model.guardians.iter().any(|(of, by, _, until)| {
						*by == who
							&& !model.left.contains(of)
							&& until.is_none_or(|until| now < until)
					});
					assert_eq!(Patients::is_guardian(&who, now), guards);
				}
			}
		});
	}
}
