//! What the extensions cost, without the standing and the withdrawal, which state their own.
//!
//! Declared by counting database reads and writes. Measured weights replace
//! them once the benchmarks have run on the reference machine. The nonce's weight is the SDK's.

use core::marker::PhantomData;
use frame_support::weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight};
use sp_core::Get;

/// The weights of this pallet.
pub trait WeightInfo {
	/// Looking at the call.
	fn check() -> Weight;
	/// Reading, drawing on and giving back to both buckets.
	fn draw() -> Weight;
}

/// Picoseconds for looking at a call, and into the batches that it may be.
const CHECK: u64 = 10_000_000;
/// Picoseconds for the arithmetic and for writing each row a second time when giving back.
const DRAW: u64 = 10_000_000;
/// Bytes of proof for one read row.
const PROOF_PER_READ: u64 = 3_600;

fn check() -> Weight {
	Weight::from_parts(CHECK, 0)
}

/// Reads: both buckets. Writes: both buckets.
fn draw(db: RuntimeDbWeight) -> Weight {
	Weight::from_parts(DRAW, 2 * PROOF_PER_READ).saturating_add(db.reads_writes(2, 2))
}

/// The declared weights, for the database of the runtime `T`.
pub struct Declared<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Declared<T> {
	fn check() -> Weight {
		check()
	}

	fn draw() -> Weight {
		draw(T::DbWeight::get())
	}
}

/// For tests.
impl WeightInfo for () {
	fn check() -> Weight {
		check()
	}

	fn draw() -> Weight {
		draw(RocksDbWeight::get())
	}
}
