//! The nonce: as in the SDK, and not too far ahead.

use crate::{mock::*, CheckNonce};
use frame_support::{assert_ok, assert_storage_noop};
use sp_runtime::{
	traits::{DispatchTransaction, TransactionExtension},
	transaction_validity::{InvalidTransaction, TransactionSource, ValidTransaction},
};

#[test]
fn nonce_should_count_on_when_a_transaction_is_applied() {
	run(|| {
		assert_ok!(apply(&patient(), spend(0)).unwrap());
		assert_ok!(apply(&patient(), spend_less(1, 1, work::Outcome::Fail)).map(|_| ()));
		assert_eq!(nonce(&patient()), 2);
		assert_eq!(nonce(&practitioner()), 0);
	});
}

#[test]
fn transaction_should_be_refused_as_stale_when_it_is_replayed() {
	run(|| {
		let origin = || RuntimeOrigin::signed(patient());
		assert_ok!(apply_from(origin(), spend(0), 0).unwrap());
		assert_storage_noop!(assert_eq!(
			apply_from(origin(), spend(0), 0).unwrap_err(),
			InvalidTransaction::Stale
		));
		assert_eq!(pool_with_nonce(&patient(), &spend(0), 0), Err(InvalidTransaction::Stale));
	});
}

#[test]
fn transaction_should_be_refused_when_its_nonce_is_too_far_ahead() {
	run(|| {
		let call = spend(0);
		for nonce in 0..=16 {
			assert_ok!(pool_with_nonce(&patient(), &call, nonce));
		}
		for nonce in [17, 18, u32::MAX] {
			assert_eq!(pool_with_nonce(&patient(), &call, nonce), Err(InvalidTransaction::Future));
		}
		// The next nonce is accepted after the first transaction is in a block.
		assert_ok!(apply(&patient(), call.clone()).unwrap());
		assert_ok!(pool_with_nonce(&patient(), &call, 17));
		assert_eq!(pool_with_nonce(&patient(), &call, 18), Err(InvalidTransaction::Future));
	});
}

#[test]
fn withdrawal_should_be_refused_when_its_nonce_is_too_far_ahead() {
	run(|| {
		grant(&patient(), 0);
		assert_ok!(pool_with_nonce(&patient(), &withdraw(0), 16));
		assert_eq!(pool_with_nonce(&patient(), &withdraw(0), 17), Err(InvalidTransaction::Future));
	});
}

#[test]
fn transaction_should_wait_in_the_pool_but_not_stand_in_a_block_when_its_nonce_is_ahead() {
	run(|| {
		assert_ok!(pool_with_nonce(&patient(), &spend(0), 1));
		assert_storage_noop!(assert_eq!(
			apply_from(RuntimeOrigin::signed(patient()), spend(0), 1).unwrap_err(),
			InvalidTransaction::Future
		));
	});
}

#[test]
fn tags_should_be_those_of_the_sdk_when_validated() {
	run(|| {
		let (info, length) = measure(&spend(0));
		for nonce in [0, 3] {
			let ask = |ours: bool| {
				let (origin, call) = (RuntimeOrigin::signed(patient()), spend(0));
				let source = TransactionSource::External;
				if ours {
					let extension = CheckNonce::<Test>::from(nonce);
					extension.validate_only(origin, &call, &info, length, source, 0).unwrap().0
				} else {
					let extension = frame_system::CheckNonce::<Test>::from(nonce);
					extension.validate_only(origin, &call, &info, length, source, 0).unwrap().0
				}
			};
			// The position is ours, and all else the SDK's.
			let priority = u64::from(MaxPending::get() - nonce);
			assert_eq!(ask(true), ValidTransaction { priority, ..ask(false) });
		}
	});
}

#[test]
fn weight_should_be_the_sdks() {
	assert_eq!(
		CheckNonce::<Test>::from(0).weight(&spend(0)),
		TransactionExtension::<RuntimeCall>::weight(
			&frame_system::CheckNonce::<Test>::from(0),
			&spend(0)
		)
	);
}
