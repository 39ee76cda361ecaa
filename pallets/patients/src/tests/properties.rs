//! Random calls by random accounts in random order. The state stays consistent, and failed calls
//! change nothing. No account has more rights than in a slow and obvious model.

use crate::{mock::*, EnrolmentNumber};
use assent_policy::{Moment, PatientId};
use assent_support::{Condition, Deed, Relation};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sp_runtime::{AccountId32, StateVersion};
use std::{collections::BTreeMap, ops::Range};

const NAMES: [&str; 3] = ["Ada", "Ben", "Cy"];
const IDS: u8 = 4;

#[derive(Clone, Debug)]
enum Step {
	Enrol { name: usize, id: u8, number: u32 },
	Leave { who: usize },
	Propose { by: usize, id: u8, guardian: usize, term: Option<u64> },
	Confirm { by: usize, id: u8, guardian: usize },
	End { by: usize, id: u8, guardian: usize },
	Name { by: usize, id: u8, delegate: usize, deeds: Vec<Deed>, days: u64 },
	Dismiss { by: usize, id: u8, delegate: usize },
	Recover { by: usize, id: u8, name: usize },
	Support { by: usize, id: u8, name: usize },
	Veto { by: usize, id: u8 },
	Finish { id: u8 },
	Report { by: usize, id: u8, condition: Condition },
	Attest { by: usize, id: u8, condition: Condition },
	Wait { days: u64 },
}

/// Everyone who acts: wallets, agents, practitioners, others.
fn people() -> Vec<AccountId32> {
	let wallets = NAMES.iter().map(|name| of(name));
	let others = [agent(), other_agent(), clinician(), mother(), account(31), stranger()];
	wallets.chain(others).collect()
}

fn id(number: u8) -> PatientId {
	PatientId([number; 16])
}

/// A position in [`people`]: mostly one of the accounts that may, else any account.
fn mostly(who: Range<usize>) -> impl Strategy<Value = usize> {
	prop_oneof![4 => who, 1 => 0..people().len()]
}

const WALLETS: Range<usize> = 0..3;
const AGENT: Range<usize> = 3..4;
const OTHER_AGENT: Range<usize> = 4..5;
/// The accounts that become guardians and delegates most often.
const RELATIVES: Range<usize> = 6..9;

/// Mostly Ada's and Ben's, so the steps meet.
fn ids() -> impl Strategy<Value = u8> {
	prop_oneof![4 => Just(0u8), 2 => Just(1), 1 => 2..IDS]
}

/// Mostly Cy, who controls nothing at first.
fn takers() -> impl Strategy<Value = usize> {
	prop_oneof![4 => Just(2usize), 1 => 0..NAMES.len()]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	let person = || 0..people().len();
	let names = (mostly(WALLETS), ids(), mostly(RELATIVES));
	let allowed = prop::sample::subsequence(DEEDS.to_vec(), 0..=DEEDS.len());
	let step = prop_oneof![
		3 => (0..NAMES.len(), 0..IDS, 0u32..4)
			.prop_map(|(name, id, number)| Step::Enrol { name, id, number }),
		1 => person().prop_map(|who| Step::Leave { who }),
		6 => (mostly(AGENT), ids(), mostly(RELATIVES), prop::option::of(0u64..20))
			.prop_map(|(by, id, guardian, term)| Step::Propose { by, id, guardian, term }),
		8 => (mostly(OTHER_AGENT), ids(), mostly(RELATIVES))
			.prop_map(|(by, id, guardian)| Step::Confirm { by, id, guardian }),
		2 => (mostly(0..9), ids(), mostly(RELATIVES))
			.prop_map(|(by, id, guardian)| Step::End { by, id, guardian }),
		4 => (names, allowed, 0u64..20).prop_map(|((by, id, delegate), deeds, days)| {
			Step::Name { by, id, delegate, deeds, days }
		}),
		3 => (prop_oneof![mostly(WALLETS), mostly(RELATIVES)], ids(), mostly(RELATIVES))
			.prop_map(|(by, id, delegate)| Step::Dismiss { by, id, delegate }),
		4 => (prop_oneof![mostly(AGENT), mostly(RELATIVES)], ids(), takers())
			.prop_map(|(by, id, name)| Step::Recover { by, id, name }),
		8 => (prop_oneof![mostly(OTHER_AGENT), mostly(RELATIVES)], ids(), takers())
			.prop_map(|(by, id, name)| Step::Support { by, id, name }),
		1 => (mostly(WALLETS), ids()).prop_map(|(by, id)| Step::Veto { by, id }),
		6 => ids().prop_map(|id| Step::Finish { id }),
		3 => (mostly(AGENT), ids(), condition())
			.prop_map(|(by, id, condition)| Step::Report { by, id, condition }),
		4 => (mostly(OTHER_AGENT), ids(), condition())
			.prop_map(|(by, id, condition)| Step::Attest { by, id, condition }),
		3 => prop_oneof![3 => 0u64..3, 1 => Just(7)].prop_map(|days| Step::Wait { days }),
	];
	prop::collection::vec(step, 1..120).prop_map(|steps| {
		// Ada and Ben are there.
		let enrol = |name, id| Step::Enrol { name, id, number: 0 };
		[vec![enrol(0, 0), enrol(1, 1)], steps].concat()
	})
}

