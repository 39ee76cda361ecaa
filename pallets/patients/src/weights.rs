//! What the calls cost, without the trail and the members, which state their own.
//!
//! Declared by counting database reads and writes and the checks of signatures, on the safe
//! side. Measured weights replace them once the benchmarks have run on the reference machine.

use core::marker::PhantomData;
use frame_support::weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight};
use sp_core::Get;

/// The weights of this pallet.
pub trait WeightInfo {
	/// Enrolling, with a signature that only passes in its second form.
	fn enrol() -> Weight;
	/// Leaving, with as many guardians as allowed.
	fn leave() -> Weight;
	/// Proposing a guardian.
	fn propose_guardian() -> Weight;
	/// Confirming a guardian who has as many wards as allowed.
	fn confirm_guardian() -> Weight;
	/// Ending a guardian.
	fn end_guardian() -> Weight;
	/// What another pallet asks of a patient id.
	fn relation() -> Weight;
}

/// Picoseconds for the work of a call beside database and signatures.
const CALL: u64 = 30_000_000;
/// Picoseconds for checking a signature of the most expensive kind, in both of its forms.
const SIGNATURE: u64 = 250_000_000;
/// Picoseconds for finding an account in a decoded row.
const LOOKUP: u64 = 10_000_000;
/// Bytes of proof for one read row.
const PROOF_PER_READ: u64 = 3_700;

fn weight(db: RuntimeDbWeight, time: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(time, reads.saturating_mul(PROOF_PER_READ))
		.saturating_add(db.reads_writes(reads, writes))
}

/// Reads: the row, the account's id, that id's row, the number, the genesis hash, the account,
/// the time. Writes: the row, the account's id, the number, the account, the event.
fn enrol(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL.saturating_add(SIGNATURE), 7, 5)
}

/// Reads: the account's id, the row, the time, the wards of four guardians. Writes: the row,
/// the wards of four guardians, the event.
fn leave(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 7, 6)
}

/// Reads: the row, the time. Writes: the row, the event.
fn propose_guardian(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 2, 2)
}

/// Reads: the row, the time, the wards, the account. Writes: the row, the wards, the account,
/// the event.
fn confirm_guardian(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 4, 4)
}

/// Reads: the row, the wards. Writes: the row, the wards, the event.
fn end_guardian(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 2, 3)
}

/// Reads: the row.
fn relation(db: RuntimeDbWeight) -> Weight {
	weight(db, LOOKUP, 1, 0)
}

/// The declared weights, for the database of the runtime `T`.
pub struct Declared<T>(PhantomData<T>);

macro_rules! declare {
	($target:ty, $db:expr $(, $bound:ident)?) => {
		impl$(<T: frame_system::$bound>)? WeightInfo for $target {
			fn enrol() -> Weight {
				enrol($db)
			}

			fn leave() -> Weight {
				leave($db)
			}

			fn propose_guardian() -> Weight {
				propose_guardian($db)
			}

			fn confirm_guardian() -> Weight {
				confirm_guardian($db)
			}

			fn end_guardian() -> Weight {
				end_guardian($db)
			}

			fn relation() -> Weight {
				relation($db)
			}
		}
	};
}

declare!(Declared<T>, T::DbWeight::get(), Config);
// For tests.
declare!((), RocksDbWeight::get());
