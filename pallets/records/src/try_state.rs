//! What always holds of the register.

use crate::*;
use alloc::collections::BTreeSet;
use assent_support::Patients;
use frame_support::traits::Time;
use sp_runtime::TryRuntimeError;

/// Fails with the reason unless the condition holds.
fn holds(condition: bool, reason: &'static str) -> Result<(), TryRuntimeError> {
	if condition {
		Ok(())
	} else {
		Err(TryRuntimeError::Other(reason))
	}
}

impl<T: Config> Pallet<T> {
	/// Checks that the indexes match the register both ways, that every version is there, and
	/// that votes and keys are sound.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		holds(
			RecheckEvery::<T>::get() != Some(0),
			"documents are checked again at once",
		)?;
		Self::try_records()?;
		Self::try_versions()?;
		Self::try_past_labels()?;
		Self::try_indexes()?;
		Self::try_votes()?;
		Self::try_keys()
	}

	fn try_records() -> Result<(), TryRuntimeError> {
		for (id, record) in Records::<T>::iter() {
			let custodian = record.attributes.custodian;
			holds(
				record.attributes.record == id,
				"a record's labels name another record",
			)?;
			holds(
				T::Patients::enrolled_by(record.patient) == Some(custodian),
				"a record's custodian did not enrol its patient",
			)?;
			holds(
				ByPatient::<T>::contains_key(record.patient, id),
				"a record is missing from its patient's list",
			)?;
			holds(
				(1..=record.version).all(|number| Versions::<T>::contains_key(id, number)),
				"a version of a record is missing",
			)?;
			holds(
				Versions::<T>::iter_key_prefix(id).count() as u32 == record.version,
				"a record has more versions than its number says",
			)?;
			let current = Versions::<T>::get(id, record.version)
				.ok_or("the current version of a record is missing")?;
			let scheduled = Due::<T>::get(Self::due_key(current.due), id);
			let expected = match record.status {
				RecordStatus::Active => Some(record.version),
				RecordStatus::Erased(_) => None,
			};
			holds(
				scheduled == expected,
				"a record in use is not scheduled for its check, or an erased one is",
			)?;
		}
		Ok(())
	}

	fn try_versions() -> Result<(), TryRuntimeError> {
		for (id, number, version) in Versions::<T>::iter() {
			holds(
				Records::<T>::contains_key(id),
				"a version belongs to no record",
			)?;
			holds(version.size > 0, "a version has no bytes")?;
			holds(
				version.cause.is_none() == (number == 1),
				"the first version has a cause, or a later one has none",
			)?;
		}
		Ok(())
	}

	/// What was before is numbered without gaps, in the order of time, and changed something.
	fn try_past_labels() -> Result<(), TryRuntimeError> {
		for (id, record) in Records::<T>::iter() {
			let count = PastLabelCount::<T>::get(id);
			holds(
				PastLabels::<T>::iter_key_prefix(id).count() == count as usize,
				"past labels are counted wrong",
			)?;
			let mut after = (record.attributes, T::Time::now());
			for number in (0..count).rev() {
				let past = PastLabels::<T>::get(id, number).ok_or("past labels are missing")?;
				holds(
					record.registered <= past.until && past.until <= after.1,
					"past labels are out of order",
				)?;
				holds(
					past.value != after.0 && past.value.record == id,
					"past labels changed nothing, or are another record's",
				)?;
				after = (past.value, past.until);
			}
		}
		holds(
			PastLabels::<T>::iter_keys().all(|(id, _)| Records::<T>::contains_key(id)),
			"past labels belong to no record",
		)
	}

	fn try_indexes() -> Result<(), TryRuntimeError> {
		for (patient, id) in ByPatient::<T>::iter_keys() {
			let record = Records::<T>::get(id).ok_or("a patient's list names no record")?;
			holds(
				record.patient == patient,
				"a patient's list names another's record",
			)?;
		}
		for (due, id, number) in Due::<T>::iter() {
			let record = Records::<T>::get(id).ok_or("a check is due of no record")?;
			let version = Versions::<T>::get(id, number).ok_or("a check is due of no version")?;
			holds(
				record.status == RecordStatus::Active && record.version == number,
				"a check is due of an erased record or an old version",
			)?;
			holds(
				Self::due_key(version.due) == due,
				"a check is due at another block",
			)?;
		}
		Ok(())
	}

	fn try_votes() -> Result<(), TryRuntimeError> {
		let block = Self::block();
		for (id, votes) in Votes::<T>::iter() {
			let record = Records::<T>::get(id).ok_or("votes are about no record")?;
			holds(
				record.status == RecordStatus::Active,
				"votes are about an erased record",
			)?;
			let round = Versions::<T>::get(id, record.version)
				.ok_or("votes are about no version")?
				.due;
			let voters: BTreeSet<_> = votes.iter().map(|vote| vote.organisation).collect();
			holds(!votes.is_empty(), "an empty list of votes is kept")?;
			holds(voters.len() == votes.len(), "an organisation has two votes")?;
			holds(
				!voters.contains(&record.attributes.custodian),
				"a custodian votes about its own document",
			)?;
			holds(
				votes.iter().all(|vote| (round..=block).contains(&vote.at)),
				"a vote is from before its round or from the future",
			)?;
		}
		Ok(())
	}

	fn try_keys() -> Result<(), TryRuntimeError> {
		for (account, current) in EncryptionKeys::<T>::iter() {
			holds(
				EncryptionKeyAt::<T>::get(&account, current.version) == Some(current.key),
				"an account's current key is not its latest",
			)?;
			holds(
				(1..=current.version)
					.all(|version| EncryptionKeyAt::<T>::contains_key(&account, version)),
				"a key of an account is missing",
			)?;
		}
		for (account, version, key) in EncryptionKeyAt::<T>::iter() {
			let current =
				EncryptionKeys::<T>::get(&account).ok_or("a key belongs to no account")?;
			holds(
				(1..=current.version).contains(&version),
				"a key is newer than the current",
			)?;
			holds(!is_weak_key(&key), "a weak key is registered")?;
		}
		Ok(())
	}
}
