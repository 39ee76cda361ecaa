//! The costs of the calls, at the limits. The declarer's list is as full as allowed, and the
//! subject of the call is last on the list. The number of organisations in the draw is the highest.
//! Every other patient and emergency has a row of its own. No cost depends on the number of
//! emergencies.
//!
//! The measured weights include the costs of other pallets and of the trail, as the runtime has
//! them.

use crate::*;
use alloc::vec::Vec;
use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::{
	testing::fullest::{DAY, NOW},
	EmergencyReason, Justification, PassingCause, ReviewFinding, SuspensionCause,
};
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, BoundedVec};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_core::H256;
use sp_runtime::AccountId32;

/// Sets up the state of other pallets.
pub trait BenchmarkHelper {
	/// Sets the clock.
	fn set_time(now: Moment);
	/// An enrolled patient. Another number gives another patient.
	fn patient(number: u32) -> PatientId;
	/// A practitioner with every role, and the active organisation that vouches.
	fn practitioner() -> (AccountId32, OrganisationId);
	/// The agent who is found last, and the agent's active organisation. The organisation is not
	/// the practitioner's.
	fn agent() -> (AccountId32, OrganisationId);
	/// Makes the maximum number of organisations active.
	fn fill_organisations();
}

const COMMITMENT: H256 = H256::repeat_byte(7);
const REASON: EmergencyReason = EmergencyReason::DangerToOthers;
const DRAW_BLOCK: u32 = 1;

/// A declarer with a list.
struct Subject {
	declarer: AccountId32,
	organisation: OrganisationId,
	/// The last emergency on the list.
	emergency: EmergencyId,
}

/// A declarer with `listed` emergencies to justify. The last `active` of them are active, and the
/// others have just ended.
fn subject<T: Config>(listed: u32, active: u32) -> Subject {
	T::BenchmarkHelper::set_time(NOW);
	frame_system::Pallet::<T>::set_block_number(BlockNumberFor::<T>::from(DRAW_BLOCK + 1));
	let (declarer, organisation) = T::BenchmarkHelper::practitioner();
	let mut open = Vec::new();
	for emergency in 0..listed {
		let is_active = emergency.saturating_add(active) >= listed;
		let row = EmergencyRow {
			patient: T::BenchmarkHelper::patient(emergency),
			practitioner: declarer.clone(),
			organisation,
			reason: REASON,
			declared: NOW - DAY,
			until: if is_active { NOW + 1 } else { NOW },
			ended: None,
			justify_by: NOW + DAY,
			justified: None,
			stage: Stage::Declared,
		};
		open.push(Open {
			emergency,
			patient: row.patient,
			organisation,
			over: row.until,
			justify_by: row.justify_by,
		});
		EmergenciesOf::<T>::insert(row.patient, 0, emergency);
		EmergencyCount::<T>::insert(row.patient, 1);
		Emergencies::<T>::insert(emergency, row);
	}
	NextEmergency::<T>::put(listed);
	Unjustified::<T>::insert(&declarer, BoundedVec::truncate_from(open));
	let yesterday = DayCount::default();
	OfPractitioner::<T>::insert(&declarer, yesterday);
	OfOrganisation::<T>::insert(organisation, yesterday);
	OrganisationCap::<T>::put(u32::MAX);
	Subject { declarer, organisation, emergency: listed.saturating_sub(1) }
}

/// Changes the last emergency's row and place on the list.
fn change<T: Config>(subject: &Subject, by: impl FnOnce(&mut EmergencyRow)) {
	Emergencies::<T>::mutate(subject.emergency, |row| {
		let Some(row) = row else { return };
		by(row);
		Unjustified::<T>::mutate(&subject.declarer, |open| {
			if let Some(one) = open.iter_mut().next_back() {
				one.over = row.over();
				one.justify_by = row.justify_by;
			}
		});
	});
}

