//! Every rule of the state is checked: a test breaks the state, and the check names the rule.

use crate::{mock::*, ByOrganisation, Running, ValidatorStatus};
use sp_runtime::TryRuntimeError;

fn breaks(expected: &'static str, damage: impl FnOnce()) {
	ExtBuilder::of(5).build().execute_with(|| {
		pass_sessions(1);
		Validators::do_try_state().unwrap();
		damage();
		assert_eq!(Validators::do_try_state(), Err(TryRuntimeError::Other(expected)));
	});
}

fn index(organisation: u32, members: &[u8]) {
	let members: std::collections::BTreeSet<_> = members.iter().map(|n| validator(*n)).collect();
	ByOrganisation::<Test>::insert(
		organisation,
		frame_support::BoundedBTreeSet::try_from(members).unwrap(),
	);
}

#[test]
fn try_state_should_see_damage() {
	breaks("validators: a validator is not in the index", || ByOrganisation::<Test>::remove(2));
	breaks("validators: a validator lacks a reference", || {
		System::dec_sufficients(&validator(2));
	});
	breaks("validators: the validators are counted wrong", || {
		frame_support::storage::unhashed::put(
			&frame_support::storage::storage_prefix(b"Validators", b"CounterForValidators"),
			&9u32,
		)
	});
	breaks("validators: too many validators", || MaxValidators::set(4));
	breaks("validators: an organisation without validators is in the index", || index(9, &[]));
	breaks("validators: the index names a validator of another organisation", || index(9, &[2]));
	breaks("validators: an account that is not registered validates", || {
		crate::Validators::<Test>::remove(validator(2));
		ByOrganisation::<Test>::remove(2);
	});
	breaks("validators: the running organisations are noted wrong", Running::<Test>::kill);
}

#[test]
fn try_state_should_hold_when_validators_offended() {
	ExtBuilder::of(5).run(|| {
		crate::Validators::<Test>::mutate(validator(0), |info| {
			info.as_mut().unwrap().status = ValidatorStatus::Offended { session: 0 }
		});
	});
}
