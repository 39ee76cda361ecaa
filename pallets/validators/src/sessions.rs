//! The door to the session pallet.

use alloc::vec::Vec;
use codec::Encode;
use frame_system::RawOrigin;
use sp_runtime::AccountId32;
use sp_staking::{offence::OffenceSeverity, SessionIndex};

/// What this pallet asks of `pallet-session`, which answers it.
pub trait Sessions {
	/// The number of the session that runs.
	fn index() -> SessionIndex;
	/// The validators of the session that runs.
	fn validators() -> Vec<AccountId32>;
	/// The keys, encoded, that a validator set for sessions to come.
	fn keys(validator: &AccountId32) -> Option<Vec<u8>>;
	/// Disables a validator of the session that runs, as far as the disabling strategy lets
	/// as many be disabled. Nothing happens to one that does not take part.
	fn disable(validator: &AccountId32);
	/// Ends that.
	fn enable(validator: &AccountId32);
	/// Purges the keys of a validator, which must still be registered.
	fn purge(validator: &AccountId32);
}

impl<T> Sessions for pallet_session::Pallet<T>
where
	T: pallet_session::Config<ValidatorId = AccountId32>
		+ frame_system::Config<AccountId = AccountId32>,
{
	fn index() -> SessionIndex {
		pallet_session::CurrentIndex::<T>::get()
	}

	fn validators() -> Vec<AccountId32> {
		pallet_session::Validators::<T>::get()
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
		// The only error is that there are no keys.
		let _ = Self::purge_keys(RawOrigin::Signed(validator.clone()).into());
	}
}
