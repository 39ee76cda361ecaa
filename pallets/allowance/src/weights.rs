//! What the extensions cost, without the standing and the withdrawal, which state their own.
//! The runtime has it measured (`benchmarking.rs`). The nonce's weight is the SDK's.

use frame_support::weights::{constants::RocksDbWeight, Weight};

/// The weights of this pallet.
pub trait WeightInfo {
	/// Looking at the call.
	fn check() -> Weight;
	/// Reading, drawing on and giving back to both buckets.
	fn draw() -> Weight;
}

/// For mocks: counted. Ten microseconds for looking into batches, ten for the arithmetic and
/// for writing each row a second time when giving back.
impl WeightInfo for () {
	fn check() -> Weight {
		Weight::from_parts(10_000_000, 0)
	}

	fn draw() -> Weight {
		RocksDbWeight::get()
			.reads_writes(2, 2)
			.saturating_add(Weight::from_parts(10_000_000, 2 * 3_600))
	}
}
