//! The council: its seats, the calls that it enacts, and the draw of a reviewer.

use crate::{pallet::*, Organisation, OrganisationStatus};
use alloc::{collections::BTreeSet, vec::Vec};
use assent_policy::OrganisationId;
use assent_support::{Members, Reviewers};
use frame_support::{
	dispatch::GetDispatchInfo,
	ensure,
	traits::{
		schedule::{v3::Anon, DispatchTime, HARD_DEADLINE},
		ChangeMembers, Contains, Get, QueryPreimage, StorePreimage,
	},
	BoundedBTreeSet,
};
use sp_core::H256;
use sp_runtime::{traits::Hash, AccountId32, DispatchResult, Saturating};

impl<T: Config> Pallet<T> {
	/// Refuses an act that would leave the council without a seat: the last active organisation
	/// stays active.
	pub(crate) fn ensure_not_last(row: &Organisation) -> Result<(), Error<T>> {
		let last = row.status == OrganisationStatus::Active && Seats::<T>::get().len() <= 1;
		ensure!(!last, Error::<T>::LastOrganisation);
		Ok(())
	}

	/// Changes the seats, and tells the council.
	pub(crate) fn change_seats(
		incoming: Option<&AccountId32>,
		outgoing: Option<&AccountId32>,
	) -> DispatchResult {
		let mut seats: BTreeSet<AccountId32> = Seats::<T>::get().into_inner();
		if let Some(outgoing) = outgoing {
			seats.remove(outgoing);
		}
		if let Some(incoming) = incoming {
			seats.insert(incoming.clone());
		}
		let sorted: Vec<AccountId32> = seats.iter().cloned().collect();
		let seats =
			BoundedBTreeSet::try_from(seats).map_err(|_| Error::<T>::MaxOrganisationsExceeded)?;
		Seats::<T>::put(seats);
		let slice = |account: Option<&AccountId32>| account.cloned().into_iter().collect();
		let (incoming, outgoing): (Vec<_>, Vec<_>) = (slice(incoming), slice(outgoing));
		T::Council::change_members_sorted(&incoming, &outgoing, &sorted);
		Ok(())
	}

	/// Hands a listed call to the scheduler. The scheduler dispatches the call as root when the
	/// delay is over.
	pub(crate) fn do_enact(call: <T as Config>::RuntimeCall) -> DispatchResult {
		ensure!(T::Enactable::contains(&call), Error::<T>::NotEnactable);
		ensure!(
			call.get_dispatch_info().call_weight.all_lte(T::MaxEnactWeight::get()),
			Error::<T>::MaxWeightExceeded
		);
		let delay = EnactAfter::<T>::get().unwrap_or_else(T::EnactDelay::get);
		let at = frame_system::Pallet::<T>::block_number().saturating_add(delay);
		let hash = <T as frame_system::Config>::Hashing::hash_of(&call);
		// A preimage with a request keeps its single request when the pallet notes the preimage
		// again.
		let wanted = T::Preimages::is_requested(&hash);
		let kept = T::Preimages::bound(call)?;
		T::Scheduler::schedule(
			DispatchTime::At(at),
			None,
			HARD_DEADLINE,
			frame_system::RawOrigin::Root.into(),
			kept.clone(),
		)?;
		if !wanted {
			// The scheduler requests the preimage now. A request of ours would keep the preimage
			// for ever.
			T::Preimages::drop(&kept);
		}
		Self::deposit_event(Event::EnactScheduled { hash, at });
		Ok(())
	}
}

impl<T: Config> Reviewers for Pallet<T> {
	/// Ranks every candidate by a hash of the seed and the candidate's number, and draws the lowest
	/// rank. The position in the list of seats plays no part. The list follows the controllers'
	/// accounts, so an organisation could move the lot by a change of its controller.
	fn draw(seed: H256, excluded: &[OrganisationId]) -> Option<OrganisationId> {
		Seats::<T>::get()
			.iter()
			.filter_map(ByAgent::<T>::get)
			.filter(|organisation| !excluded.contains(organisation))
			.min_by_key(|organisation| {
				<T as frame_system::Config>::Hashing::hash_of(&(seed, organisation))
			})
	}

	fn has_other(organisation: OrganisationId) -> bool {
		Seats::<T>::get().len() > usize::from(Self::is_active(organisation))
	}
}
