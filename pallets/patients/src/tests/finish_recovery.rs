use crate::{mock::*, ByController, EnrolmentNumber, Error, Event, Patients as Rows, PrincipalsOf};
use assent_support::{Act, Condition, Deed, Relation};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchResult};

const WEEK: u64 = 7 * DAY;

fn finish() -> DispatchResult {
	Patients::finish_recovery(signed(stranger()), ADA)
}

#[test]
fn finish_recovery_should_hand_the_id_over_when_a_week_has_passed() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
		start_recovery("Cy");
		wait(WEEK);
		assert_ok!(finish());
		let row = Rows::<Test>::get(ADA).unwrap();
		assert_eq!(
			(row.controller, row.controller_since, row.recovery),
			(of("Cy"), START + WEEK, None)
		);
		assert_eq!(row.guardians[0].account, mother());
		assert_eq!(ByController::<Test>::get(of("Cy")), Some(ADA));
		assert_eq!(Patients::patient_of(of("Cy")), Some(ADA));
		assert!(Patients::is_patient(&of("Cy")));
		assert_eq!(System::sufficients(&of("Cy")), 1);
		assert_eq!(Patients::deeds_of(of("Cy"), ADA), DEEDS);
		assert_eq!(
			last_event(),
			Event::ControllerChanged { patient: ADA, former: of("Ada"), controller: of("Cy") }
		);
		assert_eq!(
			trail().pop(),
			Some(Entry {
				patient: Some(ADA),
				organisation: Some(HOSPITAL),
				actor: Some(stranger()),
				act: Act::ControllerChanged { controller: of("Cy") }
			})
		);
	});
}

#[test]
fn finish_recovery_should_leave_the_old_key_nothing_but_its_reference() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		start_recovery("Cy");
		wait(WEEK);
		assert_ok!(finish());
		assert_eq!(Patients::deeds_of(of("Ada"), ADA), []);
		assert_eq!(ByController::<Test>::get(of("Ada")), None);
		assert!(!Patients::is_patient(&of("Ada")));
		assert_eq!(System::sufficients(&of("Ada")), 1);
		// The old account's signatures stay used, and the account can be enrolled again.
		assert_eq!(EnrolmentNumber::<Test>::get(of("Ada")), 1);
		assert_noop!(enrol("Ada", BEN, 0), Error::<Test>::WrongNumber);
		assert_ok!(enrol("Ada", BEN, 1));
		// The controller at that time stays known.
		assert_eq!(relation(&of("Ada"), ADA, START + WEEK - 1), Some(Relation::Controller));
		assert_eq!(relation(&of("Ada"), ADA, START + WEEK), None);
		assert_eq!(relation(&of("Cy"), ADA, START + WEEK - 1), None);
		assert_eq!(relation(&of("Cy"), ADA, START + WEEK), Some(Relation::Controller));
	});
}

#[test]
fn finish_recovery_should_end_every_delegate() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.delegate(ADA, friend(), &DEEDS, START + 30 * DAY)
		.delegate(ADA, account(36), &DEEDS, START + 30 * DAY)
		.delegate(BEN, friend(), &DEEDS, START + 30 * DAY)
		.run(|| {
			start_recovery("Cy");
			wait(WEEK);
			assert_ok!(finish());
			assert!(Rows::<Test>::get(ADA).unwrap().delegates.is_empty());
			assert_eq!(Patients::principals_of(friend()), [BEN]);
			assert!(!PrincipalsOf::<Test>::contains_key(account(36)));
			assert_eq!(Patients::deeds_of(friend(), ADA), []);
			assert_eq!(relation(&friend(), ADA, START), Some(Relation::Delegate));
		});
}

#[test]
fn finish_recovery_should_fail_when_it_is_too_early() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(finish(), Error::<Test>::RecoveryNotFound);
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 0));
		wait(WEEK);
		assert_noop!(finish(), Error::<Test>::RecoveryUnsupported);
		assert_ok!(Patients::support_recovery(signed(other_agent()), ADA, of("Cy")));
		assert_noop!(finish(), Error::<Test>::RecoveryTooEarly);
		wait(WEEK - 1);
		assert_noop!(finish(), Error::<Test>::RecoveryTooEarly);
		wait(1);
		assert_ok!(finish());
	});
}

