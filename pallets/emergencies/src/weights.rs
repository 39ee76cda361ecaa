//! Weights of the calls, declared by counting what each call reads, writes and works
//! through, on the safe side. Measured ones replace them when the benchmarks come; those
//! include what the other pallets cost, as these do.

use crate::{Config, EmergencyRow};
use assent_support::{Members, Patients, Trail};
use codec::MaxEncodedLen;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call costs, other pallets and trail entries included.
pub trait WeightInfo {
	/// The declarer's list full of emergencies that are over.
	fn declare() -> Weight;
	/// The same for every emergency.
	fn end() -> Weight;
	/// Asking whether an emergency counts now.
	fn look_up() -> Weight;
}

const MICROSECOND: u64 = 1_000_000;
/// Origin, arithmetic, event: once per call.
const CALL: u64 = 30 * MICROSECOND;
/// Decoding or encoding a row.
const ROW_CODEC: u64 = 20 * MICROSECOND;
/// Trie nodes on the way to one value.
const TRIE_PATH: u64 = 2_048;

/// Weights declared by counting. See the module.
pub struct Declared<T>(PhantomData<T>);

impl<T: Config> Declared<T> {
	fn steps(reads: u64, writes: u64) -> Weight {
		T::DbWeight::get()
			.reads_writes(reads, writes)
			.saturating_add(Weight::from_parts(
				reads.saturating_add(writes).saturating_mul(ROW_CODEC),
				reads.saturating_add(writes).saturating_mul(TRIE_PATH),
			))
	}

	/// Origin and the time (one read).
	fn start() -> Weight {
		Weight::from_parts(CALL, 0).saturating_add(Self::steps(1, 0))
	}
}

impl<T: Config> WeightInfo for Declared<T> {
	fn declare() -> Weight {
		let over = u64::from(T::MaxActivePerPractitioner::get());
		Self::start()
			.saturating_add(T::Members::worst_weight())
			.saturating_add(T::Patients::worst_weight())
			// The declarer's list with its rows and what leaves it; the numbers; the new row.
			.saturating_add(Self::steps(4 + over, 6 + over))
			.saturating_add(Weight::from_parts(
				0,
				over.saturating_mul(EmergencyRow::max_encoded_len() as u64),
			))
			.saturating_add(T::Trail::weight())
	}

	fn end() -> Weight {
		Self::start()
			.saturating_add(Self::steps(2, 3))
			.saturating_add(Weight::from_parts(
				0,
				EmergencyRow::max_encoded_len() as u64,
			))
			.saturating_add(T::Trail::weight())
	}

	fn look_up() -> Weight {
		Self::steps(3, 0).saturating_add(Weight::from_parts(
			0,
			EmergencyRow::max_encoded_len() as u64,
		))
	}
}

/// For mocks: every call costs the same.
impl WeightInfo for () {
	fn declare() -> Weight {
		Weight::from_parts(CALL, 0)
	}
	fn end() -> Weight {
		Weight::from_parts(CALL, 0)
	}
	fn look_up() -> Weight {
		Weight::from_parts(CALL, 0)
	}
}
