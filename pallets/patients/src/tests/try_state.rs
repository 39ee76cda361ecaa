use crate::{
	mock::*, ByController, Circumstances, Deeds, EnrolmentNumber, History, PastRole, PastRoles,
	PatientStatus, Patients as Rows, PrincipalsOf, Recovery, RecoveryPath, Report, Ward, WardsOf,
};
use assent_policy::PatientId;
use assent_support::{Condition, Relation};
use frame_support::{hypothetically, BoundedVec};

const UNTIL: u64 = START + DAY;

/// Breaks the state of a patient with a guardian and a delegate, and expects the finding.
fn noticed(breaking: impl FnOnce(), said: &str) {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.guardian(ADA, mother(), None)
		.delegate(ADA, friend(), &DEEDS, UNTIL)
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
	noticed(|| ByController::<Test>::remove(of("Ada")), "patients: a controller has no id");
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
fn try_state_should_fail_when_an_enrolment_was_not_counted() {
	noticed(
		|| EnrolmentNumber::<Test>::remove(of("Ada")),
		"patients: an enrolment was not counted",
	);
}

#[test]
fn try_state_should_fail_when_a_reference_is_gone() {
	for who in [of("Ada"), mother(), friend()] {
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
	noticed(|| WardsOf::<Test>::remove(mother()), "patients: a guardian does not list the ward");
	let unknown = "patients: a listed ward has no such guardian";
	noticed(
		|| {
			let ward = Ward { patient: BEN, until: None };
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

/// Changes Ada's row.
fn change(change: fn(&mut crate::Patient)) -> impl FnOnce() {
	move || Rows::<Test>::mutate(ADA, |row| change(row.as_mut().unwrap()))
}

#[test]
fn try_state_should_fail_when_an_id_was_controlled_before_its_enrolment() {
	noticed(
		change(|row| row.controller_since = START - 1),
		"patients: an id was controlled before its enrolment",
	);
}

#[test]
fn try_state_should_fail_when_a_delegate_is_not_a_proper_one() {
	noticed(
		change(|row| row.delegates.try_push(row.delegates[0].clone()).unwrap()),
		"patients: an account is delegate twice",
	);
	noticed(
		change(|row| row.delegates[0].account = row.controller.clone()),
		"patients: an account is its own delegate",
	);
	let never = "patients: a delegate never had a mandate";
	noticed(change(|row| row.delegates[0].deeds = Deeds::default()), never);
	noticed(change(|row| row.delegates[0].until = START), never);
	noticed(
		change(|row| row.delegates[0].until = u64::MAX),
		"patients: a delegate does not list the principal",
	);
}

#[test]
fn try_state_should_fail_when_principals_and_delegates_differ() {
	noticed(
		|| PrincipalsOf::<Test>::insert(stranger(), BoundedVec::default()),
		"patients: an empty list of principals is stored",
	);
	noticed(
		|| PrincipalsOf::<Test>::remove(friend()),
		"patients: a delegate does not list the principal",
	);
	noticed(
		|| {
			let principal = Ward { patient: BEN, until: Some(UNTIL) };
			PrincipalsOf::<Test>::try_append(friend(), principal).unwrap();
		},
		"patients: a listed principal has no such delegate",
	);
}

fn recovery(path: RecoveryPath, effective: Option<u64>) -> Option<Recovery> {
	Some(Recovery { controller: stranger(), path, lapses: UNTIL, effective })
}

#[test]
fn try_state_should_fail_when_a_recovery_or_report_can_not_have_come_about() {
	noticed(
		change(|row| row.report = Some(Report { condition: Condition::Capable, lapses: UNTIL })),
		"patients: a report would change nothing",
	);
	noticed(
		|| {
			Rows::<Test>::mutate(BEN, |row| {
				let row = row.as_mut().unwrap();
				row.status = PatientStatus::Left(START);
				row.recovery = recovery(RecoveryPath::Organisations(None), None);
			})
		},
		"patients: a left id is being recovered",
	);
	noticed(
		change(|row| {
			row.recovery = recovery(RecoveryPath::Organisations(None), None);
			row.recovery.as_mut().unwrap().controller = row.controller.clone();
		}),
		"patients: an id is recovered for its own account",
	);
	let unsupported = "patients: a recovery started without its support";
	noticed(
		change(|row| row.recovery = recovery(RecoveryPath::Guardians(Default::default()), None)),
		unsupported,
	);
	noticed(
		change(|row| row.recovery = recovery(RecoveryPath::Organisations(None), Some(UNTIL))),
		unsupported,
	);
	noticed(
		change(|row| {
			row.recovery = recovery(RecoveryPath::Organisations(Some(HOSPITAL)), Some(UNTIL))
		}),
		unsupported,
	);
}

#[test]
fn try_state_should_fail_when_the_history_is_not_whole() {
	let uncounted = "patients: a change was not counted";
	let first = || Circumstances::at_first(START);
	noticed(|| History::<Test>::insert(ADA, 0, first()), uncounted);
	noticed(|| History::<Test>::insert(PatientId([9; 16]), 0, first()), uncounted);
	noticed(change(|row| row.changes = 1), "patients: a change is missing");
	noticed(
		|| {
			History::<Test>::insert(ADA, 0, Circumstances::at_first(START - 1));
			change(|row| row.changes = 1)();
		},
		"patients: changes are not in the order of time",
	);
	let other = "patients: the newest change is not what counts";
	noticed(change(|row| row.condition = Condition::Incapable), other);
	noticed(
		change(|row| {
			row.recovery = recovery(RecoveryPath::Organisations(Some(CLINIC)), Some(UNTIL))
		}),
		other,
	);
}

#[test]
fn try_state_should_fail_when_a_past_standing_never_was() {
	let past = |from, until| PastRole {
		relation: Relation::Guardian,
		deeds: Deeds::default(),
		from,
		until,
	};
	noticed(
		|| PastRoles::<Test>::try_append(PatientId([9; 16]), stranger(), past(1, 2)).unwrap(),
		"patients: somebody was something to nobody",
	);
	let never = "patients: a past role never was";
	noticed(|| PastRoles::<Test>::try_append(ADA, stranger(), past(2, 2)).unwrap(), never);
	noticed(|| PastRoles::<Test>::insert(ADA, stranger(), BoundedVec::default()), never);
}
