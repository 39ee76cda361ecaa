use crate::mock::*;
use assent_policy::PatientId;
use assent_support::{Condition, Patients as _, Phase, Relation};

#[test]
fn relation_should_be_controller_when_the_account_is_the_patients() {
	ExtBuilder::default().patient("Ada", ADA).patient("Ben", BEN).run(|| {
		assert_eq!(relation(&of("Ada"), ADA, START), Some(Relation::Controller));
		assert_eq!(relation(&of("Ada"), ADA, u64::MAX), Some(Relation::Controller));
		assert_eq!(relation(&of("Ben"), ADA, START), None);
	});
}

#[test]
fn relation_should_be_none_when_the_moment_is_before_the_enrolment() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_eq!(relation(&of("Ada"), ADA, START - 1), None);
	});
}

#[test]
fn relation_should_be_none_when_the_account_is_a_stranger_or_the_organisation() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		for who in [stranger(), agent(), other_agent(), clinician()] {
			assert_eq!(relation(&who, ADA, START), None);
		}
		assert_eq!(relation(&of("Ada"), BEN, START), None);
	});
}

#[test]
fn relation_should_be_guardian_when_the_term_runs() {
	let until = Some(START + 2 * DAY);
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), until).run(|| {
		wait(DAY);
		Patients::confirm_guardian(signed(other_agent()), ADA, mother()).unwrap();
		let at = |moment| relation(&mother(), ADA, moment);
		// No role before the confirmation, and no role from the last moment on.
		assert_eq!(at(START + DAY - 1), None);
		assert_eq!(at(START + DAY), Some(Relation::Guardian));
		assert_eq!(at(START + 2 * DAY - 1), Some(Relation::Guardian));
		assert_eq!(at(START + 2 * DAY), None);
		assert_eq!(at(u64::MAX), None);
		assert!(Patients::is_representative(&mother(), START + 2 * DAY - 1));
		assert!(!Patients::is_representative(&mother(), START + 2 * DAY));
		wait(DAY);
		assert!(Patients::wards_of(mother()).is_empty());
	});
}

#[test]
fn relation_should_be_none_when_the_guardian_is_only_proposed() {
	ExtBuilder::default().patient("Ada", ADA).proposal(ADA, mother(), None).run(|| {
		assert_eq!(relation(&mother(), ADA, START), None);
	});
}

#[test]
fn enrolled_by_should_name_the_organisation_when_the_id_exists() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_eq!(Patients::enrolled_by(ADA), Some(HOSPITAL));
		assert_eq!(Patients::enrolled_by(BEN), None);
		assert!(Patients::exists(ADA));
		assert!(!Patients::exists(BEN));
	});
}

#[test]
fn phase_should_be_what_the_id_is_open_to() {
	ExtBuilder::default().patient("Ada", ADA).patient("Ben", BEN).run(|| {
		assert_eq!(Patients::phase(PatientId([9; 16])), None);
		assert_eq!(Patients::phase(ADA), Some(Phase::InUse));
		set_condition(Condition::Incapable);
		assert_eq!(Patients::phase(ADA), Some(Phase::InUse));
		Patients::leave(signed(of("Ben"))).unwrap();
		assert_eq!(Patients::phase(BEN), Some(Phase::Left));
		set_condition(Condition::Deceased);
		assert_eq!(Patients::phase(ADA), Some(Phase::Deceased));
	});
}

#[test]
fn phase_should_be_deceased_when_the_patient_had_left() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		Patients::leave(signed(of("Ada"))).unwrap();
		set_condition(Condition::Deceased);
		assert_eq!(Patients::phase(ADA), Some(Phase::Deceased));
	});
}
