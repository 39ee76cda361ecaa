//! Tests against the real council, scheduler and preimages.

use crate::{mock::*, Error, Event, OrganisationKind, OrganisationStatus, Organisations};
use codec::Encode;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, traits::QueryPreimage};
use sp_core::H256;
use sp_runtime::traits::{BadOrigin, Hash};

type Hashing = <Test as frame_system::Config>::Hashing;

fn suspend_clinic() -> RuntimeCall {
	RuntimeCall::Consortium(crate::Call::suspend { organisation: CLINIC })
}

/// A call too long for the agenda. The scheduler keeps a preimage.
fn long_call() -> RuntimeCall {
	RuntimeCall::Consortium(crate::Call::admit {
		name: name(&"n".repeat(64)),
		kind: OrganisationKind::Insurer,
		controller: account(50),
	})
}

fn enact(call: RuntimeCall) -> sp_runtime::DispatchResult {
	Consortium::enact(two_thirds(), Box::new(call))
}

fn status(organisation: u32) -> OrganisationStatus {
	Organisations::<Test>::get(organisation).unwrap().status
}

#[test]
fn enact_should_dispatch_as_root_after_the_delay() {
	ExtBuilder::default().run(|| {
		assert_ok!(enact(suspend_clinic()));
		assert_last_event(Event::EnactScheduled {
			hash: Hashing::hash_of(&suspend_clinic()),
			at: 1 + DELAY,
		});
		run_to_block(DELAY);
		assert_eq!(status(CLINIC), OrganisationStatus::Active);
		run_to_block(1 + DELAY);
		assert_eq!(status(CLINIC), OrganisationStatus::Suspended);
		System::assert_has_event(
			pallet_scheduler::Event::Dispatched { task: (1 + DELAY, 0), id: None, result: Ok(()) }
				.into(),
		);
	});
}

#[test]
fn enact_should_wait_as_long_as_the_genesis_says() {
	ExtBuilder::default().enact_delay(3).run(|| {
		assert_ok!(enact(suspend_clinic()));
		assert_last_event(Event::EnactScheduled {
			hash: Hashing::hash_of(&suspend_clinic()),
			at: 4,
		});
		run_to_block(3);
		assert_eq!(status(CLINIC), OrganisationStatus::Active);
		run_to_block(4);
		assert_eq!(status(CLINIC), OrganisationStatus::Suspended);
	});
}

#[test]
fn enact_should_reach_what_only_root_may() {
	ExtBuilder::default().run(|| {
		let code_hash = H256::repeat_byte(3);
		assert_ok!(enact(RuntimeCall::System(frame_system::Call::authorize_upgrade { code_hash })));
		run_to_block(1 + DELAY);
		assert_eq!(System::authorized_upgrade().unwrap().code_hash(), &code_hash);
	});
}

#[test]
fn enact_should_work_through_a_motion_of_the_council() {
	ExtBuilder::default().run(|| {
		let motion =
			RuntimeCall::Consortium(crate::Call::enact { call: Box::new(suspend_clinic()) });
		let (hash, len) = (Hashing::hash_of(&motion), motion.encode().len() as u32);
		let weight = motion.get_dispatch_info().call_weight;
		assert_ok!(Council::propose(
			signed(hospital_controller()),
			2,
			Box::new(motion.clone()),
			len
		));
		assert_ok!(Council::vote(signed(hospital_controller()), hash, 0, true));
		assert_noop!(
			Council::close(signed(hospital_controller()), hash, 0, weight, len),
			pallet_collective::Error::<Test>::TooEarly
		);
		assert_ok!(Council::vote(signed(institute_controller()), hash, 0, true));
		assert_ok!(Council::close(signed(hospital_controller()), hash, 0, weight, len));
		System::assert_has_event(
			pallet_collective::Event::Executed { proposal_hash: hash, result: Ok(()) }.into(),
		);
		run_to_block(1 + DELAY);
		assert_eq!(status(CLINIC), OrganisationStatus::Suspended);
	});
}

#[test]
fn enact_should_fail_when_fewer_than_two_thirds_agree() {
	ExtBuilder::default().run(|| {
		let one_third: RuntimeOrigin =
			pallet_collective::RawOrigin::<sp_runtime::AccountId32, ()>::Members(1, 3).into();
		for origin in [one_third, signed(hospital_controller()), root(), RuntimeOrigin::none()] {
			assert_noop!(Consortium::enact(origin, Box::new(suspend_clinic())), BadOrigin);
		}
	});
}

