use crate::{mock::*, Error, Event, Patients as Rows};
use assent_policy::{Class, Kinds, Listed, Private, Token};
use assent_support::{Act, Condition, Patients as _};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, AccountId32, DispatchResult};
use std::collections::BTreeSet;

fn classes(classes: &[Class]) -> Listed<Class> {
	let set: BTreeSet<_> = classes.iter().copied().collect();
	set.try_into().unwrap()
}

fn tokens(bytes: &[u8]) -> Listed<Token> {
	let set: BTreeSet<_> = bytes.iter().map(|byte| Token([*byte; 16])).collect();
	set.try_into().unwrap()
}

fn kinds(of_classes: &[Class], of_tokens: &[u8]) -> Kinds {
	Kinds { classes: classes(of_classes), sensitivities: tokens(of_tokens) }
}

fn mark(by: AccountId32, of_classes: &[Class], of_tokens: &[u8]) -> DispatchResult {
	Patients::mark_private(signed(by), ADA, classes(of_classes), tokens(of_tokens))
}

#[test]
fn mark_private_should_set_the_callers_list_and_keep_the_others() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_eq!(Patients::private_of(ADA), Private::default());
		assert_ok!(mark(agent(), &[], &[1]));
		assert_ok!(mark(of("Ada"), &[Class::LabResult], &[2, 3]));
		let private = Private {
			by_patient: kinds(&[Class::LabResult], &[2, 3]),
			by_organisation: kinds(&[], &[1]),
		};
		assert_eq!(Patients::private_of(ADA), private);
		assert_eq!(last_event(), Event::PrivateChanged { patient: ADA, by: of("Ada"), private });
		assert_eq!(
			trail().pop(),
			Some(Entry {
				patient: Some(ADA),
				organisation: Some(HOSPITAL),
				actor: Some(of("Ada")),
				act: Act::PrivateChanged
			})
		);
		// The whole list is replaced.
		assert_ok!(mark(of("Ada"), &[], &[3]));
		assert_ok!(mark(agent(), &[], &[]));
		assert_eq!(
			Patients::private_of(ADA),
			Private { by_patient: kinds(&[], &[3]), by_organisation: Kinds::default() }
		);
	});
}

#[test]
fn mark_private_should_leave_what_was_private_before_known() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		for day in 1..=9u8 {
			wait(DAY);
			assert_ok!(mark(of("Ada"), &[], &[day]));
		}
		let at = |moment| Patients::private(ADA, moment).by_patient.sensitivities;
		assert_eq!(at(START + DAY - 1), tokens(&[]));
		for day in 1..=9u8 {
			let from = START + u64::from(day) * DAY;
			assert_eq!(at(from), tokens(&[day]));
			assert_eq!(at(from + DAY - 1), tokens(&[day]));
		}
		assert_eq!(Patients::private(BEN, START), Private::default());
	});
}

#[test]
fn mark_private_should_stay_when_condition_or_controller_change() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(mark(of("Ada"), &[], &[1]));
		let private = Patients::private_of(ADA);
		set_condition(Condition::Incapable);
		start_recovery("Cy");
		wait(7 * DAY);
		assert_ok!(Patients::finish_recovery(signed(agent()), ADA));
		assert_eq!(Patients::private_of(ADA), private);
		assert_eq!(Rows::<Test>::get(ADA).unwrap().changes, 4);
	});
}

#[test]
fn mark_private_should_fail_when_the_caller_is_neither_patient_nor_organisation() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.delegate(ADA, friend(), &DEEDS, START + DAY)
		.run(|| {
			let others = [mother(), friend(), other_agent(), clinician(), of("Ben"), stranger()];
			for who in others {
				assert_noop!(mark(who, &[], &[1]), Error::<Test>::NotAuthorized);
			}
			assert_noop!(
				Patients::mark_private(RuntimeOrigin::root(), ADA, classes(&[]), tokens(&[1])),
				BadOrigin
			);
		});
}

#[test]
fn mark_private_should_fail_when_nothing_changes() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(mark(of("Ada"), &[], &[]), Error::<Test>::PrivateUnchanged);
		assert_ok!(mark(of("Ada"), &[Class::LabResult], &[1]));
		assert_noop!(mark(of("Ada"), &[Class::LabResult], &[1]), Error::<Test>::PrivateUnchanged);
	});
}

#[test]
fn mark_private_should_fail_when_the_patient_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(mark(agent(), &[], &[1]), Error::<Test>::NotFound);
	});
}

#[test]
fn mark_private_should_fail_when_the_patients_account_does_not_count() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		let mark = || mark(of("Ada"), &[], &[1]);
		set_condition(Condition::Incapable);
		assert_noop!(mark(), Error::<Test>::PatientIncapable);
		set_condition(Condition::Deceased);
		assert_noop!(mark(), Error::<Test>::PatientDeceased);
		set_condition(Condition::Capable);
		start_recovery("Cy");
		assert_noop!(mark(), Error::<Test>::RecoveryRunning);
		assert_ok!(Patients::veto_recovery(signed(of("Ada")), ADA));
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_noop!(mark(), Error::<Test>::PatientLeft);
	});
}

#[test]
fn mark_private_should_pass_for_the_organisation_however_the_patient_is() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		start_recovery("Cy");
		assert_ok!(mark(agent(), &[], &[1]));
		set_condition(Condition::Deceased);
		assert_ok!(mark(agent(), &[], &[2]));
	});
}
