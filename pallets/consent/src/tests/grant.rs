use crate::{mock::*, weights::MockWeights, *};
use assent_policy::{Action, Actor, Class, Effect, Purpose};
use assent_support::{Act, EndReason};
use codec::Decode;
use frame_support::assert_ok;
use sp_runtime::{ArithmeticError, DispatchError};

fn terms() -> Terms {
	Terms {
		actors: set(&[actor(&SECOND_CLINICIAN)]),
		purposes: set(&[Purpose::Treatment]),
		classes: set(&[Class::LabResult, Class::ClinicalNote]),
		until: Some(START + 10 * DAY),
	}
}

#[test]
fn grant_should_store_permission_to_access_and_use_when_controller_signs() {
	ExtBuilder::default().run(|| {
		assert_ok!(grant(CONTROLLER, terms()));
		let row = row(0);
		let base = &row.directive.base;
		assert_eq!(base.effect, Effect::Permit);
		assert_eq!(base.actors, terms().actors);
		assert_eq!(base.purposes, terms().purposes);
		assert_eq!(base.classes, terms().classes);
		assert_eq!(base.actions, set(&[Action::Access, Action::Use]));
		assert_eq!((base.period.from, base.period.until), (None, terms().until));
		assert!(base.records.is_empty() && row.directive.exceptions.is_empty());
		assert_eq!((row.made, row.made_by), (now(), CONTROLLER));
		assert_eq!((row.ended, row.request), (None, None));
		assert_eq!(in_force(), vec![0]);
		System::assert_last_event(
			Event::<Test>::DirectiveMade {
				patient: PATIENT,
				directive: 0,
				made_by: CONTROLLER,
				effect: Effect::Permit,
				until: terms().until,
				request: None,
			}
			.into(),
		);
		assert_eq!(
			trail(),
			vec![entry(None, Some(CONTROLLER), Act::DirectiveMade { directive: 0 })]
		);
	});
}

#[test]
fn grant_should_let_in_only_whom_it_names_for_what_it_names() {
	ExtBuilder::default().run(|| {
		assert!(!let_in());
		assert_ok!(grant(CONTROLLER, terms()));
		assert!(let_in());
		let effect = |who, record, purpose| {
			Consent::check_access(who, PATIENT, record, purpose, Action::Access, now()).effect
		};
		assert_eq!(effect(NURSE, RECORD, Purpose::Treatment), Effect::Deny);
		assert_eq!(effect(SECOND_CLINICIAN, IMAGE, Purpose::Treatment), Effect::Deny);
		assert_eq!(effect(SECOND_CLINICIAN, RECORD, Purpose::Research), Effect::Deny);
	});
}

#[test]
fn grant_should_cover_every_kind_when_no_class_is_named() {
	ExtBuilder::default().run(|| {
		assert_ok!(grant(CONTROLLER, Terms { classes: Default::default(), ..terms() }));
		for record in [RECORD, IMAGE] {
			let decision = Consent::check_access(
				SECOND_CLINICIAN,
				PATIENT,
				record,
				Purpose::Treatment,
				Action::Use,
				now(),
			);
			assert_eq!(decision.effect, Effect::Permit);
		}
	});
}

#[test]
fn grant_should_be_accepted_when_guardian_signs_within_term() {
	ExtBuilder::default().run(|| {
		assert_ok!(grant(GUARDIAN, terms()));
		assert_eq!(row(0).made_by, GUARDIAN);
	});
}

#[test]
fn grant_should_fail_when_guardians_term_is_over() {
	ExtBuilder::default().run(|| {
		World::set_time(START + 100 * DAY);
		let terms = Terms { until: None, ..terms() };
		assert_refused!(grant(GUARDIAN, terms), Error::<Test>::NotAuthorized);
	});
}

#[test]
fn grant_should_fail_when_caller_is_not_the_patient() {
	ExtBuilder::default().run(|| {
		for who in [STRANGER, OTHER_CONTROLLER, SECOND_CLINICIAN] {
			assert_refused!(grant(who, terms()), Error::<Test>::NotAuthorized);
		}
	});
}

