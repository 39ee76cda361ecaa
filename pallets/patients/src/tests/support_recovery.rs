use crate::{mock::*, recovery::guardians_needed, Error, Event, Patients as Rows, RecoveryPath};
use assent_policy::Moment;
use assent_support::{Act, Condition, Deed};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, AccountId32, DispatchResult};

fn support(by: AccountId32) -> DispatchResult {
	Patients::support_recovery(signed(by), ADA, of("Cy"))
}

/// The first moment at which the recovery of Ada's id can be finished.
fn effective() -> Option<Moment> {
	Rows::<Test>::get(ADA).unwrap().recovery.unwrap().effective
}

/// Ada with so many guardians: the accounts from 50 on.
fn with_guardians(count: u8) -> ExtBuilder {
	(0..count).fold(ExtBuilder::default().patient("Ada", ADA), |builder, number| {
		builder.guardian(ADA, account(50 + number), None)
	})
}

#[test]
fn support_recovery_should_start_it_when_a_second_organisation_supports() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.delegate(ADA, friend(), &DEEDS, START + 30 * DAY)
		.guardian(ADA, mother(), None)
		.run(|| {
			assert_ok!(propose_recovery(agent(), ADA, "Cy", 0));
			wait(DAY);
			assert_ok!(support(other_agent()));
			assert_eq!(effective(), Some(START + 8 * DAY));
			assert_eq!(
				Rows::<Test>::get(ADA).unwrap().recovery.unwrap().path,
				RecoveryPath::Organisations(Some(CLINIC))
			);
			assert_eq!(
				last_event(),
				Event::RecoveryStarted {
					patient: ADA,
					controller: of("Cy"),
					by: other_agent(),
					effective: START + 8 * DAY
				}
			);
			assert_eq!(
				trail().pop(),
				Some(Entry {
					patient: Some(ADA),
					organisation: Some(HOSPITAL),
					actor: Some(other_agent()),
					act: Act::RecoveryStarted { controller: of("Cy"), effective: START + 8 * DAY }
				})
			);
			// The old key and the delegates only withdraw, and the new key does nothing. Guardians
			// go on.
			assert_eq!(Patients::deeds_of(of("Ada"), ADA), [Deed::Withdraw]);
			assert_eq!(Patients::deeds_of(friend(), ADA), [Deed::Withdraw]);
			assert_eq!(Patients::deeds_of(of("Cy"), ADA), []);
			assert_eq!(Patients::deeds_of(mother(), ADA), DEEDS);
			// The key was not limited before.
			let might = |at| Patients::may_do(&of("Ada"), ADA, Deed::Share, at).is_ok();
			assert!(might(START + DAY - 1));
			assert!(!might(START + DAY));
		});
}

#[test]
fn support_recovery_should_start_it_when_the_guardians_are_enough() {
	for (guardians, needed) in [(2, 2), (3, 2), (4, 3)] {
		with_guardians(guardians).run(|| {
			assert_ok!(propose_recovery(account(50), ADA, "Cy", 0));
			for number in 1..needed {
				assert_eq!(effective(), None);
				assert_ok!(support(account(50 + number)));
			}
			assert_eq!(effective(), Some(START + 7 * DAY));
		});
	}
}

#[test]
fn support_recovery_should_be_seen_when_it_is_not_enough() {
	with_guardians(4).run(|| {
		assert_ok!(propose_recovery(account(50), ADA, "Cy", 0));
		assert_ok!(support(account(51)));
		assert_eq!(
			last_event(),
			Event::RecoverySupported { patient: ADA, controller: of("Cy"), by: account(51) }
		);
		assert_eq!(
			trail().pop().map(|note| note.act),
			Some(Act::RecoverySupported { controller: of("Cy") })
		);
		assert_eq!(Patients::deeds_of(of("Ada"), ADA), DEEDS);
	});
}

#[test]
fn guardians_needed_should_be_more_than_half_and_two() {
	let needed: Vec<_> = (0..=6).map(guardians_needed).collect();
	assert_eq!(needed, [2, 2, 2, 2, 3, 3, 4]);
}

#[test]
fn support_recovery_should_not_count_guardians_who_are_none_any_more() {
	with_guardians(4).run(|| {
		assert_ok!(propose_recovery(account(50), ADA, "Cy", 0));
		assert_ok!(Patients::end_guardian(signed(account(50)), ADA, account(50)));
		// Two of three: the first supporter is no longer in office.
		assert_ok!(support(account(51)));
		assert_eq!(effective(), None);
		assert_ok!(support(account(52)));
		assert_eq!(effective(), Some(START + 7 * DAY));
	});
}

#[test]
fn support_recovery_should_fail_when_the_only_guardian_proposed() {
	with_guardians(1).run(|| {
		assert_ok!(propose_recovery(account(50), ADA, "Cy", 0));
		assert_noop!(support(account(50)), Error::<Test>::AlreadySupported);
		for who in [agent(), other_agent(), of("Ada")] {
			assert_noop!(support(who), Error::<Test>::NotAuthorized);
		}
	});
}

#[test]
fn support_recovery_should_fail_when_the_caller_is_not_of_another_organisation() {
	with_guardians(1).run(|| {
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 0));
		let others = [agent(), account(50), of("Ada"), other_clinician(), stranger()];
		for who in others {
			assert_noop!(support(who), Error::<Test>::NotAuthorized);
		}
		assert_noop!(Patients::support_recovery(RuntimeOrigin::root(), ADA, of("Cy")), BadOrigin);
	});
}

#[test]
fn support_recovery_should_fail_when_it_is_none_or_another() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(
			Patients::support_recovery(signed(other_agent()), BEN, of("Cy")),
			Error::<Test>::NotFound
		);
		assert_noop!(support(other_agent()), Error::<Test>::RecoveryNotFound);
		assert_ok!(propose_recovery(agent(), ADA, "Dan", 0));
		assert_noop!(support(other_agent()), Error::<Test>::RecoveryNotFound);
	});
}

#[test]
fn support_recovery_should_fail_when_it_has_its_support() {
	with_guardians(3).run(|| {
		assert_ok!(propose_recovery(account(50), ADA, "Cy", 0));
		assert_ok!(support(account(51)));
		assert_noop!(support(account(52)), Error::<Test>::AlreadyRecovering);
	});
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		start_recovery("Cy");
		assert_noop!(support(third_agent()), Error::<Test>::AlreadyRecovering);
	});
}

#[test]
fn support_recovery_should_fail_when_it_was_proposed_long_ago() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 0));
		wait(30 * DAY - 1);
		frame_support::hypothetically!({
			assert_ok!(support(other_agent()));
		});
		wait(1);
		assert_noop!(support(other_agent()), Error::<Test>::RecoveryLapsed);
	});
}

#[test]
fn support_recovery_should_fail_when_the_patient_died_meanwhile() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 0));
		set_condition(Condition::Deceased);
		assert_noop!(support(other_agent()), Error::<Test>::PatientDeceased);
	});
}
