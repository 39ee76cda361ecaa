use crate::{mock::*, Error, Event, Patients as Rows, Ward, WardsOf, MAX_WARDS};
use assent_policy::PatientId;
use assent_support::{Act, Relation};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchResult};

fn confirm() -> DispatchResult {
	Patients::confirm_guardian(signed(other_agent()), ADA, mother())
}

#[test]
fn confirm_guardian_should_let_the_guardian_act_from_now_on() {
	let until = Some(START + 2 * DAY);
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), until).run(|| {
		wait(DAY);
		assert_ok!(confirm());
		let row = Rows::<Test>::get(ADA).unwrap();
		assert_eq!(row.guardians[0].named, START + DAY);
		assert_eq!(row.guardians[0].confirmed_by, Some(CLINIC));
		assert_eq!(WardsOf::<Test>::get(mother()).into_inner(), [Ward { patient: ADA, until }]);
		assert_eq!(System::sufficients(&mother()), 1);
		assert_eq!(relation(&mother(), ADA, START + DAY), Some(Relation::Guardian));
		assert_eq!(
			last_event(),
			Event::GuardianNamed { patient: ADA, guardian: mother(), until, organisation: CLINIC }
		);
		assert_eq!(
			trail(),
			[Entry {
				patient: Some(ADA),
				organisation: Some(CLINIC),
				actor: Some(other_agent()),
				act: Act::GuardianNamed { guardian: mother() }
			}]
		);
	});
}

#[test]
fn confirm_guardian_should_fail_when_the_caller_is_not_of_another_organisation() {
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), None).run(|| {
		for who in [agent(), other_clinician(), of("Ada"), mother(), stranger()] {
			assert_noop!(
				Patients::confirm_guardian(signed(who), ADA, mother()),
				Error::<Test>::NotAuthorized
			);
		}
		assert_noop!(Patients::confirm_guardian(RuntimeOrigin::root(), ADA, mother()), BadOrigin);
	});
}

#[test]
fn confirm_guardian_should_fail_when_nothing_is_proposed() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(confirm(), Error::<Test>::GuardianNotFound);
		assert_noop!(
			Patients::confirm_guardian(signed(other_agent()), BEN, mother()),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn confirm_guardian_should_fail_when_the_patient_left() {
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), None).run(|| {
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_noop!(confirm(), Error::<Test>::PatientLeft);
	});
}

#[test]
fn confirm_guardian_should_fail_when_it_was_confirmed() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
		assert_noop!(confirm(), Error::<Test>::AlreadyConfirmed);
	});
}

#[test]
fn confirm_guardian_should_fail_when_the_term_is_over() {
	let until = Some(START + DAY);
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), until).run(|| {
		wait(DAY);
		assert_noop!(confirm(), Error::<Test>::TermPast);
	});
}

#[test]
fn confirm_guardian_should_fail_when_the_guardian_joined_the_organisation_since() {
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), None).run(|| {
		credential(mother(), HOSPITAL);
		assert_noop!(confirm(), Error::<Test>::GuardianNotIndependent);
		World::revoke(&mother());
		World::name_agent(mother(), HOSPITAL);
		assert_noop!(confirm(), Error::<Test>::GuardianNotIndependent);
	});
}

#[test]
fn confirm_guardian_should_fail_when_the_guardian_became_the_patient() {
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), None).run(|| {
		// The same change as by a recovery.
		Rows::<Test>::mutate(ADA, |row| row.as_mut().unwrap().controller = mother());
		assert_noop!(confirm(), Error::<Test>::SelfGuardian);
		Rows::<Test>::mutate(ADA, |row| row.as_mut().unwrap().controller = of("Ada"));
	});
}

/// A ward of the mother until `until`, other than Ada.
fn give_ward(number: u8, until: Option<u64>) {
	let patient = PatientId([number; 16]);
	let name = format!("ward {number}");
	let message = crate::enrolment_message(GENESIS, HOSPITAL, None, patient, &of(&name), 0);
	let signature = sp_core::Pair::sign(&wallet(&name), &message).into();
	assert_ok!(Patients::enrol(signed(agent()), patient, of(&name), 0, signature));
	assert_ok!(Patients::propose_guardian(signed(agent()), patient, mother(), until));
	assert_ok!(Patients::confirm_guardian(signed(other_agent()), patient, mother()));
}

#[test]
fn confirm_guardian_should_fail_when_the_guardian_has_too_many_wards() {
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), None).run(|| {
		for number in 0..MAX_WARDS as u8 {
			give_ward(number, None);
		}
		assert_noop!(confirm(), Error::<Test>::MaxWardsExceeded);
		assert_ok!(Patients::end_guardian(signed(mother()), PatientId([3; 16]), mother()));
		assert_ok!(confirm());
	});
}

#[test]
fn confirm_guardian_should_make_room_when_the_terms_of_other_wards_are_over() {
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), None).run(|| {
		for number in 0..MAX_WARDS as u8 {
			give_ward(number, (number == 5).then_some(START + DAY));
		}
		wait(DAY);
		assert_ok!(confirm());
		assert_eq!(Patients::wards_of(mother()).len(), MAX_WARDS as usize);
	});
}
