//! What must hold of the stored heads.

use crate::{Config, Head, OrganisationHeads, Pallet, PatientHeads};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Every stored head has at least one entry and names the newest. (That the entries are
	/// there and chained is what [`crate::walk`] checks; the state doesn't hold them.)
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let heads = PatientHeads::<T>::iter_values().chain(OrganisationHeads::<T>::iter_values());
		for Head { count, head } in heads {
			ensure!(
				count > 0,
				TryRuntimeError::Other("trail: a stored head has no entry")
			);
			ensure!(
				!head.is_zero(),
				TryRuntimeError::Other("trail: a stored head names no entry")
			);
		}
		Ok(())
	}
}