#[test]
fn finish_recovery_should_fail_when_the_origin_is_no_account_or_the_patient_unknown() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		start_recovery("Cy");
		wait(WEEK);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Patients::finish_recovery(origin, ADA), BadOrigin);
		}
		assert_noop!(Patients::finish_recovery(signed(stranger()), BEN), Error::<Test>::NotFound);
	});
}

#[test]
fn finish_recovery_should_wait_when_the_patient_is_reported_dead() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		start_recovery("Cy");
		set_condition(Condition::Deceased);
		wait(WEEK);
		assert_noop!(finish(), Error::<Test>::PatientDeceased);
		set_condition(Condition::Capable);
		assert_ok!(finish());
	});
}

#[test]
fn finish_recovery_should_keep_the_condition_when_the_patient_can_not_decide() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		set_condition(Condition::Incapable);
		start_recovery("Cy");
		wait(WEEK);
		assert_ok!(finish());
		assert_eq!(Patients::deeds_of(of("Cy"), ADA), [Deed::Withdraw, Deed::OpenDocuments]);
	});
}

#[test]
fn finish_recovery_should_fail_when_one_of_the_organisations_is_suspended() {
	for suspended in [HOSPITAL, CLINIC] {
		ExtBuilder::default().patient("Ada", ADA).run(|| {
			start_recovery("Cy");
			wait(WEEK);
			World::suspend(suspended);
			assert_noop!(finish(), Error::<Test>::OrganisationNotActive);
			World::admit(suspended);
			assert_ok!(finish());
		});
	}
}

#[test]
fn finish_recovery_should_pass_for_guardians_when_the_organisation_is_suspended() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.guardian(ADA, father(), None)
		.run(|| {
			World::suspend(HOSPITAL);
			assert_ok!(propose_recovery(mother(), ADA, "Cy", 0));
			assert_ok!(Patients::support_recovery(signed(father()), ADA, of("Cy")));
			wait(WEEK);
			assert_ok!(finish());
		});
}

#[test]
fn finish_recovery_should_fail_when_the_account_can_no_longer_be_the_patients() {
	let case = |meanwhile: fn(), error: Error<Test>| {
		ExtBuilder::default().patient("Ada", ADA).run(|| {
			start_recovery("Cy");
			meanwhile();
			wait(WEEK);
			assert_noop!(finish(), error);
			// The organisations behind the recovery can clear the recovery away.
			assert_ok!(Patients::veto_recovery(signed(agent()), ADA));
		});
	};
	case(|| enrol("Cy", BEN, 1).unwrap(), Error::<Test>::AlreadyController);
	case(
		|| {
			World::name_agent(of("Cy"), HOSPITAL);
		},
		Error::<Test>::NotIndependent,
	);
	case(
		|| Patients::propose_guardian(signed(agent()), ADA, of("Cy"), None).unwrap(),
		Error::<Test>::SelfGuardian,
	);
}

#[test]
fn finish_recovery_should_pass_when_the_account_has_left_another_id() {
	ExtBuilder::default().patient("Ada", ADA).patient("Ben", BEN).run(|| {
		assert_ok!(Patients::leave(signed(of("Ben"))));
		assert_ok!(propose_recovery(agent(), ADA, "Ben", 1));
		assert_ok!(Patients::support_recovery(signed(other_agent()), ADA, of("Ben")));
		wait(WEEK);
		assert_ok!(finish());
		assert_eq!(Patients::patient_of(of("Ben")), Some(ADA));
		assert_eq!(Patients::deeds_of(of("Ben"), ADA), DEEDS);
		// Grants under the left id can still be withdrawn.
		assert!(Patients::deeds_of(of("Ben"), BEN).contains(&Deed::Withdraw));
	});
}

#[test]
fn recovery_should_come_through_when_the_thief_misses_a_week() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
		// The thief vetoes, and tries to get rid of the helpers.
		for number in 0..3 {
			assert_ok!(propose_recovery(agent(), ADA, "Cy", number));
			assert_ok!(Patients::support_recovery(signed(other_agent()), ADA, of("Cy")));
			assert_noop!(
				Patients::end_guardian(signed(of("Ada")), ADA, mother()),
				Error::<Test>::RecoveryRunning
			);
			assert_ok!(Patients::veto_recovery(signed(of("Ada")), ADA));
		}
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 3));
		assert_ok!(Patients::support_recovery(signed(other_agent()), ADA, of("Cy")));
		wait(WEEK);
		assert_ok!(finish());
		assert_eq!(Patients::deeds_of(of("Ada"), ADA), []);
	});
}
