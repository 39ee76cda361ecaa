use crate::{
	mock::*,
	weights::{MockWeights, WeightInfo},
};
use frame_support::traits::Hooks;
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
	let add = MockWeights::add();
	Weights::set(BlockWeights::simple_max(add.saturating_mul(3)));
	<Validators as Hooks<u32>>::integrity_test();
}
