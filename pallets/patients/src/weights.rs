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
	/// Leaving, with as many guardians and delegates as allowed.
	fn leave() -> Weight;
	/// Proposing a guardian in the place of as many as allowed whose term is over.
	fn propose_guardian() -> Weight;
	/// Confirming a guardian who has as many wards as allowed.
	fn confirm_guardian() -> Weight;
	/// Ending a guardian who was one as often as is kept.
	fn end_guardian() -> Weight;
	/// Naming a delegate, who has as many principals as allowed, in the place of as many
	/// delegates as allowed whose leave is over.
	fn name_delegate() -> Weight;
	/// Ending a delegate who was one as often as is kept.
	fn end_delegate() -> Weight;
	/// Proposing a recovery, with a signature that only passes in its second form.
	fn propose_recovery() -> Weight;
	/// Supporting a recovery, which starts it.
	fn support_recovery() -> Weight;
	/// Vetoing a recovery that is under way.
	fn veto_recovery() -> Weight;
	/// Finishing a recovery, with as many delegates as allowed.
	fn finish_recovery() -> Weight;
	/// Reporting a condition.
	fn report_condition() -> Weight;
	/// Confirming a condition.
	fn confirm_condition() -> Weight;
	/// Marking as many kinds as allowed as private.
	fn mark_private() -> Weight;
	/// What another pallet asks of a patient id about the present: the most expensive is what
	/// is private.
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

/// Reads: the account's id, the row, the time, the wards of four guardians, the principals of
/// four delegates. Writes: the row, those eight lists, the event.
fn leave(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 11, 10)
}

/// Reads: the row, the time, the past of four guardians. Writes: the row, their past, the event.
fn propose_guardian(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 6, 6)
}

/// Reads: the row, the time, the wards, the account. Writes: the row, the wards, the account,
/// the event.
fn confirm_guardian(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 4, 4)
}

/// Reads: the row, the time, the wards, the past. Writes: the row, the wards, the past, the
/// event.
fn end_guardian(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 4, 4)
}

/// Reads: the row, the time, the principals, the past of four delegates, the account. Writes: the
/// row, the principals, their past, the account, the event.
fn name_delegate(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 8, 8)
}

/// Reads: the row, the time, the principals, the past. Writes: the row, the principals, the
/// past, the event.
fn end_delegate(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 4, 4)
}

/// Reads: the row, the time, the account's id, that id's row, the number, the genesis hash.
/// Writes: the row, the number, the event.
fn propose_recovery(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL.saturating_add(SIGNATURE), 6, 3)
}

/// Reads: the row, the time, the last change. Writes: the row, the change, the event.
fn support_recovery(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 3, 3)
}

/// Reads: the row, the time, the last change. Writes: the row, the change, the event.
fn veto_recovery(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 3, 3)
}

/// Reads: the row, the time, the account's id, that id's row, the past of five accounts, the
/// principals of four delegates, the last change, the account. Writes: the row, the ids of two
/// accounts, the past of five, the principals of four, the change, the account, the event.
fn finish_recovery(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 15, 15)
}

/// Reads: the row, the time. Writes: the row, the event.
fn report_condition(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 2, 2)
}

/// Reads: the row, the time, the last change. Writes: the row, the change, the event.
fn confirm_condition(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 3, 3)
}

/// Reads: the row, the time, the last change. Writes: the row, the change, the event.
fn mark_private(db: RuntimeDbWeight) -> Weight {
	weight(db, CALL, 3, 3)
}

/// Reads: the row, the time, the last change.
fn relation(db: RuntimeDbWeight) -> Weight {
	weight(db, LOOKUP, 3, 0)
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

			fn name_delegate() -> Weight {
				name_delegate($db)
			}

			fn end_delegate() -> Weight {
				end_delegate($db)
			}

			fn propose_recovery() -> Weight {
				propose_recovery($db)
			}

			fn support_recovery() -> Weight {
				support_recovery($db)
			}

			fn veto_recovery() -> Weight {
				veto_recovery($db)
			}

			fn finish_recovery() -> Weight {
				finish_recovery($db)
			}

			fn report_condition() -> Weight {
				report_condition($db)
			}

			fn confirm_condition() -> Weight {
				confirm_condition($db)
			}

			fn mark_private() -> Weight {
				mark_private($db)
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
