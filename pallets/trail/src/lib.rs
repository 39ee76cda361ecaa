//! # The trail
//!
//! Remembers every access decision and every change, so that nobody can later remove or
//! rewrite one unnoticed, and so that a patient can read who looked at what.
//!
//! ## Terms
//! - **Entry**: one line of the trail: when, who, what, and its place in the sequences.
//! - **Sequence**: the entries of one patient, or of one organisation, numbered from 1. An
//!   entry about a patient written at the hand of an organisation stands in both.
//! - **Head**: how many entries a sequence has, and the hash of its newest one. The head is
//!   all that the state keeps.
//! - **Walk**: reading a sequence from its head back to its first entry, each entry checked
//!   against the hash that the newer one (or the head) names. See [`walk`].
//! - **Receipt**: an entry's hash, which whoever made the access can keep as proof that it
//!   stands in the trail.
//!
//! ## A scenario
//! A clinician's access to Ada's laboratory result is denied. The call succeeds all the same
//! (a failed one would leave nothing behind), and `consent` writes the denial here: entry 7
//! of Ada's sequence, entry 1,204 of the hospital's. Both name their previous entries by
//! hash. Every node that indexes keeps the entry under its own hash; the chain keeps two
//! heads of fixed size. Years later Ada's client proves her head against a final header,
//! fetches the entries by hash from any node, and walks back. If a node withholds or changes
//! the denial, the walk stops there and says so; another node can be asked.
//!
//! ## What is stored
//! - [`PatientHeads`], [`OrganisationHeads`]: one head for each sequence, of fixed size.
//!   State grows with patients and organisations, never with accesses.
//! - Off chain, under [`entry_key`]: the encoded entry, by its own hash, so that forks don't
//!   overwrite each other. Written only by nodes with off-chain indexing turned on.
//! - As an event: the same entry. A member that keeps all blocks can rebuild the index.
//!
//! | Call | Who | Event |
//! | --- | --- | --- |
//! | none: other pallets write through [`assent_support::Trail`] | | [`Event::EntryWritten`] |
//!
//! ## Assumptions
//! - The trail proves that nothing recorded was changed or removed. It can't prove that a
//!   dishonest custodian recorded everything.
//! - What is written by a call that fails is rolled back with it, from state, events and
//!   index: whoever must leave a trace of a refusal refuses by a successful dispatch.
//! - Nothing is written in the genesis block: its events and its index are kept nowhere, so
//!   that no walk could pass. The genesis state itself is the record of what it holds.

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

	/// The trail.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// The wall clock, in milliseconds since the Unix epoch. Entries carry its time.
		type Time: Time<Moment = Moment>;
		/// What writing costs.
		type WeightInfo: WeightInfo;
	}

	/// The newest entry of each patient's sequence, and how many there are.
	///
	/// Written with every entry that names the patient; never removed. At most one row for
	/// each patient id. Hasher: patient ids come from outside.
	#[pallet::storage]
	pub type PatientHeads<T: Config> = StorageMap<_, Blake2_128Concat, PatientId, Head, ValueQuery>;

	/// The newest entry of each organisation's sequence, and how many there are.
	///
	/// Written with every entry that names the organisation; never removed. At most one row
	/// for each organisation. Hasher: organisation numbers are ours.
	#[pallet::storage]
	pub type OrganisationHeads<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, Head, ValueQuery>;

	#[allow(
		clippy::large_enum_variant,
		reason = "the only event; the other variant is FRAME's and never made"
	)]
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An entry was written into the trail.
		EntryWritten {
			/// The entry's hash, under which nodes that index keep it.
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
		/// How many entries a patient's sequence has, and the hash of the newest one. Zero
		/// and zero for an unknown patient.
		pub fn patient_head(patient: PatientId) -> Head {
			PatientHeads::<T>::get(patient)
		}

		/// How many entries an organisation's sequence has, and the hash of the newest one.
		/// Zero and zero for an unknown organisation.
		pub fn organisation_head(organisation: OrganisationId) -> Head {
			OrganisationHeads::<T>::get(organisation)
		}
	}
}
