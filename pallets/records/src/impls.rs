//! What the calls share, the pages of the reads, and the doors to the runtime.

use crate::*;
use alloc::vec::Vec;
use assent_policy::{Moment, OrganisationId, PatientId, RecordId, VersionNumber};
use assent_support::{Act, Members, Trail, VersionCause};
use frame_support::{
	dispatch::DispatchClass,
	ensure,
	pallet_prelude::DispatchResult,
	traits::{Get, OneSessionHandler, Time},
};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use sp_runtime::{AccountId32, BoundToRuntimeAppPublic, DispatchError, SaturatedConversion};

impl<T: Config> Pallet<T> {
	/// The number of the block being built, or on whose state is looked.
	pub(crate) fn block() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// The key of a round in [`Due`]: big-endian, so that keys stand in the order of blocks.
	pub fn due_key(round: Round) -> [u8; 4] {
		round.to_be_bytes()
	}

	/// The signer, when it is an agent of the record's custodian and the record in use.
	pub(crate) fn ensure_custodian(
		origin: OriginFor<T>,
		record: RecordId,
	) -> Result<(AccountId32, Record), DispatchError> {
		let who = ensure_signed(origin)?;
		let row = Records::<T>::get(record).ok_or(Error::<T>::NotFound)?;
		let custodian = Some(row.attributes.custodian);
		ensure!(
			T::Members::agent_of(&who) == custodian,
			Error::<T>::NotAuthorized
		);
		ensure!(
			row.status == RecordStatus::Active,
			Error::<T>::AlreadyErased
		);
		Ok((who, row))
	}

	pub(crate) fn check_labels(labels: &Labels, now: Moment) -> DispatchResult {
		ensure!(
			labels.authored <= latest_month(now),
			Error::<T>::AuthoredInFuture
		);
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

	/// Writes a version and makes its first round due at once.
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
		ensure!(
			current.ciphertext != document.ciphertext,
			Error::<T>::AlreadyCurrent
		);
		let version = row
			.version
			.checked_add(1)
			.ok_or(Error::<T>::MaxVersionsExceeded)?;

		let (patient, custodian) = (row.patient, row.attributes.custodian);
		let ciphertext = document.ciphertext;
		Self::end_round(record, row.version);
		Self::insert_version(record, version, document, Some(cause), T::Time::now());
		row.version = version;
		Records::<T>::insert(record, row);
		let act = Act::RecordVersioned {
			record,
			version,
			cause,
		};
		T::Trail::write(Some(patient), Some(custodian), Some(who), act);
		Self::deposit_event(Event::RecordVersioned {
			record,
			patient,
			version,
			cause,
			ciphertext,
		});
		Ok(())
	}

	/// Drops the open round of a version and its votes.
	pub(crate) fn end_round(record: RecordId, version: VersionNumber) {
		if let Some(version) = Versions::<T>::get(record, version) {
			Due::<T>::remove(Self::due_key(version.due), record);
		}
		Votes::<T>::remove(record);
	}

	pub(crate) fn view_of(id: RecordId) -> Option<RecordView> {
		let record = Records::<T>::get(id)?;
		let version = Versions::<T>::get(id, record.version)?;
		Some(RecordView {
			id,
			record,
			version,
		})
	}

	pub(crate) fn page_of_records(
		patient: PatientId,
		from: Option<RecordId>,
		limit: u32,
	) -> Vec<RecordView> {
		let keys = match from {
			Some(record) => ByPatient::<T>::iter_key_prefix_from(
				patient,
				ByPatient::<T>::hashed_key_for(patient, record),
			),
			None => ByPatient::<T>::iter_key_prefix(patient),
		};
		keys.take(page_size(limit))
			.filter_map(Self::view_of)
			.collect()
	}

	pub(crate) fn page_of_awaiting(from: Option<(Round, RecordId)>, limit: u32) -> Vec<Awaiting> {
		let block = Self::block();
		let entries = match from {
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
				Some(Awaiting {
					due,
					record,
					version,
					custodian,
					state,
				})
			})
			.collect()
	}

	/// Refuses constants with which the pallet can't work, when the runtime is built.
	pub(crate) fn check_constants() {
		assert!(
			T::MaxDocumentSize::get() > 0,
			"no document could be registered"
		);
		assert!(
			T::RecheckPeriod::get() > 0,
			"a concluded round would be due again at once"
		);
		assert!(
			T::RecoveryPeriod::get() > 0,
			"a concluded round would be due again at once"
		);
		assert!(
			T::ReviseAfter::get() > 0,
			"an organisation could vote in every transaction"
		);
		assert!(
			T::AttestationLifetime::get() > 1,
			"no attestation would reach a block"
		);
		let weights = [
			T::WeightInfo::register(),
			T::WeightInfo::correct(),
			T::WeightInfo::rotate(),
			T::WeightInfo::relabel(),
			T::WeightInfo::dispute(),
			T::WeightInfo::settle_dispute(),
			T::WeightInfo::erase(),
			T::WeightInfo::set_encryption_key(),
			T::WeightInfo::set_recheck_period(),
			T::WeightInfo::attest().saturating_add(T::WeightInfo::authorize_attest()),
		];
		let blocks = T::BlockWeights::get();
		let limit = blocks
			.get(DispatchClass::Normal)
			.max_extrinsic
			.unwrap_or(blocks.max_block);
		let half = limit.saturating_div(2);
		assert!(
			weights.iter().all(|weight| weight.all_lte(half)),
			"a call fills half a block"
		);
	}
}

/// How many rows a page has when `limit` were asked for.
fn page_size(limit: u32) -> usize {
	limit.min(MAX_PAGE) as usize
}

/// Lets the runtime list the attestation key among its session keys. Nothing is kept here:
/// who owns a key is asked of the session when it matters.
impl<T: Config> BoundToRuntimeAppPublic for Pallet<T> {
	type Public = crypto::AttestationPublic;
}

impl<T: Config> OneSessionHandler<AccountId32> for Pallet<T> {
	type Key = crypto::AttestationPublic;

	fn on_genesis_session<'a, I>(_: I)
	where
		I: Iterator<Item = (&'a AccountId32, Self::Key)> + 'a,
	{
	}

	fn on_new_session<'a, I>(_: bool, _: I, _: I)
	where
		I: Iterator<Item = (&'a AccountId32, Self::Key)> + 'a,
	{
	}

	fn on_disabled(_: u32) {}
}

/// How many organisations must agree, of the others that run validators.
pub(crate) fn quorum(others: u32) -> u32 {
	others
		.saturating_sub(1)
		.saturating_div(3)
		.saturating_add(1)
		.max(2)
}

/// The organisations that check the documents of a custodian.
pub(crate) fn others<T: Config>(custodian: OrganisationId) -> Vec<OrganisationId> {
	let mut others = T::Attestors::organisations();
	others.retain(|organisation| *organisation != custodian);
	others.truncate(MAX_VOTES as usize);
	others
}
