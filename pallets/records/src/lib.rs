//! The register of documents, and the workers that check the documents. The register holds the
//! patient, the custodian and the hash of each document. The register also tells whether the other
//! organisations found the document as registered. The documents are encrypted and off chain, in
//! the vault of the organisation that made them.
//!
//! # Terms
//! - **Record**: a row of the register: patient, custodian, labels, current version.
//! - **Custodian**: the organisation that registered the record and holds its documents.
//! - **Document**: one `age` ciphertext. The custodian's endpoint serves the document by its BLAKE3
//!   hash.
//! - **Version**: a document in the history of its record, numbered from 1. A correction or a
//!   rotation (the same content under a new key) makes the next version. No version is ever
//!   changed.
//! - **Labels**: the properties of a record to which directives are applied. All but the coarse
//!   labels are blinded tokens.
//! - **Round**: one check of the current version, named by the block at which the check became due.
//! - **Attestation**: a validator's signed finding in a round: intact, altered or absent.
//! - **Quorum**: `(n - 1) / 3 + 1` of the `n` other organisations with validators, at least two.
//!   The finding of a quorum is the state of the version: anchored, altered, absent.
//!
//! # A scenario
//! A hospital puts a ciphertext into its vault and calls `register` for a patient of the hospital.
//! The round is due at once. The nodes of two other organisations fetch the document, hash the
//! document and attest. The second attestation makes the quorum. The version is anchored, and a
//! line of the patient's trail says so. A month later a disk fails. The scheduled round finds the
//! document gone. The version is absent, the trail gets another line, and the next check comes
//! sooner. The hospital restores the object, and the round after finds the document intact. Then
//! the hospital calls `correct`: version 2 is pending.
//!
//! # Storage
//! - [`Records`], [`Versions`]: the register. No row is removed. `erase` only marks the row.
//! - [`ByPatient`]: the records of a patient.
//! - [`PastLabels`], [`PastLabelCount`]: earlier labels of a record, each with the moment at which
//!   the labels ended.
//! - [`Due`]: the checks to come, earliest first. One entry for each record in use.
//! - [`Votes`]: the attestations of the open round of a record.
//! - [`RecheckEvery`]: the period of the checks, if the genesis or the council set the period.
//! - [`EncryptionKeys`], [`EncryptionKeyAt`]: the keys to which documents are wrapped for an
//!   account.
//!
//! # Calls
//! | Call | Caller | Event |
//! |---|---|---|
//! | `register` | agent of the organisation that enrolled the patient | `RecordRegistered` |
//! | `correct` | agent of the custodian | `RecordVersioned` |
//! | `rotate` | agent of the custodian | `RecordVersioned` |
//! | `relabel` | agent of the custodian | `RecordRelabelled` |
//! | `dispute` | the patient's controller, guardian, or delegate with a mandate to dispute | `RecordDisputed` |
//! | `settle_dispute` | controller, guardian, delegate with a mandate to dispute, or agent of the custodian | `DisputeSettled` |
//! | `erase` | agent of the custodian | `RecordErased` |
//! | `set_encryption_key` | any account with a payer | `EncryptionKeySet` |
//! | `attest` | a node, by an authorised transaction | `Attested`, then `DocumentFound` or `DocumentRechecked` |
//! | `set_recheck_period` | root, through `enact` | `RecheckPeriodSet` |
//!
//! # Assumptions
//! - Fewer than a third of the other organisations lie. A quorum then has an honest member.
//! - A worker can't see the address to which a name resolves. The operator's list of allowed hosts
//!   and ports is the guard. The node writes the list to its local storage under
//!   [`worker::ALLOWED_HOSTS`], and the worker reads the list there.
//! - A worker attests no uncertain result (slow, redirected, unreachable, refused). A vault that is
//!   down leaves its rounds open. `awaiting_attestation` lists the open rounds.
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

	/// The records pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The types and constants that the runtime gives to this pallet.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, Hash = H256>
		+ CreateAuthorizedTransaction<Call<Self>>
	{
		/// The origin that sets the period of the checks: root, through the council's act.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The wall clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// The trail.
		type Trail: Trail;

		/// The members of the consortium.
		type Members: Members;

		/// The patients, the accounts that act for patients, and the organisations that enrolled
		/// patients.
		type Patients: Patients;

		/// The organisations whose nodes check documents.
		type Attestors: Attestors;

		/// The addresses of the vaults. Asked off chain only.
		type Endpoints: Endpoints;

		/// The accounts that may set an encryption key: every account with a payer.
		type MayHoldKey: Contains<AccountId32>;

		/// The largest ciphertext, in bytes. The value limits a worker's time for one document (see
		/// [`worker::FLOOR_RATE`]). A lower value does not change registered documents.
		#[pallet::constant]
		type MaxDocumentSize: Get<u64>;

		/// The number of blocks after which an intact document is checked again, until the council
		/// sets another number. With a lower value every other organisation downloads every
		/// document more often.
		#[pallet::constant]
		type RecheckPeriod: Get<u32>;

		/// The number of blocks after which an altered or absent document is checked again. The
		/// number is lower, so that a repair is seen soon.
		#[pallet::constant]
		type RecoveryPeriod: Get<u32>;

		/// The number of blocks for which an organisation waits in an open round before its next
		/// look and vote. Bounds the data that an organisation can write into blocks free of
		/// charge.
		#[pallet::constant]
		type ReviseAfter: Get<u32>;

		/// The number of blocks after the look in which an attestation is valid, beside the time to
		/// fetch the document. With a value too low, the attestation is too late for a block. With
		/// a value too high, the result of an old look is valid.
		#[pallet::constant]
		type AttestationLifetime: Get<u32>;

		/// The priority of attestations in the pool.
		#[pallet::constant]
		type AttestationPriority: Get<TransactionPriority>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Sets up the state of other pallets for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// The number of blocks after which an intact document is checked again, if the genesis or the
	/// council set the number. Written by `set_recheck_period`, never removed.
	#[pallet::storage]
	pub type RecheckEvery<T: Config> = StorageValue<_, u32>;

	/// The register. `register` writes a row. The custodian's other calls and disputes change the
	/// row. No row is removed. Hasher: record ids come from outside.
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, Record>;

	/// Every document version of a record, from 1. Written by `register`, `correct` and `rotate`.
	/// `attest` changes the state. No row is removed. Hashers: record ids come from outside,
	/// version numbers are ours.
	#[pallet::storage]
	pub type Versions<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, RecordId, Twox64Concat, VersionNumber, Version>;

	/// The checks to come: the current version of every record in use, under the block at which the
	/// check is due. The key is big-endian, so the order of keys is the order of blocks. Written
	/// with each version, moved when a round is concluded, removed by `erase`. Hashers: the order
	/// of blocks must stay, record ids come from outside.
	#[pallet::storage]
	pub type Due<T: Config> =
		StorageDoubleMap<_, Identity, [u8; 4], Blake2_128Concat, RecordId, VersionNumber>;

	/// The attestations in the open round of a record's current version. Written by `attest`.
	/// Removed when the round is concluded, the version is replaced or the record is erased.
	/// Hasher: record ids come from outside.
	#[pallet::storage]
	pub type Votes<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, RoundVotes, ValueQuery>;

	/// The records of a patient, erased ones included. Written by `register`, never removed.
	/// Hashers: patient ids and record ids come from outside.
	#[pallet::storage]
	pub type ByPatient<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Blake2_128Concat, RecordId, ()>;

	/// The earlier labels of a record, numbered from 0 in the order of time. Each row holds the
	/// moment at which other labels took its place. Written by `relabel`, never removed: a question
	/// about a past moment gets the answer of that moment. Hashers: record ids come from outside,
	/// the numbers are ours.
	#[pallet::storage]
	pub type PastLabels<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, RecordId, Twox64Concat, u32, Past<RecordAttributes>>;

	/// The number of rows of a record in `PastLabels`.
	#[pallet::storage]
	pub type PastLabelCount<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, u32, ValueQuery>;

	/// The encryption key in use of an account. Written by `set_encryption_key`, never removed.
	/// Hasher: accounts come from outside.
	#[pallet::storage]
	pub type EncryptionKeys<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, EncryptionKey>;

	/// Every encryption key of an account, by its version from 1. A reader can find the older key
	/// to which a document was wrapped. Written by `set_encryption_key`, never removed. Hashers:
	/// accounts come from outside, versions are ours.
	#[pallet::storage]
	pub type EncryptionKeyAt<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId32, Twox64Concat, u32, [u8; 32]>;

	/// The events of this pallet.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The council set the period of the checks.
		RecheckPeriodSet {
			/// The number of blocks after which an intact document is checked again.
			blocks: u32,
		},
		/// A record was registered. The first version is to be checked.
		RecordRegistered {
			/// The record.
			record: RecordId,
			/// The patient.
			patient: PatientId,
			/// The organisation that holds the document.
			custodian: OrganisationId,
			/// BLAKE3 hash of the ciphertext.
			ciphertext: [u8; 32],
		},
		/// A record has a new current version. The version is to be checked.
		RecordVersioned {
			/// The record.
			record: RecordId,
			/// The patient.
			patient: PatientId,
			/// The new version.
			version: VersionNumber,
			/// The cause: corrected, or encrypted under a new key.
			cause: VersionCause,
			/// BLAKE3 hash of the new ciphertext.
			ciphertext: [u8; 32],
		},
		/// A record's labels changed.
		RecordRelabelled {
			/// The record.
			record: RecordId,
			/// The patient.
			patient: PatientId,
		},
		/// The patient disputes the content.
		RecordDisputed {
			/// The record.
			record: RecordId,
			/// The patient.
			patient: PatientId,
		},
		/// The dispute was settled or taken back.
		DisputeSettled {
			/// The record.
			record: RecordId,
			/// The patient.
			patient: PatientId,
			/// The account that settled the dispute or took the dispute back.
			by: AccountId32,
		},
		/// The custodian destroyed the record's key and salt.
		RecordErased {
			/// The record.
			record: RecordId,
			/// The patient.
			patient: PatientId,
		},
		/// An account set its encryption key.
		EncryptionKeySet {
			/// The account.
			account: AccountId32,
			/// The version of the key, from 1.
			version: u32,
			/// The X25519 public key.
			key: [u8; 32],
		},
		/// An organisation's worker attested a finding.
		Attested {
			/// The record.
			record: RecordId,
			/// The document version.
			version: VersionNumber,
			/// The round.
			round: Round,
			/// The organisation of the worker.
			organisation: OrganisationId,
			/// The finding.
			finding: Finding,
		},
		/// A quorum agreed, and the state of the document changed.
		DocumentFound {
			/// The record.
			record: RecordId,
			/// The patient.
			patient: PatientId,
			/// The organisation that holds the document.
			custodian: OrganisationId,
			/// The document version.
			version: VersionNumber,
			/// The finding.
			finding: Finding,
			/// The block at which the document is checked again.
			due: Round,
		},
		/// A quorum agreed on the same state as before.
		DocumentRechecked {
			/// The record.
			record: RecordId,
			/// The document version.
			version: VersionNumber,
			/// The finding, as before.
			finding: Finding,
			/// The block at which the document is checked again.
			due: Round,
		},
	}

	/// The causes for which a call fails.
	#[pallet::error]
	pub enum Error<T> {
		/// No record has this id. Compare the id with the register.
		NotFound,
		/// No patient has this id. Enrol the patient first.
		PatientNotFound,
		/// The account may not do this. Sign as agent of the custodian to change a record, as the
		/// patient or a representative to dispute, and as agent of the enrolling organisation to
		/// register.
		NotAuthorized,
		/// The record id is taken. Draw another 16 random bytes.
		AlreadyRegistered,
		/// The record was erased. Choose another record.
		AlreadyErased,
		/// The current version has the same ciphertext. Seal the document again.
		AlreadyCurrent,
		/// The record already has these labels. Do nothing.
		AlreadyLabelled,
		/// The record is already disputed. Do nothing.
		AlreadyDisputed,
		/// The record is not disputed. Do nothing.
		NotDisputed,
		/// The account already has this key. Do nothing.
		AlreadySet,
		/// The document has no bytes. Check the file.
		EmptyDocument,
		/// The document is larger than the chain allows. Split the document into several records.
		MaxDocumentSizeExceeded,
		/// The CID is not a CID in binary form. Leave the CID out, or convert the CID.
		MalformedCid,
		/// The month of authoring has not begun. Check the date.
		AuthoredInFuture,
		/// The key is a point of small order: anyone could open a document wrapped to the key. Make
		/// a new key pair.
		WeakKey,
		/// The record has the highest version number. Register a new record.
		MaxVersionsExceeded,
		/// The account has the highest key version. Use another account.
		MaxKeysExceeded,
		/// More organisations voted than the consortium can have. Report this as a fault.
		MaxVotesExceeded,
		/// The period is zero. Name a number of blocks from 1.
		PeriodEmpty,
	}

	/// The values of a chain specification.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The number of blocks after which an intact document is checked again. `RecheckPeriod` if
		/// not given.
		pub recheck_period: Option<u32>,
		/// Empty.
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
		/// Register a record. The record is in the patient's list from now on, and the patient's
		/// directives decide about access. The other organisations check the document in the vault
		/// against the register.
		///
		/// record: the new id, 16 random bytes. patient: the patient's id. labels: the kind of
		/// document. document: hash and size of the encrypted document.
		/// Caller: an agent of the organisation that enrolled the patient.
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

		/// Replace the record's document by a corrected document. The new document becomes the
		/// current version and is checked like a new one. Earlier versions stay in the register.
		///
		/// record: the id of the record. document: hash and size of the new encrypted document.
		/// Caller: an agent of the custodian.
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

		/// Replace the record's document by the same content under a new key. Readers who lost
		/// their right can't open a document that is delivered from now on. The new document
		/// becomes the current version and is checked like a new one.
		///
		/// record: the id of the record. document: hash and size of the new encrypted document.
		/// Caller: an agent of the custodian.
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

		/// Change the labels of the record: kind, confidentiality, sensitivities, author, encounter
		/// and month. The patient's directives are applied to the new labels from now on. Earlier
		/// decisions stay as they are. The document does not change.
		///
		/// record: the id of the record. labels: all labels of the record, the unchanged ones too.
		/// Caller: an agent of the custodian.
		/// Fails: NotFound, NotAuthorized, AlreadyErased, AuthoredInFuture, AlreadyLabelled. Event:
		/// RecordRelabelled.
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

		/// Dispute the record's content. Everyone sees your dispute until you take the dispute back
		/// or the custodian settles the dispute. The right to see the record does not change.
		///
		/// record: the id of the record.
		/// Caller: the patient's controller, a guardian, or a delegate with a mandate to dispute.
		/// Fails: NotFound, NotAuthorized, AlreadyErased, AlreadyDisputed. Event: RecordDisputed.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::dispute())]
		pub fn dispute(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let mut row = Records::<T>::get(record).ok_or(Error::<T>::NotFound)?;
			let now = T::Time::now();
			let may = T::Patients::may(&who, row.patient, Deed::Dispute, now).is_ok();
			ensure!(may, Error::<T>::NotAuthorized);
			ensure!(row.status == RecordStatus::Active, Error::<T>::AlreadyErased);
			ensure!(row.dispute.is_none(), Error::<T>::AlreadyDisputed);

			let (patient, custodian) = (row.patient, row.attributes.custodian);
			row.dispute = Some(now);
			Records::<T>::insert(record, row);
			let act = Act::RecordDisputed { record };
			T::Trail::write(Some(patient), Some(custodian), Some(who), act);
			Self::deposit_event(Event::RecordDisputed { record, patient });
			Ok(())
		}

		/// End the dispute about the record's content. You take the dispute back, or the custodian
		/// has settled the dispute. The trail still shows the dispute.
		///
		/// record: the id of the record.
		/// Caller: the patient's controller, a guardian, a delegate with a mandate to dispute, or
		/// an agent of the custodian.
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
			ensure!(row.status == RecordStatus::Active, Error::<T>::AlreadyErased);
			ensure!(row.dispute.take().is_some(), Error::<T>::NotDisputed);

			Records::<T>::insert(record, row);
			let act = Act::DisputeSettled { record };
			T::Trail::write(Some(patient), Some(custodian), Some(who.clone()), act);
			Self::deposit_event(Event::DisputeSettled { record, patient, by: who });
			Ok(())
		}

		/// Mark the record as erased. The key and the salt of the record are destroyed. No reader
		/// is permitted to open the record any more, and the record is not checked again. You can't
		/// undo this call. The register and the trail still show the record.
		///
		/// record: the id of the record.
		/// Caller: an agent of the custodian.
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

		/// Set your encryption key. Documents released to you from now on are encrypted to this
		/// key. A document that was encrypted to an older key still needs the older key, so keep
		/// both keys. Signing keys do not change.
		///
		/// key: your X25519 public key.
		/// Caller: any account that may send transactions.
		/// Fails: NotAuthorized, WeakKey, AlreadySet, MaxKeysExceeded. Event: EncryptionKeySet.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_encryption_key())]
		pub fn set_encryption_key(origin: OriginFor<T>, key: [u8; 32]) -> DispatchResult {
			let account = ensure_signed(origin)?;
			ensure!(T::MayHoldKey::contains(&account), Error::<T>::NotAuthorized);
			ensure!(!is_weak_key(&key), Error::<T>::WeakKey);
			let version = match EncryptionKeys::<T>::get(&account) {
				Some(current) if current.key == key => return Err(Error::<T>::AlreadySet.into()),
				Some(current) => {
					current.version.checked_add(1).ok_or(Error::<T>::MaxKeysExceeded)?
				}
				None => 1,
			};

			EncryptionKeys::<T>::insert(&account, EncryptionKey { version, key });
			EncryptionKeyAt::<T>::insert(&account, version, key);
			Self::deposit_event(Event::EncryptionKeySet { account, version, key });
			Ok(())
		}

		/// Attest the finding of the node's worker about a document. At the quorum the finding
		/// becomes the document's state, and the next check is scheduled. Nodes send this call, not
		/// people.
		///
		/// attestation: the finding, the round and the key. signature: the signature of the key.
		/// Caller: the key of a validator of an organisation other than the custodian.
		/// Fails: NotFound, NotAuthorized, MaxVotesExceeded; most causes are refused before, at the
		/// pool. Event: Attested, and at the quorum DocumentFound or DocumentRechecked.
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
			// `authorize_attest` verifies the signature. Without the verification there is no
			// authorised origin.
			let _ = signature;
			Self::do_attest(attestation)
		}

		/// Set the period of the checks. The new period is valid from the next check of each
		/// document.
		///
		/// blocks: the number of blocks after which an intact document is checked again.
		/// Caller: the council, by enacting the call.
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

		/// The patient of a record, also of an erased one. One read.
		pub fn patient_of(id: RecordId) -> Option<PatientId> {
			Records::<T>::get(id).map(|record| record.patient)
		}

		/// A page of the records of a patient, erased ones included. The order is fixed and has no
		/// meaning. `after`: the last record of the page before. `limit`: the number of rows, at
		/// most 100.
		pub fn records_of(
			patient: PatientId,
			after: Option<RecordId>,
			limit: u32,
		) -> Vec<RecordView> {
			Self::page_of_records(patient, after, limit)
		}

		/// A page of the checks that are due and have no quorum yet, longest due first. `after`: the
		/// last round and record of the page before. `limit`: the number of rows, at most 100.
		pub fn awaiting_attestation(after: Option<(Round, RecordId)>, limit: u32) -> Vec<Awaiting> {
			Self::page_of_awaiting(after, limit)
		}

		/// The encryption key in use of an account.
		pub fn encryption_key(account: AccountId32) -> Option<EncryptionKey> {
			EncryptionKeys::<T>::get(account)
		}
	}
}
