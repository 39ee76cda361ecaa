//! Weights of the calls.

use crate::{Attestors, Config};
use assent_support::{Members, Patients, Trail};
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of the calls of this pallet, what they do in other pallets included.
pub trait WeightInfo {
	/// Of `register`.
	fn register() -> Weight;
	/// Of `correct`.
	fn correct() -> Weight;
	/// Of `rotate`.
	fn rotate() -> Weight;
	/// Of `relabel`.
	fn relabel() -> Weight;
	/// Of `dispute`.
	fn dispute() -> Weight;
	/// Of `settle_dispute`.
	fn settle_dispute() -> Weight;
	/// Of `erase`.
	fn erase() -> Weight;
	/// Of `set_encryption_key`.
	fn set_encryption_key() -> Weight;
	/// Of `set_recheck_period`.
	fn set_recheck_period() -> Weight;
	/// Of `attest` with the votes of every organisation, closing the round.
	fn attest() -> Weight;
	/// Of the checks before `attest` is let into the pool or a block.
	fn authorize_attest() -> Weight;
}

/// Computing of a call beside its reads and writes: decoding, comparing, hashing keys and
/// depositing the event, in picoseconds.
const COMPUTING: u64 = 20_000_000;
/// Verifying an sr25519 signature, in picoseconds.
const VERIFYING: u64 = 120_000_000;
/// Going through one organisation's vote, in picoseconds.
const COUNTING: u64 = 200_000;
/// What a read adds to the proof of a block: the value (the largest, the votes of a hundred
/// organisations, has under 1.5 KiB) and its branch of the trie.
const PROOF: u64 = 4 * 1024;

/// Weights declared by counting reads, writes and hashing. Measured ones
/// take their place (issue 3).
pub struct Declared<T>(PhantomData<T>);

impl<T: Config> Declared<T> {
	fn steps(reads: u64, writes: u64) -> Weight {
		T::DbWeight::get()
			.reads_writes(reads, writes)
			.saturating_add(Weight::from_parts(COMPUTING, PROOF.saturating_mul(reads)))
	}

	fn votes() -> Weight {
		Weight::from_parts(COUNTING.saturating_mul(u64::from(crate::MAX_VOTES)), 0)
	}
}

impl<T: Config> WeightInfo for Declared<T> {
	fn register() -> Weight {
		// Time, record; record, version, due, index.
		Self::steps(2, 4)
			.saturating_add(T::Members::worst_weight())
			.saturating_add(T::Patients::worst_weight())
			.saturating_add(T::Trail::weight())
	}

	fn correct() -> Weight {
		// Time, record, version; record, version, due twice, votes.
		Self::steps(3, 5)
			.saturating_add(T::Members::worst_weight())
			.saturating_add(T::Trail::weight())
	}

	fn rotate() -> Weight {
		Self::correct()
	}

	fn relabel() -> Weight {
		// Time, record, count of past labels; record, past labels, their count.
		Self::steps(3, 3)
			.saturating_add(T::Members::worst_weight())
			.saturating_add(T::Trail::weight())
	}

	fn dispute() -> Weight {
		Self::steps(2, 1)
			.saturating_add(T::Patients::worst_weight())
			.saturating_add(T::Trail::weight())
	}

	fn settle_dispute() -> Weight {
		Self::dispute().saturating_add(T::Members::worst_weight())
	}

	fn erase() -> Weight {
		// Time, record, version; record, due, votes.
		Self::steps(3, 3)
			.saturating_add(T::Members::worst_weight())
			.saturating_add(T::Trail::weight())
	}

	fn set_recheck_period() -> Weight {
		Self::steps(0, 1)
	}

	fn set_encryption_key() -> Weight {
		// The runtime looks the account up in consortium and patients.
		Self::steps(2, 2)
			.saturating_add(T::Members::worst_weight())
			.saturating_add(T::Patients::worst_weight())
	}

	fn attest() -> Weight {
		// Time, record, version, votes, period; version, due twice, votes.
		Self::steps(5, 4)
			.saturating_add(Self::votes())
			.saturating_add(T::Attestors::worst_weight())
			.saturating_add(T::Trail::weight())
	}

	fn authorize_attest() -> Weight {
		// Record, version, votes, genesis hash.
		Self::steps(4, 0)
			.saturating_add(Self::votes())
			.saturating_add(T::Attestors::worst_weight())
			.saturating_add(Weight::from_parts(VERIFYING, 0))
	}
}

/// For tests of other pallets.
impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn correct() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn rotate() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn relabel() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn dispute() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn settle_dispute() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn erase() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn set_recheck_period() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn set_encryption_key() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn attest() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}

	fn authorize_attest() -> Weight {
		Weight::from_parts(COMPUTING, 0)
	}
}
