//! What writing costs. The runtime has it measured (`benchmarking.rs`).

use frame_support::weights::{constants::RocksDbWeight, Weight};

/// The weights of this pallet.
pub trait WeightInfo {
	/// One entry, in both sequences.
	fn write() -> Weight;
}

/// For mocks: counted. Reads: both heads, the genesis hash, the time, the event count.
/// Writes: both heads, the event and its count. Forty microseconds for encoding and hashing.
impl WeightInfo for () {
	fn write() -> Weight {
		RocksDbWeight::get()
			.reads_writes(5, 4)
			.saturating_add(Weight::from_parts(40_000_000, 5 * 3_600))
	}
}
