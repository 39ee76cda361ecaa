//! The checks of the constants and the weights of a runtime.

use crate::{
	pallet::*,
	weights::{fullest, MOST_TO_READ},
	WeightInfo,
};
use assent_support::assert_fits;
use frame_support::traits::Get;
use sp_runtime::Perbill;

impl<T: Config> Pallet<T> {
	/// Panics if a constant makes no sense, or if the worst calls do not fit in half of the
	/// largest transaction. The worst access fits in 5% of a block.
	pub(crate) fn check_integrity() {
		assert!(T::RequestPeriod::get() > 0, "RequestPeriod: requests must last");
		assert!(
			T::DeliveryWindow::get() > 0,
			"DeliveryWindow: a permitted reader must have time to fetch the document"
		);
		let blocks = T::BlockWeights::get();
		let access = T::WeightInfo::access(MOST_TO_READ);
		assert!(
			access.all_lte(Perbill::from_percent(5) * blocks.max_block),
			"the worst access ({access:?}) must fit in 5% of a block"
		);
		assert_fits::<T>(&[
			("make_directive", fullest(T::WeightInfo::make_directive)),
			("grant", fullest(T::WeightInfo::grant)),
			("withdraw", T::WeightInfo::withdraw()),
			("replace", fullest(T::WeightInfo::replace)),
			("request", T::WeightInfo::request()),
			("approve_request", fullest(T::WeightInfo::approve_request)),
			("refuse_request", T::WeightInfo::refuse_request()),
			("access", access),
			("retire_expired", fullest(T::WeightInfo::retire_expired)),
		]);
	}
}
