use crate::{mock::*, Error, Event, PatientStatus, Patients as Rows, WardsOf};
use assent_support::{Act, Patients as _, Relation};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn leave_should_take_the_id_out_of_use_when_the_controller_asks() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		wait(DAY);
		assert!(!Patients::has_left(&of("Ada")));
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_eq!(
			Rows::<Test>::get(ADA).unwrap().status,
			PatientStatus::Left(START + DAY)
		);
		assert!(Patients::has_left(&of("Ada")));
		assert!(!Patients::is_patient(&of("Ada")));
		assert_eq!(Patients::patient_of(of("Ada")), None);
		assert_eq!(
			last_event(),
			Event::PatientLeft {
				patient: ADA,
				organisation: HOSPITAL,
				controller: of("Ada")
			}
		);
		assert_eq!(
			notes(),
			[Note {
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
		assert_eq!(
			Patients::relation(&of("Ada"), ADA, now),
			Some(Relation::Controller)
		);
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
			assert!(Patients::is_guardian(&mother(), START));
			assert!(!Patients::is_guardian(&account(31), START));
			assert!(!WardsOf::<Test>::contains_key(account(31)));
			// They can still withdraw for the patient.
			assert_eq!(
				Patients::relation(&mother(), ADA, START),
				Some(Relation::Guardian)
			);
		});
}

#[test]
fn leave_should_fail_when_it_was_left_already() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_noop!(
			Patients::leave(signed(of("Ada"))),
			Error::<Test>::AlreadyLeft
		);
	});
}

#[test]
fn leave_should_fail_when_the_caller_controls_no_patient() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.run(|| {
			for who in [stranger(), agent(), mother()] {
				assert_noop!(Patients::leave(signed(who)), Error::<Test>::NotFound);
			}
			assert_noop!(Patients::leave(RuntimeOrigin::root()), BadOrigin);
			assert_noop!(Patients::leave(RuntimeOrigin::none()), BadOrigin);
		});
}

#[test]
fn has_left_should_be_false_when_the_account_is_unknown() {
	ExtBuilder::default().run(|| assert!(!Patients::has_left(&stranger())));
}
