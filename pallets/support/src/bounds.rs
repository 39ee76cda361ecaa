//! The limit on the weight of a pallet's worst calls.

use frame_support::{dispatch::DispatchClass, traits::Get, weights::Weight};

/// Panics, with the name, if one of the weights exceeds half of the largest ordinary transaction. A
/// heavier call could not be batched with anything, and a slower machine could not take the call at
/// all. Meant for `integrity_test`, which runs when a runtime is tested.
pub fn assert_fits<T: frame_system::Config>(worst: &[(&str, Weight)]) {
	let blocks = T::BlockWeights::get();
	let largest = blocks.get(DispatchClass::Normal).max_extrinsic.unwrap_or(blocks.max_block);
	let half = largest.saturating_div(2);
	for (name, weight) in worst {
		assert!(
			weight.all_lte(half),
			"{name} must fit in half of the largest transaction: {weight:?} of {half:?}"
		);
	}
}
