//! # Records: the register, and the workers that check it
//!
//! Which documents exist of whom, who holds them, what their ciphertext hashes to, and
//! whether the rest of the consortium found them as registered. The documents themselves are
//! encrypted and off chain, in the vault of the organisation that made them.
//!
//! ## Terms
//! - **record**: a row of the register: patient, custodian, labels, current version.
//! - **custodian**: the organisation that registered the record and holds its documents.
//! - **document**: one `age` ciphertext, found at the custodian's endpoint by its BLAKE3 hash.
//! - **version**: a document in the history of its record, from 1. A correction or a rotation
//!   (the same content under a new key) makes the next one; none is ever changed.
//! - **labels**: what directives are applied to; all but the coarse ones are blinded tokens.
//! - **round**: one check of the current version, named by the block at which it became due.
//! - **attestation**: a validator's signed finding in a round: intact, altered or absent.
//! - **quorum**: of the `n` other organisations that run validators, `(n - 1) / 3 + 1`, at
//!   least two. What a quorum found is the state of the version: anchored, altered, absent.
//!
//! ## A scenario
//! A hospital puts a ciphertext into its vault and calls `register` for a patient it
//! enrolled. The round is due at once: the nodes of two other organisations fetch the
//! document, hash it and attest. The second attestation makes the quorum: the version is
//! anchored, and a line of the patient's trail says so. A month later a disk fails. The
//! scheduled round finds the document gone: the version is absent, again a line in the
//! trail, and the next look comes sooner. The hospital restores the object, and the round
//! after finds it intact. Then the hospital calls `correct`: version 2 is pending.
//!
//! ## Storage
//! - `Records`, `Versions`: the register. Rows are never removed; erasing marks them.
//! - `ByPatient`: the records of a patient.
//! - `PastLabels`: what a record was labelled before, each with the moment until which it was.
//! - `Due`: which checks are due, earliest first. One entry per record in use.
//! - `Votes`: the attestations of the open round of a record.
//! - `RecheckEvery`: how often documents are checked again, where the council set it.
//! - `EncryptionKeys`, `EncryptionKeyAt`: to which key documents are wrapped for an account.
//!
//! ## Calls
//! | Call | Who | Event |
//! |---|---|---|
//! | `register` | agent of the organisation that enrolled the patient | `RecordRegistered` |
//! | `correct` | agent of the custodian | `RecordVersioned` |
//! | `rotate` | agent of the custodian | `RecordVersioned` |
//! | `relabel` | agent of the custodian | `RecordRelabelled` |
//! | `dispute` | the patient's controller or guardian | `RecordDisputed` |
//! | `settle_dispute` | controller, guardian, or agent of the custodian | `DisputeSettled` |
//! | `erase` | agent of the custodian | `RecordErased` |
//! | `set_encryption_key` | an enrolled account | `EncryptionKeySet` |
//! | `attest` | a node, by an authorised transaction | `Attested`, then `DocumentFound` or `DocumentRechecked` |
//! | `set_recheck_period` | the council's act | `RecheckPeriodSet` |
//!
//! ## Assumptions
//! - Fewer than a third of the other organisations lie: then a quorum has an honest one.
//! - A worker can't see what a name resolves to. The list of hosts and ports that each
//!   operator allows is the guard; it is read from the node's local storage under
//!   [`worker::ALLOWED_HOSTS`], where the node puts it.
//! - What a worker can't decide (slow, redirected, unreachable, refused) is not attested: a
//!   vault that is down leaves its rounds open, which `awaiting_attestation` lists.
//! - The labels, sizes and times of registration are public to the members.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod attest;
#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
pub mod crypto;
mod endpoint;
mod history;
mod integrity;
mod reads;
mod traits;
mod try_state;
mod types;
mod versions;
mod weights;
pub mod worker;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use attest::NotAttested;
pub use pallet::*;
pub use traits::{Attestors, Endpoints};
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::crypto::AttestationSignature;
	use alloc::vec::Vec;
	use assent_policy::{
		Moment, OrganisationId, PatientId, RecordAttributes, RecordId, VersionNumber,
	};
	use assent_support::{Act, Deed, Finding, Members, Past, Patients, Trail, VersionCause};
	use frame_support::{
		pallet_prelude::*,
		traits::{Contains, Time},
	};
	use frame_system::{
		ensure_authorized, offchain::CreateAuthorizedTransaction, pallet_prelude::*,
	};
	use sp_core::H256;
	use sp_runtime::{AccountId32, SaturatedConversion};

	/// Storage of this pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, Hash = H256>
		+ CreateAuthorizedTransaction<Call<Self>>
	{
		/// Who sets how often documents are checked again: the council's act.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The wall clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// Where what happened is written.
		type Trail: Trail;

		/// Who acts for an organisation.
		type Members: Members;

		/// Who acts for a patient, and who enrolled it.
		type Patients: Patients;

		/// The organisations whose nodes check documents.
		type Attestors: Attestors;

		/// Where documents are fetched. Asked off chain only.
		type Endpoints: Endpoints;

		/// Which accounts may set an encryption key: those enrolled in any way.
		type MayHoldKey: Contains<AccountId32>;

		/// The largest ciphertext, in bytes. Sets how long a worker may take for one document
		/// (see [`worker::FLOOR_RATE`]). Lowering it leaves what is registered alone.
		#[pallet::constant]
		type MaxDocumentSize: Get<u64>;

		/// After how many blocks a document found intact is checked again, until the council
		/// sets another number. Lowering it costs every other organisation one more download
		/// of everything per period.
		#[pallet::constant]
		type RecheckPeriod: Get<u32>;

		/// After how many blocks a document found altered or absent is checked again: shorter,
		/// so that a repair is seen soon.
		#[pallet::constant]
		type RecoveryPeriod: Get<u32>;

		/// How many blocks an organisation waits in an open round before it looks and votes
		/// again. Bounds what an organisation can write into blocks free of charge.
		#[pallet::constant]
		type ReviseAfter: Get<u32>;

		/// For how many blocks after the look an attestation counts, beside the time that
		/// fetching the document may take. Too low, and it is too late before a block takes
		/// it; too high, and a look long past counts.
		#[pallet::constant]
		type AttestationLifetime: Get<u32>;

		/// The priority of attestations in the pool.
		#[pallet::constant]
		type AttestationPriority: Get<TransactionPriority>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Sets up for the benchmarks what other pallets hold.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// After how many blocks a document found intact is checked again, where the genesis or the
	/// council set it. Written by `set_recheck_period`, never removed.
	#[pallet::storage]
	pub type RecheckEvery<T: Config> = StorageValue<_, u32>;

	/// The register. Written by `register`, changed by the other calls of the custodian and by
	/// disputes; no row is removed. Record ids come from outside.
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, Record>;

	/// Every document version of a record, from 1. Written by `register`, `correct`, `rotate`
	/// and, as to what was found, by `attest`; none is removed. Version numbers are ours.
	#[pallet::storage]
	pub type Versions<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, RecordId, Twox64Concat, VersionNumber, Version>;

	/// What is to be checked: the current version of every record in use, under the block at
	/// which it is due, big-endian, so that the order of keys is the order of blocks. Written
	/// with each version, moved when a round is concluded, removed by `erase`.
	#[pallet::storage]
	pub type Due<T: Config> =
		StorageDoubleMap<_, Identity, [u8; 4], Blake2_128Concat, RecordId, VersionNumber>;

	/// The attestations in the open round of a record's current version. Written by `attest`,
	/// removed when the round is concluded, the version replaced or the record erased.
	#[pallet::storage]
	pub type Votes<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, RoundVotes, ValueQuery>;

	/// The records of a patient, erased ones included. Written by `register`, never removed.
	#[pallet::storage]
	pub type ByPatient<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Blake2_128Concat, RecordId, ()>;

	/// What a record was labelled before, numbered from 0 in the order of time, each with the
	/// moment at which other labels took its place. Written by `relabel`, never removed:
	/// whoever asks what was allowed then is answered from it.
	/// Hashers: record ids come from outside, the numbers are ours.
	#[pallet::storage]
	pub type PastLabels<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, RecordId, Twox64Concat, u32, Past<RecordAttributes>>;

	/// How many rows a record has in `PastLabels`.
	#[pallet::storage]
	pub type PastLabelCount<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, u32, ValueQuery>;

	/// The encryption key in use of an account. Written by `set_encryption_key`, never removed.
	#[pallet::storage]
	pub type EncryptionKeys<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, EncryptionKey>;

	/// Every encryption key an account ever set, by its version from 1, so that what was
	/// wrapped to an older one can be told. Written by `set_encryption_key`, never removed.
	#[pallet::storage]
	pub type EncryptionKeyAt<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId32, Twox64Concat, u32, [u8; 32]>;

	/// What happened to the register.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The council set how often documents are checked again.
		RecheckPeriodSet {
			/// How many blocks after a document was found intact.
			blocks: u32,
		},
		/// A record was registered; its first version is to be checked.
		RecordRegistered {
			/// The record.
			record: RecordId,
			/// Whose record it is.
			patient: PatientId,
			/// Who holds the document.
			custodian: OrganisationId,
			/// BLAKE3 hash of the ciphertext.
			ciphertext: [u8; 32],
		},
		/// A record has a new current version, which is to be checked.
		RecordVersioned {
			/// The record.
			record: RecordId,
			/// Whose record it is.
			patient: PatientId,
			/// The new version.
			version: VersionNumber,
			/// Corrected, or encrypted under a new key.
			cause: VersionCause,
			/// BLAKE3 hash of the new ciphertext.
			ciphertext: [u8; 32],
		},
		/// A record's labels changed.
		RecordRelabelled {
			/// The record.
			record: RecordId,
			/// Whose record it is.
			patient: PatientId,
		},
		/// The patient disputes the content.
		RecordDisputed {
			/// The record.
			record: RecordId,
			/// Whose record it is.
			patient: PatientId,
		},
		/// The dispute was settled or taken back.
		DisputeSettled {
			/// The record.
			record: RecordId,
			/// Whose record it is.
			patient: PatientId,
			/// Who settled it or took it back.
			by: AccountId32,
		},
		/// The custodian destroyed the record's key and salt.
		RecordErased {
			/// The record.
			record: RecordId,
			/// Whose record it is.
			patient: PatientId,
		},
		/// An account set its encryption key.
		EncryptionKeySet {
			/// The account.
			account: AccountId32,
			/// The key's version, from 1.
			version: u32,
			/// The X25519 public key.
			key: [u8; 32],
		},
		/// An organisation's worker attested what it found.
		Attested {
			/// The record.
			record: RecordId,
			/// The document version.
			version: VersionNumber,
			/// The round.
			round: Round,
			/// Whose worker.
			organisation: OrganisationId,
			/// What it found.
			finding: Finding,
		},
		/// A quorum agreed, and the document is not in the state it was in before.
		DocumentFound {
			/// The record.
			record: RecordId,
			/// Whose record it is.
			patient: PatientId,
			/// Who holds the document.
			custodian: OrganisationId,
			/// The document version.
			version: VersionNumber,
			/// What was found.
			finding: Finding,
			/// At which block it is checked again.
			due: Round,
		},
		/// A quorum agreed that nothing has changed.
		DocumentRechecked {
			/// The record.
			record: RecordId,
			/// The document version.
			version: VersionNumber,
			/// What was found, as before.
			finding: Finding,
			/// At which block it is checked again.
			due: Round,
		},
	}

	/// Why a call failed.
	#[pallet::error]
	pub enum Error<T> {
		/// No record has this id. Compare it with the register.
		NotFound,
		/// No patient has this id. Enrol the patient first.
		PatientNotFound,
		/// This account may not do this. The custodian's agents change a record, the patient's
		/// controller or guardian disputes it, the enrolling organisation registers.
		NotAuthorized,
		/// The record id is taken. Draw another 16 random bytes.
		AlreadyRegistered,
		/// The record was erased; nothing more can be done with it.
		AlreadyErased,
		/// The current version has this very ciphertext. Seal the document again.
		AlreadyCurrent,
		/// The labels are these already. Nothing to do.
		AlreadyLabelled,
		/// The record is disputed already. Nothing to do.
		AlreadyDisputed,
		/// The record is not disputed. Nothing to do.
		NotDisputed,
		/// The account's key is this one already. Nothing to do.
		AlreadySet,
		/// The document has no bytes. Check the file.
		EmptyDocument,
		/// The document is larger than the chain allows. Split it into several records.
		MaxDocumentSizeExceeded,
		/// The CID is not one in binary form. Leave it out, or convert it.
		MalformedCid,
		/// The month of authoring has not begun. Check the date.
		AuthoredInFuture,
		/// The key is a point of small order: anyone could open what is wrapped to it. Make
		/// a new key pair.
		WeakKey,
		/// The record has as many versions as numbers can count. Register a new record.
		MaxVersionsExceeded,
		/// The account has set as many keys as numbers can count. Use another account.
		MaxKeysExceeded,
		/// More organisations voted than the consortium can have. Report this as a fault.
		MaxVotesExceeded,
		/// Documents must be checked again at some time. Name a number of blocks from 1.
		PeriodEmpty,
	}

	/// How a chain begins.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// After how many blocks a document found intact is checked again; without it,
		/// `RecheckPeriod`.
		pub recheck_period: Option<u32>,
		/// Nothing.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Some(period) = self.recheck_period {
				assert!(period > 0, "recheckPeriod: name a number of blocks from 1");
				RecheckEvery::<T>::put(period);
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_constants();
		}

		fn offchain_worker(block: BlockNumberFor<T>) {
			Self::run_worker(block.saturated_into());
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Register a record: from now on it is in the patient's list, and who may see it is
		/// decided by the patient's directives. The other organisations check that its document
		/// is in the vault as registered.
		///
		/// record: its new id, 16 random bytes. patient: whose record it is. labels: what kind of
		/// document it is. document: hash and size of the encrypted document.
		/// Who: an agent of the organisation that enrolled the patient.
		/// Fails: PatientNotFound, NotAuthorized, AlreadyRegistered, AuthoredInFuture,
		/// EmptyDocument, MaxDocumentSizeExceeded, MalformedCid. Event: RecordRegistered.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register())]
		pub fn register(
			origin: OriginFor<T>,
			record: RecordId,
			patient: PatientId,
			labels: Labels,
			document: Document,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register(who, record, patient, labels, document)
		}

		/// Replace the record's document by a corrected one: it becomes the current version and
		/// is checked like a new one. Earlier versions stay in the register.
		///
		/// record: which record. document: hash and size of the new encrypted document.
		/// Who: an agent of the custodian.
		/// Fails: NotFound, NotAuthorized, AlreadyErased, EmptyDocument, MaxDocumentSizeExceeded,
		/// MalformedCid, AlreadyCurrent, MaxVersionsExceeded. Event: RecordVersioned.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::correct())]
		pub fn correct(
			origin: OriginFor<T>,
			record: RecordId,
			document: Document,
		) -> DispatchResult {
			let (who, row) = Self::ensure_custodian(origin, record)?;
			Self::add_version(who, record, row, document, VersionCause::Corrected)
		}

		/// Replace the record's document by the same content encrypted under a new key, so that
		/// readers who lost their right can't open what is delivered from now on. It becomes the
		/// current version and is checked like a new one.
		///
		/// record: which record. document: hash and size of the new encrypted document.
		/// Who: an agent of the custodian.
		/// Fails: NotFound, NotAuthorized, AlreadyErased, EmptyDocument, MaxDocumentSizeExceeded,
		/// MalformedCid, AlreadyCurrent, MaxVersionsExceeded. Event: RecordVersioned.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::rotate())]
		pub fn rotate(
			origin: OriginFor<T>,
			record: RecordId,
			document: Document,
		) -> DispatchResult {
			let (who, row) = Self::ensure_custodian(origin, record)?;
			Self::add_version(who, record, row, document, VersionCause::Rotated)
		}

		/// Change what the register says of the record: its kind, confidentiality, sensitivities,
		/// author, encounter and month. The patient's directives are applied to the new labels
		/// from now on; what was decided before stays decided. The document is not touched.
		///
		/// record: which record. labels: all its labels, the unchanged ones too.
		/// Who: an agent of the custodian.
		/// Fails: NotFound, NotAuthorized, AlreadyErased, AuthoredInFuture, AlreadyLabelled.
		/// Event: RecordRelabelled.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::relabel())]
		pub fn relabel(origin: OriginFor<T>, record: RecordId, labels: Labels) -> DispatchResult {
			let (who, mut row) = Self::ensure_custodian(origin, record)?;
			let now = T::Time::now();
			Self::check_labels(&labels, now)?;
			let custodian = row.attributes.custodian;
			let attributes = labels.into_attributes(record, custodian);
			ensure!(row.attributes != attributes, Error::<T>::AlreadyLabelled);

			let patient = row.patient;
			let before = core::mem::replace(&mut row.attributes, attributes);
			Self::keep_labels(record, before, now);
			Records::<T>::insert(record, row);
			let act = Act::RecordRelabelled { record };
			T::Trail::write(Some(patient), Some(custodian), Some(who), act);
			Self::deposit_event(Event::RecordRelabelled { record, patient });
			Ok(())
		}

		/// Dispute the record's content: everyone sees that you say it is wrong, until you take
		/// it back or its custodian settles it. Who may see the record does not change.
		///
		/// record: which record.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to dispute.
		/// Fails: NotFound, NotAuthorized, AlreadyErased, AlreadyDisputed. Event: RecordDisputed.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::dispute())]
		pub fn dispute(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let mut row = Records::<T>::get(record).ok_or(Error::<T>::NotFound)?;
			let now = T::Time::now();
			let may = T::Patients::may(&who, row.patient, Deed::Dispute, now).is_ok();
			ensure!(may, Error::<T>::NotAuthorized);
			ensure!(
				row.status == RecordStatus::Active,
				Error::<T>::AlreadyErased
			);
			ensure!(row.dispute.is_none(), Error::<T>::AlreadyDisputed);

			let (patient, custodian) = (row.patient, row.attributes.custodian);
			row.dispute = Some(now);
			Records::<T>::insert(record, row);
			let act = Act::RecordDisputed { record };
			T::Trail::write(Some(patient), Some(custodian), Some(who), act);
			Self::deposit_event(Event::RecordDisputed { record, patient });
			Ok(())
		}

		/// End the dispute about the record's content: you take it back, or the custodian has
		/// settled it. That there was one stays in the trail.
		///
		/// record: which record.
		/// Who: the patient's controller, a guardian, a delegate with a mandate to dispute, or an
		/// agent of the custodian.
		/// Fails: NotFound, NotAuthorized, AlreadyErased, NotDisputed. Event: DisputeSettled.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::settle_dispute())]
		pub fn settle_dispute(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let mut row = Records::<T>::get(record).ok_or(Error::<T>::NotFound)?;
			let (patient, custodian) = (row.patient, row.attributes.custodian);
			let now = T::Time::now();
			let authorised = T::Patients::may(&who, patient, Deed::Dispute, now).is_ok()
				|| T::Members::agent_of(&who) == Some(custodian);
			ensure!(authorised, Error::<T>::NotAuthorized);
			ensure!(
				row.status == RecordStatus::Active,
				Error::<T>::AlreadyErased
			);
			ensure!(row.dispute.take().is_some(), Error::<T>::NotDisputed);

			Records::<T>::insert(record, row);
			let act = Act::DisputeSettled { record };
			T::Trail::write(Some(patient), Some(custodian), Some(who.clone()), act);
			Self::deposit_event(Event::DisputeSettled {
				record,
				patient,
				by: who,
			});
			Ok(())
		}

		/// Mark the record as erased: its key and salt are destroyed, nobody is let in to it any
		/// more, and it is not checked again. It can't be undone. That it existed stays in the
		/// register and in the trail.
		///
		/// record: which record.
		/// Who: an agent of the custodian.
		/// Fails: NotFound, NotAuthorized, AlreadyErased. Event: RecordErased.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::erase())]
		pub fn erase(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let (who, mut row) = Self::ensure_custodian(origin, record)?;
			let (patient, custodian) = (row.patient, row.attributes.custodian);
			Self::end_round(record, row.version);
			row.status = RecordStatus::Erased(T::Time::now());
			Records::<T>::insert(record, row);
			let act = Act::RecordErased { record };
			T::Trail::write(Some(patient), Some(custodian), Some(who), act);
			Self::deposit_event(Event::RecordErased { record, patient });
			Ok(())
		}

		/// Set your encryption key: documents released to you from now on are encrypted to it.
		/// What was encrypted to an older key still needs that one, so keep both. Signing keys
		/// are not touched.
		///
		/// key: your X25519 public key.
		/// Who: any enrolled account.
		/// Fails: NotAuthorized, WeakKey, AlreadySet, MaxKeysExceeded. Event: EncryptionKeySet.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_encryption_key())]
		pub fn set_encryption_key(origin: OriginFor<T>, key: [u8; 32]) -> DispatchResult {
			let account = ensure_signed(origin)?;
			ensure!(T::MayHoldKey::contains(&account), Error::<T>::NotAuthorized);
			ensure!(!is_weak_key(&key), Error::<T>::WeakKey);
			let version = match EncryptionKeys::<T>::get(&account) {
				Some(current) if current.key == key => return Err(Error::<T>::AlreadySet.into()),
				Some(current) => current
					.version
					.checked_add(1)
					.ok_or(Error::<T>::MaxKeysExceeded)?,
				None => 1,
			};

			EncryptionKeys::<T>::insert(&account, EncryptionKey { version, key });
			EncryptionKeyAt::<T>::insert(&account, version, key);
			Self::deposit_event(Event::EncryptionKeySet {
				account,
				version,
				key,
			});
			Ok(())
		}

		/// Attest what the node's worker found of a document. At the quorum the finding becomes
		/// the document's state and the next check is scheduled. Sent by nodes, not by people.
		///
		/// attestation: what was found, in which round, by which key. signature: of that key.
		/// Who: the key of a validator of an organisation other than the custodian.
		/// Fails: NotFound, NotAuthorized, MaxVotesExceeded; most is refused before, at the pool.
		/// Event: Attested, and at the quorum DocumentFound or DocumentRechecked.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::attest())]
		#[pallet::authorize(Self::authorize_attest)]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_attest())]
		pub fn attest(
			origin: OriginFor<T>,
			attestation: Attestation,
			signature: AttestationSignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			// Verified by `authorize_attest`: without it, there is no authorised origin.
			let _ = signature;
			Self::do_attest(attestation)
		}

		/// Set how often documents are checked again. Counts from the next check of each.
		///
		/// blocks: how many blocks after a document was found intact.
		/// Who: the council's act.
		/// Fails: PeriodEmpty. Event: RecheckPeriodSet.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::set_recheck_period())]
		pub fn set_recheck_period(origin: OriginFor<T>, blocks: u32) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			ensure!(blocks > 0, Error::<T>::PeriodEmpty);
			RecheckEvery::<T>::put(blocks);
			Self::deposit_event(Event::RecheckPeriodSet { blocks });
			Ok(())
		}
	}

	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// A record and its current version.
		pub fn record(id: RecordId) -> Option<RecordView> {
			Self::view_of(id)
		}

		/// The records of a patient, erased ones included, after the one named; at most
		/// 100. The order is fixed but means nothing.
		pub fn records_of(
			patient: PatientId,
			from: Option<RecordId>,
			limit: u32,
		) -> Vec<RecordView> {
			Self::page_of_records(patient, from, limit)
		}

		/// What is due to be checked and has no quorum yet, longest due first, after the round
		/// and record named; at most 100.
		pub fn awaiting_attestation(from: Option<(Round, RecordId)>, limit: u32) -> Vec<Awaiting> {
			Self::page_of_awaiting(from, limit)
		}

		/// The encryption key in use of an account.
		pub fn encryption_key(account: AccountId32) -> Option<EncryptionKey> {
			EncryptionKeys::<T>::get(account)
		}
	}
}
