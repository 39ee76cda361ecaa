//! The costs of the calls. Every validator has an organisation of its own and session keys.

use crate::*;
use alloc::{vec, vec::Vec};
use assent_policy::OrganisationId;
use assent_support::testing::fullest::account;
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, BoundedBTreeSet};
use frame_system::RawOrigin;
use sp_runtime::AccountId32;
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

/// Sets up the state of other pallets.
pub trait BenchmarkHelper {
	/// An active organisation. Another number gives another organisation.
	fn organisation(number: u32) -> OrganisationId;
	/// Sets session keys of the validator alone.
	fn set_keys(validator: &AccountId32, number: u32);
	/// Makes these accounts the validators of the running session. Disables as many validators as
	/// the disabling strategy allows, the last one among them if `last_disabled`.
	fn run(validators: Vec<AccountId32>, last_disabled: bool);
}

/// Registers a validator with keys.
fn validator<T: Config>(number: u32, status: ValidatorStatus) -> (AccountId32, OrganisationId) {
	let organisation = T::BenchmarkHelper::organisation(number);
	let who = account("validator", number);
	Validators::<T>::insert(&who, ValidatorInfo { organisation, status, cleared: 0 });
	ByOrganisation::<T>::mutate(organisation, |all| {
		let _ = all.try_insert(who.clone());
	});
	T::BenchmarkHelper::set_keys(&who, number);
	(who, organisation)
}

/// Registers the given number of validators and lets the validators run. Returns the last
/// validator, the subject of the call.
fn validators<T: Config>(count: u32, status: ValidatorStatus) -> (AccountId32, OrganisationId) {
	// The validators of the genesis would add to the number.
	let _ = Validators::<T>::clear(u32::MAX, None);
	let last = count.saturating_sub(1);
	let mut running: Vec<_> =
		(0..last).map(|number| validator::<T>(number, ValidatorStatus::Active)).collect();
	running.push(validator::<T>(last, status));
	let organisations = running.iter().map(|(_, organisation)| *organisation);
	let organisations = organisations.collect::<alloc::collections::BTreeSet<_>>();
	Running::<T>::put(BoundedBTreeSet::try_from(organisations).unwrap_or_default());
	let disabled = status != ValidatorStatus::Active;
	let accounts = running.iter().map(|(who, _)| who.clone()).collect();
	T::BenchmarkHelper::run(accounts, disabled);
	running.swap_remove(last as usize)
}

const OFFENDED: ValidatorStatus = ValidatorStatus::Offended { session: 0 };

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The last validator for which its organisation has room.
	#[benchmark]
	fn add() {
		let organisation = T::BenchmarkHelper::organisation(0);
		let others: alloc::collections::BTreeSet<_> =
			(1..T::MaxPerOrganisation::get()).map(|number| account("other", number)).collect();
		ByOrganisation::<T>::insert(
			organisation,
			BoundedBTreeSet::try_from(others).unwrap_or_default(),
		);
		let validator = account("validator", 0);

		#[extrinsic_call]
		_(RawOrigin::Root, organisation, validator.clone());

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::ValidatorAdded { validator, organisation }.into(),
		);
	}

	/// `v` validators are registered.
	#[benchmark]
	fn remove(v: Linear<{ T::MinValidators::get() + 1 }, { T::MaxValidators::get() }>) {
		let (validator, organisation) = validators::<T>(v, ValidatorStatus::Active);

		#[extrinsic_call]
		_(RawOrigin::Root, validator.clone());

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::ValidatorLeaving { validator, organisation }.into(),
		);
	}

	/// The last of the maximum number of validators, disabled like others.
	#[benchmark]
	fn reinstate() {
		let (validator, organisation) = validators::<T>(T::MaxValidators::get(), OFFENDED);

		#[extrinsic_call]
		_(RawOrigin::Root, validator.clone());

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::ValidatorReinstated { validator, organisation }.into(),
		);
	}

	/// One offender. `v` validators are registered.
	#[benchmark]
	fn on_offence(v: Linear<{ T::MinValidators::get() + 1 }, { T::MaxValidators::get() }>) {
		let (validator, organisation) = validators::<T>(v, ValidatorStatus::Active);
		let details =
			OffenceDetails { offender: (validator.clone(), validator.clone()), reporters: vec![] };

		#[block]
		{
			<Pallet<T> as OnOffenceHandler<_, _, _>>::on_offence(&[details], &[], 1);
		}

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::ValidatorOffended {
				validator,
				organisation,
				session: 1,
				outcome: OffenceOutcome::Leaves,
			}
			.into(),
		);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
