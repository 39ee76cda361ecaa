use crate::{mock::*, weights::WeightInfo};
use frame_support::{traits::Hooks, weights::Weight};
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
	let revoke = <Test as crate::Config>::WeightInfo::revoke();
	Weights::set(BlockWeights::simple_max(revoke.saturating_mul(2)));
	<Consortium as Hooks<u32>>::integrity_test();
}

#[test]
fn weights_should_be_far_below_a_block() {
	type W = crate::weights::Declared<Test>;
	// A block computes for a second and takes five megabytes.
	let limit = Weight::from_parts(50_000_000_000, 512 * 1_024);
	for (call, weight) in [
		("admit", W::admit()),
		("suspend", W::suspend()),
		("reinstate", W::reinstate()),
		("remove", W::remove()),
		("add_agent", W::add_agent()),
		("remove_agent", W::remove_agent()),
		("propose_endpoint", W::propose_endpoint()),
		("approve_endpoint", W::approve_endpoint()),
		("set_base_policy", W::set_base_policy()),
		("credential", W::credential()),
		("revoke", W::revoke()),
		("enact", W::enact()),
		("transfer_control", W::transfer_control()),
		("replace_controller", W::replace_controller()),
		("look_up", W::look_up()),
	] {
		assert!(weight.all_lt(limit), "{call}: {weight:?}");
		assert!(weight.all_gt(Weight::zero()), "{call}");
		// At least one read each.
		let read = <Test as frame_system::Config>::DbWeight::get().reads(1);
		assert!(weight.all_gte(read), "{call}");
	}
}
