use crate::{mock::*, Capacity, Consent, Error, Event, Practitioners, PractitionersOf};
use assent_policy::{Role, Token};
use assent_support::{Act, Members};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchResult};

fn credential(who: sp_runtime::AccountId32, from: u64, until: u64) -> DispatchResult {
	crate::mock::credential(who, clinician(), roles(&[Role::Clinician]), from, until)
}

#[test]
fn credential_should_make_the_account_a_practitioner() {
	ExtBuilder::default().run(|| {
		let mut groups = no_groups();
		groups.try_insert(Token([9; 16])).unwrap();
		assert_ok!(Consortium::credential(
			signed(hospital_agent()),
			clinician(),
			roles(&[Role::Clinician, Role::EmergencyClinician]),
			groups.clone(),
			NOW,
			NOW + DAY,
			Some(consent(&clinician(), HOSPITAL, Capacity::Practitioner))
		));
		assert_last_event(Event::PractitionerCredentialed {
			organisation: HOSPITAL,
			practitioner: clinician(),
			from: NOW,
			until: NOW + DAY,
		});
		let practitioner = Consortium::practitioner(&clinician(), NOW).unwrap();
		assert_eq!(practitioner.account, <[u8; 32]>::from(clinician()));
		assert_eq!(practitioner.organisation, HOSPITAL);
		assert_eq!(practitioner.roles, roles(&[Role::Clinician, Role::EmergencyClinician]));
		assert_eq!(practitioner.groups, groups);
		assert_eq!(System::sufficients(&clinician()), 1);
		assert_eq!(
			trail(),
			vec![Entry::of(
				None,
				Some(HOSPITAL),
				Some(hospital_agent()),
				Act::PractitionerCredentialed { practitioner: clinician() }
			)]
		);
	});
}

#[test]
fn credential_should_work_when_caller_is_the_controller() {
	ExtBuilder::default().run(|| {
		assert_ok!(credential(hospital_controller(), NOW, NOW + DAY));
	});
}

#[test]
fn credential_should_count_from_its_first_to_before_its_last_moment() {
	ExtBuilder::default().run(|| {
		assert_ok!(credential(hospital_agent(), NOW + 10, NOW + 20));
		for (at, counts) in [(9, false), (10, true), (19, true), (20, false)] {
			assert_eq!(Consortium::practitioner(&clinician(), NOW + at).is_some(), counts, "{at}");
		}
	});
}

#[test]
fn credential_should_not_reach_back() {
	ExtBuilder::default().run(|| {
		assert_ok!(credential(hospital_agent(), NOW - DAY, NOW + DAY));
		assert_eq!(Practitioners::<Test>::get(clinician()).unwrap().from, NOW);
		assert_eq!(Consortium::practitioner(&clinician(), NOW - 1), None);
		assert!(Consortium::practitioner(&clinician(), NOW).is_some());
	});
}

#[test]
fn credential_should_replace_that_of_the_same_organisation() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::credential(
			signed(hospital_agent()),
			clinician(),
			roles(&[Role::Nurse]),
			no_groups(),
			NOW,
			NOW + 2 * DAY,
			None
		));
		let practitioner = Consortium::practitioner(&clinician(), NOW + DAY).unwrap();
		assert_eq!(practitioner.roles, roles(&[Role::Nurse]));
		assert_eq!(PractitionersOf::<Test>::iter().count(), 1);
	});
}

#[test]
fn credential_should_fail_when_another_organisation_vouches() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_noop!(
			credential(clinic_agent(), NOW, NOW + DAY),
			Error::<Test>::AlreadyCredentialed
		);
		// The last moment of the credential.
		set_time(NOW + DAY - 1);
		assert_noop!(
			credential(clinic_agent(), NOW, NOW + 2 * DAY),
			Error::<Test>::AlreadyCredentialed
		);
	});
}

#[test]
fn credential_should_fail_when_another_will_begin() {
	ExtBuilder::default().run(|| {
		assert_ok!(credential(hospital_agent(), NOW + DAY, NOW + 2 * DAY));
		assert_noop!(
			credential(clinic_agent(), NOW, NOW + DAY),
			Error::<Test>::AlreadyCredentialed
		);
	});
}

#[test]
fn credential_should_fail_when_the_vouching_organisation_is_only_suspended() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(
			credential(clinic_agent(), NOW, NOW + DAY),
			Error::<Test>::AlreadyCredentialed
		);
	});
}

#[test]
fn credential_should_move_to_another_when_lapsed() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		set_time(NOW + DAY);
		assert_ok!(credential(clinic_agent(), NOW + DAY, NOW + 2 * DAY));
		assert_eq!(Consortium::practitioner(&clinician(), NOW + DAY).unwrap().organisation, CLINIC);
		assert!(!PractitionersOf::<Test>::contains_key(HOSPITAL, clinician()));
		assert!(PractitionersOf::<Test>::contains_key(CLINIC, clinician()));
	});
}

#[test]
fn credential_should_move_to_another_when_revoked() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::revoke(signed(hospital_agent()), clinician()));
		assert_ok!(credential(clinic_agent(), NOW, NOW + DAY));
		assert_eq!(Consortium::practitioner(&clinician(), NOW).unwrap().organisation, CLINIC);
	});
}

#[test]
fn credential_should_fail_when_caller_is_no_agent() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		for who in [stranger(), clinician()] {
			assert_noop!(credential(who, NOW, NOW + DAY), Error::<Test>::NotAuthorized);
		}
		assert_noop!(
			Consortium::credential(
				root(),
				clinician(),
				roles(&[Role::Nurse]),
				no_groups(),
				NOW,
				NOW + DAY,
				None
			),
			BadOrigin
		);
	});
}

#[test]
fn credential_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(credential(hospital_agent(), NOW, NOW + DAY), Error::<Test>::NotActive);
	});
}

#[test]
fn credential_should_fail_when_there_is_no_role() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Consortium::credential(
				signed(hospital_agent()),
				clinician(),
				roles(&[]),
				no_groups(),
				NOW,
				NOW + DAY,
				None
			),
			Error::<Test>::NoRoles
		);
	});
}

#[test]
fn credential_should_fail_when_it_ends_before_it_begins() {
	ExtBuilder::default().run(|| {
		for until in [NOW + 4, NOW + 5] {
			assert_noop!(credential(hospital_agent(), NOW + 5, until), Error::<Test>::PeriodEmpty);
		}
		assert_ok!(credential(hospital_agent(), NOW + 5, NOW + 6));
	});
}

#[test]
fn credential_should_fail_when_it_is_over() {
	ExtBuilder::default().run(|| {
		assert_noop!(credential(hospital_agent(), 0, NOW), Error::<Test>::PeriodPast);
		assert_ok!(credential(hospital_agent(), 0, NOW + 1));
	});
}

#[test]
fn credential_should_not_decode_when_groups_are_too_many() {
	use codec::Encode;
	let call = |groups: u8| {
		let groups: std::collections::BTreeSet<_> = (0..groups).map(|n| Token([n; 16])).collect();
		let consent = None::<Consent>;
		(5u8, 9u8, clinician(), roles(&[Role::Nurse]), groups, NOW, NOW + DAY, consent).encode()
	};
	struct Raw(Vec<u8>);
	impl Encode for Raw {
		fn encode(&self) -> Vec<u8> {
			self.0.clone()
		}
	}
	assert!(decodes(Raw(call(8))));
	assert!(!decodes(Raw(call(9))));
}
