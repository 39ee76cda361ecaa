//! Records and the versions of their documents, and the rounds in which versions are checked.

use crate::*;
use assent_policy::{Moment, PatientId, RecordId, VersionNumber};
use assent_support::{Act, Members, Patients, Trail, VersionCause};
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{Get, Time},
};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use sp_runtime::{AccountId32, DispatchError, SaturatedConversion};

impl<T: Config> Pallet<T> {
	/// The number of the block in construction, or of the block on whose state a reader looks.
	pub(crate) fn block() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// The key of a round in [`Due`]. The key is big-endian, so keys stand in the order of blocks.
	pub fn due_key(round: Round) -> [u8; 4] {
		round.to_be_bytes()
	}

	/// The signer and the row, if the signer is an agent of the custodian and the record is in use.
	pub(crate) fn ensure_custodian(
		origin: OriginFor<T>,
		record: RecordId,
	) -> Result<(AccountId32, Record), DispatchError> {
		let who = ensure_signed(origin)?;
		let row = Records::<T>::get(record).ok_or(Error::<T>::NotFound)?;
		let custodian = Some(row.attributes.custodian);
		ensure!(T::Members::agent_of(&who) == custodian, Error::<T>::NotAuthorized);
		ensure!(row.status == RecordStatus::Active, Error::<T>::AlreadyErased);
		Ok((who, row))
	}

	pub(crate) fn check_labels(labels: &Labels, now: Moment) -> DispatchResult {
		ensure!(labels.authored <= latest_month(now), Error::<T>::AuthoredInFuture);
		Ok(())
	}

	pub(crate) fn check_document(document: &Document) -> DispatchResult {
		ensure!(document.size > 0, Error::<T>::EmptyDocument);
		let fits = document.size <= T::MaxDocumentSize::get();
		ensure!(fits, Error::<T>::MaxDocumentSizeExceeded);
		let well_formed = document.cid.as_ref().is_none_or(|cid| is_cid(cid));
		ensure!(well_formed, Error::<T>::MalformedCid);
		Ok(())
	}

	/// Registers a record with its first version.
	pub(crate) fn do_register(
		who: AccountId32,
		record: RecordId,
		patient: PatientId,
		labels: Labels,
		document: Document,
	) -> DispatchResult {
		let enrolled_by = T::Patients::enrolled_by(patient).ok_or(Error::<T>::PatientNotFound)?;
		let custodian = T::Members::agent_of(&who).ok_or(Error::<T>::NotAuthorized)?;
		ensure!(custodian == enrolled_by, Error::<T>::NotAuthorized);
		ensure!(!Records::<T>::contains_key(record), Error::<T>::AlreadyRegistered);
		let now = T::Time::now();
		Self::check_labels(&labels, now)?;
		Self::check_document(&document)?;

		let ciphertext = document.ciphertext;
		Self::insert_version(record, 1, document, None, now);
		ByPatient::<T>::insert(patient, record, ());
		Records::<T>::insert(
			record,
			Record {
				patient,
				attributes: labels.into_attributes(record, custodian),
				version: 1,
				dispute: None,
				status: RecordStatus::Active,
				registered: now,
			},
		);
		let act = Act::RecordRegistered { record };
		T::Trail::write(Some(patient), Some(custodian), Some(who), act);
		Self::deposit_event(Event::RecordRegistered { record, patient, custodian, ciphertext });
		Ok(())
	}

	/// Writes a version, and makes the first round of the version due at once.
	pub(crate) fn insert_version(
		record: RecordId,
		number: VersionNumber,
		document: Document,
		cause: Option<VersionCause>,
		now: Moment,
	) {
		let due = Self::block();
		let version = Version {
			ciphertext: document.ciphertext,
			size: document.size,
			cid: document.cid,
			commitment: document.commitment,
			cause,
			state: AnchorState::Pending,
			since: now,
			due,
		};
		Versions::<T>::insert(record, number, version);
		Due::<T>::insert(Self::due_key(due), record, number);
	}

	/// Makes the document the current version of the record.
	pub(crate) fn add_version(
		who: AccountId32,
		record: RecordId,
		mut row: Record,
		document: Document,
		cause: VersionCause,
	) -> DispatchResult {
		Self::check_document(&document)?;
		let current = Versions::<T>::get(record, row.version).ok_or(Error::<T>::NotFound)?;
		ensure!(current.ciphertext != document.ciphertext, Error::<T>::AlreadyCurrent);
		let version = row.version.checked_add(1).ok_or(Error::<T>::MaxVersionsExceeded)?;

		let (patient, custodian) = (row.patient, row.attributes.custodian);
		let ciphertext = document.ciphertext;
		Self::end_round(record, row.version);
		Self::insert_version(record, version, document, Some(cause), T::Time::now());
		row.version = version;
		Records::<T>::insert(record, row);
		let act = Act::RecordVersioned { record, version, cause };
		T::Trail::write(Some(patient), Some(custodian), Some(who), act);
		Self::deposit_event(Event::RecordVersioned { record, patient, version, cause, ciphertext });
		Ok(())
	}

	/// Removes the open round of a version, and the votes of the round.
	pub(crate) fn end_round(record: RecordId, version: VersionNumber) {
		if let Some(version) = Versions::<T>::get(record, version) {
			Due::<T>::remove(Self::due_key(version.due), record);
		}
		Votes::<T>::remove(record);
	}
}
