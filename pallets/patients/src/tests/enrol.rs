use crate::{
	enrolment_message, mock::*, ByController, EnrolmentNumber, Error, Event, Patient,
	PatientStatus, Patients as Rows,
};
use assent_policy::PatientId;
use assent_support::{Act, Condition, Patients as _};
use frame_support::{assert_noop, assert_ok};
use sp_core::{ecdsa, ed25519, Pair, H256};
use sp_runtime::{
	traits::{BadOrigin, IdentifyAccount},
	AccountId32, MultiSignature, MultiSigner,
};

#[test]
fn enrol_should_make_the_account_the_patients_when_it_signed() {
	ExtBuilder::default().run(|| {
		assert_ok!(enrol("Ada", ADA, 0));
		assert_eq!(
			Rows::<Test>::get(ADA),
			Some(Patient {
				controller: of("Ada"),
				controller_since: START,
				enrolled_by: HOSPITAL,
				policy: None,
				enrolled: START,
				status: PatientStatus::Active,
				guardians: Default::default(),
				delegates: Default::default(),
				condition: Condition::Capable,
				report: None,
				recovery: None,
				changes: 0,
			})
		);
		assert_eq!(ByController::<Test>::get(of("Ada")), Some(ADA));
		assert_eq!(EnrolmentNumber::<Test>::get(of("Ada")), 1);
		assert_eq!(
			last_event(),
			Event::PatientEnrolled { patient: ADA, organisation: HOSPITAL, controller: of("Ada") }
		);
		assert_eq!(
			trail(),
			[Entry {
				patient: Some(ADA),
				organisation: Some(HOSPITAL),
				actor: Some(agent()),
				act: Act::Enrolled
			}]
		);
		assert!(Patients::is_patient(&of("Ada")));
		assert_eq!(Patients::patient_of(of("Ada")), Some(ADA));
	});
}

#[test]
fn enrol_should_give_the_account_one_reference_when_it_has_none() {
	ExtBuilder::default().run(|| {
		assert_eq!(System::sufficients(&of("Ada")), 0);
		assert_ok!(enrol("Ada", ADA, 0));
		assert_eq!(System::sufficients(&of("Ada")), 1);
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_ok!(enrol("Ada", BEN, 1));
		assert_eq!(System::sufficients(&of("Ada")), 1);
	});
}

#[test]
fn enrolment_message_should_be_seven_readable_lines() {
	let message = enrolment_message(H256([0xab; 32]), 7, None, ADA, &account(3), 2);
	assert_eq!(
		String::from_utf8(message).unwrap(),
		[
			"Assent enrolment".into(),
			format!("chain 0x{}", "ab".repeat(32)),
			"organisation 7".into(),
			"policy none".into(),
			format!("patient 0x{}", "ad".repeat(16)),
			format!("account 0x{}", "03".repeat(32)),
			"number 2".into(),
		]
		.join("\n")
	);
}

#[test]
fn enrolment_message_should_name_the_base_policy_when_there_is_one() {
	let message = enrolment_message(GENESIS, 7, Some(12), ADA, &account(3), 2);
	let text = String::from_utf8(message).unwrap();
	assert_eq!(text.lines().nth(3), Some("policy 12"));
	assert_eq!(text.lines().count(), 7);
}

#[test]
fn enrol_should_note_the_base_policy_that_the_patient_signed_for() {
	ExtBuilder::default().run(|| {
		set_newest_policy(HOSPITAL, 3);
		let (_, message) = Patients::enrolment_to_sign(HOSPITAL, ADA, of("Ada"));
		let signature = wallet("Ada").sign(&message).into();
		assert_ok!(Patients::enrol(signed(agent()), ADA, of("Ada"), 0, signature));
		set_newest_policy(HOSPITAL, 4);
		assert_eq!(Rows::<Test>::get(ADA).unwrap().policy, Some(3));
		assert_eq!(Patients::signed_policy(ADA), Some(3));
		assert_eq!(Patients::signed_policy(BEN), None);
	});
}

