use crate::{
	enrolment_message, mock::*, recovery_message, EnrolmentNumber, Error, Event, Patients as Rows,
	Recovery, RecoveryPath,
};
use assent_support::{Act, Condition};
use frame_support::{assert_noop, assert_ok};
use sp_core::{Pair, H256};
use sp_runtime::{traits::BadOrigin, AccountId32, MultiSignature};

fn recovery() -> Option<Recovery> {
	Rows::<Test>::get(ADA).unwrap().recovery
}

#[test]
fn propose_recovery_should_change_nothing_but_be_seen_when_a_guardian_proposes() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
		assert_ok!(propose_recovery(mother(), ADA, "Cy", 0));
		assert_eq!(
			recovery(),
			Some(Recovery {
				controller: of("Cy"),
				path: RecoveryPath::Guardians(vec![mother()].try_into().unwrap()),
				lapses: START + 30 * DAY,
				effective: None
			})
		);
		assert_eq!(
			last_event(),
			Event::RecoveryProposed {
				patient: ADA,
				controller: of("Cy"),
				by: mother(),
				lapses: START + 30 * DAY
			}
		);
		assert_eq!(
			trail(),
			[Entry {
				patient: Some(ADA),
				organisation: Some(HOSPITAL),
				actor: Some(mother()),
				act: Act::RecoveryProposed { controller: of("Cy") }
			}]
		);
		// The key goes on, and the new account has no role yet.
		assert_eq!(Patients::deeds_of(of("Ada"), ADA), DEEDS);
		assert_eq!(Patients::deeds_of(of("Cy"), ADA), []);
		assert!(!Patients::is_patient(&of("Cy")));
		assert_eq!(System::sufficients(&of("Cy")), 0);
		assert_noop!(
			Patients::finish_recovery(signed(stranger()), ADA),
			Error::<Test>::RecoveryUnsupported
		);
	});
}

#[test]
fn propose_recovery_should_be_the_organisations_when_an_agent_proposes() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 0));
		assert_eq!(recovery().unwrap().path, RecoveryPath::Organisations(None));
		assert_eq!(EnrolmentNumber::<Test>::get(of("Cy")), 1);
	});
}

#[test]
fn propose_recovery_should_take_the_place_of_a_proposal_when_that_lacks_support() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.guardian(ADA, father(), None)
		.run(|| {
			assert_ok!(propose_recovery(mother(), ADA, "Cy", 0));
			assert_ok!(propose_recovery(father(), ADA, "Dan", 0));
			assert_eq!(recovery().unwrap().controller, of("Dan"));
			// The support of the first proposal is gone.
			assert_noop!(
				Patients::support_recovery(signed(father()), ADA, of("Cy")),
				Error::<Test>::RecoveryNotFound
			);
		});
}

#[test]
fn propose_recovery_should_fail_when_a_proposal_of_the_other_path_waits() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.guardian(ADA, father(), None)
		.run(|| {
			// The organisation can't keep guardians from agreeing.
			assert_ok!(propose_recovery(mother(), ADA, "Cy", 0));
			assert_noop!(propose_recovery(agent(), ADA, "Dan", 0), Error::<Test>::AlreadyProposed);
			wait(30 * DAY);
			assert_ok!(propose_recovery(agent(), ADA, "Dan", 0));
			// Guardians can't keep the organisations from agreeing, except by a veto.
			assert_noop!(propose_recovery(father(), ADA, "Cy", 1), Error::<Test>::AlreadyProposed);
			assert_ok!(Patients::veto_recovery(signed(father()), ADA));
			assert_ok!(propose_recovery(father(), ADA, "Cy", 1));
		});
}

#[test]
fn propose_recovery_should_fail_when_the_caller_is_neither_guardian_nor_of_the_organisation() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, father(), Some(START + DAY))
		.proposal(ADA, mother(), None)
		.delegate(ADA, friend(), &DEEDS, START + 2 * DAY)
		.run(|| {
			wait(DAY);
			let others = [
				of("Ada"),
				of("Cy"),
				father(),
				mother(),
				friend(),
				other_agent(),
				clinician(),
				stranger(),
			];
			for who in others {
				assert_noop!(propose_recovery(who, ADA, "Cy", 0), Error::<Test>::NotAuthorized);
			}
			let signature = consent_to_recover("Cy", ADA, 0);
			assert_noop!(
				Patients::propose_recovery(RuntimeOrigin::root(), ADA, of("Cy"), 0, signature),
				BadOrigin
			);
		});
}

#[test]
fn propose_recovery_should_fail_when_the_patient_is_unknown_left_or_dead() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(propose_recovery(agent(), BEN, "Cy", 0), Error::<Test>::NotFound);
		set_condition(Condition::Deceased);
		assert_noop!(propose_recovery(agent(), ADA, "Cy", 0), Error::<Test>::PatientDeceased);
		set_condition(Condition::Capable);
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_noop!(propose_recovery(agent(), ADA, "Cy", 0), Error::<Test>::PatientLeft);
	});
}

