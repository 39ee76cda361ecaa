use crate::{mock::*, GenesisConfig};

#[test]
fn genesis_should_register_with_references() {
	ExtBuilder::default().run(|| {
		for n in 0..4u8 {
			assert_eq!(Validators::organisation_of(&validator(n)), Some(n.into()));
			assert_eq!(System::providers(&validator(n)), 1);
			assert_eq!(System::consumers(&validator(n)), 1);
			assert_eq!(System::sufficients(&validator(n)), 1);
		}
	});
}

#[test]
fn genesis_should_be_read_from_a_chain_specification() {
	let spec = r#"{ "validators": [
		["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", 0],
		["5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty", 1]
	] }"#;
	let config: GenesisConfig<Test> = serde_json::from_str(spec).unwrap();
	assert_eq!(config.validators.len(), 2);
	assert!(serde_json::from_str::<GenesisConfig<Test>>(r#"{ "validator": [] }"#).is_err());
}

#[test]
fn genesis_should_leave_the_set_to_the_session_pallet_when_there_are_no_validators() {
	ExtBuilder { validators: vec![], keys: first(2) }.run(|| {
		assert_eq!(running(), first(2));
		pass_sessions(2);
		assert_eq!(running(), first(2));
	});
}

#[test]
#[should_panic(expected = "OrganisationNotActive")]
fn genesis_should_fail_when_an_organisation_is_unknown() {
	ExtBuilder::default().validator(validator(4), 77).build();
}

#[test]
#[should_panic(expected = "AlreadyAdded")]
fn genesis_should_fail_when_a_validator_is_named_twice() {
	ExtBuilder::default().validator(validator(0), 5).build();
}

#[test]
#[should_panic(expected = "MaxPerOrganisationExceeded")]
fn genesis_should_fail_when_an_organisation_has_too_many() {
	ExtBuilder::default().validator(validator(4), 0).validator(validator(5), 0).build();
}

#[test]
#[should_panic(expected = "MaxValidatorsExceeded")]
fn genesis_should_fail_when_there_are_too_many() {
	ExtBuilder::of(8).build();
}