#[test]
fn enact_should_fail_when_call_is_not_listed() {
	ExtBuilder::default().run(|| {
		let unlisted = [
			RuntimeCall::System(frame_system::Call::remark { remark: vec![1] }),
			RuntimeCall::System(frame_system::Call::set_code { code: vec![1] }),
			RuntimeCall::System(frame_system::Call::set_storage { items: vec![] }),
			RuntimeCall::Consortium(crate::Call::enact { call: Box::new(suspend_clinic()) }),
		];
		for call in unlisted {
			assert_noop!(enact(call), Error::<Test>::NotEnactable);
		}
	});
}

#[test]
fn enact_should_fail_when_call_is_too_heavy() {
	ExtBuilder::default().run(|| {
		// The weight grows with the number of keys in the call.
		let kill = |subkeys| {
			RuntimeCall::System(frame_system::Call::kill_prefix { prefix: vec![1], subkeys })
		};
		let heavy = kill(1_000_000);
		assert!(heavy.get_dispatch_info().call_weight.any_gt(MaxEnactWeight::get()));
		assert_noop!(enact(heavy), Error::<Test>::MaxWeightExceeded);
		assert_ok!(enact(kill(1)));
	});
}

#[test]
fn enact_should_fail_when_the_agenda_is_full() {
	ExtBuilder::default().run(|| {
		for _ in 0..3 {
			assert_ok!(enact(suspend_clinic()));
		}
		assert_noop!(enact(suspend_clinic()), sp_runtime::DispatchError::Exhausted);
		assert_noop!(enact(long_call()), sp_runtime::DispatchError::Exhausted);
	});
}

#[test]
fn enact_should_keep_a_long_call_no_longer_than_needed() {
	ExtBuilder::default().run(|| {
		// There is room for two organisations. The second admission fails, and its preimage is
		// dropped too.
		let call = long_call();
		let hash = Hashing::hash_of(&call);
		assert!(call.encode().len() > 100);
		let padded = RuntimeCall::System(frame_system::Call::kill_prefix {
			prefix: vec![7; 200],
			subkeys: 1,
		});
		let padded_hash = Hashing::hash_of(&padded);
		assert_ok!(enact(padded));
		assert!(Preimage::len(&padded_hash).is_some());
		run_to_block(1 + DELAY);
		assert_eq!(Preimage::len(&padded_hash), None);
		assert!(!Preimage::is_requested(&padded_hash));
		assert_eq!(Preimage::len(&hash), None);
	});
}

#[test]
fn enact_should_dispatch_both_when_the_same_long_call_is_enacted_twice() {
	ExtBuilder::default().run(|| {
		let padded = RuntimeCall::System(frame_system::Call::kill_prefix {
			prefix: vec![7; 200],
			subkeys: 1,
		});
		let hash = Hashing::hash_of(&padded);
		assert_ok!(enact(padded.clone()));
		run_to_block(3);
		assert_ok!(enact(padded));
		run_to_block(1 + DELAY);
		assert!(Preimage::len(&hash).is_some(), "the second one still waits");
		run_to_block(3 + DELAY);
		assert_eq!(Preimage::len(&hash), None);
		let dispatched = System::events()
			.into_iter()
			.filter(|record| {
				matches!(
					record.event,
					RuntimeEvent::Scheduler(pallet_scheduler::Event::Dispatched {
						result: Ok(()),
						..
					})
				)
			})
			.count();
		assert_eq!(dispatched, 2);
	});
}

#[test]
fn enacted_call_should_leave_no_trace_when_it_fails() {
	ExtBuilder::default().run(|| {
		assert_ok!(enact(RuntimeCall::Consortium(crate::Call::suspend { organisation: 7 })));
		run_to_block(1 + DELAY);
		System::assert_has_event(
			pallet_scheduler::Event::Dispatched {
				task: (1 + DELAY, 0),
				id: None,
				result: Err(Error::<Test>::NotFound.into()),
			}
			.into(),
		);
		assert!(trail().is_empty());
	});
}
