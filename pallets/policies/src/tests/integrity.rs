use crate::{mock::*, weights::Declared, *};
use frame_support::{traits::Hooks, weights::Weight};

#[test]
fn integrity_should_hold_with_sane_weights() {
	ExtBuilder.run(|| <Policies as Hooks<_>>::integrity_test());
}

#[test]
#[should_panic(expected = "must fit in half of the largest transaction")]
fn integrity_should_fail_when_a_call_outgrows_its_share() {
	ExtBuilder.run(|| {
		Heavy::set(true);
		<Policies as Hooks<_>>::integrity_test();
	});
}

#[test]
fn weights_should_count_at_least_what_is_read() {
	type W = Declared<Test>;
	let read = <Test as frame_system::Config>::DbWeight::get().reads(1);
	for weight in [
		W::accept(),
		W::refuse(),
		W::open_campaign(),
		W::ask(0),
		W::end_campaign(),
		W::standing(),
	] {
		assert!(weight.all_gte(read) && weight.all_gt(Weight::zero()));
	}
}
