//! Credentials and standings at past moments, at their boundaries.

use crate::{mock::*, PastCredentialCount, PastStandingCount};
use assent_policy::{Moment, OrganisationId, Role};
use assent_support::{BasePolicies as _, Members};
use frame_support::assert_ok;
use sp_runtime::AccountId32;

const YEAR: Moment = 365 * DAY;

fn vouches(agent: AccountId32, role: Role, from: Moment, until: Moment) {
	assert_ok!(credential(agent, clinician(), roles(&[role]), from, until,));
}

/// The organisation and the role of the clinician at the moment.
fn at(moment: Moment) -> Option<(OrganisationId, Role)> {
	let practitioner = Consortium::practitioner(&clinician(), moment)?;
	let role = *practitioner.roles.iter().next().unwrap();
	Some((practitioner.organisation, role))
}

#[test]
fn practitioner_should_have_the_credential_of_the_moment_when_it_was_revoked_since() {
	ExtBuilder::default().run(|| {
		vouches(hospital_agent(), Role::Clinician, NOW, NOW + YEAR);
		let revoked = NOW + 10 * DAY;
		set_time(revoked);
		assert_ok!(Consortium::revoke(signed(hospital_agent()), clinician()));
		for now in [revoked, revoked + DAY, NOW + 2 * YEAR] {
			set_time(now);
			let expected = Some((HOSPITAL, Role::Clinician));
			assert_eq!(at(NOW - 1), None);
			assert_eq!(at(NOW), expected);
			assert_eq!(at(revoked - 1), expected);
			assert_eq!(at(revoked), None);
			assert_eq!(at(revoked + 1), None);
		}
	});
}

#[test]
fn practitioner_should_have_the_role_of_the_moment_when_it_changed_since() {
	ExtBuilder::default().run(|| {
		vouches(hospital_agent(), Role::Nurse, NOW, NOW + YEAR);
		let changed = NOW + DAY;
		set_time(changed);
		vouches(hospital_agent(), Role::Clinician, changed, NOW + YEAR);
		let again = NOW + 2 * DAY;
		set_time(again);
		// Two credentials begin in one moment. The last one is valid at the end of the moment.
		vouches(hospital_agent(), Role::Pharmacist, again, NOW + YEAR);
		vouches(hospital_agent(), Role::Researcher, again, NOW + YEAR);
		set_time(NOW + 3 * DAY);
		assert_eq!(at(NOW - 1), None);
		assert_eq!(at(NOW), Some((HOSPITAL, Role::Nurse)));
		assert_eq!(at(changed - 1), Some((HOSPITAL, Role::Nurse)));
		assert_eq!(at(changed), Some((HOSPITAL, Role::Clinician)));
		assert_eq!(at(again - 1), Some((HOSPITAL, Role::Clinician)));
		assert_eq!(at(again), Some((HOSPITAL, Role::Researcher)));
		assert_eq!(at(NOW + 3 * DAY), Some((HOSPITAL, Role::Researcher)));
		assert_eq!(PastCredentialCount::<Test>::get(clinician()), 3);
	});
}

#[test]
fn practitioner_should_be_none_between_when_a_credential_was_replaced_ahead_of_its_time() {
	ExtBuilder::default().run(|| {
		vouches(hospital_agent(), Role::Nurse, NOW, NOW + YEAR);
		let (given, begins) = (NOW + DAY, NOW + 5 * DAY);
		set_time(given);
		vouches(hospital_agent(), Role::Clinician, begins, NOW + YEAR);
		set_time(NOW + 9 * DAY);
		assert_eq!(at(given - 1), Some((HOSPITAL, Role::Nurse)));
		assert_eq!(at(given), None);
		assert_eq!(at(begins - 1), None);
		assert_eq!(at(begins), Some((HOSPITAL, Role::Clinician)));
	});
}

#[test]
fn practitioner_should_count_for_the_organisation_of_the_moment_when_another_vouches_since() {
	ExtBuilder::default().run(|| {
		vouches(hospital_agent(), Role::Clinician, NOW, NOW + DAY);
		let moved = NOW + 3 * DAY;
		set_time(moved);
		vouches(clinic_agent(), Role::Clinician, moved, moved + DAY);
		set_time(moved + YEAR);
		assert_eq!(at(NOW + DAY - 1), Some((HOSPITAL, Role::Clinician)));
		assert_eq!(at(NOW + DAY), None);
		assert_eq!(at(moved - 1), None);
		assert_eq!(at(moved), Some((CLINIC, Role::Clinician)));
		assert_eq!(at(moved + DAY - 1), Some((CLINIC, Role::Clinician)));
		assert_eq!(at(moved + DAY), None);
	});
}

#[test]
fn practitioner_should_follow_the_standing_of_the_moment_when_the_organisation_fell_and_rose() {
	ExtBuilder::default().run(|| {
		vouches(clinic_agent(), Role::Clinician, NOW, NOW + YEAR);
		assert_ok!(Consortium::set_base_policy(
			signed(clinic_controller()),
			uri("urn:x"),
			[0; 32],
			Box::new(assent_policy::Directive {
				base: assent_policy::Provision::any(assent_policy::Effect::Permit),
				exceptions: Default::default(),
			}),
		));
		let (fell, rose, gone) = (NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY);
		set_time(fell);
		assert_ok!(Consortium::suspend(root(), CLINIC));
		set_time(rose);
		assert_ok!(Consortium::reinstate(root(), CLINIC));
		set_time(gone);
		assert_ok!(Consortium::remove(root(), CLINIC));
		for now in [gone, gone + DAY] {
			set_time(now);
			for (moment, stood) in [
				(NOW, true),
				(fell - 1, true),
				(fell, false),
				(rose - 1, false),
				(rose, true),
				(gone - 1, true),
				(gone, false),
				(gone + 1, false),
			] {
				assert_eq!(at(moment).is_some(), stood, "{}", moment - NOW);
				let newest = Consortium::newest(CLINIC, moment);
				assert_eq!(newest, stood.then_some(1), "{}", moment - NOW);
			}
		}
		assert_eq!(PastStandingCount::<Test>::get(CLINIC), 3);
		assert_eq!(PastStandingCount::<Test>::get(HOSPITAL), 0);
	});
}

#[test]
fn practitioner_should_be_none_when_the_organisation_was_not_admitted_yet() {
	ExtBuilder::default().run(|| {
		set_time(NOW + DAY);
		let controller = account(40);
		assert_ok!(Consortium::admit(
			root(),
			name("Practice"),
			crate::OrganisationKind::Hospital,
			controller.clone(),
		));
		vouches(controller, Role::Clinician, NOW, NOW + YEAR);
		set_time(NOW + 2 * DAY);
		assert_eq!(at(NOW + DAY - 1), None);
		assert_eq!(at(NOW + DAY), Some((3, Role::Clinician)));
	});
}

#[test]
fn history_should_not_grow_when_nothing_changes() {
	ExtBuilder::default().run(|| {
		vouches(hospital_agent(), Role::Nurse, NOW, NOW + YEAR);
		assert_ok!(Consortium::revoke(signed(hospital_agent()), clinician()));
		assert_ok!(add_agent(hospital_controller(), account(30)));
		assert_eq!(crate::PastCredentials::<Test>::iter().count(), 0);
		assert_eq!(crate::PastStandings::<Test>::iter().count(), 0);
	});
}
