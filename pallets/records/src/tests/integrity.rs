use crate::{mock::*, *};
use frame_support::{traits::Hooks, weights::Weight};
use frame_system::limits::BlockWeights;

#[test]
fn integrity_test_should_pass_with_the_constants_of_the_mock() {
	ExtBuilder::default().run(<Register as Hooks<u32>>::integrity_test);
}

#[test]
#[should_panic(expected = "due again at once")]
fn integrity_test_should_fail_when_checks_never_rest() {
	RecheckPeriod::set(0);
	ExtBuilder::default().run(<Register as Hooks<u32>>::integrity_test);
}

#[test]
#[should_panic(expected = "must fit in half of the largest transaction")]
fn integrity_test_should_fail_when_a_call_outgrows_its_share() {
	let call = <Test as Config>::WeightInfo::attest();
	Weights::set(BlockWeights::simple_max(Weight::from_parts(call.ref_time(), u64::MAX)));
	ExtBuilder::default().run(<Register as Hooks<u32>>::integrity_test);
}
