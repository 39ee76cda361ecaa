//! The circumstances of a patient since each change: condition, recovery and private kinds.

use crate::{Circumstances, Config, History, Pallet, Patient};
use assent_policy::{Moment, PatientId};
use assent_support::first_after;
use sp_runtime::{ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	/// Adds the circumstances from now on to the patient's history. The caller stores the row.
	pub(crate) fn note_change(
		patient: PatientId,
		row: &mut Patient,
		now: Moment,
		change: impl FnOnce(&mut Circumstances),
	) -> Result<(), DispatchError> {
		let mut noted = Circumstances {
			since: now,
			condition: row.condition,
			recovering: row.is_recovering(),
			..Self::newest(patient, row)
		};
		change(&mut noted);
		let number = row.changes;
		row.changes = number.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		History::<T>::insert(patient, number, noted);
		Ok(())
	}

	/// The circumstances of the patient since the last change.
	pub(crate) fn newest(patient: PatientId, row: &Patient) -> Circumstances {
		row.changes
			.checked_sub(1)
			.and_then(|last| History::<T>::get(patient, last))
			.unwrap_or_else(|| Circumstances::at_first(row.enrolled))
	}

	/// The circumstances at the end of a past moment, found by halving: the rows follow the order
	/// of time.
	pub(crate) fn circumstances(patient: PatientId, row: &Patient, at: Moment) -> Circumstances {
		first_after(row.changes, |number| {
			History::<T>::get(patient, number).is_some_and(|noted| noted.since <= at)
		})
		.checked_sub(1)
		.and_then(|last| History::<T>::get(patient, last))
		.unwrap_or_else(|| Circumstances::at_first(row.enrolled))
	}
}
