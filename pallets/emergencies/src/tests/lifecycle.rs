//! Random emergencies of three practitioners for six patients, held against a plain list.

use crate::{mock::*, *};
use assent_policy::{Moment, PatientId, Role};
use frame_support::assert_ok;
use proptest::prelude::*;
use sp_runtime::AccountId32;

#[derive(Clone, Copy, Debug)]
enum Step {
	/// This practitioner declares one for this patient, so many minutes.
	Declare(u8, u8, u16),
	/// This practitioner ends that one.
	End(u8, u8),
	/// So many minutes pass.
	Wait(u16),
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		5 => (0..3u8, 0..6u8, 0..=260u16).prop_map(|(who, patient, minutes)| {
			Step::Declare(who, patient, minutes)
		}),
		2 => (0..3u8, 0..20u8).prop_map(|(who, id)| Step::End(who, id)),
		2 => (1..200u16).prop_map(Step::Wait),
	]
}

struct Known {
	who: u8,
	patient: u8,
	from: Moment,
	until: Moment,
}

impl Known {
	fn is_active(&self, at: Moment) -> bool {
		self.from <= at && at < self.until
	}
}

fn practitioner(who: u8) -> AccountId32 {
	AccountId32::new([60 + who; 32])
}

fn patient(number: u8) -> PatientId {
	PatientId([70 + number; 16])
}

fn agrees(known: &[Known], at: Moment) -> Result<(), TestCaseError> {
	for who in 0..3 {
		for patient in 0..6 {
			let active = known
				.iter()
				.any(|one| one.who == who && one.patient == patient && one.is_active(at));
			prop_assert_eq!(
				let_in_at(&practitioner(who), self::patient(patient), at),
				active,
				"{} {}",
				who,
				patient
			);
		}
	}
	Ok(())
}

fn apply(step: Step, known: &mut Vec<Known>) -> Result<(), TestCaseError> {
	let at = now();
	match step {
		Step::Declare(who, number, minutes) => {
			let active: Vec<u8> = known
				.iter()
				.filter(|one| one.who == who && one.is_active(at))
				.map(|one| one.patient)
				.collect();
			let fits =
				active.len() < 4 && !active.contains(&number) && (1..=240).contains(&minutes);
			let declared = declare(practitioner(who), patient(number), minutes);
			prop_assert_eq!(declared.is_ok(), fits);
			if fits {
				let until = at + Moment::from(minutes) * MINUTE;
				known.push(Known {
					who,
					patient: number,
					from: at,
					until,
				});
			}
		}
		Step::End(who, id) => {
			let found = known
				.get_mut(usize::from(id))
				.filter(|one| one.who == who && one.is_active(at));
			let ended = BreakGlass::end(signed(practitioner(who)), id.into());
			prop_assert_eq!(ended.is_ok(), found.is_some());
			if let Some(one) = found {
				one.until = at;
			}
		}
		Step::Wait(minutes) => World::advance(Moment::from(minutes) * MINUTE),
	}
	Ok(())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(16))]

	#[test]
	fn emergencies_should_count_only_in_their_time_and_be_remembered(
		steps in proptest::collection::vec(step(), 1..60),
	) {
		ExtBuilder.build().execute_with(|| {
			for who in 0..3 {
				World::credential(practitioner(who), CLINIC, &[Role::EmergencyClinician]);
			}
			for number in 0..6 {
				World::enrol(patient(number));
			}
			let mut known = Vec::new();
			let mut moments = vec![now() - 1];
			for step in steps {
				apply(step, &mut known)?;
				assert_ok!(BreakGlass::do_try_state());
				agrees(&known, now())?;
				moments.push(now());
			}
			World::advance(DAY);
			for at in moments {
				agrees(&known, at)?;
			}
			Ok::<(), TestCaseError>(())
		})?;
	}
}
