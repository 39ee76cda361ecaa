//! The costs of the extension. The lookup of the payer and the check of a withdrawal state costs of
//! their own.

use crate::*;
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	dispatch::{DispatchInfo, Pays, PostDispatchInfo},
	weights::Weight,
};
use sp_runtime::AccountId32;

/// Sets up the parts known to the runtime only.
pub trait BenchmarkHelper<Call> {
	/// A hundred calls, wrapped as deep as the runtime looks into wrappers. None of the calls is
	/// urgent, and the roles of the account decide about none: the account of the benchmark has
	/// none. A longer batch pays more by its length than the look at its calls costs.
	fn wrapped() -> Call;
}

/// The weight of a transaction, and the spent part.
const WEIGHT: u64 = 1_000_000;
const SPENT: u64 = 1_000;

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn check() {
		let call = T::BenchmarkHelper::wrapped();
		let who: AccountId32 = account("stranger", 0, 0);
		let payer = Payer::Practitioner(u32::MAX);
		let (withdraws, weight, paid, urgency);

		#[block]
		{
			withdraws = T::Withdrawal::of(&call).is_some();
			weight = T::Payers::weight(&call);
			paid = T::Payers::payer(&who, &call);
			urgency = T::Priority::urgency(&call, payer);
		}

		assert!(call.encoded_size() >= 100 && weight.ref_time() > 0);
		assert_eq!((withdraws, urgency), (false, Urgency::Normal));
		assert_eq!(paid, Err(NoPayer::NotEnrolled));
	}

	#[benchmark]
	fn draw() {
		let who: AccountId32 = account("practitioner", 0, 0);
		let payer = Payer::Practitioner(u32::MAX);
		let info =
			DispatchInfo { call_weight: Weight::from_parts(WEIGHT, 0), ..Default::default() };
		let post_info = PostDispatchInfo {
			actual_weight: Some(Weight::from_parts(SPENT, 0)),
			pays_fee: Pays::Yes,
		};
		let charge = Charge { who: who.clone(), payer, cost: Pallet::<T>::cost(&info, 0) };
		let before = Bucket { spent: 1, at: 0 };
		Buckets::<T>::insert(&who, before);
		OrganisationBuckets::<T>::insert(u32::MAX, before);
		let allowance;

		#[block]
		{
			allowance = Pallet::<T>::allowance(&who, payer);
			Pallet::<T>::draw(&charge);
			Pallet::<T>::give_back(&charge, &info, &post_info);
		}

		assert!(allowance.organisation.is_some());
		assert_eq!(Buckets::<T>::get(&who).spent, SPENT);
		assert_eq!(OrganisationBuckets::<T>::get(u32::MAX).spent, SPENT);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
