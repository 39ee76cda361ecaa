//! Reads of the register: a record, and pages of lists.

use crate::*;
use alloc::vec::Vec;
use assent_policy::{PatientId, RecordId};
use assent_support::page_size;

impl<T: Config> Pallet<T> {
	pub(crate) fn view_of(id: RecordId) -> Option<RecordView> {
		let record = Records::<T>::get(id)?;
		let version = Versions::<T>::get(id, record.version)?;
		Some(RecordView { id, record, version })
	}

	pub(crate) fn page_of_records(
		patient: PatientId,
		after: Option<RecordId>,
		limit: u32,
	) -> Vec<RecordView> {
		let keys = match after {
			Some(record) => ByPatient::<T>::iter_key_prefix_from(
				patient,
				ByPatient::<T>::hashed_key_for(patient, record),
			),
			None => ByPatient::<T>::iter_key_prefix(patient),
		};
		keys.take(page_size(limit)).filter_map(Self::view_of).collect()
	}

	pub(crate) fn page_of_awaiting(after: Option<(Round, RecordId)>, limit: u32) -> Vec<Awaiting> {
		let block = Self::block();
		let entries = match after {
			Some((round, record)) => {
				Due::<T>::iter_from(Due::<T>::hashed_key_for(Self::due_key(round), record))
			}
			None => Due::<T>::iter(),
		};
		entries
			.map(|(due, record, version)| (Round::from_be_bytes(due), record, version))
			.take_while(|(due, ..)| *due <= block)
			.take(page_size(limit))
			.filter_map(|(due, record, version)| {
				let custodian = Records::<T>::get(record)?.attributes.custodian;
				let state = Versions::<T>::get(record, version)?.state;
				Some(Awaiting { due, record, version, custodian, state })
			})
			.collect()
	}
}
