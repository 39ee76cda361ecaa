use crate::{mock::*, *};
use assent_policy::{Account, Actor, Effect, Role, RoleAt};
use assent_support::Act;
use frame_support::assert_ok;
use sp_runtime::{AccountId32, ArithmeticError, DispatchError};

fn for_actors(actors: &[Actor]) -> Terms {
	Terms { actors: set(actors), ..clinic_terms(None) }
}

/// A practitioner of a separate organisation.
fn practitioner_of(organisation: u32) -> AccountId32 {
	World::admit(organisation);
	let who = AccountId32::new([100 + organisation as u8; 32]);
	credential(who.clone(), organisation, &[Role::Clinician], 0, u64::MAX);
	who
}

fn ask(who: AccountId32) -> frame_support::dispatch::DispatchResult {
	let own = for_actors(&[actor(&who)]);
	request(who, own)
}

#[test]
fn request_should_wait_for_an_answer_and_allow_nothing() {
	ExtBuilder::default().run(|| {
		assert_ok!(request(SECOND_CLINICIAN, clinic_terms(None)));
		let expires = now() + 30 * DAY;
		assert_eq!(
			Requests::<Test>::get(PATIENT, 0),
			Some(RequestRow {
				by: SECOND_CLINICIAN,
				organisation: CLINIC,
				terms: clinic_terms(None),
				policy: None,
				made: now(),
				expires,
				state: RequestState::Open,
			})
		);
		assert_eq!(OpenRequests::<Test>::get(PATIENT), vec![0]);
		assert!(!let_in());
		System::assert_last_event(
			Event::<Test>::AccessRequested {
				patient: PATIENT,
				request: 0,
				practitioner: SECOND_CLINICIAN,
				organisation: CLINIC,
				expires,
			}
			.into(),
		);
		assert_eq!(
			last_entry(),
			entry(Some(CLINIC), Some(SECOND_CLINICIAN), Act::Requested { request: 0 })
		);
		assert_eq!(decided(now()).effect, Effect::Deny);
	});
}

#[test]
fn request_should_lapse_with_the_grant_it_asks_for_when_that_is_sooner() {
	ExtBuilder::default().run(|| {
		let until = START + 2 * DAY;
		assert_ok!(request(SECOND_CLINICIAN, clinic_terms(Some(until))));
		assert_eq!(Requests::<Test>::get(PATIENT, 0).unwrap().expires, until);
	});
}

#[test]
fn request_should_name_self_colleagues_and_the_own_organisation() {
	ExtBuilder::default().run(|| {
		let role_here = Actor::RoleAt(RoleAt { role: Role::Nurse, organisation: CLINIC });
		assert_ok!(request(
			SECOND_CLINICIAN,
			for_actors(&[
				actor(&SECOND_CLINICIAN),
				actor(&NURSE),
				Actor::Organisation(CLINIC),
				role_here
			])
		));
	});
}

#[test]
fn request_should_fail_when_it_names_anyone_outside_the_organisation() {
	ExtBuilder::default().run(|| {
		let role_there = Actor::RoleAt(RoleAt { role: Role::Nurse, organisation: HOSPITAL });
		for outsider in [
			actor(&CLINICIAN),
			actor(&STRANGER),
			Actor::Practitioner(Account::from([7; 32])),
			Actor::Organisation(HOSPITAL),
			Actor::Role(Role::Clinician),
			Actor::Group(CARE_TEAM),
			role_there,
		] {
			assert_refused!(
				request(SECOND_CLINICIAN, for_actors(&[actor(&SECOND_CLINICIAN), outsider])),
				Error::<Test>::ActorOutsideOrganisation
			);
		}
	});
}

#[test]
fn request_should_fail_when_a_colleagues_credential_is_over() {
	ExtBuilder::default().run(|| {
		World::revoke(&NURSE);
		assert_refused!(
			request(SECOND_CLINICIAN, for_actors(&[actor(&NURSE)])),
			Error::<Test>::ActorOutsideOrganisation
		);
	});
}

