//! The rules that hold for the state at the end of every block. The tests and the check of an
//! exported state use the rules, so the module is always compiled.

use crate::{pallet::*, types::*};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::{ReviewFinding, SuspensionCause};
use frame_support::{ensure, traits::Get};
use sp_runtime::{AccountId32, TryRuntimeError};

type Rows = BTreeMap<EmergencyId, EmergencyRow>;

impl<T: Config> Pallet<T> {
	/// Checks numbers, times and stages of the rows. Checks every list and count against the rows,
	/// both ways.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		let rows: Rows = Emergencies::<T>::iter().collect();
		let next = NextEmergency::<T>::get();
		ensure!(
			rows.len() as u64 == u64::from(next) && rows.keys().all(|id| *id < next),
			TryRuntimeError::Other("emergencies: numbers and rows differ")
		);
		for row in rows.values() {
			Self::check_times(row, now)?;
			Self::check_stage(row, now)?;
		}
		Self::check_unjustified(&rows, now)?;
		Self::check_days(&rows)?;
		Self::check_reviews(&rows)?;
		Self::check_suspensions(&rows, now)?;
		Self::check_positions(&rows)
	}

	fn check_times(row: &EmergencyRow, now: Moment) -> Result<(), TryRuntimeError> {
		ensure!(
			row.declared <= now
				&& row.declared < row.until
				&& row.until.saturating_sub(row.declared) <= MAX_EMERGENCY,
			TryRuntimeError::Other("emergencies: one lasts too long or not at all")
		);
		ensure!(
			row.ended.is_none_or(|at| row.declared <= at && at < row.until && at <= now),
			TryRuntimeError::Other("emergencies: one was ended outside of its time")
		);
		ensure!(
			row.over() < row.justify_by,
			TryRuntimeError::Other("emergencies: one leaves no time to justify")
		);
		Ok(())
	}

	fn check_stage(row: &EmergencyRow, now: Moment) -> Result<(), TryRuntimeError> {
		let awaits_justification = matches!(row.stage, Stage::Declared | Stage::Unjustified);
		ensure!(
			row.justified.is_some() != awaits_justification,
			TryRuntimeError::Other("emergencies: a justification is missing or not owed")
		);
		if let Some(justified) = row.justified {
			ensure!(
				row.over() <= justified.at
					&& justified.at < row.justify_by
					&& justified.at <= now
					&& !justified.commitment.is_zero(),
				TryRuntimeError::Other(
					"emergencies: one was justified outside of its time, or by nothing"
				)
			);
		}
		match row.stage {
			Stage::Unjustified => ensure!(
				row.justify_by <= now,
				TryRuntimeError::Other("emergencies: one is noted as unjustified before its time")
			),
			Stage::UnderReview { reviewer, .. } | Stage::Reviewed { reviewer, .. } => ensure!(
				reviewer != row.organisation,
				TryRuntimeError::Other("emergencies: the declarer's organisation reviews")
			),
			Stage::Declared | Stage::AwaitingDraw { .. } => {}
		}
		Ok(())
	}

	fn check_unjustified(rows: &Rows, now: Moment) -> Result<(), TryRuntimeError> {
		let mut listed = BTreeSet::new();
		for (who, open) in Unjustified::<T>::iter() {
			ensure!(
				!open.is_empty(),
				TryRuntimeError::Other("emergencies: an empty list of unjustified ones is kept")
			);
			let mut before = None;
			for one in &open {
				let row = rows
					.get(&one.emergency)
					.ok_or(TryRuntimeError::Other("emergencies: a list names one without a row"))?;
				ensure!(
					row.practitioner == who
						&& row.patient == one.patient
						&& row.organisation == one.organisation
						&& row.over() == one.over
						&& row.justify_by == one.justify_by,
					TryRuntimeError::Other("emergencies: a list and a row differ")
				);
				ensure!(
					before < Some(one.emergency),
					TryRuntimeError::Other("emergencies: a list is out of order")
				);
				before = Some(one.emergency);
				listed.insert(one.emergency);
			}
			let active: Vec<_> = open.iter().filter(|one| now < one.over).collect();
			let patients: BTreeSet<_> = active.iter().map(|one| one.patient).collect();
			ensure!(
				active.len() <= T::MaxActive::get() as usize && patients.len() == active.len(),
				TryRuntimeError::Other("emergencies: too many are active, or two for one patient")
			);
		}
		for (id, row) in rows {
			ensure!(
				(row.stage == Stage::Declared) == listed.contains(id),
				TryRuntimeError::Other(
					"emergencies: one to be justified is not listed, or another is"
				)
			);
		}
		Ok(())
	}

	/// The counts of the latest day agree with the rows of the day.
	fn check_days(rows: &Rows) -> Result<(), TryRuntimeError> {
		let mut practitioners: BTreeMap<(AccountId32, u32), u32> = BTreeMap::new();
		let mut organisations: BTreeMap<(OrganisationId, u32), u32> = BTreeMap::new();
		for row in rows.values() {
			let day = DayCount::day_of(row.declared);
			for count in [
				practitioners.entry((row.practitioner.clone(), day)).or_default(),
				organisations.entry((row.organisation, day)).or_default(),
			] {
				*count = count.saturating_add(1);
			}
		}
		for (who, count) in OfPractitioner::<T>::iter() {
			ensure!(
				practitioners.get(&(who, count.day)) == Some(&count.declared),
				TryRuntimeError::Other("emergencies: a practitioner's count of the day is wrong")
			);
		}
		for (organisation, count) in OfOrganisation::<T>::iter() {
			ensure!(
				organisations.get(&(organisation, count.day)) == Some(&count.declared),
				TryRuntimeError::Other("emergencies: an organisation's count of the day is wrong")
			);
		}
		for (who, day) in practitioners.keys() {
			ensure!(
				OfPractitioner::<T>::get(who).day >= *day,
				TryRuntimeError::Other("emergencies: a practitioner's latest day is missing")
			);
		}
		for (organisation, day) in organisations.keys() {
			ensure!(
				OfOrganisation::<T>::get(organisation).day >= *day,
				TryRuntimeError::Other("emergencies: an organisation's latest day is missing")
			);
		}
		ensure!(
			OrganisationCap::<T>::get() > 0,
			TryRuntimeError::Other("emergencies: the cap lets nobody declare")
		);
		Ok(())
	}

	fn check_reviews(rows: &Rows) -> Result<(), TryRuntimeError> {
		let mut open: BTreeMap<OrganisationId, u32> = BTreeMap::new();
		let mut given: BTreeMap<OrganisationId, u32> = BTreeMap::new();
		for (id, row) in rows {
			match row.stage {
				Stage::UnderReview { reviewer, due } => {
					ensure!(
						ReviewsOf::<T>::get(reviewer, id) == Some(due),
						TryRuntimeError::Other("emergencies: a review is not listed with its time")
					);
					let count = open.entry(reviewer).or_default();
					*count = count.saturating_add(1);
				}
				Stage::Reviewed { reviewer, .. } => {
					let count = given.entry(reviewer).or_default();
					*count = count.saturating_add(1);
				}
				Stage::Declared | Stage::AwaitingDraw { .. } | Stage::Unjustified => {}
			}
		}
		let owed: u32 = open.values().sum();
		ensure!(
			ReviewsOf::<T>::iter_keys().count() as u64 == u64::from(owed),
			TryRuntimeError::Other("emergencies: a review is listed that nobody owes")
		);
		for (organisation, count) in ReviewCounts::<T>::iter() {
			ensure!(
				open.remove(&organisation).unwrap_or_default() == count.open
					&& given.remove(&organisation).unwrap_or_default() == count.given,
				TryRuntimeError::Other("emergencies: a count of reviews is wrong")
			);
			let ended = u64::from(count.given).saturating_add(u64::from(count.missed));
			ensure!(
				ended.saturating_add(u64::from(count.open)) <= u64::from(count.drawn),
				TryRuntimeError::Other("emergencies: more reviews ended than were drawn")
			);
		}
		ensure!(
			open.is_empty() && given.is_empty(),
			TryRuntimeError::Other("emergencies: an organisation's count of reviews is missing")
		);
		Ok(())
	}

	fn check_suspensions(rows: &Rows, now: Moment) -> Result<(), TryRuntimeError> {
		for (who, suspension) in Suspensions::<T>::iter() {
			let row = rows
				.get(&suspension.emergency)
				.ok_or(TryRuntimeError::Other("emergencies: a suspension has no emergency"))?;
			let led_to_it = match (suspension.cause, row.stage) {
				(SuspensionCause::Unjustified, Stage::Unjustified) => {
					suspension.since == row.justify_by
				}
				(SuspensionCause::Adverse, Stage::Reviewed { finding, at, .. }) => {
					finding == ReviewFinding::Adverse && suspension.since == at
				}
				_ => false,
			};
			ensure!(
				row.practitioner == who && led_to_it,
				TryRuntimeError::Other(
					"emergencies: an emergency does not give the cause of its suspension"
				)
			);
			ensure!(
				Unjustified::<T>::get(&who).iter().all(|one| one.over <= now),
				TryRuntimeError::Other(
					"emergencies: a suspended practitioner has an active emergency"
				)
			);
		}
		Ok(())
	}

	fn check_positions(rows: &Rows) -> Result<(), TryRuntimeError> {
		let mut seen = BTreeSet::new();
		let mut positions: BTreeMap<PatientId, BTreeMap<u32, EmergencyId>> = BTreeMap::new();
		for (patient, position, id) in EmergenciesOf::<T>::iter() {
			ensure!(
				rows.get(&id).is_some_and(|row| row.patient == patient),
				TryRuntimeError::Other("emergencies: a patient's list names another's")
			);
			ensure!(
				seen.insert(id),
				TryRuntimeError::Other("emergencies: an emergency stands in two places")
			);
			positions.entry(patient).or_default().insert(position, id);
		}
		ensure!(
			seen.len() == rows.len(),
			TryRuntimeError::Other("emergencies: an emergency stands in no list")
		);
		for (patient, count) in EmergencyCount::<T>::iter() {
			ensure!(
				positions.get(&patient).map_or(0, BTreeMap::len) as u64 == u64::from(count),
				TryRuntimeError::Other("emergencies: a patient's count is wrong")
			);
		}
		for (patient, positions) in &positions {
			let count = EmergencyCount::<T>::get(patient);
			ensure!(
				positions.keys().all(|position| *position < count),
				TryRuntimeError::Other("emergencies: a position lies past its patient's count")
			);
			let ids: Vec<EmergencyId> = positions.values().copied().collect();
			ensure!(
				ids.windows(2).all(|pair| pair[0] < pair[1]),
				TryRuntimeError::Other("emergencies: a patient's list is out of order")
			);
		}
		Ok(())
	}
}
