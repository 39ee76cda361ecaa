//! The principals for whom transactions wait in the pool.

use super::{
	blocks::{account, pair, People},
	*,
};
use blocks::Blocks;
use codec::Encode;
use pallet_allowance::{Principal, Urgency, Waiting};
use sp_core::Pair;
use sp_runtime::generic::Era;

/// The number of the transactions. The numbers play no part in the principal.
const NONCE: Nonce = 5;

/// The answer about a call from the account of a seed. The signature is no signature at all.
fn waiting(seed: &str, call: RuntimeCall) -> Option<Waiting> {
	crate::payer::waiting(&UncheckedExtrinsic::new_signed(
		call,
		account(seed).into(),
		MultiSignature::Sr25519(Default::default()),
		extensions::extension(NONCE, Era::Immortal),
	))
}

/// The principal and the urgency, if the signer and the number are those of the transaction.
fn told(seed: &str, call: RuntimeCall) -> Option<(Principal, Urgency)> {
	waiting(seed, call).map(|Waiting { signer, nonce, principal, urgency }| {
		assert_eq!((signer, nonce), (account(seed), NONCE));
		(principal, urgency)
	})
}

const ADA: Principal = Principal::Patient { id: PATIENT, enrolled_by: 0 };

/// A chain with the patient, a delegate of the patient, and the clinician.
fn with_people(test: impl FnOnce(&People, &str)) {
	Blocks::run(|blocks| {
		let people = People::new(blocks);
		let delegate = "//Marta//delegate";
		blocks.block(|| {
			let now = pallet_timestamp::Now::<Runtime>::get();
			let name = RuntimeCall::Patients(pallet_patients::Call::name_delegate {
				patient: PATIENT,
				delegate: account(delegate),
				deeds: std::collections::BTreeSet::from([assent_support::Deed::OpenDocuments])
					.try_into()
					.unwrap(),
				until: now + 86_400_000,
			});
			assert_eq!(blocks::send(People::PATIENT, name), Ok(Ok(())));
		});
		test(&people, delegate);
	});
}

#[test]
fn waiting_should_name_the_patient_when_anybody_acts_for_the_patient() {
	with_people(|people, delegate| {
		assert_eq!(told(People::PATIENT, people.grant()), Some((ADA, Urgency::Normal)));
		assert_eq!(told(delegate, people.access()), Some((ADA, Urgency::Normal)));
		// A batch is no withdrawal, and the payer of the calls is the principal.
		assert_eq!(
			told(People::PATIENT, batch(vec![withdraw(), people.grant()])),
			Some((ADA, Urgency::Normal))
		);
	});
}

#[test]
fn waiting_should_name_the_patient_of_the_directive_when_somebody_withdraws() {
	with_people(|_, delegate| {
		// A stranger's withdrawal is refused by the check of the allowance, and never counted.
		for seed in [People::PATIENT, delegate, People::CLINICIAN, "//Alpha", "//Nobody"] {
			assert_eq!(told(seed, withdraw()), Some((ADA, Urgency::Withdrawal)), "{seed}");
		}
		let unknown = RuntimeCall::Consent(pallet_consent::Call::withdraw {
			patient: PatientId([99; 16]),
			directive: 0,
		});
		assert_eq!(told(People::PATIENT, unknown), Some((Principal::Nobody, Urgency::Withdrawal)));
	});
}

#[test]
fn waiting_should_name_the_organisation_when_its_own_accounts_act() {
	let alpha = Principal::Organisation(0);
	with_people(|people, _| {
		assert_eq!(told(People::CLINICIAN, people.access()), Some((alpha, Urgency::Access)));
		assert_eq!(told(People::CLINICIAN, people.declare()), Some((alpha, Urgency::Emergency)));
		assert_eq!(told("//Alpha", people.revoke()), Some((alpha, Urgency::Governance)));
		// A validator's account counts for the organisation of the validator.
		let empty = batch(Vec::new());
		assert_eq!(
			told("//Beta//validator", empty),
			Some((Principal::Organisation(1), Urgency::Normal))
		);
	});
}

#[test]
fn waiting_should_name_the_organisation_when_an_account_resigns() {
	with_people(|_, _| {
		let resign = || RuntimeCall::Consortium(pallet_consortium::Call::resign {});
		let alpha = Principal::Organisation(0);
		assert_eq!(told(People::CLINICIAN, resign()), Some((alpha, Urgency::Withdrawal)));
		assert_eq!(told("//Nobody", resign()), Some((Principal::Nobody, Urgency::Withdrawal)));
	});
}

#[test]
fn waiting_should_name_nobody_when_nobody_signed_or_nobody_pays() {
	with_people(|people, _| {
		let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: 0 });
		assert_eq!(crate::payer::waiting(&UncheckedExtrinsic::new_bare(time)), None);
		let nobody = Some((Principal::Nobody, Urgency::Normal));
		assert_eq!(told("//Nobody", people.grant()), nobody);
		assert_eq!(told(People::PATIENT, people.revoke()), nobody);
		assert_eq!(told(People::PATIENT, remark()), nobody);
	});
}

#[test]
fn runtime_api_should_answer_from_the_bytes_of_a_transaction() {
	use assent_runtime_api::runtime_decl_for_allowance_api::AllowanceApiV1;
	with_people(|people, _| {
		let seed = People::PATIENT;
		let payload =
			SignedPayload::new(people.grant(), extensions::extension(0, Era::Immortal)).unwrap();
		let signature = payload.using_encoded(|bytes| pair(seed).sign(bytes));
		let (call, extension, _) = payload.deconstruct();
		let sent =
			UncheckedExtrinsic::new_signed(call, account(seed).into(), signature.into(), extension);
		let bytes = sent.encode();
		let arrived = codec::Decode::decode(&mut &bytes[..]).unwrap();
		let expected =
			Waiting { signer: account(seed), nonce: 0, principal: ADA, urgency: Urgency::Normal };
		assert_eq!(<Runtime as AllowanceApiV1<Block>>::waiting(arrived), Some(expected));
	});
}
