use crate::{crypto::AttestationPublic, mock::*, *};
use assent_support::Finding;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_core::{crypto::Pair, H256};
use sp_runtime::{
	traits::Dispatchable,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError,
};

const UNKNOWN: InvalidTransaction = InvalidTransaction::Custom(1);
const OWN: InvalidTransaction = InvalidTransaction::Custom(2);
const SOON: InvalidTransaction = InvalidTransaction::Custom(3);
const AGAIN: InvalidTransaction = InvalidTransaction::Custom(4);

/// The pool and the block refuse a changed attestation of the clinic about `RECORD`.
fn refused(change: impl FnOnce(&mut Attestation), why: InvalidTransaction) {
	let mut attestation = attestation(CLINIC, RECORD, Finding::Intact);
	change(&mut attestation);
	refused_as_signed(transaction(attestation, CLINIC, GENESIS), why);
}

fn refused_as_signed(transaction: UncheckedExtrinsic, why: InvalidTransaction) {
	assert_eq!(validate(&transaction), Err(TransactionValidityError::Invalid(why)));
	assert_noop!(apply(transaction), TransactionValidityError::Invalid(why));
}

#[test]
fn attest_should_keep_the_vote_and_say_so() {
	ExtBuilder::default().registered().run(|| {
		go_to(4);
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		let vote = Vote { organisation: CLINIC, finding: Finding::Intact, at: 4 };
		assert_eq!(Votes::<Test>::get(RECORD).to_vec(), [vote]);
		assert_eq!(state(RECORD), AnchorState::Pending);
		assert_eq!(
			last_event(),
			Event::Attested {
				record: RECORD,
				version: 1,
				round: 1,
				organisation: CLINIC,
				finding: Finding::Intact,
			}
			.into()
		);
	});
}

#[test]
fn attest_should_be_refused_when_the_record_is_unknown_or_erased() {
	ExtBuilder::default().registered().run(|| {
		refused(|a| a.record = record_id(1), UNKNOWN);
		let before = attestation(CLINIC, RECORD, Finding::Intact);
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		refused_as_signed(transaction(before, CLINIC, GENESIS), UNKNOWN);
	});
}

