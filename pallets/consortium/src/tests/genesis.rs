use crate::{
	mock::*, ByAgent, GenesisConfig, NextOrganisation, OrganisationCount, OrganisationKind,
	OrganisationStatus, Organisations, Seats, MAX_AGENTS,
};
use assent_support::Members;

#[test]
fn genesis_should_take_up_founding_members() {
	ExtBuilder::default()
		.founder({
			let mut lab = founder("Lab", OrganisationKind::Laboratory, account(4), &[]);
			lab.endpoint = Some("http://127.0.0.1:9004".into());
			lab
		})
		.run(|| {
			assert_eq!((OrganisationCount::<Test>::get(), NextOrganisation::<Test>::get()), (4, 4));
			let row = Organisations::<Test>::get(HOSPITAL).unwrap();
			assert_eq!((row.status, row.admitted), (OrganisationStatus::Active, 0));
			assert_eq!(Consortium::agent_of(&hospital_agent()), Some(HOSPITAL));
			assert_eq!(ByAgent::<Test>::get(clinic_controller()), Some(CLINIC));
			assert_eq!(Consortium::endpoint(3), Some(url("http://127.0.0.1:9004")));
			for account in [hospital_controller(), hospital_agent(), account(4)] {
				assert_eq!(System::sufficients(&account), 1);
			}
			assert_eq!(Seats::<Test>::get().len(), 4);
			assert_eq!(pallet_collective::Members::<Test>::get().len(), 4);
			assert!(trail().is_empty());
		});
}

#[test]
fn genesis_should_be_read_from_a_chain_specification() {
	let spec = r#"{ "organisations": [{
		"name": "Hospital", "kind": "hospital",
		"controller": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
		"agents": ["5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty"],
		"endpoint": "https://vault.example"
	}, {
		"name": "Institute", "kind": "research-institute",
		"controller": "5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y"
	}] }"#;
	let config: GenesisConfig<Test> = serde_json::from_str(spec).unwrap();
	assert_eq!(config.organisations[0].agents.len(), 1);
	assert_eq!(config.organisations[1].endpoint, None);
	let again: GenesisConfig<Test> =
		serde_json::from_str(&serde_json::to_string(&config).unwrap()).unwrap();
	assert_eq!(again.organisations, config.organisations);
	for bad in [
		r#"{ "organisations": [], "typo": 1 }"#,
		r#"{ "organisations": [{ "name": "x", "kind": "Hotel", "controller": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY" }] }"#,
		r#"{ "organisations": [{ "name": "x", "kind": "hospital", "controler": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY" }] }"#,
	] {
		assert!(serde_json::from_str::<GenesisConfig<Test>>(bad).is_err());
	}
}

#[test]
fn genesis_should_hold_when_there_are_no_members() {
	ExtBuilder::empty().run(|| assert_eq!(OrganisationCount::<Test>::get(), 0));
}

#[test]
#[should_panic(expected = "InvalidName")]
fn genesis_should_fail_when_a_name_is_too_long() {
	ExtBuilder::empty()
		.founder(founder(&"n".repeat(65), OrganisationKind::Hospital, account(1), &[]))
		.build();
}

#[test]
#[should_panic(expected = "AlreadyAgent")]
fn genesis_should_fail_when_an_account_acts_twice() {
	ExtBuilder::default()
		.founder(founder("Lab", OrganisationKind::Laboratory, hospital_agent(), &[]))
		.build();
}

#[test]
#[should_panic(expected = "AlreadyAgent")]
fn genesis_should_fail_when_an_agent_is_named_twice() {
	ExtBuilder::empty()
		.founder(founder("Lab", OrganisationKind::Laboratory, account(1), &[account(1)]))
		.build();
}

#[test]
#[should_panic(expected = "MaxAgentsExceeded")]
fn genesis_should_fail_when_there_are_too_many_agents() {
	let agents: Vec<_> = (0..=MAX_AGENTS as u8).map(|n| account(100 + n)).collect();
	ExtBuilder::empty()
		.founder(founder("Lab", OrganisationKind::Laboratory, account(1), &agents))
		.build();
}

#[test]
#[should_panic(expected = "InvalidUrl")]
fn genesis_should_fail_when_an_endpoint_is_invalid() {
	let mut lab = founder("Lab", OrganisationKind::Laboratory, account(1), &[]);
	lab.endpoint = Some("vault.example".into());
	ExtBuilder::empty().founder(lab).build();
}

#[test]
#[should_panic(expected = "MaxOrganisationsExceeded")]
fn genesis_should_fail_when_there_are_too_many_members() {
	let mut builder = ExtBuilder::empty();
	for n in 0..6 {
		builder = builder.founder(founder("Lab", OrganisationKind::Laboratory, account(n), &[]));
	}
	builder.build();
}

#[test]
#[should_panic(expected = "enactDelay: name at least 2 blocks")]
fn genesis_should_fail_when_what_is_enacted_waits_too_shortly() {
	ExtBuilder::default().enact_delay(1).build();
}
