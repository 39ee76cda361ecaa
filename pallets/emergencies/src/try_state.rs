//! What always holds of the stored state. Compiled always: the tests and the node's own
//! check of an exported state use it.

use crate::{pallet::*, types::*};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use assent_policy::PatientId;
use frame_support::ensure;
use sp_runtime::{AccountId32, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks numbers, lists against rows both ways, bounds and ends.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		let rows: BTreeMap<EmergencyId, EmergencyRow> = Emergencies::<T>::iter().collect();
		let next = NextEmergency::<T>::get();
		ensure!(
			rows.len() as u64 == u64::from(next) && rows.keys().all(|id| *id < next),
			"emergencies: numbers and rows differ"
		);
		let active: BTreeMap<EmergencyId, (PatientId, AccountId32)> =
			ActiveEmergencies::<T>::iter()
				.map(|(patient, who, id)| (id, (patient, who)))
				.collect();
		ensure!(
			active.len() == ActiveEmergencies::<T>::iter_keys().count(),
			"emergencies: one is listed as active twice"
		);
		for (id, row) in &rows {
			ensure!(
				row.declared <= now
					&& row.declared < row.until
					&& row.until.saturating_sub(row.declared) <= MAX_EMERGENCY,
				"emergencies: one lasts too long or not at all"
			);
			ensure!(
				row.ended
					.is_none_or(|at| row.declared <= at && at < row.until && at <= now),
				"emergencies: one was ended outside of its time"
			);
			ensure!(
				!row.is_active(now) || active.contains_key(id),
				"emergencies: an active one is not listed"
			);
		}
		for (id, (patient, who)) in &active {
			let row = rows.get(id).ok_or("emergencies: a listed one has no row")?;
			ensure!(
				row.patient == *patient && row.practitioner == *who && row.ended.is_none(),
				"emergencies: one is listed as active and is not, or for another"
			);
		}
		let mut by_practitioner = BTreeSet::new();
		for (who, list) in ActiveByPractitioner::<T>::iter() {
			for id in list {
				ensure!(
					active
						.get(&id)
						.is_some_and(|(_, declarer)| *declarer == who),
					"emergencies: a practitioner's list names another's"
				);
				ensure!(
					by_practitioner.insert(id),
					"emergencies: one is listed twice"
				);
			}
		}
		ensure!(
			by_practitioner.len() == active.len(),
			"emergencies: an active one is missing from its practitioner's list"
		);
		Self::check_positions(&rows)
	}

	fn check_positions(rows: &BTreeMap<EmergencyId, EmergencyRow>) -> Result<(), TryRuntimeError> {
		let mut seen = BTreeSet::new();
		let mut positions: BTreeMap<PatientId, BTreeMap<u32, EmergencyId>> = BTreeMap::new();
		for (patient, position, id) in EmergenciesOf::<T>::iter() {
			ensure!(
				rows.get(&id).is_some_and(|row| row.patient == patient),
				"emergencies: a patient's list names another's"
			);
			ensure!(
				seen.insert(id),
				"emergencies: one stands in patients' lists twice"
			);
			positions.entry(patient).or_default().insert(position, id);
		}
		ensure!(
			seen.len() == rows.len(),
			"emergencies: one stands in no patient's list"
		);
		for (patient, count) in EmergencyCount::<T>::iter() {
			ensure!(
				positions.get(&patient).map_or(0, BTreeMap::len) as u64 == u64::from(count),
				"emergencies: a patient's count is wrong"
			);
		}
		for (patient, positions) in &positions {
			let count = EmergencyCount::<T>::get(patient);
			ensure!(
				positions.keys().all(|position| *position < count),
				"emergencies: a position lies past the count"
			);
			let ids: Vec<EmergencyId> = positions.values().copied().collect();
			ensure!(
				ascending(&ids),
				"emergencies: a patient's list is out of order"
			);
		}
		Ok(())
	}
}

fn ascending(numbers: &[u32]) -> bool {
	numbers.windows(2).all(|pair| pair[0] < pair[1])
}
