//! What `pallet_validators` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_validators::WeightInfo for WeightInfo<T> {
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `System::Account`: 1 read, 1 written
	/// - `Validators::ByOrganisation`: 1 read, 1 written
	/// - `Validators::CounterForValidators`: 1 read, 1 written
	/// - `Validators::Validators`: 1 read, 1 written
	fn add() -> Weight {
		Weight::from_parts(50_459_000, 1_585).saturating_add(T::DbWeight::get().reads_writes(5, 4))
	}

	/// - `Consortium::Organisations`: 100 read, 0 written
	/// - `Session::NextKeys`: 100 read, 0 written
	/// - `Validators::Validators`: 101 read, 1 written
	/// - `v` from 5 to 100
	fn remove(v: u32) -> Weight {
		Weight::from_parts(3_020_227, 864)
			.saturating_add(T::DbWeight::get().reads_writes(1, 1))
			.saturating_add(Weight::from_parts(23_088_334, 853).saturating_mul(v.into()))
			.saturating_add(T::DbWeight::get().reads_writes(3, 0).saturating_mul(v.into()))
	}

	/// - `Session::CurrentIndex`: 1 read, 0 written
	/// - `Session::DisabledValidators`: 1 read, 1 written
	/// - `Session::Validators`: 1 read, 0 written
	/// - `Validators::Validators`: 1 read, 1 written
	fn reinstate() -> Weight {
		Weight::from_parts(81_261_000, 4_916).saturating_add(T::DbWeight::get().reads_writes(4, 2))
	}

	/// - `Consortium::Organisations`: 99 read, 0 written
	/// - `Session::DisabledValidators`: 1 read, 1 written
	/// - `Session::NextKeys`: 100 read, 0 written
	/// - `Session::QueuedKeys`: 1 read, 0 written
	/// - `Session::Validators`: 1 read, 0 written
	/// - `Validators::Validators`: 101 read, 1 written
	/// - `v` from 5 to 100
	fn on_offence(v: u32) -> Weight {
		Weight::from_parts(19_381_260, 719)
			.saturating_add(T::DbWeight::get().reads_writes(3, 2))
			.saturating_add(Weight::from_parts(16_841_356, 888).saturating_mul(v.into()))
			.saturating_add(T::DbWeight::get().reads_writes(3, 0).saturating_mul(v.into()))
	}
}
