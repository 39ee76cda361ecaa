//! Random lives of emergencies, with jumps of time, against a plain list.

use crate::{mock::*, *};
use assent_policy::{Moment, OrganisationId, PatientId, Role};
use assent_support::ReviewFinding;
use frame_support::assert_ok;
use proptest::prelude::*;
use sp_runtime::AccountId32;
use std::collections::{BTreeMap, BTreeSet};

const PRACTITIONERS: u8 = 3;
const PATIENTS: u8 = 5;

#[derive(Clone, Copy, Debug)]
enum Step {
	/// A practitioner declares an emergency for a patient, for a number of minutes.
	Declare(u8, u8, u16),
	/// A practitioner ends an emergency.
	End(u8, u8),
	/// A practitioner justifies an emergency.
	Justify(u8, u8),
	/// Somebody draws for an emergency.
	Draw(u8),
	/// An organisation's agent reviews an emergency. With `true` the agent is the drawn
	/// organisation's.
	Review(u8, bool, u8, bool),
	/// Somebody passes an emergency on.
	PassOn(u8),
	/// Somebody notes the missed justification of an emergency.
	Note(u8),
	/// The council reinstates a practitioner.
	Reinstate(u8),
	/// A number of minutes and blocks passes.
	Wait(u32, u32),
}

fn step() -> impl Strategy<Value = Step> {
	let (who, id) = (0..PRACTITIONERS, 0..16u8);
	prop_oneof![
		6 => (who.clone(), 0..PATIENTS, 0..=260u16)
			.prop_map(|(who, patient, minutes)| Step::Declare(who, patient, minutes)),
		2 => (who.clone(), id.clone()).prop_map(|(who, id)| Step::End(who, id)),
		6 => (who.clone(), id.clone()).prop_map(|(who, id)| Step::Justify(who, id)),
		4 => id.clone().prop_map(Step::Draw),
		4 => (0..4u8, any::<bool>(), id.clone(), any::<bool>())
			.prop_map(|(by, drawn, id, right)| Step::Review(by, drawn, id, right)),
		3 => id.clone().prop_map(Step::PassOn),
		3 => id.prop_map(Step::Note),
		1 => who.prop_map(Step::Reinstate),
		5 => (0..200u32, 0..3u32).prop_map(|(minutes, blocks)| Step::Wait(minutes, blocks)),
		2 => (0..5_000u32, 0..9u32).prop_map(|(minutes, blocks)| Step::Wait(minutes, blocks)),
		1 => (0..25_000u32, 0..9u32).prop_map(|(minutes, blocks)| Step::Wait(minutes, blocks)),
	]
}

#[derive(Clone, Copy, PartialEq)]
enum Known {
	Owed,
	ToDraw { from_block: u64 },
	Reviewing { by: OrganisationId, due: Moment },
	Done,
}

struct One {
	who: u8,
	patient: u8,
	declared: Moment,
	over: Moment,
	justify_by: Moment,
	known: Known,
}

#[derive(Default)]
struct Model {
	list: Vec<One>,
	suspended: BTreeSet<u8>,
	missed: u32,
	/// The permitted practitioners at each moment, as answered at the time.
	answers: BTreeMap<Moment, Vec<bool>>,
}

impl Model {
	/// Whether a justification of the practitioner is overdue.
	fn is_overdue(&self, who: u8) -> bool {
		self.of(who).any(|one| one.known == Known::Owed && one.justify_by <= now())
	}

	fn of(&self, who: u8) -> impl Iterator<Item = &One> {
		self.list.iter().filter(move |one| one.who == who)
	}

	fn may_declare(&self, who: u8, patient: u8, minutes: u16) -> bool {
		let active: Vec<_> = self.of(who).filter(|one| now() < one.over).collect();
		let owed = self.of(who).filter(|one| one.known == Known::Owed).count();
		let today = self.of(who).filter(|one| one.declared / DAY == now() / DAY).count();
		(1..=240).contains(&minutes)
			&& !self.suspended.contains(&who)
			&& !self.is_overdue(who)
			&& active.len() < ACTIVE_AT_A_TIME as usize
			&& active.iter().all(|one| one.patient != patient)
			&& owed < TO_JUSTIFY as usize
			&& today < IN_A_DAY as usize
	}

	fn lets_in(&self, who: u8, patient: u8) -> bool {
		!self.suspended.contains(&who)
			&& !self.is_overdue(who)
			&& self.of(who).any(|one| one.patient == patient && now() < one.over)
	}

	fn suspend(&mut self, who: u8) {
		self.suspended.insert(who);
		for one in self.list.iter_mut().filter(|one| one.who == who) {
			one.over = one.over.min(now());
		}
	}
}

fn practitioner(who: u8) -> AccountId32 {
	account(60 + who)
}

fn patient(number: u8) -> PatientId {
	PatientId([70 + number; 16])
}

/// The answers for every practitioner and patient, in order.
fn matrix(mut asked: impl FnMut(u8, u8) -> bool) -> Vec<bool> {
	let mut answers = Vec::new();
	for who in 0..PRACTITIONERS {
		for patient in 0..PATIENTS {
			answers.push(asked(who, patient));
		}
	}
	answers
}

