use crate::{mock::*, Error, Event, Patients as Rows};
use assent_support::{Act, Condition, Deed};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn veto_recovery_should_put_everything_back_when_the_old_key_or_a_guardian_vetoes() {
	for by in [of("Ada"), mother()] {
		ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
			start_recovery("Cy");
			wait(DAY);
			assert_ok!(Patients::veto_recovery(signed(by.clone()), ADA));
			assert_eq!(Rows::<Test>::get(ADA).unwrap().recovery, None);
			assert_eq!(Patients::deeds_of(of("Ada"), ADA), DEEDS);
			assert_eq!(
				last_event(),
				Event::RecoveryVetoed { patient: ADA, controller: of("Cy"), by: by.clone() }
			);
			assert_eq!(
				trail().pop(),
				Some(Entry {
					patient: Some(ADA),
					organisation: Some(HOSPITAL),
					actor: Some(by.clone()),
					act: Act::RecoveryVetoed { controller: of("Cy") }
				})
			);
			// The past limit of the key stays known.
			let might = |at| Patients::may_do(&of("Ada"), ADA, Deed::Share, at).is_ok();
			assert!(!might(START + DAY - 1));
			wait(30 * DAY);
			assert_noop!(
				Patients::finish_recovery(signed(agent()), ADA),
				Error::<Test>::RecoveryNotFound
			);
		});
	}
}

#[test]
fn veto_recovery_should_pass_until_it_is_finished() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		start_recovery("Cy");
		wait(8 * DAY);
		frame_support::hypothetically!({
			assert_ok!(Patients::veto_recovery(signed(of("Ada")), ADA));
		});
		assert_ok!(Patients::finish_recovery(signed(agent()), ADA));
		assert_noop!(
			Patients::veto_recovery(signed(of("Ada")), ADA),
			Error::<Test>::RecoveryNotFound
		);
	});
}

#[test]
fn veto_recovery_should_pass_when_it_lacks_support_or_lapsed() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 0));
		assert_ok!(Patients::veto_recovery(signed(of("Ada")), ADA));
		assert_ok!(propose_recovery(agent(), ADA, "Cy", 1));
		wait(31 * DAY);
		assert_ok!(Patients::veto_recovery(signed(of("Ada")), ADA));
		assert_eq!(Rows::<Test>::get(ADA).unwrap().changes, 0);
	});
}

#[test]
fn veto_recovery_should_pass_however_the_patient_is() {
	for condition in [Condition::Incapable, Condition::Deceased] {
		ExtBuilder::default().patient("Ada", ADA).run(|| {
			start_recovery("Cy");
			set_condition(condition);
			assert_ok!(Patients::veto_recovery(signed(of("Ada")), ADA));
		});
	}
}

#[test]
fn veto_recovery_should_pass_when_an_organisation_takes_its_word_back() {
	for by in [agent(), other_agent()] {
		ExtBuilder::default().patient("Ada", ADA).run(|| {
			start_recovery("Cy");
			assert_ok!(Patients::veto_recovery(signed(by.clone()), ADA));
		});
	}
}

#[test]
fn veto_recovery_should_fail_when_the_caller_has_no_say() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.guardian(ADA, father(), Some(START + DAY))
		.proposal(ADA, mother(), None)
		.delegate(ADA, friend(), &DEEDS, START + 2 * DAY)
		.run(|| {
			start_recovery("Cy");
			wait(DAY);
			let others = [
				father(),
				mother(),
				friend(),
				of("Cy"),
				of("Ben"),
				third_agent(),
				clinician(),
				stranger(),
			];
			for who in others {
				assert_noop!(
					Patients::veto_recovery(signed(who), ADA),
					Error::<Test>::NotAuthorized
				);
			}
			assert_noop!(Patients::veto_recovery(RuntimeOrigin::root(), ADA), BadOrigin);
		});
}

#[test]
fn veto_recovery_should_fail_when_an_organisation_stands_outside_the_guardians_recovery() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.guardian(ADA, father(), None)
		.run(|| {
			assert_ok!(propose_recovery(mother(), ADA, "Cy", 0));
			assert_ok!(Patients::support_recovery(signed(father()), ADA, of("Cy")));
			for who in [agent(), other_agent()] {
				assert_noop!(
					Patients::veto_recovery(signed(who), ADA),
					Error::<Test>::NotAuthorized
				);
			}
		});
}

#[test]
fn veto_recovery_should_fail_when_there_is_none() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(
			Patients::veto_recovery(signed(of("Ada")), ADA),
			Error::<Test>::RecoveryNotFound
		);
		assert_noop!(Patients::veto_recovery(signed(of("Ada")), BEN), Error::<Test>::NotFound);
	});
}
