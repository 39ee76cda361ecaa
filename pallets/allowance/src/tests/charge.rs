//! Charging, refilling, giving back.

use crate::{
	invalid,
	mock::*,
	weights::{MockWeights, WeightUnit},
	Allowance, Bucket, Buckets, Level, OrganisationBuckets, PatientBuckets, Payer, WeightInfo,
};
use frame_support::{assert_ok, assert_storage_noop};
use sp_runtime::{transaction_validity::InvalidTransaction, AccountId32};

#[test]
fn bucket_should_be_full_when_the_account_is_new() {
	run(|| {
		let level = |limit: crate::Limit| Level { available: limit.capacity, limit };
		let organisation = Some(level(OrganisationLimit::get()));
		for (who, account, organisation) in [
			(patient(), PatientLimit::get(), None),
			(practitioner(), PractitionerLimit::get(), organisation),
			(agent(), AgentLimit::get(), organisation),
			(validator(), ValidatorLimit::get(), None),
		] {
			let account = level(account);
			assert_eq!(allowance(&who), Allowance { account, organisation });
		}
		assert_eq!(Allowances::allowance_of(left()), None);
	});
}

#[test]
fn transaction_should_cost_its_weight_and_its_length_when_applied() {
	run(|| {
		let call = spend(3 * MS);
		let (info, length) = measure(&call);
		let expected = 3 * MS + info.extension_weight.ref_time() + length as u64 * 1_000;
		assert_eq!(cost(&call), expected);
		assert!(info.extension_weight.ref_time() > 0);

		assert_ok!(apply(&patient(), call).unwrap());
		assert_eq!(available(&patient()), 50 * MS - expected);
		assert_eq!(PatientBuckets::<Test>::get(ADA), Bucket { spent: expected, at: 1 });
	});
}

#[test]
fn longer_transaction_should_cost_more_when_the_weight_is_the_same() {
	run(|| {
		let (info, length) = measure(&spend(MS));
		assert_eq!(
			Allowances::cost(&info, length + 7),
			Allowances::cost(&info, length) + 7 * PerByte::get()
		);
	});
}

#[test]
fn pool_should_take_nothing_when_it_asks() {
	run(|| {
		assert_storage_noop!({
			assert_ok!(pool(&patient(), &spend(MS)));
			assert_ok!(pool(&practitioner(), &spend(MS)));
		});
	});
}

#[test]
fn transaction_should_be_refused_when_the_bucket_is_one_short() {
	run(|| {
		let first = spend(20 * MS);
		assert_ok!(apply(&patient(), first.clone()).unwrap());
		let rest = available(&patient());
		let overhead = cost(&spend(0));
		let exact = spend(rest - overhead);
		let short = spend(rest - overhead + 1);
		assert_eq!(cost(&exact), rest);
		assert_eq!(cost(&short), rest + 1);

		assert_storage_noop!({
			assert_eq!(pool(&patient(), &short), Err(InvalidTransaction::Payment));
			assert_eq!(apply(&patient(), short).unwrap_err(), InvalidTransaction::Payment);
		});
		assert_ok!(pool(&patient(), &exact));
		assert_ok!(apply(&patient(), exact).unwrap());
		assert_eq!(available(&patient()), 0);
		assert_eq!(pool(&patient(), &spend(0)), Err(InvalidTransaction::Payment));
	});
}

#[test]
fn transaction_should_be_refused_for_good_when_no_full_bucket_holds_it() {
	run(|| {
		let overhead = cost(&spend(0));
		let never = Err(InvalidTransaction::Custom(invalid::NEVER_FITS));
		assert_ok!(pool(&patient(), &spend(50 * MS - overhead)));
		assert_eq!(pool(&patient(), &spend(50 * MS - overhead + 1)), never);

		// The organisation's bucket has a say too.
		OrganisationLimit::set(crate::Limit { capacity: 60 * MS, refill: MS });
		assert_ok!(pool(&practitioner(), &spend(60 * MS - overhead)));
		assert_eq!(pool(&practitioner(), &spend(60 * MS - overhead + 1)), never);
		OrganisationLimit::set(crate::Limit { capacity: 150 * MS, refill: 15 * MS });
	});
}

