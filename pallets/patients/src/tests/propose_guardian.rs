use crate::{mock::*, Error, Event, Guardian, Patients as Rows, MAX_GUARDIANS};
use assent_policy::Moment;
use assent_support::Relation;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, AccountId32, DispatchResult};

fn propose(guardian: AccountId32, until: Option<Moment>) -> DispatchResult {
	Patients::propose_guardian(signed(agent()), ADA, guardian, until)
}

#[test]
fn propose_guardian_should_note_the_proposal_and_change_nothing_else() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		let until = Some(START + DAY);
		assert_ok!(propose(mother(), until));
		assert_eq!(
			Rows::<Test>::get(ADA).unwrap().guardians.into_inner(),
			[Guardian {
				account: mother(),
				until,
				named: START,
				proposed_by: HOSPITAL,
				confirmed_by: None
			}]
		);
		assert_eq!(
			last_event(),
			Event::GuardianProposed {
				patient: ADA,
				guardian: mother(),
				until,
				organisation: HOSPITAL
			}
		);
		assert_eq!(relation(&mother(), ADA, START), None);
		assert!(!Patients::is_representative(&mother(), START));
		assert_eq!(System::sufficients(&mother()), 0);
		assert_eq!(trail(), []);
	});
}

#[test]
fn propose_guardian_should_fail_when_the_caller_is_not_of_the_enrolling_organisation() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		for who in [other_agent(), clinician(), of("Ada"), mother()] {
			assert_noop!(
				Patients::propose_guardian(signed(who), ADA, mother(), None),
				Error::<Test>::NotAuthorized
			);
		}
		assert_noop!(
			Patients::propose_guardian(RuntimeOrigin::root(), ADA, mother(), None),
			BadOrigin
		);
	});
}

#[test]
fn propose_guardian_should_fail_when_the_patient_is_unknown_or_left() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(
			Patients::propose_guardian(signed(agent()), BEN, mother(), None),
			Error::<Test>::NotFound
		);
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_noop!(propose(mother(), None), Error::<Test>::PatientLeft);
	});
}

#[test]
fn propose_guardian_should_fail_when_the_term_is_over() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		for until in [0, START - 1, START] {
			assert_noop!(propose(mother(), Some(until)), Error::<Test>::TermPast);
		}
		assert_ok!(propose(mother(), Some(START + 1)));
	});
}

#[test]
fn propose_guardian_should_fail_when_the_guardian_is_the_patient() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(propose(of("Ada"), None), Error::<Test>::SelfGuardian);
	});
}

#[test]
fn propose_guardian_should_fail_when_the_guardian_is_the_organisations_own() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(propose(agent(), None), Error::<Test>::GuardianNotIndependent);
		assert_noop!(propose(clinician(), None), Error::<Test>::GuardianNotIndependent);
		// Accounts of another organisation are independent of this one.
		assert_ok!(propose(other_agent(), None));
		assert_ok!(propose(other_clinician(), None));
	});
}

#[test]
fn propose_guardian_should_fail_when_the_account_is_guardian_or_proposed() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.proposal(ADA, account(31), None)
		.run(|| {
			assert_noop!(propose(mother(), None), Error::<Test>::AlreadyGuardian);
			assert_noop!(propose(account(31), Some(START + DAY)), Error::<Test>::AlreadyGuardian);
		});
}

#[test]
fn propose_guardian_should_fail_when_there_are_too_many() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		for number in 0..MAX_GUARDIANS as u8 {
			assert_ok!(propose(account(50 + number), None));
		}
		assert_noop!(propose(mother(), None), Error::<Test>::MaxGuardiansExceeded);
	});
}

#[test]
fn propose_guardian_should_make_room_when_terms_are_over() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), Some(START + DAY))
		.proposal(ADA, account(31), Some(START + DAY))
		.guardian(ADA, account(32), Some(START + DAY + 1))
		.guardian(ADA, account(33), None)
		.run(|| {
			assert_noop!(propose(account(34), None), Error::<Test>::MaxGuardiansExceeded);
			wait(DAY);
			assert_ok!(propose(account(34), None));
			let kept: Vec<_> = Rows::<Test>::get(ADA)
				.unwrap()
				.guardians
				.into_iter()
				.map(|one| one.account)
				.collect();
			assert_eq!(kept, [account(32), account(33), account(34)]);
			// The other guardian's past role stays known. A proposal was no role.
			assert_eq!(relation(&mother(), ADA, START), Some(Relation::Guardian));
			assert_eq!(relation(&mother(), ADA, START + DAY), None);
			assert_eq!(relation(&account(31), ADA, START), None);
			// The same account can be named anew.
			assert_ok!(propose(mother(), None));
			assert_ok!(Patients::confirm_guardian(signed(other_agent()), ADA, mother()));
			assert_eq!(Patients::wards_of(mother()), [ADA]);
		});
}
