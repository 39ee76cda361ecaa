use crate::{mock::*, Error, Event, PatientStatus, Patients as Rows, PrincipalsOf, WardsOf};
use assent_support::{Act, Condition, Deed, Patients as _, Relation};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn leave_should_take_the_id_out_of_use_when_the_controller_asks() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		wait(DAY);
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_eq!(Rows::<Test>::get(ADA).unwrap().status, PatientStatus::Left(START + DAY));
		assert!(!Patients::is_patient(&of("Ada")));
		assert_eq!(Patients::patient_of(of("Ada")), None);
		assert_eq!(
			last_event(),
			Event::PatientLeft { patient: ADA, organisation: HOSPITAL, controller: of("Ada") }
		);
		assert_eq!(
			trail(),
			[Entry {
				patient: Some(ADA),
				organisation: Some(HOSPITAL),
				actor: Some(of("Ada")),
				act: Act::Left
			}]
		);
	});
}

#[test]
fn leave_should_keep_the_relation_and_the_reference_when_done() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(Patients::leave(signed(of("Ada"))));
		let now = START + DAY;
		assert_eq!(relation(&of("Ada"), ADA, now), Some(Relation::Controller));
		assert_eq!(Patients::enrolled_by(ADA), Some(HOSPITAL));
		assert!(Patients::exists(ADA));
		assert_eq!(System::sufficients(&of("Ada")), 1);
	});
}

#[test]
fn leave_should_release_the_guardians_of_this_id_only_when_done() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.guardian(ADA, mother(), None)
		.guardian(BEN, mother(), None)
		.guardian(ADA, account(31), None)
		.proposal(ADA, account(32), None)
		.run(|| {
			assert_ok!(Patients::leave(signed(of("Ada"))));
			assert_eq!(Patients::wards_of(mother()), [BEN]);
			assert!(Patients::is_representative(&mother(), START));
			assert!(!Patients::is_representative(&account(31), START));
			assert!(!WardsOf::<Test>::contains_key(account(31)));
			// The guardian can still withdraw for the patient.
			assert_eq!(relation(&mother(), ADA, START), Some(Relation::Guardian));
		});
}

#[test]
fn leave_should_fail_when_it_was_left_already() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_noop!(Patients::leave(signed(of("Ada"))), Error::<Test>::PatientLeft);
	});
}

#[test]
fn leave_should_fail_when_the_caller_controls_no_patient() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
		for who in [stranger(), agent(), mother()] {
			assert_noop!(Patients::leave(signed(who)), Error::<Test>::NotFound);
		}
		assert_noop!(Patients::leave(RuntimeOrigin::root()), BadOrigin);
		assert_noop!(Patients::leave(RuntimeOrigin::none()), BadOrigin);
	});
}

#[test]
fn leave_should_release_the_delegates_of_this_id_only_when_done() {
	let until = START + DAY;
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.delegate(ADA, friend(), &[Deed::Withdraw], until)
		.delegate(BEN, friend(), &[Deed::Withdraw], until)
		.delegate(ADA, account(36), &DEEDS, until)
		.run(|| {
			assert_ok!(Patients::leave(signed(of("Ada"))));
			assert_eq!(Patients::principals_of(friend()), [BEN]);
			assert!(!PrincipalsOf::<Test>::contains_key(account(36)));
			// The delegate can still withdraw for the patient, and do nothing else.
			assert_eq!(Patients::deeds_of(account(36), ADA), [Deed::Withdraw]);
		});
}

#[test]
fn leave_should_fail_when_the_account_does_not_count() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		set_condition(Condition::Incapable);
		assert_noop!(Patients::leave(signed(of("Ada"))), Error::<Test>::PatientIncapable);
		set_condition(Condition::Deceased);
		assert_noop!(Patients::leave(signed(of("Ada"))), Error::<Test>::PatientDeceased);
		set_condition(Condition::Capable);
		start_recovery("Cy");
		assert_noop!(Patients::leave(signed(of("Ada"))), Error::<Test>::RecoveryRunning);
	});
}

#[test]
fn leave_should_drop_a_recovery_when_it_is_only_proposed() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 0));
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_eq!(Rows::<Test>::get(ADA).unwrap().recovery, None);
		assert_noop!(
			Patients::support_recovery(signed(other_agent()), ADA, of("Cy")),
			Error::<Test>::RecoveryNotFound
		);
	});
}