#[test]
fn enrol_should_fail_when_the_patient_signed_for_another_base_policy() {
	ExtBuilder::default().run(|| {
		set_newest_policy(HOSPITAL, 1);
		let signature = enrolment("Ada", ADA, 0);
		for newer in [0, 2] {
			set_newest_policy(HOSPITAL, newer);
			assert_noop!(
				Patients::enrol(signed(agent()), ADA, of("Ada"), 0, signature.clone()),
				Error::<Test>::BadSignature
			);
		}
	});
}

#[test]
fn enrolment_to_sign_should_be_what_enrol_takes() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(Patients::leave(signed(of("Ada"))));
		let (number, message) = Patients::enrolment_to_sign(HOSPITAL, BEN, of("Ada"));
		assert_eq!(number, 1);
		let signature: MultiSignature = wallet("Ada").sign(&message).into();
		assert_ok!(Patients::enrol(signed(agent()), BEN, of("Ada"), number, signature));
	});
}

#[test]
fn enrol_should_pass_when_a_browser_wallet_wrapped_the_bytes() {
	ExtBuilder::default().run(|| {
		let message = enrolment_message(GENESIS, HOSPITAL, None, ADA, &of("Ada"), 0);
		let wrapped = [&b"<Bytes>"[..], &message, b"</Bytes>"].concat();
		let signature: MultiSignature = wallet("Ada").sign(&wrapped).into();
		assert_ok!(Patients::enrol(signed(agent()), ADA, of("Ada"), 0, signature));
	});
}

#[test]
fn enrol_should_pass_when_the_wallet_is_of_another_kind() {
	ExtBuilder::default().run(|| {
		let pair = ed25519::Pair::from_string("//Ada", None).unwrap();
		let who: AccountId32 = MultiSigner::from(pair.public()).into_account();
		let message = enrolment_message(GENESIS, HOSPITAL, None, ADA, &who, 0);
		let signature = pair.sign(&message).into();
		assert_ok!(Patients::enrol(signed(agent()), ADA, who, 0, signature));

		let pair = ecdsa::Pair::from_string("//Ben", None).unwrap();
		let who: AccountId32 = MultiSigner::from(pair.public()).into_account();
		let message = enrolment_message(GENESIS, HOSPITAL, None, BEN, &who, 0);
		let signature = pair.sign(&message).into();
		assert_ok!(Patients::enrol(signed(agent()), BEN, who, 0, signature));
	});
}

#[test]
fn enrol_should_fail_when_the_caller_is_no_agent() {
	ExtBuilder::default().run(|| {
		for who in [stranger(), clinician(), of("Ada")] {
			assert_noop!(
				Patients::enrol(signed(who), ADA, of("Ada"), 0, enrolment("Ada", ADA, 0)),
				Error::<Test>::NotAuthorized
			);
		}
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				Patients::enrol(origin, ADA, of("Ada"), 0, enrolment("Ada", ADA, 0)),
				BadOrigin
			);
		}
	});
}

#[test]
fn enrol_should_fail_when_the_id_is_taken() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(enrol("Ben", ADA, 0), Error::<Test>::AlreadyEnrolled);
		assert_ok!(Patients::leave(signed(of("Ada"))));
		// A left id is not given away either, not even to the same account.
		assert_noop!(enrol("Ben", ADA, 0), Error::<Test>::AlreadyEnrolled);
		assert_noop!(enrol("Ada", ADA, 1), Error::<Test>::AlreadyEnrolled);
	});
}

#[test]
fn enrol_should_fail_when_the_account_controls_an_id_in_use() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(enrol("Ada", BEN, 1), Error::<Test>::AlreadyController);
	});
}

