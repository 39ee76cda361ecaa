//! Every rule of the state is checked: a test breaks the state, and the check names the rule.

use crate::{
	mock::*, BasePolicies, BasePolicy, ByAgent, Endpoint, Endpoints, Engagements, NextOrganisation,
	OrganisationCount, OrganisationStatus, Organisations, PastCredentialCount, PastCredentials,
	PastStandingCount, PastStandings, Practitioners, PractitionersOf, Seats,
};
use assent_policy::{Directive, Effect, Provision};
use assent_support::Past;

fn breaks(expected: &str, damage: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		System::set_block_number(1);
		set_time(NOW);
		credential_clinician();
		Consortium::do_try_state().unwrap();
		damage();
		assert_eq!(
			Consortium::do_try_state(),
			Err(sp_runtime::TryRuntimeError::Other(Box::leak(
				expected.to_string().into_boxed_str()
			),))
		);
	});
}

fn change(damage: impl FnOnce(&mut crate::Organisation)) {
	let mut row = Organisations::<Test>::get(HOSPITAL).unwrap();
	damage(&mut row);
	Organisations::<Test>::insert(HOSPITAL, row);
}

fn policy(version: u32) -> BasePolicy {
	BasePolicy {
		uri: uri("urn:x"),
		version,
		hash: [0; 32],
		rules: Directive { base: Provision::any(Effect::Deny), exceptions: Default::default() },
		registered: NOW,
	}
}

#[test]
fn try_state_should_see_damaged_organisations() {
	breaks("consortium: an organisation has a number not handed out", || {
		NextOrganisation::<Test>::put(2)
	});
	breaks("consortium: an organisation has an invalid name", || {
		change(|row| row.name = Default::default())
	});
	breaks("consortium: a controller is an agent of its organisation", || {
		change(|row| assert_eq!(row.agents.try_insert(hospital_controller()), Ok(true)))
	});
	breaks("consortium: a removed organisation has agents", || {
		change(|row| row.status = OrganisationStatus::Removed)
	});
	breaks("consortium: an account acts for a removed organisation", || {
		change(|row| {
			row.status = OrganisationStatus::Removed;
			row.agents = Default::default();
		})
	});
	breaks("consortium: an account that acts for an organisation is not in the index", || {
		ByAgent::<Test>::remove(hospital_agent())
	});
	breaks("consortium: the organisations are counted wrong", || OrganisationCount::<Test>::put(2));
	breaks("consortium: too many organisations", || MaxOrganisations::set(2));
	MaxOrganisations::set(5);
	breaks("consortium: the seats are not the controllers", Seats::<Test>::kill);
	breaks("consortium: no organisation is active", || {
		for organisation in [HOSPITAL, CLINIC, INSTITUTE] {
			Organisations::<Test>::mutate(organisation, |row| {
				row.as_mut().unwrap().status = OrganisationStatus::Suspended
			});
		}
	});
}

#[test]
fn try_state_should_see_damaged_agents() {
	breaks("consortium: an account acts for an unknown organisation", || {
		ByAgent::<Test>::insert(stranger(), 7)
	});
	breaks("consortium: an account in the index does not act for its organisation", || {
		ByAgent::<Test>::insert(stranger(), CLINIC)
	});
	breaks("consortium: an account that acts has no reference", || {
		System::dec_sufficients(&clinic_agent());
	});
}

#[test]
fn try_state_should_see_a_delay_that_is_too_short() {
	breaks("consortium: what is enacted takes effect too soon", || {
		crate::EnactAfter::<Test>::put(1)
	});
}

#[test]
fn try_state_should_see_damaged_policies() {
	breaks("consortium: a policy stands under another version", || {
		BasePolicies::<Test>::insert(HOSPITAL, 1, policy(2))
	});
	breaks("consortium: a policy of an organisation that has none", || {
		BasePolicies::<Test>::insert(HOSPITAL, 1, policy(1))
	});
	breaks("consortium: a policy has a version not handed out", || {
		change(|row| row.policy = Some(1));
		BasePolicies::<Test>::insert(HOSPITAL, 2, policy(2));
	});
	breaks("consortium: a version of a policy is missing", || change(|row| row.policy = Some(1)));
}

