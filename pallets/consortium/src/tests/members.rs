use crate::mock::*;
use assent_support::{Members, Removals};
use frame_support::assert_ok;

#[test]
fn practitioner_should_be_none_when_never_credentialed() {
	ExtBuilder::default().run(|| {
		assert_eq!(Consortium::practitioner(&hospital_agent(), NOW), None);
	});
}

#[test]
fn practitioner_should_be_none_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert!(Consortium::practitioner(&clinician(), NOW).is_some());
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_eq!(Consortium::practitioner(&clinician(), NOW), None);
	});
}

#[test]
fn agent_of_should_name_controllers_and_agents_of_active_organisations() {
	ExtBuilder::default().run(|| {
		assert_eq!(Consortium::agent_of(&hospital_agent()), Some(HOSPITAL));
		assert_eq!(Consortium::agent_of(&hospital_controller()), Some(HOSPITAL));
		assert_eq!(Consortium::agent_of(&stranger()), None);
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_eq!(Consortium::agent_of(&hospital_controller()), None);
	});
}

#[test]
fn is_active_should_be_false_when_unknown_suspended_or_removed() {
	ExtBuilder::default().run(|| {
		assert!(Consortium::is_active(CLINIC));
		assert!(!Consortium::is_active(7));
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert!(!Consortium::is_active(CLINIC));
		assert_ok!(Consortium::remove(root(), CLINIC));
		assert!(!Consortium::is_active(CLINIC));
	});
}

#[test]
fn is_removed_should_be_true_of_removed_members_only() {
	ExtBuilder::default().run(|| {
		assert!(!Consortium::is_removed(CLINIC));
		assert!(!Consortium::is_removed(7));
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert!(!Consortium::is_removed(CLINIC));
		assert_ok!(Consortium::remove(root(), CLINIC));
		assert!(Consortium::is_removed(CLINIC));
	});
}