fn condition() -> impl Strategy<Value = Condition> {
	prop_oneof![Just(Condition::Capable), Just(Condition::Incapable), Just(Condition::Deceased)]
}

/// A recovery that was proposed.
#[derive(Clone)]
struct Attempt {
	controller: AccountId32,
	/// The supporters: guardians, or the hospital's agent and then another agent.
	supporters: Vec<AccountId32>,
	by_guardians: bool,
	effective: Option<Moment>,
}

/// The result of the successful calls, told slowly.
#[derive(Default)]
struct Model {
	/// The controller of each id.
	controllers: BTreeMap<PatientId, AccountId32>,
	/// The ids that were left.
	left: Vec<PatientId>,
	/// The number of enrolments signed by an account.
	numbers: BTreeMap<AccountId32, u32>,
	/// Proposed, not yet confirmed.
	proposed: Vec<(PatientId, AccountId32, Option<Moment>)>,
	/// Confirmed and not ended, with beginning and end.
	guardians: Vec<(PatientId, AccountId32, Moment, Option<Moment>)>,
	/// Named and not ended, with deeds and end.
	delegates: Vec<(PatientId, AccountId32, Vec<Deed>, Moment)>,
	/// Reported and not confirmed.
	reports: BTreeMap<PatientId, Condition>,
	/// Confirmed last.
	conditions: BTreeMap<PatientId, Condition>,
	recoveries: BTreeMap<PatientId, Attempt>,
}

impl Model {
	fn relation(&self, who: &AccountId32, patient: PatientId, now: Moment) -> Option<Relation> {
		if self.controllers.get(&patient) == Some(who) {
			return Some(Relation::Controller);
		}
		if self.guards(who, patient, now) {
			return Some(Relation::Guardian);
		}
		let mut delegates = self.delegates.iter();
		delegates
			.any(|(of, by, _, until)| *of == patient && by == who && now < *until)
			.then_some(Relation::Delegate)
	}

	fn guards(&self, who: &AccountId32, patient: PatientId, now: Moment) -> bool {
		let guards = |(of, by, since, until): &(PatientId, AccountId32, Moment, Option<Moment>)| {
			*of == patient && by == who && *since <= now && until.is_none_or(|until| now < until)
		};
		self.guardians.iter().any(guards)
	}

	fn is_running(&self, patient: PatientId) -> bool {
		let attempt = self.recoveries.get(&patient);
		attempt.is_some_and(|attempt| attempt.effective.is_some())
	}

	fn condition(&self, patient: PatientId) -> Condition {
		let said = self.conditions.get(&patient);
		said.copied().unwrap_or(Condition::Capable)
	}

