//! What `pallet_trail` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_trail::WeightInfo for WeightInfo<T> {
	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn write() -> Weight {
		Weight::from_parts(48_858_000, 369).saturating_add(T::DbWeight::get().reads_writes(4, 2))
	}
}
