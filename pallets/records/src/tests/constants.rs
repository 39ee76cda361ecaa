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
#[should_panic(expected = "fills half a block")]
fn integrity_test_should_fail_when_a_block_is_too_small_for_a_call() {
	let call = <Test as Config>::WeightInfo::attest();
	Weights::set(BlockWeights::simple_max(Weight::from_parts(
		call.ref_time(),
		u64::MAX,
	)));
	ExtBuilder::default().run(<Register as Hooks<u32>>::integrity_test);
}

#[test]
fn weights_should_include_what_other_pallets_do() {
	use assent_support::{Members, Patients, Trail};
	ExtBuilder::default().run(|| {
		let trail = MockTrail::weight();
		let members = MockMembers::worst_weight();
		let patients = MockPatients::worst_weight();
		let attestors = MockAttestors::worst_weight();
		let all = |weights: &[Weight]| {
			weights
				.iter()
				.fold(Weight::zero(), |sum, weight| sum.saturating_add(*weight))
		};
		type W = <Test as Config>::WeightInfo;
		for (declared, least) in [
			(W::register(), all(&[trail, members, patients])),
			(W::correct(), all(&[trail, members])),
			(W::rotate(), all(&[trail, members])),
			(W::relabel(), all(&[trail, members])),
			(W::dispute(), all(&[trail, patients])),
			(W::settle_dispute(), all(&[trail, members, patients])),
			(W::erase(), all(&[trail, members])),
			(W::set_encryption_key(), all(&[members, patients])),
			(W::attest(), all(&[trail, attestors])),
			(W::authorize_attest(), attestors),
		] {
			assert!(
				declared.all_gt(least),
				"{declared:?} does not cover {least:?}"
			);
		}
	});
}
