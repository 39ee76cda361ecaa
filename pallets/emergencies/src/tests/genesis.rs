use crate::mock::*;
use sp_runtime::BuildStorage;

fn build(organisation_cap: Option<u32>) -> sp_io::TestExternalities {
	RuntimeGenesisConfig {
		break_glass: crate::GenesisConfig { organisation_cap, _config: Default::default() },
		..Default::default()
	}
	.build_storage()
	.unwrap()
	.into()
}

#[test]
fn genesis_should_set_the_organisations_cap_or_leave_the_default() {
	for (given, expected) in [(Some(40), 40), (None, CAP)] {
		build(given).execute_with(|| {
			assert_eq!(crate::OrganisationCap::<Test>::get(), expected);
		});
	}
}

#[test]
#[should_panic(expected = "organisationCap: name a number from 1")]
fn genesis_should_not_build_when_the_cap_leaves_nothing() {
	build(Some(0));
}