#[test]
fn request_should_fail_when_caller_holds_no_credential() {
	ExtBuilder::default().run(|| {
		for who in [STRANGER, CONTROLLER] {
			assert_refused!(ask(who), Error::<Test>::NoCredential);
		}
		World::revoke(&SECOND_CLINICIAN);
		assert_refused!(ask(SECOND_CLINICIAN), Error::<Test>::NoCredential);
		World::suspend(INSTITUTE);
		assert_refused!(ask(RESEARCHER), Error::<Test>::NoCredential);
	});
}

#[test]
fn request_should_fail_when_unsigned() {
	ExtBuilder::default().run(|| {
		let Terms { actors, purposes, classes, until } = clinic_terms(None);
		assert_refused!(
			Consent::request(
				RuntimeOrigin::none(),
				PATIENT,
				actors,
				purposes,
				classes,
				until,
				None
			),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn request_should_fail_when_patient_is_unknown() {
	ExtBuilder::default().run(|| {
		let Terms { actors, purposes, classes, until } = clinic_terms(None);
		assert_refused!(
			Consent::request(
				signed(NURSE),
				UNKNOWN_PATIENT,
				actors,
				purposes,
				classes,
				until,
				None
			),
			Error::<Test>::PatientNotFound
		);
	});
}

#[test]
fn request_should_fail_when_terms_are_empty_or_past() {
	ExtBuilder::default().run(|| {
		let terms = clinic_terms(None);
		assert_refused!(
			request(NURSE, Terms { actors: Default::default(), ..terms.clone() }),
			Error::<Test>::NoActors
		);
		assert_refused!(
			request(NURSE, Terms { purposes: Default::default(), ..terms.clone() }),
			Error::<Test>::NoPurposes
		);
		assert_refused!(
			request(NURSE, Terms { until: Some(now()), ..terms }),
			Error::<Test>::PeriodPast
		);
	});
}

#[test]
fn request_should_fail_when_the_organisation_has_four_open() {
	ExtBuilder::default().run(|| {
		for who in [NURSE, SECOND_CLINICIAN, NURSE, EMERGENCY_CLINICIAN] {
			assert_ok!(ask(who));
		}
		assert_refused!(ask(NURSE), Error::<Test>::MaxRequestsOfOrganisationExceeded);
		assert_ok!(ask(RESEARCHER));
		assert_ok!(Consent::refuse_request(signed(CONTROLLER), PATIENT, 2));
		assert_ok!(ask(NURSE));
	});
}

#[test]
fn request_should_fail_when_sixteen_are_open() {
	ExtBuilder::default().run(|| {
		for organisation in 10..14 {
			let who = practitioner_of(organisation);
			for _ in 0..4 {
				assert_ok!(ask(who.clone()));
			}
		}
		assert_refused!(ask(NURSE), Error::<Test>::MaxRequestsExceeded);
	});
}

#[test]
fn request_should_take_lapsed_ones_off_the_list() {
	ExtBuilder::default().run(|| {
		for organisation in 10..14 {
			let who = practitioner_of(organisation);
			for _ in 0..4 {
				assert_ok!(ask(who.clone()));
			}
		}
		World::advance(30 * DAY - 1);
		assert_refused!(ask(NURSE), Error::<Test>::MaxRequestsExceeded);
		World::advance(1);
		assert_ok!(ask(NURSE));
		assert_eq!(OpenRequests::<Test>::get(PATIENT), vec![16]);
		assert_eq!(Requests::<Test>::get(PATIENT, 0).unwrap().state, RequestState::Open);
	});
}

#[test]
fn request_should_fail_when_numbers_are_used_up() {
	ExtBuilder::default().build().execute_with(|| {
		NextRequest::<Test>::insert(PATIENT, u32::MAX);
		assert_refused!(ask(NURSE), ArithmeticError::Overflow);
	});
}
