//! Transactions without a signing account pass untouched.

use crate::{mock::*, Buckets, CheckAllowance, OrganisationBuckets, Pre, Val};
use frame_support::{assert_ok, assert_storage_noop, weights::Weight};
use sp_runtime::{
	traits::{DispatchTransaction, TransactionExtension, TxBaseImplication},
	transaction_validity::{InvalidTransaction, TransactionSource, ValidTransaction},
};

fn attest() -> RuntimeCall {
	RuntimeCall::Work(work::Call::attest {})
}

#[test]
fn authorised_call_should_pass_untouched_when_nobody_signed() {
	run(|| {
		let (info, length) = measure(&attest());
		let (validity, ..) = extensions(0)
			.validate_only(
				RuntimeOrigin::none(),
				&attest(),
				&info,
				length,
				TransactionSource::External,
				0,
			)
			.unwrap();
		// The validity has only the tags of the authorisation.
		let provides = vec![vec![1]];
		assert_eq!(validity, ValidTransaction { provides, priority: 7, ..Default::default() });
		assert_ok!(apply_from(RuntimeOrigin::none(), attest(), 0).unwrap());
		assert_eq!(Buckets::<Test>::iter().count(), 0);
		assert_eq!(OrganisationBuckets::<Test>::iter().count(), 0);
	});
}

#[test]
fn call_should_stay_unknown_when_nobody_signed_or_authorised_it() {
	run(|| {
		for call in [spend(0), remark(), withdraw(0)] {
			assert_storage_noop!(assert_eq!(
				apply_from(RuntimeOrigin::none(), call, 0).unwrap_err(),
				InvalidTransaction::UnknownOrigin
			));
		}
	});
}

#[test]
fn weight_should_be_given_back_when_nobody_signed() {
	run(|| {
		let (info, length) = measure(&attest());
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			let extension = CheckAllowance::<Test>::new();
			let weight = extension.weight(&attest());
			let (validity, val, _) = extension
				.validate(
					origin.clone(),
					&attest(),
					&info,
					length,
					(),
					&TxBaseImplication(()),
					TransactionSource::InBlock,
				)
				.unwrap();
			assert_eq!(validity, ValidTransaction::default());
			assert_eq!(val, Val::Untouched(weight));
			let pre = extension.prepare(val, &origin, &attest(), &info, length).unwrap();
			assert_eq!(pre, Pre::Untouched(weight));
			let unspent = CheckAllowance::<Test>::post_dispatch_details(
				pre,
				&info,
				&Default::default(),
				length,
				&Ok(()),
			);
			assert_eq!(unspent, Ok(weight));
		}
	});
}

#[test]
fn block_should_not_be_charged_for_the_extensions_when_nobody_signed() {
	run(|| {
		let result = apply_from(RuntimeOrigin::none(), attest(), 0).unwrap().unwrap();
		let (info, _) = measure(&attest());
		let ours = CheckAllowance::<Test>::new().weight(&attest());
		let nonce = crate::CheckNonce::<Test>::from(0).weight(&attest());
		assert_eq!(
			result.actual_weight,
			Some(info.total_weight().saturating_sub(ours).saturating_sub(nonce))
		);
		assert!(ours.all_gt(Weight::zero()) && nonce.all_gt(Weight::zero()));
	});
}

#[test]
fn bare_extrinsic_should_pass_untouched() {
	run(|| {
		let (info, length) = measure(&spend(0));
		assert_storage_noop!({
			let validity = CheckAllowance::<Test>::bare_validate(&spend(0), &info, length).unwrap();
			assert_eq!(validity, ValidTransaction::default());
			let call = spend(0);
			assert_ok!(CheckAllowance::<Test>::bare_validate_and_prepare(&call, &info, length));
			assert_ok!(CheckAllowance::<Test>::bare_post_dispatch(
				&info,
				&mut Default::default(),
				length,
				&Ok(())
			));
		});
	});
}
