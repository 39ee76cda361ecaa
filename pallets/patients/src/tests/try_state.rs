use crate::{
	mock::*, ByController, EnrolmentNumber, PatientStatus, Patients as Rows, Ward, WardsOf,
};
use frame_support::{hypothetically, BoundedVec};

/// Breaks the state of a patient with a guardian and expects that to be noticed.
fn noticed(breaking: impl FnOnce(), said: &str) {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.guardian(ADA, mother(), None)
		.run(|| {
			hypothetically!({
				breaking();
				let error: &str = Patients::do_try_state().unwrap_err().into();
				assert_eq!(error, said);
			});
		});
}

#[test]
fn try_state_should_fail_when_a_controller_has_no_id() {
	noticed(
		|| ByController::<Test>::remove(of("Ada")),
		"patients: a controller has no id",
	);
}

#[test]
fn try_state_should_fail_when_an_account_controls_two_ids() {
	noticed(
		|| Rows::<Test>::mutate(BEN, |row| row.as_mut().unwrap().controller = of("Ada")),
		"patients: an account controls two ids in use",
	);
}

#[test]
fn try_state_should_fail_when_an_id_is_another_accounts() {
	noticed(
		|| ByController::<Test>::insert(stranger(), ADA),
		"patients: an id is not its account's",
	);
}

#[test]
fn try_state_should_fail_when_enrolments_are_miscounted() {
	noticed(
		|| EnrolmentNumber::<Test>::remove(of("Ada")),
		"patients: an enrolment was not counted",
	);
	noticed(
		|| EnrolmentNumber::<Test>::insert(stranger(), 1),
		"patients: an enrolment without an id was counted",
	);
}

#[test]
fn try_state_should_fail_when_a_reference_is_gone() {
	for who in [of("Ada"), mother()] {
		noticed(
			|| {
				System::dec_sufficients(&who);
			},
			"patients: an account can't sign",
		);
	}
}

#[test]
fn try_state_should_fail_when_a_guardian_is_not_a_proper_one() {
	let change = |change: fn(&mut crate::Patient)| {
		move || Rows::<Test>::mutate(ADA, |row| change(row.as_mut().unwrap()))
	};
	noticed(
		change(|row| row.guardians.try_push(row.guardians[0].clone()).unwrap()),
		"patients: an account is guardian twice",
	);
	noticed(
		change(|row| row.guardians[0].account = row.controller.clone()),
		"patients: an account is its own guardian",
	);
	noticed(
		change(|row| row.guardians[0].proposed_by = CLINIC),
		"patients: a guardian was proposed by a stranger",
	);
	noticed(
		change(|row| row.guardians[0].confirmed_by = Some(HOSPITAL)),
		"patients: a guardian was not confirmed by another",
	);
	noticed(
		change(|row| row.guardians[0].until = Some(u64::MAX)),
		"patients: a guardian does not list the ward",
	);
}

#[test]
fn try_state_should_fail_when_wards_and_guardians_differ() {
	noticed(
		|| WardsOf::<Test>::insert(stranger(), BoundedVec::default()),
		"patients: an empty list of wards is stored",
	);
	noticed(
		|| WardsOf::<Test>::remove(mother()),
		"patients: a guardian does not list the ward",
	);
	let unknown = "patients: a listed ward has no such guardian";
	noticed(
		|| {
			let ward = Ward {
				patient: BEN,
				until: None,
			};
			WardsOf::<Test>::try_append(mother(), ward).unwrap();
		},
		unknown,
	);
	noticed(
		|| {
			Rows::<Test>::mutate(ADA, |row| {
				row.as_mut().unwrap().status = PatientStatus::Left(START)
			})
		},
		unknown,
	);
}
