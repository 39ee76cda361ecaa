use crate::{
	mock::*,
	weights::{Declared, WeightInfo},
};
use frame_support::{traits::Hooks, weights::Weight};
use frame_system::limits::BlockWeights;

#[test]
fn integrity_test_should_pass_with_sane_constants() {
	<Validators as Hooks<u32>>::integrity_test();
}

#[test]
#[should_panic(expected = "needs a validator")]
fn integrity_test_should_fail_when_the_minimum_is_none() {
	MinValidators::set(0);
	<Validators as Hooks<u32>>::integrity_test();
}

#[test]
#[should_panic(expected = "must not exceed")]
fn integrity_test_should_fail_when_the_minimum_exceeds_the_maximum() {
	MinValidators::set(8);
	<Validators as Hooks<u32>>::integrity_test();
}

#[test]
#[should_panic(expected = "take part")]
fn integrity_test_should_fail_when_an_organisation_can_have_none() {
	MaxPerOrganisation::set(0);
	<Validators as Hooks<u32>>::integrity_test();
}

#[test]
#[should_panic(expected = "remove must fit in half of the largest transaction")]
fn integrity_test_should_fail_when_a_call_outgrows_its_share() {
	let add = Declared::<Test>::add();
	Weights::set(BlockWeights::simple_max(add.saturating_mul(3)));
	<Validators as Hooks<u32>>::integrity_test();
}

#[test]
fn weights_should_be_far_below_a_block() {
	type W = Declared<Test>;
	// A block computes for a second and takes five megabytes.
	let limit = Weight::from_parts(100_000_000_000, 2 * 1_024 * 1_024);
	for (call, weight) in [
		("add", W::add()),
		("remove", W::remove(100)),
		("reinstate", W::reinstate()),
		("on_offence", W::on_offence(100)),
		("organisations", W::organisations(100)),
	] {
		assert!(weight.all_lt(limit), "{call}: {weight:?}");
		assert!(weight.all_gt(Weight::zero()), "{call}");
	}
	assert!(W::remove(100).all_gt(W::remove(4)));
	assert_eq!(Validators::organisations_weight(), W::organisations(7));
}
