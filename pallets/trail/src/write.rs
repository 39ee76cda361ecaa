//! Writing an entry: its place, its hash, the heads, the index and the event.

use crate::{
	entry_hash, entry_key, Config, Entry, Event, Head, OrganisationHeads, Pallet, PatientHeads,
};
use assent_policy::{OrganisationId, PatientId};
use assent_support::{Act, Trail};
use codec::Encode;
use frame_support::traits::Time;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{
	traits::{SaturatedConversion, Zero},
	AccountId32,
};

/// The log target of this pallet.
const LOG_TARGET: &str = "assent::trail";

impl<T: Config> Pallet<T> {
	/// The hash of the chain's first block. Every entry's hash binds this hash.
	pub fn genesis_hash() -> H256 {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}
}

impl<T: Config> Trail for Pallet<T> {
	fn write(
		patient: Option<PatientId>,
		organisation: Option<OrganisationId>,
		actor: Option<AccountId32>,
		act: Act,
	) -> H256 {
		let block = frame_system::Pallet::<T>::block_number();
		if block.is_zero() {
			log::debug!(target: LOG_TARGET, "not written, genesis is its own record: {act:?}");
			return H256::zero();
		}

		let entry = Entry {
			at: T::Time::now(),
			block: block.saturated_into(),
			actor,
			act,
			patient: patient.map(|id| Self::patient_head(id).next_link(id)),
			organisation: organisation.map(|id| Self::organisation_head(id).next_link(id)),
		};
		let encoded = entry.encode();
		let hash = entry_hash(Self::genesis_hash(), &encoded);

		if let Some(link) = &entry.patient {
			PatientHeads::<T>::insert(link.id, Head { count: link.sequence, head: hash });
		}
		if let Some(link) = &entry.organisation {
			OrganisationHeads::<T>::insert(link.id, Head { count: link.sequence, head: hash });
		}
		sp_io::offchain_index::set(&entry_key(hash), &encoded);
		Self::deposit_event(Event::EntryWritten { hash, entry });
		hash
	}
}
