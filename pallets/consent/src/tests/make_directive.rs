use crate::{mock::*, *};
use assent_policy::{
	Action, Actor, Basis, Class, Decision, Directive, Effect, Months, Period, Provision,
	ProvisionRef, Purpose,
};
use assent_support::Act;
use frame_support::{assert_ok, dispatch::DispatchResultWithPostInfo};

fn make(directive: Directive) -> DispatchResultWithPostInfo {
	Consent::make_directive(signed(CONTROLLER), PATIENT, Box::new(directive), None)
}

/// The clinic for treatment, except for images.
fn except_images() -> Directive {
	let mut directive = permission(None);
	let mut exception = Provision::any(Effect::Deny);
	exception.classes = set(&[Class::Imaging]);
	directive.exceptions.try_push(exception).unwrap();
	directive
}

#[test]
fn make_directive_should_store_the_rules_as_signed() {
	ExtBuilder::default().run(|| {
		assert_ok!(make(except_images()));
		assert_eq!(row(0).directive, except_images());
		assert_eq!(in_force(), vec![0]);
		assert_eq!(
			last_entry(),
			entry(None, Some(CONTROLLER), Act::DirectiveMade { directive: 0 })
		);
		let decide = |record| {
			Consent::check_access(
				SECOND_CLINICIAN,
				PATIENT,
				record,
				Purpose::Treatment,
				Action::Access,
				now(),
			)
		};
		let by = |provision| Basis::Directive { directive: 0, provision };
		assert_eq!(
			decide(RECORD),
			Decision { effect: Effect::Permit, basis: by(ProvisionRef::Base) }
		);
		assert_eq!(
			decide(IMAGE),
			Decision { effect: Effect::Deny, basis: by(ProvisionRef::Exception(0)) }
		);
	});
}

#[test]
fn make_directive_should_keep_out_those_whom_another_lets_in_when_it_denies() {
	ExtBuilder::default().permissions(1).run(|| {
		assert!(let_in());
		assert_ok!(make(denial(None)));
		assert!(!let_in());
		System::assert_last_event(
			Event::<Test>::DirectiveMade {
				patient: PATIENT,
				directive: 1,
				made_by: CONTROLLER,
				effect: Effect::Deny,
				until: None,
				request: None,
			}
			.into(),
		);
	});
}

#[test]
fn make_directive_should_count_from_the_beginning_of_its_period() {
	ExtBuilder::default().run(|| {
		let mut directive = permission(None);
		directive.base.period.from = Some(START + DAY);
		assert_ok!(make(directive));
		assert!(!let_in());
		World::set_time(START + DAY - 1);
		assert!(!let_in());
		World::set_time(START + DAY);
		assert!(let_in());
	});
}

#[test]
fn make_directive_should_number_each_patient_apart() {
	ExtBuilder::default().permissions(2).run(|| {
		assert_ok!(Consent::make_directive(
			signed(OTHER_CONTROLLER),
			OTHER_PATIENT,
			Box::new(permission(None)),
			None
		));
		assert_eq!(NextDirective::<Test>::get(PATIENT), 2);
		assert_eq!(NextDirective::<Test>::get(OTHER_PATIENT), 1);
	});
}

#[test]
fn make_directive_should_accept_denials_when_permissions_fill_their_places() {
	ExtBuilder::default().permissions(56).run(|| {
		assert_refused!(make(permission(None)), Error::<Test>::MaxPermissionsExceeded);
		for _ in 0..8 {
			assert_ok!(make(denial(None)));
		}
		assert_eq!(in_force().len(), 64);
		assert_refused!(make(denial(None)), Error::<Test>::MaxDirectivesExceeded);
		assert_refused!(make(permission(None)), Error::<Test>::MaxDirectivesExceeded);
	});
}

#[test]
fn make_directive_should_keep_places_for_denials_only_where_they_lack() {
	// Denials in the places of permissions leave the reserved places to permissions.
	ExtBuilder::default().denials(20).permissions(43).run(|| {
		assert_ok!(make(permission(None)));
		assert_refused!(make(permission(None)), Error::<Test>::MaxDirectivesExceeded);
	});
}

#[test]
fn make_directive_should_fail_when_period_is_empty() {
	ExtBuilder::default().run(|| {
		for from in [START + 2 * DAY, START + DAY] {
			let mut directive = permission(None);
			directive.base.period = Period { from: Some(from), until: Some(START + DAY) };
			assert_refused!(make(directive), Error::<Test>::PeriodEmpty);
		}
	});
}

#[test]
fn make_directive_should_fail_when_a_period_is_past() {
	ExtBuilder::default().run(|| {
		assert_refused!(make(denial(Some(now()))), Error::<Test>::PeriodPast);
		let mut directive = except_images();
		directive.exceptions[0].period.until = Some(now());
		assert_refused!(make(directive), Error::<Test>::PeriodPast);
	});
}

#[test]
fn make_directive_should_fail_when_months_are_empty() {
	ExtBuilder::default().run(|| {
		let mut directive = permission(None);
		directive.base.authored = Months { from: Some(600), to: Some(599) };
		assert_refused!(make(directive), Error::<Test>::MonthsEmpty);
	});
}

#[test]
fn make_directive_should_fail_when_an_exception_changes_nothing() {
	ExtBuilder::default().run(|| {
		let mut directive = permission(None);
		let _ = directive.exceptions.try_push(Provision::any(Effect::Permit));
		assert_refused!(make(directive), Error::<Test>::ExceptionIdle);
	});
}

#[test]
fn make_directive_should_fail_when_caller_is_not_the_patient() {
	ExtBuilder::default().run(|| {
		for who in [STRANGER, OTHER_CONTROLLER, CLINICIAN] {
			assert_refused!(
				Consent::make_directive(signed(who), PATIENT, Box::new(permission(None)), None),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn make_directive_should_fail_when_patient_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_refused!(
			Consent::make_directive(
				signed(CONTROLLER),
				UNKNOWN_PATIENT,
				Box::new(permission(None)),
				None
			),
			Error::<Test>::PatientNotFound
		);
	});
}

#[test]
fn make_directive_should_accept_the_fullest_directive() {
	ExtBuilder::default().run(|| {
		let mut base = Provision::any(Effect::Permit);
		base.actors = set(&(0..16).map(Actor::Organisation).collect::<Vec<_>>());
		base.actions = set(&[Action::Access]);
		let mut directive = Directive { base, exceptions: Default::default() };
		for _ in 0..8 {
			let mut exception = directive.base.clone();
			exception.effect = Effect::Deny;
			directive.exceptions.try_push(exception).unwrap();
		}
		assert!(directive.exceptions.try_push(Provision::any(Effect::Deny)).is_err());
		assert_ok!(make(directive));
	});
}