	/// The rights, with the cause of a refusal.
	fn may(&self, who: &AccountId32, patient: PatientId, deed: Deed, now: Moment) -> bool {
		let Some(relation) = self.relation(who, patient, now) else {
			return false;
		};
		if relation == Relation::Delegate {
			let given = self.delegates.iter().any(|(of, by, deeds, until)| {
				*of == patient && by == who && now < *until && deeds.contains(&deed)
			});
			if !given {
				return false;
			}
		}
		if deed == Deed::Withdraw {
			return true;
		}
		let (left, condition) = (self.left.contains(&patient), self.condition(patient));
		let undisturbed = !left && !self.is_running(patient) && condition == Condition::Capable;
		match relation {
			Relation::Delegate => undisturbed,
			Relation::Controller if undisturbed => true,
			Relation::Controller => {
				let looks = deed == Deed::OpenDocuments;
				let contests = deed == Deed::Dispute && condition == Condition::Capable;
				!self.is_running(patient) && condition != Condition::Deceased && (looks || contests)
			}
			Relation::Guardian if deed == Deed::OpenDocuments => true,
			Relation::Guardian if condition == Condition::Deceased => false,
			Relation::Guardian => !left || deed == Deed::Dispute,
		}
	}

	/// Whether the controller's key is valid for more than withdrawals.
	fn key_counts(&self, patient: PatientId, now: Moment) -> bool {
		let controller = self.controllers[&patient].clone();
		self.may(&controller, patient, Deed::Share, now)
	}
}

fn root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