#[test]
fn enrol_should_pass_again_when_the_account_has_left() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_ok!(enrol("Ada", BEN, 1));
		assert_eq!(Patients::patient_of(of("Ada")), Some(BEN));
		assert!(Patients::is_patient(&of("Ada")));
		assert_eq!(EnrolmentNumber::<Test>::get(of("Ada")), 2);
	});
}

#[test]
fn enrol_should_fail_when_the_account_is_the_organisations_own() {
	ExtBuilder::default().run(|| {
		World::name_agent(of("Ada"), HOSPITAL);
		assert_noop!(enrol("Ada", ADA, 0), Error::<Test>::NotIndependent);
		// An agent of another organisation is an ordinary patient here.
		World::name_agent(of("Ada"), CLINIC);
		assert_ok!(enrol("Ada", ADA, 0));
	});
}

#[test]
fn enrol_should_fail_when_the_number_is_not_the_accounts_next() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(Patients::leave(signed(of("Ada"))));
		for number in [0, 2, u32::MAX] {
			assert_noop!(enrol("Ada", BEN, number), Error::<Test>::WrongNumber);
		}
		assert_ok!(enrol("Ada", BEN, 1));
	});
}

#[test]
fn enrol_should_fail_when_no_further_enrolment_can_be_counted() {
	ExtBuilder::default().run(|| {
		EnrolmentNumber::<Test>::insert(of("Ada"), u32::MAX);
		assert_noop!(enrol("Ada", ADA, u32::MAX), Error::<Test>::MaxEnrolmentsExceeded);
		EnrolmentNumber::<Test>::remove(of("Ada"));
	});
}

#[test]
fn enrol_should_fail_when_its_signature_is_replayed() {
	ExtBuilder::default().run(|| {
		let signature = enrolment("Ada", ADA, 0);
		let replay = |patient: PatientId, number| {
			Patients::enrol(signed(agent()), patient, of("Ada"), number, signature.clone())
		};
		assert_ok!(replay(ADA, 0));
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_noop!(replay(ADA, 0), Error::<Test>::AlreadyEnrolled);
		assert_noop!(replay(BEN, 0), Error::<Test>::WrongNumber);
		assert_noop!(replay(BEN, 1), Error::<Test>::BadSignature);
	});
}

#[test]
fn enrol_should_fail_when_anything_signed_was_another_thing() {
	ExtBuilder::default().run(|| {
		let ada = of("Ada");
		let messages = [
			enrolment_message(H256([8; 32]), HOSPITAL, None, ADA, &ada, 0),
			enrolment_message(GENESIS, CLINIC, None, ADA, &ada, 0),
			enrolment_message(GENESIS, HOSPITAL, None, BEN, &ada, 0),
			enrolment_message(GENESIS, HOSPITAL, None, ADA, &of("Ben"), 0),
			enrolment_message(GENESIS, HOSPITAL, None, ADA, &ada, 1),
			b"Assent enrolment".to_vec(),
			vec![],
		];
		for message in messages {
			let signature: MultiSignature = wallet("Ada").sign(&message).into();
			assert_noop!(
				Patients::enrol(signed(agent()), ADA, ada.clone(), 0, signature),
				Error::<Test>::BadSignature
			);
		}
		let right = enrolment_message(GENESIS, HOSPITAL, None, ADA, &ada, 0);
		// Another wallet's signature, another kind's, none.
		let others: [MultiSignature; 3] = [
			wallet("Ben").sign(&right).into(),
			ed25519::Pair::from_string("//Ada", None).unwrap().sign(&right).into(),
			ed25519::Signature::default().into(),
		];
		for signature in others {
			assert_noop!(
				Patients::enrol(signed(agent()), ADA, ada.clone(), 0, signature),
				Error::<Test>::BadSignature
			);
		}
		// The other organisation can't use a signature for the hospital.
		assert_noop!(
			Patients::enrol(signed(other_agent()), ADA, ada, 0, enrolment("Ada", ADA, 0)),
			Error::<Test>::BadSignature
		);
	});
}
