//! Tests of the check of the constants.

use crate::{mock::*, Limit};
use frame_support::{traits::Hooks, weights::constants::RocksDbWeight};
use frame_system::limits::BlockWeights;

fn check() {
	<Allowances as Hooks<u32>>::integrity_test();
}

#[test]
fn integrity_should_pass_when_the_constants_are_sane() {
	check();
}

#[test]
#[should_panic(expected = "never refills")]
fn integrity_should_fail_when_a_bucket_never_refills() {
	PatientLimit::set(Limit { capacity: MS, refill: 0 });
	check();
}

#[test]
#[should_panic(expected = "regains more than it holds")]
fn integrity_should_fail_when_a_bucket_regains_more_than_it_holds() {
	ValidatorLimit::set(Limit { capacity: MS, refill: MS + 1 });
	check();
}

#[test]
#[should_panic(expected = "more than a day")]
fn integrity_should_fail_when_a_bucket_takes_too_long_to_fill() {
	PractitionerLimit::set(Limit { capacity: 43_201, refill: 1 });
	check();
}

#[test]
#[should_panic(expected = "more than the organisation's")]
fn integrity_should_fail_when_a_member_holds_more_than_the_organisation() {
	AgentLimit::set(Limit { capacity: 151 * MS, refill: MS });
	check();
}

#[test]
#[should_panic(expected = "shorter than a single grant")]
fn integrity_should_fail_when_transactions_must_be_too_short() {
	MaxLength::set(4 * 1024 - 1);
	check();
}

#[test]
#[should_panic(expected = "length costs nothing")]
fn integrity_should_fail_when_length_costs_nothing() {
	PerByte::set(0);
	check();
}

#[test]
#[should_panic(expected = "nothing may wait")]
fn integrity_should_fail_when_nothing_may_wait() {
	MaxPending::set(0);
	check();
}

#[test]
#[should_panic(expected = "more than 5%")]
fn integrity_should_fail_when_checking_a_transaction_takes_much_of_it() {
	crate::weights::WeightUnit::set(100_000_000);
	let block = RocksDbWeight::get().reads_writes(20, 20).set_proof_size(u64::MAX);
	Weights::set(BlockWeights::simple_max(block));
	check();
}