#[test]
fn bucket_should_refill_by_the_block_up_to_its_capacity() {
	run(|| {
		exhaust(&patient());
		assert_eq!(available(&patient()), 0);
		for blocks in 1..=10 {
			pass_blocks(1);
			assert_eq!(available(&patient()), blocks * 5 * MS);
		}
		pass_blocks(1);
		assert_eq!(available(&patient()), 50 * MS);
		pass_blocks(1_000_000);
		assert_eq!(available(&patient()), 50 * MS);
	});
}

#[test]
fn exhausted_account_should_be_served_again_when_it_refilled() {
	run(|| {
		exhaust(&patient());
		let call = spend(8 * MS);
		assert_eq!(pool(&patient(), &call), Err(InvalidTransaction::Payment));
		pass_blocks(1);
		assert_eq!(pool(&patient(), &call), Err(InvalidTransaction::Payment));
		pass_blocks(1);
		assert_ok!(pool(&patient(), &call));
		let before = available(&patient());
		assert_ok!(apply(&patient(), call.clone()).unwrap());
		assert_eq!(available(&patient()), before - cost(&call));
	});
}

#[test]
fn bucket_should_refill_only_for_the_blocks_since_when_drawn_on_between() {
	run(|| {
		exhaust(&patient());
		pass_blocks(4);
		let call = spend(2 * MS);
		assert_ok!(apply(&patient(), call.clone()).unwrap());
		pass_blocks(3);
		assert_eq!(available(&patient()), 4 * 5 * MS - cost(&call) + 3 * 5 * MS);
	});
}

#[test]
fn unspent_weight_should_be_given_back_to_both_buckets_when_the_call_is_done() {
	use work::Outcome::{Fail, Pass};
	for outcome in [Pass, Fail] {
		run(|| {
			let call = spend_less(30 * MS, 4 * MS, outcome);
			let paid = cost(&call) - 26 * MS;
			assert_eq!(apply(&practitioner(), call).unwrap().is_ok(), outcome == Pass);
			assert_eq!(available(&practitioner()), 100 * MS - paid);
			assert_eq!(shared(&practitioner()), 150 * MS - paid);
		});
	}
}

#[test]
fn failed_call_should_be_charged_whole_when_it_states_no_weight() {
	run(|| {
		let call = RuntimeCall::Work(work::Call::spend {
			declared: 9 * MS,
			spent: None,
			outcome: work::Outcome::Fail,
		});
		let paid = cost(&call);
		assert!(apply(&patient(), call).unwrap().is_err());
		assert_eq!(available(&patient()), 50 * MS - paid);
	});
}

#[test]
fn transaction_should_need_its_worst_cost_when_it_will_spend_less() {
	run(|| {
		// The cost of checking and drawing is not given back.
		WeightUnit::set(200_000_000);
		let call = spend_less(49 * MS, 0, work::Outcome::Pass);
		assert_ok!(apply(&patient(), call.clone()).unwrap());
		assert!(available(&patient()) > 48 * MS);
		// The transaction fits again when the bucket holds the worst cost.
		assert_eq!(pool(&patient(), &call), Err(InvalidTransaction::Payment));
		pass_blocks(1);
		assert_ok!(pool(&patient(), &call));
	});
}

#[test]
fn refund_should_never_exceed_the_charge_when_a_call_states_more_than_it_declared() {
	run(|| {
		let call = spend_less(2 * MS, 40 * MS, work::Outcome::Pass);
		let paid = cost(&call);
		assert_ok!(apply(&patient(), call).unwrap());
		assert_eq!(available(&patient()), 50 * MS - paid);
	});
}

