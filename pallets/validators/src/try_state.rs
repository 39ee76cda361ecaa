//! The rules that hold for the state at the end of every block.

use crate::{pallet::*, Sessions};
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the index both ways, the counter, the references, and the sets of the session pallet
	/// against ours.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut count = 0u32;
		for (validator, info) in Validators::<T>::iter() {
			count = count.saturating_add(1);
			ensure!(
				ByOrganisation::<T>::get(info.organisation).contains(&validator),
				TryRuntimeError::Other("validators: a validator is not in the index")
			);
			ensure!(
				frame_system::Pallet::<T>::providers(&validator) > 0
					&& frame_system::Pallet::<T>::sufficients(&validator) > 0,
				TryRuntimeError::Other("validators: a validator lacks a reference")
			);
		}
		ensure!(
			count == Validators::<T>::count(),
			TryRuntimeError::Other("validators: the validators are counted wrong")
		);
		ensure!(
			count <= T::MaxValidators::get(),
			TryRuntimeError::Other("validators: too many validators")
		);
		for (organisation, validators) in ByOrganisation::<T>::iter() {
			ensure!(
				!validators.is_empty(),
				TryRuntimeError::Other(
					"validators: an organisation without validators is in the index"
				)
			);
			for validator in validators {
				ensure!(
					Self::organisation_of(&validator) == Some(organisation),
					TryRuntimeError::Other(
						"validators: the index names a validator of another organisation"
					)
				);
			}
		}
		Self::check_session(count)
	}

	fn check_session(count: u32) -> Result<(), TryRuntimeError> {
		if count == 0 {
			// The session pallet has validators of its own, or none.
			return Ok(());
		}
		let running = T::Session::validators();
		ensure!(
			running.iter().all(Validators::<T>::contains_key),
			TryRuntimeError::Other("validators: an account that is not registered validates")
		);
		let organisations: BTreeSet<_> = running.iter().filter_map(Self::organisation_of).collect();
		ensure!(
			organisations == Running::<T>::get().into_inner(),
			TryRuntimeError::Other("validators: the running organisations are noted wrong")
		);
		let with_keys = Validators::<T>::iter_keys()
			.filter(|validator| T::Session::keys(validator).is_some())
			.count();
		ensure!(
			Self::plan().set.len() >= with_keys.min(T::MinValidators::get() as usize),
			TryRuntimeError::Other("validators: the plan is below the minimum")
		);
		Ok(())
	}
}