#[test]
fn try_state_should_see_damaged_endpoints() {
	breaks("consortium: an endpoint of an unknown organisation", || {
		Endpoints::<Test>::insert(7, Endpoint::default())
	});
	breaks("consortium: an endpoint is not an address", || {
		Endpoints::<Test>::insert(
			CLINIC,
			Endpoint { approved: None, proposed: Some(Default::default()) },
		)
	});
	breaks("consortium: an endpoint in use is proposed", || {
		let address = Some(url("https://v"));
		Endpoints::<Test>::insert(CLINIC, Endpoint { approved: address.clone(), proposed: address })
	});
}

#[test]
fn try_state_should_see_damaged_history() {
	let past = |until| Past { value: Practitioners::<Test>::get(clinician()).unwrap(), until };
	breaks("consortium: a past credential is not counted, or of an account that has none", || {
		PastCredentials::<Test>::insert(clinician(), 0, past(NOW))
	});
	breaks("consortium: a past credential is not counted, or of an account that has none", || {
		PastCredentials::<Test>::insert(stranger(), 0, past(NOW));
		PastCredentialCount::<Test>::insert(stranger(), 1);
	});
	breaks("consortium: a past credential is missing or out of order", || {
		PastCredentials::<Test>::insert(clinician(), 0, past(NOW + 1));
		PastCredentialCount::<Test>::insert(clinician(), 1);
	});
	breaks("consortium: a past credential is missing or out of order", || {
		PastCredentials::<Test>::insert(clinician(), 0, past(NOW));
		PastCredentials::<Test>::insert(clinician(), 1, past(NOW - 1));
		PastCredentialCount::<Test>::insert(clinician(), 2);
	});
	breaks("consortium: past credentials are counted wrong", || {
		PastCredentialCount::<Test>::insert(clinician(), 1)
	});
	let stood = |value, until| Past { value, until };
	breaks("consortium: past standings are counted wrong", || {
		PastStandingCount::<Test>::insert(CLINIC, 1)
	});
	breaks("consortium: a past standing is missing", || {
		PastStandings::<Test>::insert(CLINIC, 1, stood(OrganisationStatus::Suspended, NOW));
		PastStandingCount::<Test>::insert(CLINIC, 1);
	});
	breaks(
		"consortium: a past standing changed nothing, or a removed organisation came back",
		|| {
			PastStandings::<Test>::insert(CLINIC, 0, stood(OrganisationStatus::Active, NOW));
			PastStandingCount::<Test>::insert(CLINIC, 1);
		},
	);
	breaks("consortium: past standings are out of order", || {
		PastStandings::<Test>::insert(CLINIC, 0, stood(OrganisationStatus::Suspended, NOW + 1));
		PastStandingCount::<Test>::insert(CLINIC, 1);
	});
	breaks("consortium: a past standing of an unknown organisation", || {
		PastStandings::<Test>::insert(7, 0, stood(OrganisationStatus::Suspended, NOW))
	});
}

#[test]
fn try_state_should_see_damaged_engagements() {
	breaks("consortium: a practitioner never agreed", || Engagements::<Test>::remove(clinician()));
	breaks("consortium: an account without a consent has a count", || {
		Engagements::<Test>::insert(hospital_agent(), 0)
	});
	breaks("consortium: an account that acts has no reference", || {
		Engagements::<Test>::insert(stranger(), 1)
	});
}

#[test]
fn try_state_should_see_damaged_credentials() {
	let change = |damage: fn(&mut crate::Credential)| {
		Practitioners::<Test>::mutate(clinician(), |row| damage(row.as_mut().unwrap()))
	};
	breaks("consortium: an unknown organisation vouches", || change(|row| row.organisation = 7));
	breaks("consortium: a practitioner is not in the index", || {
		PractitionersOf::<Test>::remove(HOSPITAL, clinician())
	});
	breaks("consortium: a credential without a role", || {
		change(|row| row.roles = Default::default())
	});
	breaks("consortium: a credential without a time", || change(|row| row.until = row.from));
	breaks("consortium: a lapsed credential was revoked", || {
		change(|row| row.revoked = Some(row.until))
	});
	breaks("consortium: the index names a practitioner of another organisation", || {
		PractitionersOf::<Test>::insert(CLINIC, clinician(), ())
	});
}
