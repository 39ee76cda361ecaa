//! What `pallet_allowance` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_allowance::WeightInfo for WeightInfo<T> {
	fn check() -> Weight {
		Weight::from_parts(1_227_000, 0)
	}

	/// - `Allowance::Buckets`: 1 read, 1 written
	/// - `Allowance::OrganisationBuckets`: 1 read, 1 written
	fn draw() -> Weight {
		Weight::from_parts(34_976_000, 172).saturating_add(T::DbWeight::get().reads_writes(2, 2))
	}
}