#[test]
fn propose_recovery_should_fail_when_one_is_under_way() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
		start_recovery("Cy");
		for who in [agent(), mother()] {
			assert_noop!(propose_recovery(who, ADA, "Dan", 0), Error::<Test>::AlreadyRecovering);
		}
	});
}

#[test]
fn propose_recovery_should_fail_when_the_account_can_not_be_the_patients() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.proposal(ADA, of("Dan"), None)
		.run(|| {
			assert_noop!(
				propose_recovery(agent(), ADA, "Ada", 1),
				Error::<Test>::AlreadyController
			);
			assert_noop!(
				propose_recovery(agent(), ADA, "Ben", 1),
				Error::<Test>::AlreadyController
			);
			assert_noop!(propose_recovery(agent(), ADA, "Dan", 0), Error::<Test>::SelfGuardian);
			World::name_agent(of("Cy"), HOSPITAL);
			assert_noop!(propose_recovery(agent(), ADA, "Cy", 0), Error::<Test>::NotIndependent);
		});
}

#[test]
fn propose_recovery_should_pass_when_the_account_has_left_another_id() {
	ExtBuilder::default().patient("Ada", ADA).patient("Ben", BEN).run(|| {
		assert_ok!(Patients::leave(signed(of("Ben"))));
		assert_ok!(propose_recovery(agent(), ADA, "Ben", 1));
	});
}

#[test]
fn propose_recovery_should_fail_when_the_number_is_not_the_accounts_next() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		for number in [1, u32::MAX] {
			assert_noop!(propose_recovery(agent(), ADA, "Cy", number), Error::<Test>::WrongNumber);
		}
		EnrolmentNumber::<Test>::insert(of("Cy"), u32::MAX);
		assert_noop!(
			propose_recovery(agent(), ADA, "Cy", u32::MAX),
			Error::<Test>::MaxEnrolmentsExceeded
		);
	});
}

#[test]
fn propose_recovery_should_fail_when_its_signature_is_replayed() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		let signature = consent_to_recover("Cy", ADA, 0);
		let replay = |number| {
			Patients::propose_recovery(signed(agent()), ADA, of("Cy"), number, signature.clone())
		};
		assert_ok!(replay(0));
		assert_ok!(Patients::veto_recovery(signed(of("Ada")), ADA));
		assert_noop!(replay(0), Error::<Test>::WrongNumber);
		assert_noop!(replay(1), Error::<Test>::BadSignature);
		// The signature does not enrol either, with the same number or the next.
		for number in [0, 1] {
			let enrol = Patients::enrol(signed(agent()), BEN, of("Cy"), number, signature.clone());
			assert!(enrol.is_err());
		}
	});
}

#[test]
fn propose_recovery_should_fail_when_anything_signed_was_another_thing() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		let cy = of("Cy");
		let messages = [
			recovery_message(H256([8; 32]), HOSPITAL, ADA, &cy, 0),
			recovery_message(GENESIS, CLINIC, ADA, &cy, 0),
			recovery_message(GENESIS, HOSPITAL, BEN, &cy, 0),
			recovery_message(GENESIS, HOSPITAL, ADA, &of("Ben"), 0),
			recovery_message(GENESIS, HOSPITAL, ADA, &cy, 1),
			enrolment_message(GENESIS, HOSPITAL, None, ADA, &cy, 0),
			vec![],
		];
		let proposed = |signature: MultiSignature| {
			Patients::propose_recovery(signed(agent()), ADA, cy.clone(), 0, signature)
		};
		for message in messages {
			assert_noop!(proposed(wallet("Cy").sign(&message).into()), Error::<Test>::BadSignature);
		}
		let right = recovery_message(GENESIS, HOSPITAL, ADA, &cy, 0);
		assert_noop!(proposed(wallet("Ben").sign(&right).into()), Error::<Test>::BadSignature);
		let wrapped = [&b"<Bytes>"[..], &right, b"</Bytes>"].concat();
		assert_ok!(proposed(wallet("Cy").sign(&wrapped).into()));
	});
}

#[test]
fn recovery_message_should_be_six_readable_lines() {
	let message = recovery_message(H256([0xab; 32]), 7, ADA, &account(3), 2);
	assert_eq!(
		String::from_utf8(message).unwrap(),
		[
			"Assent recovery".into(),
			format!("chain 0x{}", "ab".repeat(32)),
			"organisation 7".into(),
			format!("patient 0x{}", "ad".repeat(16)),
			format!("account 0x{}", "03".repeat(32)),
			"number 2".into(),
		]
		.join("\n")
	);
}

#[test]
fn recovery_to_sign_should_be_what_propose_recovery_takes() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_eq!(Patients::recovery_to_sign(BEN, of("Cy")), None);
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 0));
		let who: AccountId32 = of("Cy");
		let (number, message) = Patients::recovery_to_sign(ADA, who.clone()).unwrap();
		assert_eq!(number, 1);
		let signature: MultiSignature = wallet("Cy").sign(&message).into();
		assert_ok!(Patients::propose_recovery(signed(agent()), ADA, who, number, signature));
	});
}
