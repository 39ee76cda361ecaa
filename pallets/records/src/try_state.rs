//! The rules that hold for the state at the end of every block.

use crate::*;
use alloc::collections::BTreeSet;
use assent_support::Patients;
use frame_support::{ensure, traits::Time};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that the indexes match the register both ways, that every version is there, and
	/// that votes and keys are sound.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(
			RecheckEvery::<T>::get() != Some(0),
			TryRuntimeError::Other("records: documents are checked again at once")
		);
		Self::check_records()?;
		Self::check_versions()?;
		Self::check_past_labels()?;
		Self::check_indexes()?;
		Self::check_votes()?;
		Self::check_keys()
	}

	fn check_records() -> Result<(), TryRuntimeError> {
		for (id, record) in Records::<T>::iter() {
			let custodian = record.attributes.custodian;
			ensure!(
				record.attributes.record == id,
				TryRuntimeError::Other("records: a record's labels name another record")
			);
			ensure!(
				T::Patients::enrolled_by(record.patient) == Some(custodian),
				TryRuntimeError::Other("records: a record's custodian did not enrol its patient")
			);
			ensure!(
				ByPatient::<T>::contains_key(record.patient, id),
				TryRuntimeError::Other("records: a record is missing from its patient's list")
			);
			ensure!(
				(1..=record.version).all(|number| Versions::<T>::contains_key(id, number)),
				TryRuntimeError::Other("records: a version of a record is missing")
			);
			ensure!(
				Versions::<T>::iter_key_prefix(id).count() as u32 == record.version,
				TryRuntimeError::Other("records: a record has more versions than its number says")
			);
			let current = Versions::<T>::get(id, record.version).ok_or(TryRuntimeError::Other(
				"records: the current version of a record is missing",
			))?;
			let scheduled = Due::<T>::get(Self::due_key(current.due), id);
			let expected = match record.status {
				RecordStatus::Active => Some(record.version),
				RecordStatus::Erased(_) => None,
			};
			ensure!(
				scheduled == expected,
				TryRuntimeError::Other(
					"records: a record in use is not scheduled for its check, or an erased one is"
				)
			);
		}
		Ok(())
	}

	fn check_versions() -> Result<(), TryRuntimeError> {
		for (id, number, version) in Versions::<T>::iter() {
			ensure!(
				Records::<T>::contains_key(id),
				TryRuntimeError::Other("records: a version belongs to no record")
			);
			ensure!(version.size > 0, TryRuntimeError::Other("records: a version has no bytes"));
			ensure!(
				version.cause.is_none() == (number == 1),
				TryRuntimeError::Other(
					"records: the first version has a cause, or a later one has none"
				)
			);
		}
		Ok(())
	}

	/// Past labels are numbered without gaps, in the order of time. Every row records a change.
	fn check_past_labels() -> Result<(), TryRuntimeError> {
		for (id, record) in Records::<T>::iter() {
			let count = PastLabelCount::<T>::get(id);
			ensure!(
				PastLabels::<T>::iter_key_prefix(id).count() == count as usize,
				TryRuntimeError::Other("records: past labels are counted wrong")
			);
			let mut after = (record.attributes, T::Time::now());
			for number in (0..count).rev() {
				let past = PastLabels::<T>::get(id, number)
					.ok_or(TryRuntimeError::Other("records: past labels are missing"))?;
				ensure!(
					record.registered <= past.until && past.until <= after.1,
					TryRuntimeError::Other("records: past labels are out of order")
				);
				ensure!(
					past.value != after.0 && past.value.record == id,
					TryRuntimeError::Other(
						"records: past labels changed nothing, or are another record's"
					)
				);
				after = (past.value, past.until);
			}
		}
		ensure!(
			PastLabels::<T>::iter_keys().all(|(id, _)| Records::<T>::contains_key(id)),
			TryRuntimeError::Other("records: past labels belong to no record")
		);
		Ok(())
	}

	fn check_indexes() -> Result<(), TryRuntimeError> {
		for (patient, id) in ByPatient::<T>::iter_keys() {
			let record = Records::<T>::get(id)
				.ok_or(TryRuntimeError::Other("records: a patient's list names no record"))?;
			ensure!(
				record.patient == patient,
				TryRuntimeError::Other("records: a patient's list names another's record")
			);
		}
		for (due, id, number) in Due::<T>::iter() {
			let record = Records::<T>::get(id)
				.ok_or(TryRuntimeError::Other("records: a check is due of no record"))?;
			let version = Versions::<T>::get(id, number)
				.ok_or(TryRuntimeError::Other("records: a check is due of no version"))?;
			ensure!(
				record.status == RecordStatus::Active && record.version == number,
				TryRuntimeError::Other(
					"records: a check is due of an erased record or an old version"
				)
			);
			ensure!(
				Self::due_key(version.due) == due,
				TryRuntimeError::Other("records: a check is due at another block")
			);
		}
		Ok(())
	}

	fn check_votes() -> Result<(), TryRuntimeError> {
		let block = Self::block();
		for (id, votes) in Votes::<T>::iter() {
			let record = Records::<T>::get(id)
				.ok_or(TryRuntimeError::Other("records: votes are about no record"))?;
			ensure!(
				record.status == RecordStatus::Active,
				TryRuntimeError::Other("records: votes are about an erased record")
			);
			let round = Versions::<T>::get(id, record.version)
				.ok_or(TryRuntimeError::Other("records: votes are about no version"))?
				.due;
			let voters: BTreeSet<_> = votes.iter().map(|vote| vote.organisation).collect();
			ensure!(
				!votes.is_empty(),
				TryRuntimeError::Other("records: an empty list of votes is kept")
			);
			ensure!(
				voters.len() == votes.len(),
				TryRuntimeError::Other("records: an organisation has two votes")
			);
			ensure!(
				!voters.contains(&record.attributes.custodian),
				TryRuntimeError::Other("records: a custodian votes about its own document")
			);
			ensure!(
				votes.iter().all(|vote| (round..=block).contains(&vote.at)),
				TryRuntimeError::Other(
					"records: a vote is from before its round or from the future"
				)
			);
		}
		Ok(())
	}

	fn check_keys() -> Result<(), TryRuntimeError> {
		for (account, current) in EncryptionKeys::<T>::iter() {
			ensure!(
				EncryptionKeyAt::<T>::get(&account, current.version) == Some(current.key),
				TryRuntimeError::Other("records: an account's current key is not its latest")
			);
			ensure!(
				(1..=current.version)
					.all(|version| EncryptionKeyAt::<T>::contains_key(&account, version)),
				TryRuntimeError::Other("records: a key of an account is missing")
			);
		}
		for (account, version, key) in EncryptionKeyAt::<T>::iter() {
			let current = EncryptionKeys::<T>::get(&account)
				.ok_or(TryRuntimeError::Other("records: a key belongs to no account"))?;
			ensure!(
				(1..=current.version).contains(&version),
				TryRuntimeError::Other("records: a key is newer than the current")
			);
			ensure!(
				!is_weak_key(&key),
				TryRuntimeError::Other("records: a weak key is registered")
			);
		}
		Ok(())
	}
}
