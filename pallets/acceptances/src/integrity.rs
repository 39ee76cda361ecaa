//! The checks of the weights of a runtime.

use crate::{pallet::*, types::*, WeightInfo};
use assent_support::assert_fits;

impl<T: Config> Pallet<T> {
	/// Panics if the worst calls do not fit in half of the largest transaction.
	pub(crate) fn check_integrity() {
		assert_fits::<T>(&[
			("accept", T::WeightInfo::accept()),
			("refuse", T::WeightInfo::refuse()),
			("open_campaign", T::WeightInfo::open_campaign()),
			("ask", T::WeightInfo::ask(MAX_ASKED)),
			("end_campaign", T::WeightInfo::end_campaign()),
		]);
	}
}