/// Makes the call of the step. Tells whether the call succeeded.
fn apply(step: &Step, model: &mut Model) -> bool {
	let people = people();
	let now = Timestamp::get();
	let before = root();
	let result = match step.clone() {
		Step::Enrol { name, id: number_of_id, number } => {
			let (name, patient) = (NAMES[name], id(number_of_id));
			let result = enrol(name, patient, number);
			if result.is_ok() {
				// No number and no id serves twice, and no account has two ids in use.
				let signed = model.numbers.entry(of(name)).or_default();
				assert_eq!(*signed, number);
				*signed += 1;
				assert!(!model.controllers.contains_key(&patient));
				let mut ids = model.controllers.iter().filter(|(_, who)| **who == of(name));
				assert!(ids.all(|(id, _)| model.left.contains(id)));
				model.controllers.insert(patient, of(name));
			}
			result
		}
		Step::Leave { who } => {
			let who = people[who].clone();
			let mine = Patients::patient_of(who.clone());
			let can = mine.is_some_and(|id| model.key_counts(id, now));
			let result = Patients::leave(signed(who));
			assert_eq!(result.is_ok(), can);
			if let (Some(id), true) = (mine, can) {
				model.left.push(id);
				model.recoveries.remove(&id);
			}
			result
		}
		Step::Propose { by, id: number, guardian, term } => {
			let (patient, guardian) = (id(number), people[guardian].clone());
			let until = term.map(|days| now + days * DAY);
			let by = people[by].clone();
			let result =
				Patients::propose_guardian(signed(by.clone()), patient, guardian.clone(), until);
			if result.is_ok() {
				assert_eq!(by, agent());
				assert!(![agent(), clinician()].contains(&guardian));
				model.proposed.retain(|(of, who, _)| (*of, who) != (patient, &guardian));
				model.proposed.push((patient, guardian, until));
			}
			result
		}
		Step::Confirm { by, id: number, guardian } => {
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
		Step::End { by, id: number, guardian } => {
			let (patient, guardian) = (id(number), people[guardian].clone());
			let by = people[by].clone();
			let result = Patients::end_guardian(signed(by.clone()), patient, guardian.clone());
			if result.is_ok() {
				let could = model.left.contains(&patient) || model.key_counts(patient, now);
				assert!(by == guardian || (model.controllers[&patient] == by && could));
				assert!(by == guardian || model.condition(patient) == Condition::Capable);
				model.proposed.retain(|(of, who, _)| (*of, who) != (patient, &guardian));
				model.guardians.retain(|(of, who, ..)| (*of, who) != (patient, &guardian));
			}
			result
		}
		Step::Name { by, id: number, delegate, deeds: list, days } => {
			let (patient, delegate) = (id(number), people[delegate].clone());
			let (by, until) = (people[by].clone(), now + days * DAY);
			let result = Patients::name_delegate(
				signed(by.clone()),
				patient,
				delegate.clone(),
				deeds(&list),
				until,
			);
			if result.is_ok() {
				assert_eq!(model.controllers[&patient], by);
				assert!(model.key_counts(patient, now));
				assert!(![agent(), clinician(), by].contains(&delegate));
				assert!(!list.is_empty() && now < until);
				model.delegates.retain(|(of, who, ..)| (*of, who) != (patient, &delegate));
				model.delegates.push((patient, delegate, list, until));
			}
			result
		}
		Step::Dismiss { by, id: number, delegate } => {
			let (patient, delegate) = (id(number), people[delegate].clone());
			let by = people[by].clone();
			let result = Patients::end_delegate(signed(by.clone()), patient, delegate.clone());
			if result.is_ok() {
				assert!(
					by == delegate
						|| model.controllers[&patient] == by
						|| model.guards(&by, patient, now)
				);
				model.delegates.retain(|(of, who, ..)| (*of, who) != (patient, &delegate));
			}
			result
		}
		Step::Recover { by, id: number, name } => {
			let (patient, by, name) = (id(number), people[by].clone(), NAMES[name]);
			let signed_before = EnrolmentNumber::<Test>::get(of(name));
			let result = propose_recovery(by.clone(), patient, name, signed_before);
			if result.is_ok() {
				let by_guardians = model.guards(&by, patient, now);
				assert!(by_guardians || by == agent());
				assert!(!model.is_running(patient) && !model.left.contains(&patient));
				*model.numbers.entry(of(name)).or_default() += 1;
				model.recoveries.insert(
					patient,
					Attempt {
						controller: of(name),
						supporters: vec![by],
						by_guardians,
						effective: None,
					},
				);
			}
			result
		}
		Step::Support { by, id: number, name } => {
			let (patient, by) = (id(number), people[by].clone());
			let controller = of(NAMES[name]);
			let result =
				Patients::support_recovery(signed(by.clone()), patient, controller.clone());
			if result.is_ok() {
				let mut attempt = model.recoveries[&patient].clone();
				assert_eq!(attempt.controller, controller);
				assert_eq!(attempt.effective, None);
				assert!(!attempt.supporters.contains(&by));
				attempt.supporters.push(by.clone());
				let enough = if attempt.by_guardians {
					let mut office: Vec<_> =
						people.iter().filter(|who| model.guards(who, patient, now)).collect();
					office.dedup();
					attempt.supporters.retain(|one| office.contains(&one));
					let support = attempt.supporters.len();
					support >= 2 && 2 * support > office.len()
				} else {
					assert_eq!(by, other_agent());
					true
				};
				if enough {
					attempt.effective = Some(now + 7 * DAY);
				}
				model.recoveries.insert(patient, attempt);
			}
			result
		}
		Step::Veto { by, id: number } => {
			let (patient, by) = (id(number), people[by].clone());
			let result = Patients::veto_recovery(signed(by.clone()), patient);
			let attempt = model.recoveries.get(&patient);
			let can = attempt.is_some_and(|attempt| {
				model.controllers[&patient] == by
					|| model.guards(&by, patient, now)
					|| (!attempt.by_guardians
						&& (by == agent() || attempt.supporters.contains(&by)))
			});
			assert_eq!(result.is_ok(), can);
			if can {
				model.recoveries.remove(&patient);
			}
			result
		}
		Step::Finish { id: number } => {
			let patient = id(number);
			let result = Patients::finish_recovery(signed(stranger()), patient);
			if result.is_ok() {
				let attempt = model.recoveries.remove(&patient).expect("one was proposed");
				assert!(attempt.effective.expect("it had its support") <= now);
				assert!(attempt.supporters.len() >= 2);
				model.controllers.insert(patient, attempt.controller);
				model.delegates.retain(|(of, ..)| *of != patient);
			}
			result
		}
		Step::Report { by, id: number, condition } => {
			let (patient, by) = (id(number), people[by].clone());
			let result = Patients::report_condition(signed(by.clone()), patient, condition);
			if result.is_ok() {
				assert_eq!(by, agent());
				if condition == model.condition(patient) {
					assert!(model.reports.remove(&patient).is_some());
				} else {
					model.reports.insert(patient, condition);
				}
			}
			result
		}
		Step::Attest { by, id: number, condition } => {
			let (patient, by) = (id(number), people[by].clone());
			let result = Patients::confirm_condition(signed(by.clone()), patient, condition);
			if result.is_ok() {
				assert_eq!(by, other_agent());
				assert_eq!(model.reports.remove(&patient), Some(condition));
				model.conditions.insert(patient, condition);
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
	result.is_ok()
}

/// The rights of every account for every patient now, by the model.
fn everything(model: &Model, now: Moment) -> Vec<(AccountId32, PatientId, Deed, bool)> {
	let mut list = Vec::new();
	for who in people() {
		for patient in (0..IDS).map(id) {
			for deed in DEEDS {
				let may = model.may(&who, patient, deed, now);
				list.push((who.clone(), patient, deed, may));
			}
		}
	}
	list
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(60))]

	#[test]
	fn nobody_should_do_more_than_the_model_says_then_and_now(steps in steps()) {
		ExtBuilder::default().run(|| {
			let mut model = Model::default();
			let mut then = BTreeMap::new();
			for step in &steps {
				apply(step, &mut model);
				Patients::do_try_state().unwrap();
				let now = Timestamp::get();
				for who in people() {
					for patient in (0..IDS).map(id) {
						assert_eq!(
							relation(&who, patient, now),
							model.relation(&who, patient, now),
							"{who:?} {patient:?} after {step:?}"
						);
					}
					let guards = model.guardians.iter().any(|(of, by, _, until)| {
						*by == who
							&& !model.left.contains(of)
							&& until.is_none_or(|until| now < until)
					});
					let delegated = model.delegates.iter().any(|(of, by, _, until)| {
						*by == who && !model.left.contains(of) && now < *until
					});
					assert_eq!(Patients::is_representative(&who, now), guards || delegated);
				}
				let rights = everything(&model, now);
				for (who, patient, deed, may) in &rights {
					assert_eq!(
						Patients::may_do(who, *patient, *deed, now).is_ok(),
						*may,
						"{who:?} {patient:?} {deed:?} after {step:?}"
					);
				}
				// The last state of a moment is the answer for the moment later.
				then.insert(now, rights);
			}
			wait(1);
			for (at, rights) in then {
				for (who, patient, deed, may) in rights {
					assert_eq!(
						Patients::may_do(&who, patient, deed, at).is_ok(),
						may,
						"{who:?} {patient:?} {deed:?} at {at}"
					);
				}
			}
		});
	}
}

/// The steps are useful only if every call succeeds often, and is refused often.
#[test]
fn steps_should_pass_and_fail_often_when_drawn() {
	let mut runner = TestRunner::deterministic();
	let mut seen = BTreeMap::<String, (u32, u32)>::new();
	for _ in 0..150 {
		let steps = steps().new_tree(&mut runner).unwrap().current();
		ExtBuilder::default().run(|| {
			let mut model = Model::default();
			for step in &steps {
				let told = format!("{step:?}");
				let call = told.split_whitespace().next().unwrap().to_owned();
				let (passed, failed) = seen.entry(call).or_default();
				if apply(step, &mut model) {
					*passed += 1;
				} else {
					*failed += 1;
				}
			}
		});
	}
	assert_eq!(seen.len(), 14, "{seen:?}");
	for (call, (passed, failed)) in &seen {
		assert!(*passed >= 5, "{call}: {seen:?}");
		assert!(*failed >= 5 || call == "Wait", "{call}: {seen:?}");
	}
}
