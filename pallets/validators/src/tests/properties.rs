//! Any sequence of events. The set never falls below the minimum while enough validators have keys.
//! No unregistered account validates, and no more than a third is disabled. A validator that is
//! gone left no key behind.

use crate::{mock::*, Sessions, ValidatorStatus};
use assent_support::Members;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
	Add(u8, u32),
	Remove(u8),
	SetKeys(u8, u64),
	Offend(u8, u64),
	Reinstate(u8),
	Suspend(u32),
	Resume(u32),
	Pass(u32),
}

fn step() -> impl Strategy<Value = Step> {
	let who = 0..9u8;
	prop_oneof![
		(who.clone(), 0..6u32).prop_map(|(v, o)| Step::Add(v, o)),
		who.clone().prop_map(Step::Remove),
		(who.clone(), 0..30u64).prop_map(|(v, key)| Step::SetKeys(v, key)),
		(who.clone(), 0..3u64).prop_map(|(v, round)| Step::Offend(v, round)),
		who.prop_map(Step::Reinstate),
		(0..6u32).prop_map(Step::Suspend),
		(0..6u32).prop_map(Step::Resume),
		(1..3u32).prop_map(Step::Pass),
		(1..3u32).prop_map(Step::Pass),
	]
}

fn act(step: &Step) {
	match *step {
		Step::Add(n, organisation) => {
			let _ = Validators::add(root(), organisation, validator(n));
		}
		Step::Remove(n) => {
			let _ = Validators::remove(root(), validator(n));
		}
		Step::SetKeys(n, key) => {
			let _ = set_keys(validator(n), key);
		}
		Step::Offend(n, round) => {
			// Only a running validator can be proven to have offended.
			if running().contains(&validator(n)) {
				let _ = report(validator(n), Session::current_index(), round);
			}
		}
		Step::Reinstate(n) => {
			let _ = Validators::reinstate(root(), validator(n));
		}
		Step::Suspend(organisation) => World::suspend(organisation),
		Step::Resume(organisation) => {
			World::admit(organisation);
		}
		Step::Pass(sessions) => pass_sessions(sessions),
	}
}

fn check(step: &Step) {
	Validators::do_try_state().unwrap();
	assert!(running().len() >= 4, "{step:?}: {:?}", running());
	assert!(queued().len() >= 4, "{step:?}: {:?}", queued());
	assert!(disabled().len() <= (running().len() - 1) / 3, "{step:?}");
	for n in 0..9u8 {
		let who = validator(n);
		match Validators::validator(who.clone()) {
			None => {
				assert!(!running().contains(&who), "{step:?}");
				assert_eq!(Session::keys(&who), None, "{step:?}");
				assert_eq!(System::consumers(&who), 0, "{step:?}");
			}
			Some(info) => {
				let keys = Session::keys(&who).is_some();
				assert_eq!(System::consumers(&who), u32::from(keys), "{step:?}");
				let good =
					info.status == ValidatorStatus::Active && World::is_active(info.organisation);
				assert!(
					!good || !keys || Validators::next_plan().contains(&who),
					"{step:?}: a good one is not planned"
				);
			}
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

	#[test]
	fn set_should_stay_sound_whatever_happens(
		steps in proptest::collection::vec(step(), 1..50),
	) {
		ExtBuilder::default().build().execute_with(|| {
			pass_sessions(1);
			for step in &steps {
				act(step);
				check(step);
			}
			// At rest, every leaving validator that the plan can spare is gone, and the set is the
			// plan.
			pass_sessions(3);
			assert_eq!(running(), Validators::next_plan());
			let planned = Validators::next_plan();
			for n in 0..9u8 {
				let leaving = Validators::validator(validator(n))
					.is_some_and(|info| info.status == ValidatorStatus::Leaving);
				assert!(!leaving || planned.contains(&validator(n)));
			}
		});
	}
}
