//! The kinds of records that are private to a patient.
//!
//! A patient has two lists of private kinds, and both apply: the patient's list, and the list of
//! the enrolling organisation. The organisation lists the kinds that the law of the place keeps
//! from the guardians of a patient of that age. Neither list can shorten the other.

use crate::{Config, Error, Event, Pallet, Patients};
use assent_policy::{Kinds, Moment, PatientId, Private};
use assent_support::{Act, Members, Trail};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use sp_runtime::AccountId32;

impl<T: Config> Pallet<T> {
	/// Replaces the caller's list of private kinds: the patient's list, or the list of the
	/// enrolling organisation.
	pub(crate) fn do_mark_private(
		by: AccountId32,
		patient: PatientId,
		kinds: Kinds,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		let before = Self::newest(patient, &row).private;
		let mut private = before.clone();
		if by == row.controller {
			Self::ensure_key_counts(&row)?;
			private.by_patient = kinds;
		} else {
			ensure!(T::Members::agent_of(&by) == Some(row.enrolled_by), Error::<T>::NotAuthorized);
			private.by_organisation = kinds;
		}
		ensure!(private != before, Error::<T>::PrivateUnchanged);

		Self::note_change(patient, &mut row, now, |noted| noted.private = private.clone())?;
		let organisation = row.enrolled_by;
		Patients::<T>::insert(patient, row);
		T::Trail::write(Some(patient), Some(organisation), Some(by.clone()), Act::PrivateChanged);
		Self::deposit_event(Event::PrivateChanged { patient, by, private });
		Ok(())
	}

	/// The private kinds of the patient at a moment.
	pub(crate) fn private_at(patient: PatientId, at: Moment) -> Private {
		match Patients::<T>::get(patient) {
			None => Private::default(),
			Some(row) if at >= T::Time::now() => Self::newest(patient, &row).private,
			Some(row) => Self::circumstances(patient, &row, at).private,
		}
	}
}
