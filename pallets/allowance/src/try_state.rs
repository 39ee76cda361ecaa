//! What must hold of the stored buckets.

use crate::{Bucket, Buckets, Config, OrganisationBuckets, Pallet};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// No bucket was drawn on in a block to come, and every account with a bucket holds the
	/// reference without which it could not have signed.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		let buckets = Buckets::<T>::iter_values().chain(OrganisationBuckets::<T>::iter_values());
		for Bucket { at, .. } in buckets {
			ensure!(
				at <= now,
				TryRuntimeError::Other("allowance: a bucket was drawn on in the future")
			);
		}
		for who in Buckets::<T>::iter_keys() {
			let references = frame_system::Pallet::<T>::sufficients(&who)
				.saturating_add(frame_system::Pallet::<T>::providers(&who));
			ensure!(
				references > 0,
				TryRuntimeError::Other("allowance: an account without reference has a bucket")
			);
		}
		Ok(())
	}
}
