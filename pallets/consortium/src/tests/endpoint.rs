use crate::{mock::*, Endpoints, Error, Event};
use assent_support::Act;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

const VAULT: &str = "https://vault.example:8443";
const OTHER: &str = "https://other.example";

fn propose(address: &str) -> sp_runtime::DispatchResult {
	Consortium::propose_endpoint(signed(hospital_controller()), url(address))
}

fn approve(address: &str) -> sp_runtime::DispatchResult {
	Consortium::approve_endpoint(root(), HOSPITAL, url(address))
}

#[test]
fn endpoint_should_count_only_when_approved() {
	ExtBuilder::default().run(|| {
		assert_ok!(propose(VAULT));
		assert_last_event(Event::EndpointProposed { organisation: HOSPITAL, url: url(VAULT) });
		assert_eq!(Consortium::endpoint(HOSPITAL), None);
		assert_ok!(approve(VAULT));
		assert_last_event(Event::EndpointApproved { organisation: HOSPITAL, url: url(VAULT) });
		assert_eq!(Consortium::endpoint(HOSPITAL), Some(url(VAULT)));
		assert_eq!(Endpoints::<Test>::get(HOSPITAL).proposed, None);
		assert_eq!(
			trail(),
			vec![
				Entry::of(
					None,
					Some(HOSPITAL),
					Some(hospital_controller()),
					Act::OrganisationChanged
				),
				Entry::of(None, Some(HOSPITAL), None, Act::OrganisationChanged),
			]
		);
	});
}

#[test]
fn endpoint_in_use_should_stay_until_the_next_is_approved() {
	ExtBuilder::default().run(|| {
		assert_ok!(propose(VAULT));
		assert_ok!(approve(VAULT));
		assert_ok!(propose(OTHER));
		assert_eq!(Consortium::endpoint(HOSPITAL), Some(url(VAULT)));
		assert_ok!(approve(OTHER));
		assert_eq!(Consortium::endpoint(HOSPITAL), Some(url(OTHER)));
	});
}

#[test]
fn endpoint_should_stay_when_organisation_is_suspended_or_removed() {
	ExtBuilder::default().run(|| {
		assert_ok!(propose(VAULT));
		assert_ok!(approve(VAULT));
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_eq!(Consortium::endpoint(HOSPITAL), Some(url(VAULT)));
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_eq!(Consortium::endpoint(HOSPITAL), Some(url(VAULT)));
	});
}

#[test]
fn propose_endpoint_should_replace_a_waiting_proposal() {
	ExtBuilder::default().run(|| {
		assert_ok!(propose(VAULT));
		assert_ok!(propose(OTHER));
		assert_noop!(approve(VAULT), Error::<Test>::NotProposed);
		assert_ok!(approve(OTHER));
	});
}

#[test]
fn propose_endpoint_should_fail_when_caller_is_no_controller() {
	ExtBuilder::default().run(|| {
		for who in [hospital_agent(), stranger()] {
			assert_noop!(
				Consortium::propose_endpoint(signed(who), url(VAULT)),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn propose_endpoint_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(propose(VAULT), Error::<Test>::NotActive);
	});
}

#[test]
fn propose_endpoint_should_fail_when_address_is_invalid() {
	ExtBuilder::default().run(|| {
		for bad in ["", "vault.example", "ftp://vault.example", "https://vault.example/?patient=1"]
		{
			assert_noop!(propose(bad), Error::<Test>::InvalidUrl);
		}
	});
}

#[test]
fn propose_endpoint_should_fail_when_proposed_or_in_use() {
	ExtBuilder::default().run(|| {
		assert_ok!(propose(VAULT));
		assert_noop!(propose(VAULT), Error::<Test>::AlreadyProposed);
		assert_ok!(approve(VAULT));
		assert_noop!(propose(VAULT), Error::<Test>::AlreadyApproved);
	});
}

#[test]
fn approve_endpoint_should_fail_when_caller_is_not_the_council() {
	ExtBuilder::default().run(|| {
		assert_ok!(propose(VAULT));
		for origin in [signed(hospital_controller()), RuntimeOrigin::none(), two_thirds()] {
			assert_noop!(Consortium::approve_endpoint(origin, HOSPITAL, url(VAULT)), BadOrigin);
		}
	});
}

#[test]
fn approve_endpoint_should_fail_when_it_is_not_the_proposed_one() {
	ExtBuilder::default().run(|| {
		assert_noop!(approve(VAULT), Error::<Test>::NotProposed);
		assert_ok!(propose(VAULT));
		assert_noop!(approve(OTHER), Error::<Test>::NotProposed);
		assert_noop!(
			Consortium::approve_endpoint(root(), CLINIC, url(VAULT)),
			Error::<Test>::NotProposed
		);
		assert_ok!(approve(VAULT));
		assert_noop!(approve(VAULT), Error::<Test>::NotProposed);
	});
}

#[test]
fn approve_endpoint_should_fail_when_organisation_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(Consortium::approve_endpoint(root(), 7, url(VAULT)), Error::<Test>::NotFound);
	});
}

#[test]
fn approve_endpoint_should_fail_when_organisation_is_not_active() {
	ExtBuilder::default().run(|| {
		assert_ok!(propose(VAULT));
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(approve(VAULT), Error::<Test>::NotActive);
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_noop!(approve(VAULT), Error::<Test>::AlreadyRemoved);
	});
}
