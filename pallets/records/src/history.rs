//! The answers to the deciding pallet: the labels of a record at any moment.

use crate::*;
use assent_policy::{Moment, PatientId, RecordAttributes, RecordId, VersionNumber};
use assent_support::{past_at, Past};
use frame_support::traits::Time;

impl<T: Config> Pallet<T> {
	/// Keeps a record's labels, right before other labels take their place.
	pub(crate) fn keep_labels(record: RecordId, labels: RecordAttributes, now: Moment) {
		let number = PastLabelCount::<T>::get(record);
		let past = Past { value: labels, until: now };
		PastLabels::<T>::insert(record, number, past);
		PastLabelCount::<T>::insert(record, number.saturating_add(1));
	}
}

impl<T: Config> assent_support::Records for Pallet<T> {
	fn attributes(record: RecordId, at: Moment) -> Option<(PatientId, RecordAttributes)> {
		let row = Records::<T>::get(record).filter(|row| row.registered <= at)?;
		match row.status {
			RecordStatus::Erased(since) if since <= at => return None,
			RecordStatus::Erased(_) | RecordStatus::Active => {}
		}
		let past = if at < T::Time::now() {
			let count = PastLabelCount::<T>::get(record);
			past_at(count, at, |number| PastLabels::<T>::get(record, number))
		} else {
			None
		};
		Some((row.patient, past.unwrap_or(row.attributes)))
	}

	fn version(record: RecordId) -> Option<VersionNumber> {
		let row = Records::<T>::get(record)?;
		matches!(row.status, RecordStatus::Active).then_some(row.version)
	}
}
