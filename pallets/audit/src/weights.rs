//! What writing costs.
//!
//! Declared by counting database reads and writes and the hashing.
//! Measured weights replace them once the benchmarks have run on the reference machine.

use core::marker::PhantomData;
use frame_support::weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight};
use sp_core::Get;

/// The weights of this pallet.
pub trait WeightInfo {
	/// One entry, in both sequences.
	fn write() -> Weight;
}

/// Picoseconds for encoding an entry of the largest size, hashing it, handing it to the
/// index and appending it to the events.
const ENTRY: u64 = 40_000_000;
/// Bytes of proof for one read row.
const PROOF_PER_READ: u64 = 3_600;

/// Reads: both heads, the genesis hash, the time, the event count. Writes: both heads, the
/// event and its count.
fn write(db: RuntimeDbWeight) -> Weight {
	Weight::from_parts(ENTRY, 5 * PROOF_PER_READ).saturating_add(db.reads_writes(5, 4))
}

/// The declared weights, for the database of the runtime `T`.
pub struct Declared<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Declared<T> {
	fn write() -> Weight {
		write(T::DbWeight::get())
	}
}

/// For tests.
impl WeightInfo for () {
	fn write() -> Weight {
		write(RocksDbWeight::get())
	}
}
