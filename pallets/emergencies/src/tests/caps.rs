use crate::{mock::*, *};
use assent_policy::{PatientId, Role};
use frame_support::{assert_noop, assert_ok, hypothetically};
use sp_runtime::{AccountId32, DispatchError};

fn patient(seed: u8) -> PatientId {
	let patient = PatientId([seed; 16]);
	enrol(patient);
	patient
}

/// Midnight (UTC) after the start.
fn midnight() -> u64 {
	(START / DAY + 1) * DAY
}

#[test]
fn declare_should_fail_when_as_many_as_allowed_are_active() {
	ExtBuilder.run(|| {
		for seed in 50..54 {
			assert_ok!(declare(DECLARER, patient(seed), 60));
		}
		assert_noop!(declare(DECLARER, PATIENT, 60), Error::<Test>::MaxActiveExceeded);
		hypothetically!({
			assert_ok!(BreakGlass::end(signed(DECLARER), 1));
			assert_ok!(declare(DECLARER, PATIENT, 240));
		});
		World::advance(60 * MINUTE - 1);
		assert_noop!(declare(DECLARER, PATIENT, 60), Error::<Test>::MaxActiveExceeded);
		World::advance(1);
		assert_ok!(declare(DECLARER, PATIENT, 60));
	});
}

#[test]
fn declare_should_fail_when_as_many_as_allowed_are_to_be_justified() {
	ExtBuilder.run(|| {
		for _ in 0..TO_JUSTIFY {
			assert_ok!(declare(DECLARER, PATIENT, 1));
			World::advance(MINUTE);
		}
		assert_noop!(declare(DECLARER, PATIENT, 1), Error::<Test>::MaxUnjustifiedExceeded);
		assert_ok!(justify(DECLARER, 3));
		assert_ok!(declare(DECLARER, PATIENT, 1));
	});
}

#[test]
fn declare_should_fail_when_a_practitioners_day_is_full() {
	ExtBuilder.run(|| {
		for _ in 0..IN_A_DAY {
			justified();
		}
		assert_noop!(declare(DECLARER, PATIENT, 1), Error::<Test>::MaxOfDayExceeded);
		assert_ok!(declare(COLLEAGUE, PATIENT, 1));
		World::set_time(midnight() - 1);
		assert_noop!(declare(DECLARER, PATIENT, 1), Error::<Test>::MaxOfDayExceeded);
		World::set_time(midnight());
		assert_ok!(declare(DECLARER, PATIENT, 1));
		assert_eq!(OfPractitioner::<Test>::get(DECLARER).declared, 1);
	});
}

#[test]
fn declare_should_fail_when_an_organisations_day_is_full() {
	ExtBuilder.run(|| {
		assert_ok!(BreakGlass::set_organisation_cap(RuntimeOrigin::root(), 2));
		assert_ok!(declare(DECLARER, PATIENT, 60));
		assert_ok!(declare(COLLEAGUE, PATIENT, 60));
		for who in [DECLARER, COLLEAGUE] {
			assert_noop!(declare(who, OTHER_PATIENT, 60), Error::<Test>::MaxOfOrganisationExceeded);
		}
		// Another organisation has a count of its own.
		let elsewhere = account(16);
		credential(elsewhere.clone(), HOSPITAL, &[Role::EmergencyClinician]);
		assert_ok!(declare(elsewhere, OTHER_PATIENT, 60));
		hypothetically!({
			World::set_time(midnight());
			assert_ok!(declare(DECLARER, OTHER_PATIENT, 60));
			World::set_time(START);
		});
		assert_ok!(BreakGlass::set_organisation_cap(RuntimeOrigin::root(), 3));
		assert_ok!(declare(DECLARER, OTHER_PATIENT, 60));
	});
}

#[test]
fn declare_should_go_on_counting_against_the_account_when_it_changes_its_organisation() {
	ExtBuilder.run(|| {
		for _ in 0..IN_A_DAY {
			justified();
		}
		credential(DECLARER, HOSPITAL, &[Role::EmergencyClinician]);
		assert_noop!(declare(DECLARER, PATIENT, 1), Error::<Test>::MaxOfDayExceeded);
	});
}

#[test]
fn set_organisation_cap_should_be_told_and_count_at_once() {
	ExtBuilder.run(|| {
		assert_eq!(OrganisationCap::<Test>::get(), CAP);
		assert_ok!(BreakGlass::set_organisation_cap(RuntimeOrigin::root(), 7));
		assert_eq!(OrganisationCap::<Test>::get(), 7);
		System::assert_last_event(Event::<Test>::OrganisationCapSet { emergencies: 7 }.into());
	});
}

#[test]
fn set_organisation_cap_should_fail_when_it_would_leave_nothing() {
	ExtBuilder.run(|| {
		assert_noop!(
			BreakGlass::set_organisation_cap(RuntimeOrigin::root(), 0),
			Error::<Test>::CapOutOfRange
		);
	});
}

#[test]
fn set_organisation_cap_should_fail_when_the_caller_is_not_the_council() {
	ExtBuilder.run(|| {
		let callers: [AccountId32; 3] = [agent(CLINIC), DECLARER, STRANGER];
		for who in callers {
			assert_noop!(
				BreakGlass::set_organisation_cap(signed(who), 1_000),
				DispatchError::BadOrigin
			);
		}
	});
}
