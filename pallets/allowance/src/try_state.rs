//! The rules that hold for the stored buckets at the end of every block.

use crate::{Bucket, Buckets, Config, OrganisationBuckets, Pallet, PatientBuckets};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the blocks of the buckets: no bucket was drawn on in a later block. Checks the
	/// accounts with a bucket: a signer needs a reference.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		let buckets = Buckets::<T>::iter_values()
			.chain(PatientBuckets::<T>::iter_values())
			.chain(OrganisationBuckets::<T>::iter_values());
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