/// Takes the role from the declarer before the end of the last emergency, by the first emergency on
/// the list. Returns the moment.
fn lose_role<T: Config>(subject: &Subject) -> Moment {
	let lost = NOW - DAY / 2;
	Emergencies::<T>::mutate(0, |row| {
		if let Some(row) = row {
			row.until = lost - 1;
			row.justify_by = lost;
		}
	});
	Unjustified::<T>::mutate(&subject.declarer, |open| {
		if let Some(one) = open.iter_mut().next() {
			one.over = lost - 1;
			one.justify_by = lost;
		}
	});
	lost
}

/// Puts the last emergency at a later stage, off the list.
fn advance<T: Config>(subject: &Subject, stage: Stage) {
	change::<T>(subject, |row| {
		row.justified = Some(Justified {
			justification: Justification::WrongPatient,
			commitment: COMMITMENT,
			at: NOW,
		});
		row.stage = stage;
	});
	Unjustified::<T>::mutate(&subject.declarer, |open| open.pop());
}

/// Puts the last emergency under review by the organisation.
fn under_review<T: Config>(subject: &Subject, reviewer: OrganisationId, due: Moment) {
	advance::<T>(subject, Stage::UnderReview { reviewer, due });
	ReviewsOf::<T>::insert(reviewer, subject.emergency, due);
	let count = ReviewCount { drawn: 1, open: 1, given: 0, missed: 0 };
	ReviewCounts::<T>::insert(reviewer, count);
}

