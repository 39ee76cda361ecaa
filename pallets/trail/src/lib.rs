//! The trail: the memory of every access decision and every change. Nobody can later remove or
//! rewrite an entry unnoticed, and a patient can read every access to the patient's documents.
//!
//! # Terms
//! - **Entry**: one line of the trail: the time, the actor, the act, and the places in the
//!   sequences.
//! - **Sequence**: the entries of one patient, or of one organisation, numbered from 1. An entry
//!   about a patient, written at the hand of an organisation, stands in both sequences.
//! - **Head**: the number of entries in a sequence, and the hash of the newest entry. The state
//!   keeps nothing but the heads.
//! - **Walk**: reading a sequence from its head back to its first entry. Each entry is checked
//!   against the hash in the newer entry (or in the head). See [`walk`].
//! - **Receipt**: the hash of an entry. The account of an access can keep the receipt as proof of
//!   the entry in the trail.
//!
//! # A scenario
//! A clinician's access to Ada's laboratory result is denied. The call succeeds all the same,
//! because a failed call would leave no trace. `consent` writes the denial here: entry 7 of Ada's
//! sequence, entry 1,204 of the hospital's sequence. Both places name the previous entry by hash.
//! Every indexing node keeps the entry under its own hash. The chain keeps two heads of fixed size.
//! Years later Ada's client proves her head against a final header, fetches the entries by hash
//! from any node, and walks back. If a node withholds or changes the denial, the walk stops there
//! and says so. The client can then ask another node.
//!
//! # Storage
//! - [`PatientHeads`], [`OrganisationHeads`]: one head for each sequence, of fixed size. State
//!   grows with patients and organisations, never with accesses.
//! - Off chain, under [`entry_key`]: the encoded entry, by its own hash, so forks don't overwrite
//!   each other. Only nodes with off-chain indexing write the entry.
//! - As an event: the same entry. A member with all blocks can rebuild the index.
//!
//! # Calls
//! | Call | Caller | Event |
//! |---|---|---|
//! | none: other pallets write through [`assent_support::Trail`] | | [`Event::EntryWritten`] |
//!
//! # Assumptions
//! - The trail proves the integrity of its entries: no entry was changed or removed. The trail
//!   can't prove that a dishonest custodian recorded everything.
//! - An entry of a failing call is rolled back with the call, from state, events and index. A
//!   caller that must leave a trace of a refusal refuses by a successful dispatch.
//! - The genesis block has no entry. No node keeps the events and the index of the genesis block,
//!   so no walk could pass. The genesis state itself records its content.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod try_state;
mod types;
pub mod walk;
mod weights;
mod write;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use assent_policy::{Moment, OrganisationId, PatientId};
	use assent_support::assert_fits;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::AccountId32;

	/// The trail pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The types and constants that the runtime gives to this pallet.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// The wall clock, in milliseconds since the Unix epoch. Entries carry its time.
		type Time: Time<Moment = Moment>;
		/// Weights.
		type WeightInfo: WeightInfo;
	}

	/// The newest entry of each patient's sequence, and the number of entries.
	///
	/// Written with every entry about the patient, never removed. At most one row for each patient
	/// id. Hasher: patient ids come from outside.
	#[pallet::storage]
	pub type PatientHeads<T: Config> = StorageMap<_, Blake2_128Concat, PatientId, Head, ValueQuery>;

	/// The newest entry of each organisation's sequence, and the number of entries.
	///
	/// Written with every entry about the organisation, never removed. At most one row for each
	/// organisation. Hasher: organisation numbers are ours.
	#[pallet::storage]
	pub type OrganisationHeads<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, Head, ValueQuery>;

	/// The events of this pallet.
	#[allow(
		clippy::large_enum_variant,
		reason = "the only event; the other variant is FRAME's and never made"
	)]
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An entry was written into the trail.
		EntryWritten {
			/// The hash of the entry. Indexing nodes keep the entry under the hash.
			hash: H256,
			/// The entry.
			entry: Entry,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert_fits::<T>(&[("writing an entry", T::WeightInfo::write())]);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// The number of entries in a patient's sequence, and the hash of the newest entry. Zero
		/// and zero for an unknown patient.
		pub fn patient_head(patient: PatientId) -> Head {
			PatientHeads::<T>::get(patient)
		}

		/// The number of entries in an organisation's sequence, and the hash of the newest entry.
		/// Zero and zero for an unknown organisation.
		pub fn organisation_head(organisation: OrganisationId) -> Head {
			OrganisationHeads::<T>::get(organisation)
		}
	}
}
