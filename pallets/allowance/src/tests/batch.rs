//! A batch is charged as the sum of its calls.

use crate::mock::*;
use frame_support::assert_ok;
use sp_runtime::transaction_validity::InvalidTransaction;

#[test]
fn batch_should_cost_the_sum_of_its_calls() {
	run(|| {
		let one = cost(&batch(vec![spend(MS)]));
		let three = cost(&batch(vec![spend(MS), spend(2 * MS), spend(4 * MS)]));
		assert!(three >= one + 6 * MS);
		assert_ok!(apply(&patient(), batch(vec![spend(MS), spend(2 * MS), spend(4 * MS)])).unwrap());
		assert!(available(&patient()) <= 50 * MS - 7 * MS);
	});
}

#[test]
fn batch_should_be_refused_when_only_its_single_calls_would_fit() {
	run(|| {
		assert_ok!(apply(&patient(), spend(20 * MS)).unwrap());
		let call = spend(10 * MS);
		assert_ok!(pool(&patient(), &call));
		assert_ok!(pool(&patient(), &batch(vec![call.clone(), call.clone()])));
		let three = batch(vec![call.clone(), call.clone(), call]);
		assert_eq!(pool(&patient(), &three), Err(InvalidTransaction::Payment));
		assert_eq!(apply(&patient(), three).unwrap_err(), InvalidTransaction::Payment);
	});
}

#[test]
fn nested_batch_should_cost_the_sum_too() {
	run(|| {
		let inner = batch(vec![spend(10 * MS), spend(10 * MS)]);
		let outer = batch(vec![inner.clone(), inner]);
		assert!(cost(&outer) > 40 * MS);
		assert_ok!(apply(&patient(), outer).unwrap());
		assert!(available(&patient()) < 10 * MS);
	});
}

#[test]
fn batch_should_get_back_what_its_calls_did_not_spend() {
	run(|| {
		let calls = vec![
			spend_less(10 * MS, MS, work::Outcome::Pass),
			spend_less(10 * MS, MS, work::Outcome::Fail),
			// The batch stops at the first failure, before this call.
			spend(10 * MS),
		];
		let call = batch(calls);
		let charged = cost(&call);
		assert_ok!(apply(&patient(), call).unwrap());
		let paid = 50 * MS - available(&patient());
		assert!(paid < charged - 27 * MS, "{paid} of {charged}");
		assert!(paid > 2 * MS);
	});
}
