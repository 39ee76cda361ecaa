//! The check of the constants and the weights, when a runtime is tested.

use crate::{pallet::*, WeightInfo};
use assent_support::assert_fits;
use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;

impl<T: Config> Pallet<T> {
	/// Panics on a constant with which the pallet can't work, and on a call that fills too much of
	/// a block.
	pub(crate) fn check_constants() {
		assert!(
			T::MaxActive::get() > 0 && T::MaxActive::get() <= T::MaxUnjustified::get(),
			"MaxActive: at least one, and no more than can be left to justify"
		);
		assert!(
			T::MaxOfDay::get() > 0 && T::DefaultOrganisationCap::get() > 0,
			"MaxOfDay, DefaultOrganisationCap: at least one emergency must be possible"
		);
		assert!(
			T::JustificationPeriod::get() > 0 && T::ReviewPeriod::get() > 0,
			"JustificationPeriod, ReviewPeriod: nobody can answer in no time"
		);
		assert!(
			T::DrawDelay::get() > 0,
			"DrawDelay: the hash that decides must be unknown when the justification is signed"
		);
		assert!(
			BlockNumberFor::<T>::from(T::DrawDelay::get()) < T::BlockHashCount::get(),
			"DrawDelay: the hash that decides must still be kept a block later"
		);
		assert_fits::<T>(&[
			("declare", T::WeightInfo::declare()),
			("end", T::WeightInfo::end()),
			("justify", T::WeightInfo::justify()),
			("draw", T::WeightInfo::draw()),
			("review", T::WeightInfo::review()),
			("pass_on", T::WeightInfo::pass_on()),
			("suspend_unjustified", T::WeightInfo::suspend_unjustified()),
			("reinstate", T::WeightInfo::reinstate()),
			("set_organisation_cap", T::WeightInfo::set_organisation_cap()),
		]);
	}
}
