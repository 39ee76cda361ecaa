//! A test of the check of the weight.

use crate::mock::*;
use frame_support::{traits::Hooks, weights::Weight};
use frame_system::limits::BlockWeights;

fn check() {
	<Trail as Hooks<u32>>::integrity_test();
}

#[test]
fn integrity_should_pass_when_an_entry_fits_easily() {
	check();
}

#[test]
#[should_panic(expected = "writing an entry must fit in half of the largest transaction")]
fn integrity_should_fail_when_an_entry_takes_half_of_the_largest_transaction() {
	crate::weights::WeightUnit::set(100_000_000);
	Weights::set(BlockWeights::simple_max(Weight::from_parts(100_000_000, u64::MAX)));
	check();
}