fn assert_last_event<T: Config>(event: Event<T>) {
	frame_system::Pallet::<T>::assert_last_event(event.into());
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// One place is left on the list.
	#[benchmark]
	fn declare() {
		let listed = T::MaxUnjustified::get().saturating_sub(1);
		let subject = subject::<T>(listed, T::MaxActive::get().saturating_sub(1));
		T::BenchmarkHelper::fill_organisations();
		let Subject { declarer, organisation, .. } = subject;
		let patient = T::BenchmarkHelper::patient(listed);
		EmergencyCount::<T>::insert(patient, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(declarer.clone()), patient, REASON, MAX_EMERGENCY_MINUTES);

		assert_last_event::<T>(Event::EmergencyDeclared {
			emergency: listed,
			patient,
			practitioner: declarer,
			organisation,
			reason: REASON,
			until: NOW + MAX_EMERGENCY,
		});
	}

	#[benchmark]
	fn end() {
		let subject = subject::<T>(T::MaxUnjustified::get(), 1);
		let Subject { declarer, emergency, .. } = subject;

		#[extrinsic_call]
		_(RawOrigin::Signed(declarer.clone()), emergency);

		assert_last_event::<T>(Event::EmergencyEnded {
			emergency,
			patient: T::BenchmarkHelper::patient(emergency),
			practitioner: declarer,
			at: NOW,
		});
	}

	/// The declarer lost the role during the emergency.
	#[benchmark]
	fn justify() {
		let subject = subject::<T>(T::MaxUnjustified::get(), 0);
		let lost = lose_role::<T>(&subject);
		let Subject { declarer, emergency, .. } = subject;
		let justification = Justification::WrongPatient;

		#[extrinsic_call]
		_(RawOrigin::Signed(declarer.clone()), emergency, justification, COMMITMENT);

		let ended = Emergencies::<T>::get(emergency).and_then(|row| row.ended);
		assert_eq!(ended, Some(lost));
		assert_last_event::<T>(Event::EmergencyJustified {
			emergency,
			patient: T::BenchmarkHelper::patient(emergency),
			practitioner: declarer,
			justification,
			commitment: COMMITMENT,
			draw_block: Pallet::<T>::draw_block(),
		});
	}

	#[benchmark]
	fn draw() {
		let subject = subject::<T>(T::MaxUnjustified::get(), 0);
		T::BenchmarkHelper::fill_organisations();
		let (caller, passed_by) = T::BenchmarkHelper::agent();
		let stage = Stage::AwaitingDraw { block: DRAW_BLOCK, passed_by: Some(passed_by) };
		advance::<T>(&subject, stage);
		let hash = H256::repeat_byte(9);
		frame_system::BlockHash::<T>::insert(BlockNumberFor::<T>::from(DRAW_BLOCK), hash);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), subject.emergency);

		let stage = Emergencies::<T>::get(subject.emergency).map(|row| row.stage);
		let Some(Stage::UnderReview { reviewer, due }) = stage else { panic!("nobody was drawn") };
		assert!(reviewer != passed_by && reviewer != subject.organisation);
		assert_last_event::<T>(Event::ReviewerDrawn {
			emergency: subject.emergency,
			patient: T::BenchmarkHelper::patient(subject.emergency),
			reviewer,
			due,
		});
	}

	/// An adverse finding, for a declarer with the maximum number of active emergencies.
	#[benchmark]
	fn review() {
		let active = T::MaxActive::get();
		let subject = subject::<T>(T::MaxUnjustified::get(), active.saturating_add(1));
		let (agent, reviewer) = T::BenchmarkHelper::agent();
		change::<T>(&subject, |row| row.until = NOW);
		under_review::<T>(&subject, reviewer, NOW + DAY);
		let finding = ReviewFinding::Adverse;

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), subject.emergency, finding);

		let suspension = Suspension {
			since: NOW,
			emergency: subject.emergency,
			cause: SuspensionCause::Adverse,
		};
		assert_eq!(Suspensions::<T>::get(&subject.declarer), Some(suspension));
		let last = subject.emergency.saturating_sub(1);
		assert_last_event::<T>(Event::EmergencyEnded {
			emergency: last,
			patient: T::BenchmarkHelper::patient(last),
			practitioner: subject.declarer,
			at: NOW,
		});
	}

	#[benchmark]
	fn pass_on() {
		let subject = subject::<T>(T::MaxUnjustified::get(), 0);
		let (caller, reviewer) = T::BenchmarkHelper::agent();
		under_review::<T>(&subject, reviewer, NOW);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), subject.emergency);

		assert_eq!(ReviewCounts::<T>::get(reviewer).missed, 1);
		assert_last_event::<T>(Event::ReviewPassedOn {
			emergency: subject.emergency,
			patient: T::BenchmarkHelper::patient(subject.emergency),
			reviewer,
			cause: PassingCause::Missed,
			draw_block: Pallet::<T>::draw_block(),
		});
	}

	/// For a declarer with the maximum number of active emergencies, who had lost the role before.
	#[benchmark]
	fn suspend_unjustified() {
		let active = T::MaxActive::get();
		let subject = subject::<T>(T::MaxUnjustified::get(), active.saturating_add(1));
		let (caller, _) = T::BenchmarkHelper::agent();
		lose_role::<T>(&subject);
		change::<T>(&subject, |row| {
			row.until = NOW - 1;
			row.justify_by = NOW;
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), subject.emergency);

		let suspension = Suspension {
			since: NOW,
			emergency: subject.emergency,
			cause: SuspensionCause::Unjustified,
		};
		assert_eq!(Suspensions::<T>::get(&subject.declarer), Some(suspension));
		let last = subject.emergency.saturating_sub(1);
		assert_last_event::<T>(Event::EmergencyEnded {
			emergency: last,
			patient: T::BenchmarkHelper::patient(last),
			practitioner: subject.declarer,
			at: NOW,
		});
	}

	#[benchmark]
	fn reinstate() {
		let subject = subject::<T>(T::MaxUnjustified::get(), 0);
		let suspension = Suspension {
			since: NOW,
			emergency: subject.emergency,
			cause: SuspensionCause::Adverse,
		};
		Suspensions::<T>::insert(&subject.declarer, suspension);

		#[extrinsic_call]
		_(RawOrigin::Root, subject.declarer.clone());

		assert_last_event::<T>(Event::RoleReinstated { practitioner: subject.declarer });
	}

	#[benchmark]
	fn set_organisation_cap() {
		let emergencies = u32::MAX;

		#[extrinsic_call]
		_(RawOrigin::Root, emergencies);

		assert_last_event::<T>(Event::OrganisationCapSet { emergencies });
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
