use crate::{mock::*, *};
use frame_support::traits::Hooks;

#[test]
fn integrity_should_hold_with_sane_weights() {
	ExtBuilder.run(<Accepting as Hooks<_>>::integrity_test);
}

#[test]
#[should_panic(expected = "must fit in half of the largest transaction")]
fn integrity_should_fail_when_a_call_outgrows_its_share() {
	ExtBuilder.run(|| {
		weights::WeightUnit::set(1_000_000_000_000);
		<Accepting as Hooks<_>>::integrity_test();
	});
}