fn apply(step: Step, model: &mut Model) -> Result<(), TestCaseError> {
	let somebody = || signed(STRANGER);
	match step {
		Step::Declare(who, number, minutes) => {
			let fits = model.may_declare(who, number, minutes);
			let declared = declare(practitioner(who), patient(number), minutes);
			prop_assert_eq!(declared.is_ok(), fits, "{:?}", declared);
			if fits {
				let over = now() + Moment::from(minutes) * MINUTE;
				model.list.push(One {
					who,
					patient: number,
					declared: now(),
					over,
					justify_by: over + JUSTIFY,
					known: Known::Owed,
				});
			}
		}
		Step::End(who, id) => {
			let ended = BreakGlass::end(signed(practitioner(who)), id.into());
			let found = model.list.get_mut(usize::from(id));
			let found = found.filter(|one| one.who == who && now() < one.over);
			prop_assert_eq!(ended.is_ok(), found.is_some(), "{:?}", ended);
			if let Some(one) = found {
				one.over = now();
				one.justify_by = now() + JUSTIFY;
			}
		}
		Step::Justify(who, id) => {
			let done = justify(practitioner(who), id.into());
			let from_block = System::block_number() + u64::from(DELAY) + 1;
			let found = model.list.get_mut(usize::from(id)).filter(|one| {
				one.who == who
					&& one.known == Known::Owed
					&& (one.over..one.justify_by).contains(&now())
			});
			prop_assert_eq!(done.is_ok(), found.is_some(), "{:?}", done);
			if let Some(one) = found {
				one.known = Known::ToDraw { from_block };
			}
		}
		Step::Draw(id) => {
			let done = BreakGlass::draw(somebody(), id.into());
			let block = System::block_number();
			let found = model.list.get_mut(usize::from(id)).filter(
				|one| matches!(one.known, Known::ToDraw { from_block } if from_block <= block),
			);
			prop_assert_eq!(done.is_ok(), found.is_some(), "{:?}", done);
			if let Some(one) = found {
				let Stage::UnderReview { reviewer, .. } = row(id.into()).stage else {
					panic!("nobody was drawn")
				};
				prop_assert!(reviewer != row(id.into()).organisation);
				one.known = Known::Reviewing { by: reviewer, due: now() + REVIEW };
			}
		}
		Step::Review(by, drawn, id, right) => {
			let found = model.list.get_mut(usize::from(id));
			let mut caller = OrganisationId::from(by);
			let mut fits = None;
			if let Some(one) = found {
				if let Known::Reviewing { by, due } = one.known {
					if drawn {
						caller = by;
					}
					if caller == by && now() < due {
						one.known = Known::Done;
						fits = Some(one.who);
					}
				}
			}
			let finding = match right {
				true => ReviewFinding::Justified,
				false => ReviewFinding::Adverse,
			};
			let done = review(agent(caller), id.into(), finding);
			prop_assert_eq!(done.is_ok(), fits.is_some(), "{:?}", done);
			if let (Some(who), false) = (fits, right) {
				model.suspend(who);
			}
		}
		Step::PassOn(id) => {
			let done = BreakGlass::pass_on(somebody(), id.into());
			let from_block = System::block_number() + u64::from(DELAY) + 1;
			let found = model
				.list
				.get_mut(usize::from(id))
				.filter(|one| matches!(one.known, Known::Reviewing { due, .. } if due <= now()));
			prop_assert_eq!(done.is_ok(), found.is_some(), "{:?}", done);
			if let Some(one) = found {
				one.known = Known::ToDraw { from_block };
				model.missed += 1;
			}
		}
		Step::Note(id) => {
			let done = BreakGlass::suspend_unjustified(somebody(), id.into());
			let found = model
				.list
				.get_mut(usize::from(id))
				.filter(|one| one.known == Known::Owed && one.justify_by <= now());
			prop_assert_eq!(done.is_ok(), found.is_some(), "{:?}", done);
			if let Some(one) = found {
				one.known = Known::Done;
				let who = one.who;
				model.suspend(who);
			}
		}
		Step::Reinstate(who) => {
			let done = BreakGlass::reinstate(RuntimeOrigin::root(), practitioner(who));
			prop_assert_eq!(done.is_ok(), model.suspended.remove(&who), "{:?}", done);
		}
		Step::Wait(minutes, blocks) => {
			World::advance(Moment::from(minutes) * MINUTE);
			run_blocks(blocks);
		}
	}
	Ok(())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn lives_of_emergencies_should_follow_the_rules_and_be_remembered(
		steps in proptest::collection::vec(step(), 1..90),
	) {
		ExtBuilder.build().execute_with(|| {
			for who in 0..PRACTITIONERS {
				let organisation = [CLINIC, CLINIC, HOSPITAL][usize::from(who)];
				credential(
					practitioner(who),
					organisation,
					&[Role::EmergencyClinician],
				);
			}
			for number in 0..PATIENTS {
				enrol(patient(number));
			}
			let mut model = Model::default();
			for step in steps {
				apply(step, &mut model)?;
				assert_ok!(BreakGlass::do_try_state());
				let answers = matrix(|who, number| let_in(practitioner(who), patient(number)));
				let expected = matrix(|who, number| model.lets_in(who, number));
				prop_assert_eq!(&answers, &expected);
				model.answers.insert(now(), answers);
			}
			let missed: u32 = ReviewCounts::<Test>::iter_values().map(|count| count.missed).sum();
			prop_assert_eq!(missed, model.missed);
			World::advance(DAY);
			for (at, answers) in &model.answers {
				let remembered = matrix(|who, number| {
					let_in_at(&practitioner(who), patient(number), *at)
				});
				prop_assert_eq!(&remembered, answers, "at {}", at);
			}
			Ok::<(), TestCaseError>(())
		})?;
	}
}