#[test]
fn grant_should_fail_when_unsigned() {
	ExtBuilder::default().run(|| {
		let Terms { actors, purposes, classes, until } = terms();
		assert_refused!(
			Consent::grant(RuntimeOrigin::none(), PATIENT, actors, purposes, classes, until),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn grant_should_fail_when_patient_is_unknown() {
	ExtBuilder::default().run(|| {
		let Terms { actors, purposes, classes, until } = terms();
		assert_refused!(
			Consent::grant(signed(CONTROLLER), UNKNOWN_PATIENT, actors, purposes, classes, until),
			Error::<Test>::PatientNotFound
		);
	});
}

#[test]
fn grant_should_fail_when_nobody_is_named() {
	ExtBuilder::default().run(|| {
		assert_refused!(
			grant(CONTROLLER, Terms { actors: Default::default(), ..terms() }),
			Error::<Test>::NoActors
		);
	});
}

#[test]
fn grant_should_fail_when_no_purpose_is_named() {
	ExtBuilder::default().run(|| {
		assert_refused!(
			grant(CONTROLLER, Terms { purposes: Default::default(), ..terms() }),
			Error::<Test>::NoPurposes
		);
	});
}

#[test]
fn grant_should_fail_when_until_is_not_in_the_future() {
	ExtBuilder::default().run(|| {
		for until in [0, now() - 1, now()] {
			assert_refused!(
				grant(CONTROLLER, Terms { until: Some(until), ..terms() }),
				Error::<Test>::PeriodPast
			);
		}
		assert_ok!(grant(CONTROLLER, Terms { until: Some(now() + 1), ..terms() }));
	});
}

#[test]
fn grant_should_fail_when_56_permissions_are_in_force() {
	ExtBuilder::default().permissions(55).run(|| {
		assert_ok!(grant(CONTROLLER, terms()));
		assert_refused!(grant(CONTROLLER, terms()), Error::<Test>::MaxPermissionsExceeded);
	});
}

#[test]
fn grant_should_fail_when_64_directives_are_in_force() {
	ExtBuilder::default().permissions(4).denials(60).run(|| {
		assert_refused!(grant(CONTROLLER, terms()), Error::<Test>::MaxDirectivesExceeded);
	});
}

#[test]
fn grant_should_take_expired_directives_off_the_list() {
	let until = START + DAY;
	ExtBuilder::default().directive(permission(Some(until))).permissions(55).run(|| {
		World::set_time(until - 1);
		let terms = Terms { until: None, ..terms() };
		assert_refused!(grant(CONTROLLER, terms.clone()), Error::<Test>::MaxPermissionsExceeded);
		World::set_time(until + DAY);
		assert_ok!(grant(CONTROLLER, terms));
		// The end is the end of the period, not the moment of the note.
		assert_eq!(row(0).ended, Some(Ended { at: until, reason: EndReason::Expired }));
		assert!(!in_force().contains(&0));
		System::assert_has_event(
			Event::<Test>::DirectiveExpired { patient: PATIENT, directive: 0, at: until }.into(),
		);
		assert!(trail().contains(&entry(
			None,
			None,
			Act::DirectiveEnded { directive: 0, reason: EndReason::Expired }
		)));
	});
}

#[test]
fn grant_should_fail_when_numbers_are_used_up() {
	ExtBuilder::default().build().execute_with(|| {
		NextDirective::<Test>::insert(PATIENT, u32::MAX);
		assert_refused!(grant(CONTROLLER, terms()), ArithmeticError::Overflow);
	});
}

#[test]
fn grant_should_not_decode_when_a_list_is_too_long() {
	let call = |count: u32| {
		let organisations: Vec<Actor> = (0..count).map(Actor::Organisation).collect();
		let fields = (organisations, vec![Purpose::Treatment], Vec::<Class>::new(), None::<u64>);
		let bytes = codec::Encode::encode(&(0u8, PATIENT, fields));
		Call::<Test>::decode(&mut &bytes[..])
	};
	assert!(matches!(call(16), Ok(Call::grant { .. })));
	assert!(call(17).is_err());
}

#[test]
fn grant_should_cost_what_it_read() {
	ExtBuilder::default().permissions(3).directive(permission(Some(START + 500))).run(|| {
		let post = grant(CONTROLLER, terms()).unwrap();
		assert_eq!(post.actual_weight, Some(MockWeights::grant(3, 1)));
		assert!(MockWeights::grant(3, 1).all_lt(weights::fullest(MockWeights::grant)));
	});
}

#[test]
fn grant_should_cost_no_more_than_a_withdrawal_when_refused_early() {
	ExtBuilder::default().permissions(3).run(|| {
		let cost = |who, terms| grant(who, terms).unwrap_err().post_info.actual_weight;
		let early = Some(MockWeights::withdraw());
		assert!(MockWeights::withdraw().all_lt(weights::fullest(MockWeights::grant)));
		assert_eq!(cost(SECOND_CLINICIAN, terms()), early);
		let nobody = Terms { actors: Default::default(), ..terms() };
		assert_eq!(cost(CONTROLLER, nobody), early);
		let past = Terms { until: Some(now()), ..terms() };
		assert_eq!(cost(CONTROLLER, past), early);
	});
}
