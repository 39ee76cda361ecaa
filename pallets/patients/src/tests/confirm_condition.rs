use crate::{mock::*, Error, Event, Patients as Rows};
use assent_support::{Act, Condition, Deed};
use frame_support::{assert_noop, assert_ok, hypothetically};
use sp_runtime::{traits::BadOrigin, AccountId32, DispatchResult};

fn report(condition: Condition) {
	Patients::report_condition(signed(agent()), ADA, condition).unwrap();
}

fn confirm(by: AccountId32, condition: Condition) -> DispatchResult {
	Patients::confirm_condition(signed(by), ADA, condition)
}

fn may(who: AccountId32) -> Vec<Deed> {
	Patients::deeds_of(who, ADA)
}

#[test]
fn confirm_condition_should_hold_the_key_and_let_guardians_act_when_incapable() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.delegate(ADA, friend(), &DEEDS, START + 30 * DAY)
		.run(|| {
			report(Condition::Incapable);
			assert_ok!(confirm(other_agent(), Condition::Incapable));
			let row = Rows::<Test>::get(ADA).unwrap();
			assert_eq!((row.condition, row.report), (Condition::Incapable, None));
			assert_eq!(may(of("Ada")), [Deed::Withdraw, Deed::OpenDocuments]);
			assert_eq!(may(mother()), DEEDS);
			assert_eq!(may(friend()), [Deed::Withdraw]);
			assert_eq!(
				last_event(),
				Event::ConditionChanged {
					patient: ADA,
					condition: Condition::Incapable,
					organisation: CLINIC
				}
			);
			assert_eq!(
				trail().pop(),
				Some(Entry {
					patient: Some(ADA),
					organisation: Some(CLINIC),
					actor: Some(other_agent()),
					act: Act::ConditionChanged { condition: Condition::Incapable }
				})
			);
		});
}

#[test]
fn confirm_condition_should_leave_withdrawals_and_the_guardians_sight_when_dead() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.delegate(ADA, friend(), &DEEDS, START + 30 * DAY)
		.run(|| {
			report(Condition::Deceased);
			assert_ok!(confirm(other_agent(), Condition::Deceased));
			assert_eq!(may(of("Ada")), [Deed::Withdraw]);
			assert_eq!(may(mother()), [Deed::Withdraw, Deed::OpenDocuments]);
			assert_eq!(may(friend()), [Deed::Withdraw]);
		});
}

#[test]
fn confirm_condition_should_let_an_executor_be_named_when_dead() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		set_condition(Condition::Deceased);
		assert_ok!(Patients::propose_guardian(signed(agent()), ADA, mother(), None));
		assert_ok!(Patients::confirm_guardian(signed(other_agent()), ADA, mother()));
		assert_eq!(may(mother()), [Deed::Withdraw, Deed::OpenDocuments]);
	});
}

#[test]
fn confirm_condition_should_put_everything_back_when_the_patient_can_decide_after_all() {
	for condition in [Condition::Incapable, Condition::Deceased] {
		ExtBuilder::default()
			.patient("Ada", ADA)
			.delegate(ADA, friend(), &DEEDS, START + 30 * DAY)
			.run(|| {
				wait(DAY);
				set_condition(condition);
				wait(DAY);
				set_condition(Condition::Capable);
				assert_eq!(may(of("Ada")), DEEDS);
				assert_eq!(may(friend()), DEEDS);
				// The condition of the time in between stays known.
				let might = |at| Patients::may_do(&of("Ada"), ADA, Deed::Share, at).is_ok();
				assert!(might(START + DAY - 1));
				assert!(!might(START + DAY));
				assert!(!might(START + 2 * DAY - 1));
				assert!(might(START + 2 * DAY));
			});
	}
}

#[test]
fn confirm_condition_should_fail_when_the_caller_is_not_of_another_organisation() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
		report(Condition::Incapable);
		let others = [agent(), clinician(), other_clinician(), mother(), of("Ada"), stranger()];
		for who in others {
			assert_noop!(confirm(who, Condition::Incapable), Error::<Test>::NotAuthorized);
		}
		assert_noop!(
			Patients::confirm_condition(RuntimeOrigin::root(), ADA, Condition::Incapable),
			BadOrigin
		);
	});
}

#[test]
fn confirm_condition_should_fail_when_that_was_not_reported() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(
			Patients::confirm_condition(signed(other_agent()), BEN, Condition::Deceased),
			Error::<Test>::NotFound
		);
		assert_noop!(confirm(other_agent(), Condition::Deceased), Error::<Test>::ReportNotFound);
		report(Condition::Incapable);
		for condition in [Condition::Deceased, Condition::Capable] {
			assert_noop!(confirm(other_agent(), condition), Error::<Test>::ReportNotFound);
		}
		assert_ok!(confirm(other_agent(), Condition::Incapable));
		// Once only.
		assert_noop!(confirm(third_agent(), Condition::Incapable), Error::<Test>::ReportNotFound);
	});
}

#[test]
fn confirm_condition_should_fail_when_it_was_reported_long_ago() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		report(Condition::Incapable);
		wait(30 * DAY - 1);
		hypothetically!({
			assert_ok!(confirm(other_agent(), Condition::Incapable));
		});
		wait(1);
		assert_noop!(confirm(other_agent(), Condition::Incapable), Error::<Test>::ReportLapsed);
	});
}

#[test]
fn confirm_condition_should_fail_when_the_enrolling_organisation_is_suspended() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		report(Condition::Deceased);
		World::suspend(HOSPITAL);
		assert_noop!(
			confirm(other_agent(), Condition::Deceased),
			Error::<Test>::OrganisationNotActive
		);
	});
}
