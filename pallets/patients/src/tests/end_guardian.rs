use crate::{mock::*, Error, Event, Patients as Rows, WardsOf, MAX_PAST};
use assent_support::{Act, Condition, Relation};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn end_guardian_should_stop_the_guardian_when_either_of_the_two_asks() {
	for by in [of("Ada"), mother()] {
		ExtBuilder::default()
			.patient("Ada", ADA)
			.guardian(ADA, account(31), None)
			.guardian(ADA, mother(), None)
			.run(|| {
				assert_ok!(Patients::end_guardian(signed(by.clone()), ADA, mother()));
				assert_eq!(relation(&mother(), ADA, START), None);
				assert!(!Patients::is_representative(&mother(), START));
				assert!(!WardsOf::<Test>::contains_key(mother()));
				assert_eq!(Rows::<Test>::get(ADA).unwrap().guardians[0].account, account(31));
				assert_eq!(
					last_event(),
					Event::GuardianEnded { patient: ADA, guardian: mother(), by: by.clone() }
				);
				assert_eq!(
					trail(),
					[Entry {
						patient: Some(ADA),
						organisation: Some(HOSPITAL),
						actor: Some(by.clone()),
						act: Act::GuardianEnded { guardian: mother() }
					}]
				);
			});
	}
}

#[test]
fn end_guardian_should_keep_the_other_wards_when_one_ends() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.guardian(ADA, mother(), None)
		.guardian(BEN, mother(), None)
		.run(|| {
			assert_ok!(Patients::end_guardian(signed(of("Ada")), ADA, mother()));
			assert_eq!(Patients::wards_of(mother()), [BEN]);
		});
}

#[test]
fn end_guardian_should_end_a_proposal_without_a_line_in_the_trail() {
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), None).run(|| {
		assert_ok!(Patients::end_guardian(signed(of("Ada")), ADA, mother()));
		assert!(Rows::<Test>::get(ADA).unwrap().guardians.is_empty());
		assert_eq!(
			last_event(),
			Event::ProposalEnded { patient: ADA, guardian: mother(), by: of("Ada") }
		);
		assert_eq!(trail(), []);
	});
}

#[test]
fn end_guardian_should_fail_when_the_caller_is_neither_of_the_two() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.guardian(ADA, mother(), None)
		.guardian(ADA, account(31), None)
		.run(|| {
			for who in [agent(), other_agent(), of("Ben"), account(31), stranger()] {
				assert_noop!(
					Patients::end_guardian(signed(who), ADA, mother()),
					Error::<Test>::NotAuthorized
				);
			}
			assert_noop!(Patients::end_guardian(RuntimeOrigin::root(), ADA, mother()), BadOrigin);
		});
}

#[test]
fn end_guardian_should_fail_when_there_is_none() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(
			Patients::end_guardian(signed(of("Ada")), ADA, mother()),
			Error::<Test>::GuardianNotFound
		);
		assert_noop!(
			Patients::end_guardian(signed(mother()), ADA, mother()),
			Error::<Test>::GuardianNotFound
		);
		assert_noop!(
			Patients::end_guardian(signed(of("Ada")), BEN, mother()),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn end_guardian_should_pass_when_the_patient_left_or_the_term_is_over() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.guardian(ADA, mother(), None)
		.guardian(BEN, mother(), Some(START + DAY))
		.run(|| {
			assert_ok!(Patients::leave(signed(of("Ada"))));
			assert_ok!(Patients::end_guardian(signed(mother()), ADA, mother()));
			wait(DAY);
			assert_ok!(Patients::end_guardian(signed(of("Ben")), BEN, mother()));
			assert!(!WardsOf::<Test>::contains_key(mother()));
		});
}

#[test]
fn end_guardian_should_fail_when_the_patients_account_does_not_count() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
		let end = || Patients::end_guardian(signed(of("Ada")), ADA, mother());
		set_condition(Condition::Incapable);
		assert_noop!(end(), Error::<Test>::PatientIncapable);
		set_condition(Condition::Deceased);
		assert_noop!(end(), Error::<Test>::PatientDeceased);
		set_condition(Condition::Capable);
		start_recovery("Cy");
		assert_noop!(end(), Error::<Test>::RecoveryRunning);
		// The guardian can always go.
		assert_ok!(Patients::end_guardian(signed(mother()), ADA, mother()));
	});
}

#[test]
fn end_guardian_should_keep_what_the_guardian_was() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), Some(START + 10 * DAY)).run(
		|| {
			wait(DAY);
			assert_ok!(Patients::end_guardian(signed(of("Ada")), ADA, mother()));
			assert_eq!(relation(&mother(), ADA, START + DAY - 1), Some(Relation::Guardian));
			assert_eq!(relation(&mother(), ADA, START + DAY), None);
			assert_eq!(relation(&mother(), ADA, START - 1), None);
		},
	);
}

#[test]
fn end_guardian_should_keep_the_newest_standings_when_there_were_many() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		let terms = u64::from(MAX_PAST) + 1;
		for _ in 0..terms {
			assert_ok!(Patients::propose_guardian(signed(agent()), ADA, mother(), None));
			assert_ok!(Patients::confirm_guardian(signed(other_agent()), ADA, mother()));
			wait(DAY);
			assert_ok!(Patients::end_guardian(signed(of("Ada")), ADA, mother()));
			wait(DAY);
		}
		let at = |term: u64| relation(&mother(), ADA, START + 2 * term * DAY);
		assert_eq!(at(0), None);
		assert!((1..terms).all(|term| at(term) == Some(Relation::Guardian)));
	});
}