#[test]
fn block_should_keep_no_weight_of_what_was_given_back() {
	run(|| {
		let before = System::block_weight().total().ref_time();
		let call = spend_less(30 * MS, 4 * MS, work::Outcome::Pass);
		let (info, _) = measure(&call);
		assert_ok!(apply(&patient(), call).unwrap());
		let base = Weights::get().get(info.class).base_extrinsic.ref_time();
		let taken = System::block_weight().total().ref_time() - before;
		assert_eq!(taken, base + 4 * MS + info.extension_weight.ref_time());
	});
}

#[test]
fn colleagues_should_share_their_organisations_bucket() {
	run(|| {
		exhaust(&practitioner());
		assert_eq!(available(&practitioner()), 0);
		assert_eq!(shared(&colleague()), 50 * MS);
		assert_eq!(available(&colleague()), 100 * MS);

		let too_much = spend(51 * MS);
		assert_eq!(pool(&colleague(), &too_much), Err(InvalidTransaction::Payment));
		assert_eq!(pool(&agent(), &too_much), Err(InvalidTransaction::Payment));
		exhaust(&colleague());
		for who in [colleague(), agent()] {
			assert_eq!(shared(&who), 0);
			assert_eq!(pool(&who, &spend(0)), Err(InvalidTransaction::Payment));
		}
		assert_eq!(OrganisationBuckets::<Test>::get(HOSPITAL).spent, 150 * MS);
	});
}

#[test]
fn exhausted_organisation_should_not_stop_its_patients_nor_others() {
	run(|| {
		exhaust(&practitioner());
		exhaust(&colleague());
		exhaust(&agent());
		assert_eq!(shared(&agent()), 0);
		assert_ok!(pool(&patient(), &spend(MS)));
		assert_ok!(apply(&patient(), spend(MS)).unwrap());
		assert_ok!(apply(&elsewhere(), spend(MS)).unwrap());
		assert_ok!(apply(&validator(), spend(MS)).unwrap());
	});
}

#[test]
fn delegates_should_draw_on_their_patients_bucket_when_they_act() {
	run(|| {
		exhaust(&delegate());
		for who in [patient(), delegate()] {
			assert_eq!(available(&who), 0);
			assert_eq!(pool(&who, &spend(0)), Err(InvalidTransaction::Payment));
		}
		// A delegate named now finds what is left.
		let another = AccountId32::new([10; 32]);
		Payers::mutate(|all| all.insert(another.clone(), Payer::Patient(ADA)));
		assert_eq!(available(&another), 0);
		assert_eq!(Buckets::<Test>::iter().count(), 0);
	});
}

#[test]
fn exhausted_account_should_not_stop_its_colleagues() {
	run(|| {
		exhaust(&practitioner());
		assert_eq!(pool(&practitioner(), &spend(0)), Err(InvalidTransaction::Payment));
		assert_ok!(apply(&colleague(), spend(MS)).unwrap());
	});
}

#[test]
fn one_account_should_not_take_more_of_the_chain_than_its_limit_when_it_tries() {
	run(|| {
		let call = spend(3 * MS);
		let mut applied = 0u64;
		for _ in 0..200 {
			while apply(&patient(), call.clone()).is_ok() {
				applied += 1;
			}
			pass_blocks(1);
		}
		assert!(applied * cost(&call) <= 50 * MS + 199 * 5 * MS);
		assert!((applied + 1) * cost(&call) > 50 * MS + 198 * 5 * MS);
	});
}

#[test]
fn extension_should_weigh_its_reads_and_writes() {
	let charged = crate::CheckAllowance::<Test>::new();
	let weight = sp_runtime::traits::TransactionExtension::weight(&charged, &spend(1));
	let declared = MockWeights::check() + MockWeights::draw();
	assert_eq!(weight, declared + <Register as crate::PayerOf<RuntimeCall>>::weight(&spend(1)));
}
