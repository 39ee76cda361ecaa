use crate::{mock::*, weights::WeightInfo};
use frame_support::traits::Hooks;
use frame_system::limits::BlockWeights;

#[test]
fn integrity_test_should_pass_with_sane_constants() {
	<Consortium as Hooks<u32>>::integrity_test();
}

#[test]
#[should_panic(expected = "must be visible")]
fn integrity_test_should_fail_when_there_is_no_delay() {
	EnactDelay::set(0);
	<Consortium as Hooks<u32>>::integrity_test();
}

#[test]
#[should_panic(expected = "must be visible")]
fn integrity_test_should_fail_when_a_genesis_may_name_no_delay() {
	MinEnactDelay::set(0);
	<Consortium as Hooks<u32>>::integrity_test();
}

#[test]
#[should_panic(expected = "room for an organisation")]
fn integrity_test_should_fail_when_there_is_no_room() {
	MaxOrganisations::set(0);
	<Consortium as Hooks<u32>>::integrity_test();
}

#[test]
#[should_panic(expected = "admit must fit in half of the largest transaction")]
fn integrity_test_should_fail_when_a_call_outgrows_its_share() {
	let admit = <Test as crate::Config>::WeightInfo::admit();
	Weights::set(BlockWeights::simple_max(admit));
	<Consortium as Hooks<u32>>::integrity_test();
}
