//! The check of the constants and the weights, when a runtime is tested.

use crate::{pallet::*, WeightInfo};
use assent_support::assert_fits;
use frame_support::traits::Get;

impl<T: Config> Pallet<T> {
	/// Panics on a constant with which the pallet can't work, and on a call that fills too much of
	/// a block.
	pub(crate) fn check_constants() {
		assert!(T::MinValidators::get() > 0, "a chain needs a validator");
		assert!(
			T::MinValidators::get() <= T::MaxValidators::get(),
			"the minimum must not exceed the maximum"
		);
		assert!(T::MaxPerOrganisation::get() > 0, "an organisation must be able to take part");
		let most = T::MaxValidators::get();
		assert_fits::<T>(&[
			("add", T::WeightInfo::add()),
			("remove", T::WeightInfo::remove(most)),
			("reinstate", T::WeightInfo::reinstate()),
			("an offence", T::WeightInfo::on_offence(most)),
		]);
	}
}
