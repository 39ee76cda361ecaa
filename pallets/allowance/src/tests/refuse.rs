//! Refused calls, and accounts without a payer.

use crate::{invalid, mock::*, CheckAllowance, Payer};
use frame_support::{assert_ok, assert_storage_noop};
use sp_runtime::{
	traits::DispatchTransaction, transaction_validity::InvalidTransaction, AccountId32,
};

fn refused(who: &AccountId32, call: RuntimeCall, why: InvalidTransaction) {
	assert_storage_noop!({
		assert_eq!(pool(who, &call), Err(why), "{call:?}");
		assert_eq!(apply(who, call).unwrap_err(), why);
	});
}

#[test]
fn free_text_should_be_refused_when_sent_by_anyone() {
	run(|| {
		for who in [patient(), practitioner(), agent(), validator(), left()] {
			refused(&who, remark(), InvalidTransaction::Call);
		}
	});
}

#[test]
fn free_text_should_be_refused_when_it_is_wrapped() {
	run(|| {
		use pallet_utility::Call::{as_derivative, batch_all, force_batch};
		let wrapped = [
			batch(vec![spend(1), remark()]),
			RuntimeCall::Utility(batch_all { calls: vec![remark()] }),
			RuntimeCall::Utility(force_batch { calls: vec![remark()] }),
			RuntimeCall::Utility(as_derivative { index: 0, call: Box::new(remark()) }),
			batch(vec![batch(vec![spend(1), batch(vec![remark()])])]),
		];
		for call in wrapped {
			refused(&patient(), call, InvalidTransaction::Call);
		}
	});
}

#[test]
fn call_should_be_refused_when_it_is_wrapped_too_deep_to_be_looked_into() {
	run(|| {
		let nested = |depth| (0..depth).fold(spend(1), |call, _| batch(vec![call]));
		assert_ok!(pool(&patient(), &nested(3)));
		refused(&patient(), nested(4), InvalidTransaction::Call);
	});
}

#[test]
fn transaction_should_be_refused_when_it_is_longer_than_allowed() {
	run(|| {
		let call = batch(vec![spend(1); 100]);
		let (_, length) = measure(&call);
		MaxLength::set(length as u32);
		assert_ok!(pool(&patient(), &call));
		MaxLength::set(length as u32 - 1);
		for who in [patient(), practitioner(), agent(), validator()] {
			refused(&who, call.clone(), InvalidTransaction::Custom(invalid::TOO_LONG));
		}
		assert_ok!(pool(&patient(), &spend(1)));
	});
}

#[test]
fn withdrawal_should_pass_whatever_length_is_allowed() {
	run(|| {
		grant(&patient(), 7);
		MaxLength::set(0);
		assert_ok!(pool(&patient(), &withdraw(7)));
	});
}

#[test]
fn account_should_be_refused_when_it_has_no_payer() {
	run(|| refused(&left(), spend(0), InvalidTransaction::BadSigner));
}

#[test]
fn call_should_be_refused_when_it_is_for_others_than_its_sender() {
	run(|| {
		let declare = RuntimeCall::Work(work::Call::declare_emergency {});
		let why = InvalidTransaction::Custom(invalid::NOT_FOR_SENDER);
		refused(&patient(), declare.clone(), why);
		assert_ok!(pool(&practitioner(), &declare));
	});
}

#[test]
fn batch_should_be_refused_when_its_calls_have_several_payers() {
	run(|| {
		Mixed::set(true);
		let why = InvalidTransaction::Custom(invalid::SEVERAL_PAYERS);
		refused(&patient(), batch(vec![spend(1), spend(1)]), why);
		Mixed::set(false);
	});
}

#[test]
fn account_should_be_refused_when_it_holds_no_reference() {
	run(|| {
		refused(&stranger(), spend(0), InvalidTransaction::Payment);
		// The allowance alone refuses the account too.
		let (info, length) = measure(&spend(0));
		let alone = CheckAllowance::<Test>::new().validate_and_prepare(
			RuntimeOrigin::signed(stranger()),
			&spend(0),
			&info,
			length,
			0,
		);
		assert_eq!(alone.unwrap_err(), InvalidTransaction::BadSigner.into());
	});
}

#[test]
fn account_should_be_refused_when_it_has_lost_its_payer() {
	run(|| {
		assert_ok!(apply(&practitioner(), spend(MS)).unwrap());
		Payers::mutate(|all| all.remove(&practitioner()));
		refused(&practitioner(), spend(0), InvalidTransaction::BadSigner);
	});
}

#[test]
fn bucket_should_stay_spent_when_the_payer_changes() {
	run(|| {
		exhaust(&practitioner());
		Payers::mutate(|all| all.insert(practitioner(), Payer::Agent(CLINIC)));
		// The agent's bucket is larger by 20 ms, and as much was spent.
		assert_eq!(available(&practitioner()), 20 * MS);
		// The bucket refills as an agent's bucket from now on.
		pass_blocks(5);
		assert_eq!(available(&practitioner()), 80 * MS);
	});
}
