//! Weights of the calls, declared by counting what each call reads, writes and works
//! through. Measured ones replace them when the benchmarks come; those
//! include what the other pallets cost, as these do. None depends on how many emergencies
//! there are: no call reads more than its own row and lists of fixed length.

use crate::{Config, EmergencyRow, Open};
use assent_support::{Members, Patients, Reviewers, Trail};
use codec::MaxEncodedLen;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call costs, other pallets and trail entries included.
pub trait WeightInfo {
	/// The declarer's list full, nothing on it active.
	fn declare() -> Weight;
	/// The declarer's list full.
	fn end() -> Weight;
	/// The declarer's list full, the role lost while it was active.
	fn justify() -> Weight;
	/// The most organisations to draw from.
	fn draw() -> Weight;
	/// An adverse finding for a declarer with as many active emergencies as allowed.
	fn review() -> Weight;
	/// The same for every review.
	fn pass_on() -> Weight;
	/// A declarer with as many active emergencies as allowed, the role lost before.
	fn suspend_unjustified() -> Weight;
	/// The same for every practitioner.
	fn reinstate() -> Weight;
	/// The same for every cap.
	fn set_organisation_cap() -> Weight;
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
		let steps = reads.saturating_add(writes);
		T::DbWeight::get()
			.reads_writes(reads, writes)
			.saturating_add(Weight::from_parts(
				steps.saturating_mul(ROW_CODEC),
				steps.saturating_mul(TRIE_PATH),
			))
	}

	/// Origin and the time (one read).
	fn start() -> Weight {
		Weight::from_parts(CALL, 0).saturating_add(Self::steps(1, 0))
	}

	/// Reading and writing rows of emergencies.
	fn rows(reads: u64, writes: u64) -> Weight {
		let bytes = reads.saturating_mul(EmergencyRow::max_encoded_len() as u64);
		Self::steps(reads, writes).saturating_add(Weight::from_parts(0, bytes))
	}

	/// Reading a declarer's list, and writing it `writes` times.
	fn list(writes: u64) -> Weight {
		let bytes =
			u64::from(T::MaxUnjustified::get()).saturating_mul(Open::max_encoded_len() as u64);
		Self::steps(1, writes).saturating_add(Weight::from_parts(0, bytes))
	}

	/// What a suspension writes down and ends.
	fn suspension() -> Weight {
		let active = u64::from(T::MaxActive::get());
		Self::steps(1, 1)
			.saturating_add(Self::list(1))
			.saturating_add(Self::rows(active, active))
			.saturating_add(T::Trail::weight().saturating_mul(active.saturating_add(1)))
	}
}

impl<T: Config> WeightInfo for Declared<T> {
	fn declare() -> Weight {
		Self::start()
			.saturating_add(T::Members::worst_weight())
			.saturating_add(T::Patients::worst_weight())
			.saturating_add(T::Reviewers::has_other_weight())
			.saturating_add(Self::list(1))
			// The suspension; the number, the patient's count and position; the counts of the
			// day and the cap.
			.saturating_add(Self::steps(6, 5))
			.saturating_add(Self::rows(0, 1))
			.saturating_add(T::Trail::weight())
	}

	fn end() -> Weight {
		Self::start()
			.saturating_add(Self::rows(1, 1))
			.saturating_add(Self::list(1))
			.saturating_add(T::Trail::weight())
	}

	fn justify() -> Weight {
		Self::start()
			.saturating_add(Self::rows(1, 1))
			.saturating_add(Self::list(1))
			// The block's number.
			.saturating_add(Self::steps(1, 0))
			.saturating_add(T::Trail::weight().saturating_mul(2))
	}

	fn draw() -> Weight {
		Self::start()
			.saturating_add(Self::rows(1, 1))
			.saturating_add(T::Members::worst_weight())
			.saturating_add(T::Reviewers::draw_weight())
			// A second draw follows only where three at most are active.
			.saturating_add(T::Reviewers::has_other_weight().saturating_mul(2))
			// The block's number and the earlier one's hash; the reviewer's list and count.
			.saturating_add(Self::steps(3, 2))
			.saturating_add(T::Trail::weight().saturating_mul(2))
	}

	fn review() -> Weight {
		Self::start()
			.saturating_add(Self::rows(1, 1))
			.saturating_add(T::Members::worst_weight())
			// The reviewer's list and count.
			.saturating_add(Self::steps(1, 2))
			.saturating_add(T::Trail::weight().saturating_mul(2))
			.saturating_add(Self::suspension())
	}

	fn pass_on() -> Weight {
		Self::start()
			.saturating_add(Self::rows(1, 1))
			.saturating_add(T::Members::worst_weight())
			// The block's number; the reviewer's list and count.
			.saturating_add(Self::steps(2, 2))
			.saturating_add(T::Trail::weight().saturating_mul(2))
	}

	fn suspend_unjustified() -> Weight {
		Self::start()
			.saturating_add(Self::rows(1, 1))
			.saturating_add(Self::list(1))
			.saturating_add(T::Trail::weight())
			.saturating_add(Self::suspension())
	}

	fn reinstate() -> Weight {
		Self::start()
			.saturating_add(Self::steps(1, 1))
			.saturating_add(Self::rows(1, 0))
			.saturating_add(T::Trail::weight())
	}

	fn set_organisation_cap() -> Weight {
		Self::start().saturating_add(Self::steps(0, 1))
	}

	fn look_up() -> Weight {
		// The time and the list.
		Self::steps(1, 0).saturating_add(Self::list(0))
	}
}
