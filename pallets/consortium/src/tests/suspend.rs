use crate::{mock::*, Error, Event, OrganisationStatus, Organisations, Seats};
use assent_support::{Act, Members};
use codec::{DecodeAll, Encode};
use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::{
	traits::{BadOrigin, Hash},
	AccountId32,
};

#[test]
fn suspend_should_take_seat_and_standing() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert_last_event(Event::OrganisationSuspended { organisation: CLINIC });
		assert_eq!(
			Organisations::<Test>::get(CLINIC).unwrap().status,
			OrganisationStatus::Suspended
		);
		assert!(!Consortium::is_active(CLINIC));
		assert_eq!(Consortium::agent_of(&clinic_agent()), None);
		assert_eq!(
			pallet_collective::Members::<Test>::get(),
			sorted([hospital_controller(), institute_controller()])
		);
		assert!(!Seats::<Test>::get().contains(&clinic_controller()));
		assert_eq!(trail(), vec![Entry::of(None, Some(CLINIC), None, Act::OrganisationChanged)]);
	});
}

#[test]
fn suspend_should_take_back_a_vote_in_an_open_motion() {
	ExtBuilder::default().run(|| {
		let motion = RuntimeCall::Consortium(crate::Call::enact {
			call: Box::new(RuntimeCall::Consortium(crate::Call::remove {
				organisation: INSTITUTE,
			})),
		});
		assert_ok!(Council::propose(
			signed(clinic_controller()),
			2,
			Box::new(motion.clone()),
			1_000
		));
		let hash = <Test as frame_system::Config>::Hashing::hash_of(&motion);
		assert_ok!(Council::vote(signed(clinic_controller()), hash, 0, true));
		assert_eq!(ayes(hash), vec![clinic_controller()]);
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert!(ayes(hash).is_empty());
	});
}

/// The voters for a motion: number, threshold, ayes, nays, end.
fn ayes(motion: H256) -> Vec<AccountId32> {
	type Votes = (u32, u32, Vec<AccountId32>, Vec<AccountId32>, u32);
	let votes = pallet_collective::Voting::<Test>::get(motion).unwrap().encode();
	Votes::decode_all(&mut &votes[..]).unwrap().2
}

#[test]
fn suspend_should_fail_when_caller_is_not_the_council() {
	ExtBuilder::default().run(|| {
		for origin in [signed(hospital_controller()), RuntimeOrigin::none(), two_thirds()] {
			assert_noop!(Consortium::suspend(origin.clone(), CLINIC), BadOrigin);
			assert_noop!(Consortium::reinstate(origin, CLINIC), BadOrigin);
		}
	});
}

#[test]
fn suspend_should_fail_when_organisation_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(Consortium::suspend(root(), 7), Error::<Test>::NotFound);
	});
}

#[test]
fn suspend_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert_noop!(Consortium::suspend(root(), CLINIC), Error::<Test>::AlreadySuspended);
	});
}

#[test]
fn suspend_should_fail_when_organisation_is_removed() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::remove(root(), CLINIC));
		assert_noop!(Consortium::suspend(root(), CLINIC), Error::<Test>::AlreadyRemoved);
	});
}

#[test]
fn suspend_should_fail_when_organisation_is_the_last_active() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert_ok!(Consortium::suspend(root(), INSTITUTE));
		assert_noop!(Consortium::suspend(root(), HOSPITAL), Error::<Test>::LastOrganisation);
	});
}

#[test]
fn reinstate_should_give_everything_back() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_eq!(Consortium::practitioner(&clinician(), NOW), None);
		assert_ok!(Consortium::reinstate(root(), HOSPITAL));
		assert_last_event(Event::OrganisationReinstated { organisation: HOSPITAL });
		assert!(Consortium::is_active(HOSPITAL));
		assert_eq!(Consortium::agent_of(&hospital_agent()), Some(HOSPITAL));
		assert!(Consortium::practitioner(&clinician(), NOW).is_some());
		assert_eq!(pallet_collective::Members::<Test>::get().len(), 3);
		assert_eq!(trail().len(), 3);
	});
}

#[test]
fn reinstate_should_fail_when_organisation_is_unknown() {
	ExtBuilder::default().run(|| {
		assert_noop!(Consortium::reinstate(root(), 7), Error::<Test>::NotFound);
	});
}

#[test]
fn reinstate_should_fail_when_organisation_is_active() {
	ExtBuilder::default().run(|| {
		assert_noop!(Consortium::reinstate(root(), CLINIC), Error::<Test>::AlreadyActive);
	});
}

#[test]
fn reinstate_should_fail_when_organisation_is_removed() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::remove(root(), CLINIC));
		assert_noop!(Consortium::reinstate(root(), CLINIC), Error::<Test>::AlreadyRemoved);
	});
}
