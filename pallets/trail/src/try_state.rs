//! The rules that hold for the stored heads at the end of every block.

use crate::{Config, Head, OrganisationHeads, Pallet, PatientHeads};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every stored head: the head has at least one entry and names the newest.
	/// [`crate::walk`] checks the entries and their links, because the state does not hold the
	/// entries.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let heads = PatientHeads::<T>::iter_values().chain(OrganisationHeads::<T>::iter_values());
		for Head { count, head } in heads {
			ensure!(count > 0, TryRuntimeError::Other("trail: a stored head has no entry"));
			ensure!(!head.is_zero(), TryRuntimeError::Other("trail: a stored head names no entry"));
		}
		Ok(())
	}
}
