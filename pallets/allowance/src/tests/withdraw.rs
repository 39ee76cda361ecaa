//! Withdrawing always works, and only with an effect.

use crate::{invalid, mock::*, priority, Buckets, OrganisationBuckets, PatientBuckets};
use frame_support::{assert_noop, assert_ok, assert_storage_noop};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, ValidTransaction},
	AccountId32,
};

const NOTHING: InvalidTransaction = InvalidTransaction::Custom(invalid::NOTHING_TO_WITHDRAW);

/// The pool and a block refuse the withdrawal, and no trace stays.
fn refused(who: &AccountId32, directive: u32) {
	assert_storage_noop!({
		assert_eq!(pool(who, &withdraw(directive)), Err(NOTHING));
		assert_eq!(apply(who, withdraw(directive)).unwrap_err(), NOTHING);
	});
}

#[test]
fn withdrawal_should_pass_when_the_bucket_is_empty() {
	run(|| {
		grant(&patient(), 0);
		exhaust(&patient());
		assert_eq!(pool(&patient(), &spend(0)), Err(InvalidTransaction::Payment));
		assert_ok!(pool(&patient(), &withdraw(0)));
		assert_ok!(apply(&patient(), withdraw(0)).unwrap());
	});
}

#[test]
fn withdrawal_should_cost_nothing_when_it_passes() {
	run(|| {
		for who in [patient(), practitioner()] {
			grant(&who, 0);
			let rows = || {
				(
					Buckets::<Test>::get(&who),
					PatientBuckets::<Test>::get(ADA),
					OrganisationBuckets::<Test>::get(HOSPITAL),
				)
			};
			let before = rows();
			assert_ok!(apply(&who, withdraw(0)).unwrap());
			assert_eq!(rows(), before);
		}
		assert_eq!(available(&patient()), 50 * MS);
		// The withdrawal leaves no row behind.
		assert_eq!(Buckets::<Test>::iter().count(), 0);
		assert_eq!(PatientBuckets::<Test>::iter().count(), 0);
	});
}

#[test]
fn withdrawal_should_pass_when_the_organisation_is_exhausted() {
	run(|| {
		// A clinician is a patient with the same account.
		grant(&practitioner(), 0);
		exhaust(&practitioner());
		exhaust(&colleague());
		assert_ok!(apply(&practitioner(), withdraw(0)).unwrap());
	});
}

#[test]
fn withdrawal_should_pass_when_the_account_has_no_payer_any_more() {
	run(|| {
		grant(&left(), 0);
		assert_eq!(pool(&left(), &spend(0)), Err(InvalidTransaction::BadSigner));
		assert_ok!(pool(&left(), &withdraw(0)));
		assert_ok!(apply(&left(), withdraw(0)).unwrap());
	});
}

#[test]
fn withdrawal_should_pass_when_the_runtime_refuses_every_call() {
	run(|| {
		grant(&patient(), 0);
		RefuseAll::set(true);
		assert_eq!(pool(&patient(), &spend(0)), Err(InvalidTransaction::Call));
		assert_ok!(apply(&patient(), withdraw(0)).unwrap());
		RefuseAll::set(false);
	});
}

#[test]
fn withdrawal_should_pass_when_normal_transactions_filled_the_block() {
	run(|| {
		grant(&patient(), 0);
		let full = frame_support::dispatch::DispatchClass::Normal;
		let most = Weights::get().get(full).max_total;
		frame_system::BlockWeight::<Test>::mutate(|weight| weight.set(most.unwrap(), full));
		assert_eq!(apply(&patient(), spend(0)).unwrap_err(), InvalidTransaction::ExhaustsResources);
		assert_ok!(apply(&patient(), withdraw(0)).unwrap());
	});
}

#[test]
fn withdrawal_should_be_refused_when_the_directive_is_unknown_ended_or_anothers() {
	run(|| {
		grant(&patient(), 0);
		// An unknown directive.
		refused(&patient(), 1);
		// Another account's directive, for every caller.
		for who in [practitioner(), agent(), validator(), left()] {
			refused(&who, 0);
		}
		// An ended directive.
		assert_ok!(apply(&patient(), withdraw(0)).unwrap());
		refused(&patient(), 0);
	});
}

#[test]
fn withdrawal_should_be_refused_when_the_account_holds_no_reference() {
	run(|| {
		assert_eq!(pool(&stranger(), &withdraw(0)), Err(InvalidTransaction::Payment));
	});
}

#[test]
fn withdrawal_should_be_first_in_the_pool() {
	run(|| {
		grant(&patient(), 0);
		let withdrawal = pool(&patient(), &withdraw(0)).unwrap();
		assert_eq!(withdrawal.priority, priority::WITHDRAWAL + FIRST);
		let emergency = pool(&practitioner(), &RuntimeCall::Work(work::Call::declare_emergency {}));
		assert!(withdrawal.priority > emergency.unwrap().priority);
	});
}

#[test]
fn withdrawal_should_replace_what_waits_under_the_same_nonce() {
	run(|| {
		grant(&patient(), 0);
		let waiting = pool(&patient(), &spend(MS)).unwrap();
		let withdrawal = pool(&patient(), &withdraw(0)).unwrap();
		// The pool keeps the higher priority of two transactions with the same tag.
		assert!(waiting.provides.iter().all(|tag| withdrawal.provides.contains(tag)));
		assert!(withdrawal.requires.is_empty());
		assert!(withdrawal.priority > waiting.priority);
	});
}

#[test]
fn withdrawal_should_wait_once_for_each_directive() {
	run(|| {
		grant(&patient(), 0);
		grant(&patient(), 1);
		let behind = pool_with_nonce(&patient(), &withdraw(0), 16).unwrap();
		let first = pool(&patient(), &withdraw(0)).unwrap();
		let other = pool(&patient(), &withdraw(1)).unwrap();
		let shared = |a: &ValidTransaction, b: &ValidTransaction| {
			a.provides.iter().filter(|tag| b.provides.contains(tag)).count()
		};
		// The same directive under two nonces: the pool keeps the one that comes sooner.
		assert_eq!(shared(&behind, &first), 1);
		assert!(first.priority > behind.priority);
		// Two directives under one nonce: one transaction of an account for each nonce.
		assert_eq!(shared(&first, &other), 1);
	});
}

#[test]
fn withdrawal_should_be_charged_as_any_call_when_it_is_in_a_batch() {
	run(|| {
		grant(&patient(), 0);
		let wrapped = batch(vec![withdraw(0)]);
		assert_eq!(pool(&patient(), &wrapped).unwrap().priority, priority::NORMAL + FIRST);
		exhaust(&patient());
		assert_eq!(pool(&patient(), &wrapped), Err(InvalidTransaction::Payment));
		// The direct call goes through.
		assert_ok!(apply(&patient(), withdraw(0)).unwrap());
		// The pool does not check a batch of withdrawals. The batch fails in its call and is
		// charged.
		pass_blocks(10);
		let before = available(&patient());
		assert_ok!(apply(&patient(), wrapped).unwrap());
		assert!(available(&patient()) < before);
	});
}

#[test]
fn withdrawal_should_fail_in_its_call_when_dispatched_without_the_extension() {
	run(|| {
		assert_noop!(
			Work::withdraw(RuntimeOrigin::signed(patient()), ADA, 0),
			work::Error::<Test>::NotFound
		);
	});
}