#[test]
fn attest_should_be_refused_when_the_version_is_not_the_current_one() {
	ExtBuilder::default().registered().run(|| {
		refused(|a| a.version = 2, InvalidTransaction::Stale);
		let before = attestation(CLINIC, RECORD, Finding::Intact);
		// The correction is in the same block, so both rounds have the same name.
		assert_ok!(Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")));
		refused_as_signed(transaction(before, CLINIC, GENESIS), InvalidTransaction::Stale);
	});
}

#[test]
fn attest_should_be_refused_when_the_round_is_another() {
	ExtBuilder::default().registered().run(|| {
		go_to(3);
		refused(|a| a.round = 0, InvalidTransaction::Stale);
		refused(|a| a.round = 2, InvalidTransaction::Stale);
		let late = attestation(INSTITUTE, RECORD, Finding::Intact);
		conclude(RECORD, Finding::Intact);
		refused_as_signed(transaction(late, INSTITUTE, GENESIS), InvalidTransaction::Stale);
	});
}

#[test]
fn attest_should_be_refused_until_the_round_is_due() {
	ExtBuilder::default().registered().run(|| {
		conclude(RECORD, Finding::Intact);
		let due = current(RECORD).due;
		go_to(due - 1);
		refused(|_| (), InvalidTransaction::Future);
		refused(|a| a.at = due, InvalidTransaction::Future);
		go_to(due);
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
	});
}

#[test]
fn attest_should_be_refused_when_the_look_lies_ahead() {
	ExtBuilder::default().registered().run(|| {
		go_to(4);
		refused(|a| a.at = 5, InvalidTransaction::Future);
		refused(|a| a.at = u32::MAX, InvalidTransaction::Future);
	});
}

#[test]
fn attest_should_be_refused_when_the_look_lies_before_the_round() {
	ExtBuilder::default().registered().run(|| {
		conclude(RECORD, Finding::Intact);
		let due = current(RECORD).due;
		go_to(due + 1);
		refused(|a| a.at = due - 1, InvalidTransaction::Stale);
	});
}

#[test]
fn attest_should_be_refused_when_the_look_is_too_long_ago() {
	ExtBuilder::default().registered().run(|| {
		go_to(100);
		refused(|a| a.at = 100 - 65, InvalidTransaction::Stale);
		let mut last = attestation(CLINIC, RECORD, Finding::Intact);
		last.at = 100 - 64;
		assert_ok!(apply(transaction(last, CLINIC, GENESIS)));
	});
}

#[test]
fn attest_should_count_longer_when_the_document_takes_long_to_fetch() {
	ExtBuilder::default().run(|| {
		// Thirty seconds at the slowest rate are thirty more blocks, at any duration of a block.
		let document = Document { size: 30 * worker::FLOOR_RATE, ..document(CONTENT) };
		assert_ok!(Register::register(
			signed(agent(HOSPITAL)),
			RECORD,
			PATIENT,
			labels(),
			document
		));
		go_to(200);
		refused(|a| a.at = 200 - 95, InvalidTransaction::Stale);
		let mut last = attestation(CLINIC, RECORD, Finding::Intact);
		last.at = 200 - 94;
		let last = transaction(last, CLINIC, GENESIS);
		assert_eq!(validate(&last).expect("valid").longevity, 1);
		assert_ok!(apply(last));
	});
}

#[test]
fn attest_should_be_refused_when_the_key_is_no_attesters() {
	ExtBuilder::default().registered().run(|| {
		let other: AttestationPublic = pair(77).public();
		let attestation =
			Attestation { key: other, ..attestation(CLINIC, RECORD, Finding::Intact) };
		refused_as_signed(transaction(attestation, 77, GENESIS), InvalidTransaction::BadSigner);
	});
}

#[test]
fn attest_should_be_refused_when_the_validator_left() {
	ExtBuilder::default().registered().run(|| {
		let before = attestation(CLINIC, RECORD, Finding::Intact);
		leave(CLINIC);
		refused_as_signed(transaction(before, CLINIC, GENESIS), InvalidTransaction::BadSigner);
	});
}

#[test]
fn attest_should_be_refused_when_the_document_is_the_organisations_own() {
	ExtBuilder::default().registered().run(|| {
		let own = attestation(HOSPITAL, RECORD, Finding::Intact);
		refused_as_signed(transaction(own, HOSPITAL, GENESIS), OWN);
	});
}

#[test]
fn attest_should_be_refused_when_another_key_signed() {
	ExtBuilder::default().registered().run(|| {
		let attestation = attestation(CLINIC, RECORD, Finding::Intact);
		let forged = transaction(attestation, LABORATORY, GENESIS);
		refused_as_signed(forged, InvalidTransaction::BadProof);
	});
}

#[test]
fn attest_should_be_refused_when_signed_for_another_chain() {
	ExtBuilder::default().registered().run(|| {
		let attestation = attestation(CLINIC, RECORD, Finding::Intact);
		let elsewhere = transaction(attestation, CLINIC, H256([0xbb; 32]));
		refused_as_signed(elsewhere, InvalidTransaction::BadProof);
	});
}

#[test]
fn attest_should_be_refused_when_changed_after_signing() {
	ExtBuilder::default().registered().run(|| {
		register(record_id(2), b"second");
		go_to(3);
		let honest = attestation(CLINIC, RECORD, Finding::Intact);
		let signature = pair(CLINIC).sign(&honest.message(GENESIS));
		let changes: [fn(&mut Attestation); 3] =
			[|a| a.finding = Finding::Altered, |a| a.record = record_id(2), |a| a.at = 2];
		for change in changes {
			let mut attestation = honest.clone();
			change(&mut attestation);
			let call = Call::attest { attestation, signature: signature.clone() };
			let forged = UncheckedExtrinsic::new_transaction(
				call.into(),
				(frame_system::AuthorizeCall::new(),),
			);
			refused_as_signed(forged, InvalidTransaction::BadProof);
		}
		assert_ok!(apply(transaction(honest, CLINIC, GENESIS)));
	});
}

#[test]
fn attest_should_be_refused_when_the_organisation_votes_again_at_once() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		refused(|_| (), SOON);
		refused(|a| a.finding = Finding::Absent, SOON);
		go_to(50);
		refused(|a| a.finding = Finding::Absent, SOON);
		go_to(51);
		assert_ok!(attest(CLINIC, RECORD, Finding::Absent));
	});
}

