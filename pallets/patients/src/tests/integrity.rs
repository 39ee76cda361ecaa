use crate::mock::*;
use frame_support::traits::Hooks;

fn check() {
	<Patients as Hooks<u32>>::integrity_test();
}

#[test]
fn integrity_should_hold_as_configured() {
	ExtBuilder::default().run(check);
}

#[test]
#[should_panic(expected = "there must be time to veto")]
fn integrity_should_fail_when_a_recovery_can_not_be_vetoed() {
	ExtBuilder::default().run(|| {
		RecoveryDelay::set(0);
		check();
	});
}

#[test]
#[should_panic(expected = "there must be time to agree")]
fn integrity_should_fail_when_nobody_could_confirm_in_time() {
	ExtBuilder::default().run(|| {
		ProposalPeriod::set(0);
		check();
	});
}

#[test]
#[should_panic(expected = "must fit in half of the largest transaction")]
fn integrity_should_fail_when_a_call_outgrows_its_share() {
	ExtBuilder::default().run(|| {
		crate::weights::WeightUnit::set(1_000_000_000_000);
		check();
	});
}
