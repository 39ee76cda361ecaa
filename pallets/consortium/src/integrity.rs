//! The check of the constants and the weights, when a runtime is tested.

use crate::{pallet::*, WeightInfo};
use assent_support::assert_fits;
use frame_support::traits::Get;
use sp_runtime::traits::Zero;

impl<T: Config> Pallet<T> {
	/// Panics on a constant with which the pallet can't work, and on a call that fills too much of
	/// a block.
	pub(crate) fn check_constants() {
		assert!(
			!T::MinEnactDelay::get().is_zero() && T::EnactDelay::get() >= T::MinEnactDelay::get(),
			"what is enacted must be visible first"
		);
		assert!(T::MaxOrganisations::get() > 0, "there must be room for an organisation");
		assert!(
			!T::MaxEnactWeight::get().is_zero(),
			"a call of no weight is none that the council needs"
		);
		assert_fits::<T>(&[
			("admit", T::WeightInfo::admit()),
			("suspend", T::WeightInfo::suspend()),
			("reinstate", T::WeightInfo::reinstate()),
			("remove", T::WeightInfo::remove()),
			("add_agent", T::WeightInfo::add_agent()),
			("remove_agent", T::WeightInfo::remove_agent()),
			("propose_endpoint", T::WeightInfo::propose_endpoint()),
			("approve_endpoint", T::WeightInfo::approve_endpoint()),
			("set_base_policy", T::WeightInfo::set_base_policy()),
			("credential", T::WeightInfo::credential()),
			("revoke", T::WeightInfo::revoke()),
			("enact", T::WeightInfo::enact()),
			("transfer_control", T::WeightInfo::transfer_control()),
			("replace_controller", T::WeightInfo::replace_controller()),
			("resign", T::WeightInfo::resign()),
			("look_up", T::WeightInfo::look_up()),
		]);
	}
}