#[test]
fn attest_should_replace_the_vote_when_the_finding_changed() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(attest(CLINIC, RECORD, Finding::Absent));
		go_to(60);
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		let vote = Vote { organisation: CLINIC, finding: Finding::Intact, at: 60 };
		assert_eq!(Votes::<Test>::get(RECORD).to_vec(), [vote]);
	});
}

#[test]
fn attest_should_be_refused_when_it_repeats_a_vote_in_vain() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		go_to(60);
		refused(|_| (), AGAIN);
	});
}

#[test]
fn attest_should_be_refused_when_a_replaced_vote_is_replayed() {
	ExtBuilder::default().registered().run(|| {
		let first = transaction(attestation(CLINIC, RECORD, Finding::Absent), CLINIC, GENESIS);
		assert_ok!(apply(first.clone()));
		go_to(55);
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		// The first look is young enough, but older than the vote.
		refused_as_signed(first, SOON);
	});
}

#[test]
fn attest_should_be_dispatched_for_authorised_transactions_only() {
	ExtBuilder::default().registered().run(|| {
		let attestation = attestation(CLINIC, RECORD, Finding::Intact);
		let signature = pair(CLINIC).sign(&attestation.message(GENESIS));
		// The origins of a batch, a proxy and a schedule.
		for origin in [signed(agent(CLINIC)), RuntimeOrigin::none(), RuntimeOrigin::root()] {
			let call = RuntimeCall::Register(Call::attest {
				attestation: attestation.clone(),
				signature: signature.clone(),
			});
			assert_noop!(
				call.dispatch(origin).map_err(|error| error.error),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn attest_should_hold_one_place_in_the_pool_for_an_organisation_and_round() {
	ExtBuilder::default().registered().run(|| {
		register(record_id(2), b"second");
		go_to(3);
		let tags = |organisation, record, finding| {
			let attestation = attestation(organisation, record, finding);
			validate(&transaction(attestation, organisation, GENESIS)).expect("valid").provides
		};
		let intact = tags(CLINIC, RECORD, Finding::Intact);
		assert_eq!(intact.len(), 1);
		assert_eq!(intact, tags(CLINIC, RECORD, Finding::Absent));
		assert_ne!(intact, tags(LABORATORY, RECORD, Finding::Intact));
		assert_ne!(intact, tags(CLINIC, record_id(2), Finding::Intact));
	});
}

#[test]
fn attest_should_leave_the_pool_when_the_look_gets_old() {
	ExtBuilder::default().registered().run(|| {
		go_to(10);
		let transaction =
			transaction(attestation(CLINIC, RECORD, Finding::Intact), CLINIC, GENESIS);
		let validity = validate(&transaction).expect("valid");
		assert_eq!((validity.longevity, validity.priority), (64, 1_000));
		assert!(validity.propagate);
		assert!(validity.requires.is_empty());
		go_to(70);
		assert_eq!(validate(&transaction).expect("valid").longevity, 4);
	});
}

#[test]
fn attest_should_be_weighed_with_its_checks() {
	ExtBuilder::default().registered().run(|| {
		let transaction =
			transaction(attestation(CLINIC, RECORD, Finding::Intact), CLINIC, GENESIS);
		let info = transaction.get_dispatch_info();
		assert_eq!(info.call_weight, <Test as Config>::WeightInfo::attest());
		assert_eq!(info.extension_weight, <Test as Config>::WeightInfo::authorize_attest());
	});
}
