use crate::{mock::*, Error, Event, Patients as Rows, Report};
use assent_support::{Act, Condition};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchResult};

fn report(condition: Condition) -> DispatchResult {
	Patients::report_condition(signed(agent()), ADA, condition)
}

#[test]
fn report_condition_should_change_nothing_but_be_seen() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(report(Condition::Deceased));
		let row = Rows::<Test>::get(ADA).unwrap();
		assert_eq!(
			(row.condition, row.report, row.changes),
			(
				Condition::Capable,
				Some(Report { condition: Condition::Deceased, lapses: START + 30 * DAY }),
				0
			)
		);
		assert_eq!(Patients::deeds_of(of("Ada"), ADA), DEEDS);
		assert_eq!(
			last_event(),
			Event::ConditionReported {
				patient: ADA,
				condition: Condition::Deceased,
				organisation: HOSPITAL,
				lapses: START + 30 * DAY
			}
		);
		assert_eq!(
			trail(),
			[Entry {
				patient: Some(ADA),
				organisation: Some(HOSPITAL),
				actor: Some(agent()),
				act: Act::ConditionReported { condition: Condition::Deceased }
			}]
		);
	});
}

#[test]
fn report_condition_should_take_the_place_of_an_earlier_report() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(report(Condition::Deceased));
		assert_ok!(report(Condition::Incapable));
		assert_noop!(
			Patients::confirm_condition(signed(other_agent()), ADA, Condition::Deceased),
			Error::<Test>::ReportNotFound
		);
	});
}

#[test]
fn report_condition_should_take_a_report_back_when_it_says_what_counts() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(report(Condition::Deceased));
		assert_ok!(report(Condition::Capable));
		assert_eq!(Rows::<Test>::get(ADA).unwrap().report, None);
		assert_eq!(
			last_event(),
			Event::ReportTakenBack {
				patient: ADA,
				condition: Condition::Capable,
				organisation: HOSPITAL
			}
		);
		assert_eq!(
			trail().pop().map(|note| note.act),
			Some(Act::ConditionReported { condition: Condition::Capable })
		);
	});
}

#[test]
fn report_condition_should_fail_when_it_counts_already() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(report(Condition::Capable), Error::<Test>::ConditionUnchanged);
		set_condition(Condition::Incapable);
		assert_noop!(report(Condition::Incapable), Error::<Test>::ConditionUnchanged);
	});
}

#[test]
fn report_condition_should_fail_when_the_caller_is_not_of_the_enrolling_organisation() {
	ExtBuilder::default().patient("Ada", ADA).guardian(ADA, mother(), None).run(|| {
		for who in [other_agent(), clinician(), mother(), of("Ada"), stranger()] {
			assert_noop!(
				Patients::report_condition(signed(who), ADA, Condition::Deceased),
				Error::<Test>::NotAuthorized
			);
		}
		assert_noop!(
			Patients::report_condition(RuntimeOrigin::root(), ADA, Condition::Deceased),
			BadOrigin
		);
	});
}

#[test]
fn report_condition_should_fail_when_the_patient_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(report(Condition::Deceased), Error::<Test>::NotFound);
	});
}

#[test]
fn report_condition_should_pass_when_the_patient_left() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_ok!(report(Condition::Deceased));
	});
}
