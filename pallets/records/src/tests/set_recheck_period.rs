use crate::{mock::*, *};
use assent_support::Finding;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{BuildStorage, DispatchError};

#[test]
fn set_recheck_period_should_count_when_root() {
	ExtBuilder::default().run(|| {
		assert_ok!(Register::set_recheck_period(RuntimeOrigin::root(), 7));
		assert_eq!(RecheckEvery::<Test>::get(), Some(7));
		System::assert_last_event(Event::RecheckPeriodSet { blocks: 7 }.into());
	});
}

#[test]
fn set_recheck_period_should_fail_when_not_root() {
	ExtBuilder::default().run(|| {
		assert_noop!(Register::set_recheck_period(signed(CONTROLLER), 7), DispatchError::BadOrigin);
	});
}

#[test]
fn set_recheck_period_should_fail_when_zero() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Register::set_recheck_period(RuntimeOrigin::root(), 0),
			Error::<Test>::PeriodEmpty
		);
	});
}

#[test]
fn set_recheck_period_should_count_from_the_next_check_of_a_document() {
	ExtBuilder::default().registered().run(|| {
		conclude(RECORD, Finding::Intact);
		assert_eq!(current(RECORD).due, 101);
		assert_ok!(Register::set_recheck_period(RuntimeOrigin::root(), 7));
		assert_eq!(current(RECORD).due, 101);
		go_to(101);
		conclude(RECORD, Finding::Intact);
		assert_eq!(current(RECORD).due, 108);
		go_to(108);
		// An altered or absent document keeps its own period.
		conclude(RECORD, Finding::Absent);
		assert_eq!(current(RECORD).due, 128);
	});
}

#[test]
fn genesis_should_set_the_period() {
	let genesis = GenesisConfig::<Test> { recheck_period: Some(9), ..Default::default() };
	let storage = genesis.build_storage().expect("the genesis is sound");
	sp_io::TestExternalities::new(storage).execute_with(|| {
		assert_eq!(RecheckEvery::<Test>::get(), Some(9));
	});
}

#[test]
#[should_panic(expected = "name a number of blocks from 1")]
fn genesis_should_be_refused_when_the_period_is_zero() {
	let genesis = GenesisConfig::<Test> { recheck_period: Some(0), ..Default::default() };
	let _ = genesis.build_storage();
}
