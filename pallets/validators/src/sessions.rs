//! The door to the session pallet.

use alloc::vec::Vec;
use codec::Encode;
use core::marker::PhantomData;
use frame_system::RawOrigin;
use pallet_session::historical;
use sp_runtime::{traits::Convert, AccountId32};
use sp_staking::{offence::OffenceSeverity, SessionIndex};

/// The questions of this pallet to `pallet-session`, and the answers of `pallet-session`.
pub trait Sessions {
	/// The number of the running session.
	fn index() -> SessionIndex;
	/// The validators of the running session.
	fn validators() -> Vec<AccountId32>;
	/// The validators of the next session.
	fn queued() -> Vec<AccountId32>;
	/// Leaves a validator out of the next session.
	fn unqueue(validator: &AccountId32);
	/// The keys, encoded, that a validator set for later sessions.
	fn keys(validator: &AccountId32) -> Option<Vec<u8>>;
	/// Disables a validator of the running session, as far as the limit of the disabling strategy
	/// allows. Does nothing for a validator that does not take part.
	fn disable(validator: &AccountId32);
	/// Enables a disabled validator.
	fn enable(validator: &AccountId32);
	/// Purges the keys of a validator. The validator must still be registered.
	fn purge(validator: &AccountId32);
	/// Removes what is kept of the sessions before this one, from the state. A double vote of such
	/// a session can be reported no more.
	fn forget(before: SessionIndex);
	/// The same in the off-chain database of this node. For off-chain workers.
	fn forget_off_chain(before: SessionIndex);
}

impl<T> Sessions for pallet_session::Pallet<T>
where
	T: historical::Config
		+ pallet_session::Config<ValidatorId = AccountId32>
		+ frame_system::Config<AccountId = AccountId32>,
{
	fn index() -> SessionIndex {
		pallet_session::CurrentIndex::<T>::get()
	}

	fn validators() -> Vec<AccountId32> {
		pallet_session::Validators::<T>::get()
	}

	fn queued() -> Vec<AccountId32> {
		let queued = pallet_session::QueuedKeys::<T>::get();
		queued.into_iter().map(|(validator, _)| validator).collect()
	}

	fn unqueue(validator: &AccountId32) {
		pallet_session::QueuedKeys::<T>::mutate(|queued| {
			queued.retain(|(who, _)| who != validator)
		});
		pallet_session::QueuedChanged::<T>::put(true);
		// The keys of the next session are proven against a root of exactly the validators of the
		// next session.
		let next = Self::index().saturating_add(1);
		let _ = <historical::NoteHistoricalRoot<T, Queue<T>> as pallet_session::SessionManager<
			_,
		>>::new_session(next);
	}

	fn keys(validator: &AccountId32) -> Option<Vec<u8>> {
		pallet_session::NextKeys::<T>::get(validator).map(|keys| keys.encode())
	}

	fn disable(validator: &AccountId32) {
		Self::report_offence(validator.clone(), OffenceSeverity::max_severity());
	}

	fn enable(validator: &AccountId32) {
		if let Some(index) = Self::validator_id_to_index(validator) {
			Self::reenable_index(index);
		}
	}

	fn purge(validator: &AccountId32) {
		// The only error is the absence of keys.
		let _ = Self::purge_keys(RawOrigin::Signed(validator.clone()).into());
	}

	fn forget(before: SessionIndex) {
		historical::Pallet::<T>::prune_up_to(before);
	}

	fn forget_off_chain(before: SessionIndex) {
		historical::offchain::prune_older_than::<T>(before);
	}
}

/// Answers with the queued validators as the plan for the next session.
struct Queue<T>(PhantomData<T>);

impl<T: pallet_session::Config> pallet_session::SessionManager<T::ValidatorId> for Queue<T> {
	fn new_session(_: SessionIndex) -> Option<Vec<T::ValidatorId>> {
		let queued = pallet_session::QueuedKeys::<T>::get();
		Some(queued.into_iter().map(|(validator, _)| validator).collect())
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(_: SessionIndex) {}
}

impl<T: historical::Config> historical::SessionManager<T::ValidatorId, T::FullIdentification>
	for Queue<T>
{
	fn new_session(next: SessionIndex) -> Option<Vec<(T::ValidatorId, T::FullIdentification)>> {
		let queued = <Self as pallet_session::SessionManager<_>>::new_session(next)?;
		let identified = |validator: T::ValidatorId| {
			T::FullIdentificationOf::convert(validator.clone()).map(|full| (validator, full))
		};
		Some(queued.into_iter().filter_map(identified).collect())
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(_: SessionIndex) {}
}
