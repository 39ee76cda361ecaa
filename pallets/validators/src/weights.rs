//! Declared weights: counted, not measured. Each is the sum of the storage reads and writes
//! of the worst case, of a stated time for the computing between them, and of the most bytes
//! that they can take. Measured ones will replace them (docs/weights.md).

use crate::{Config, ValidatorInfo};
use codec::MaxEncodedLen;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::AccountId32;

/// Weights of this pallet's calls.
pub trait WeightInfo {
	/// `add`.
	fn add() -> Weight;
	/// `remove`, with `validators` registered.
	fn remove(validators: u32) -> Weight;
	/// `reinstate`.
	fn reinstate() -> Weight;
	/// One offender, with `validators` registered.
	fn on_offence(validators: u32) -> Weight;
	/// `organisations`, with `organisations` running.
	fn organisations(organisations: u32) -> Weight;
}

/// Time between the storage accesses of one step, in picoseconds: 20 microseconds.
const WORK: u64 = 20_000_000;
/// Time to look at one validator, in picoseconds: 5 microseconds.
const WORK_EACH: u64 = 5_000_000;
/// Bytes of the trie's nodes on the way to one item.
const PATH: u64 = 2_048;
/// Bytes of an organisation's row, more than it can have.
const ORGANISATION: u64 = 1_024;
/// Bytes of a validator's session keys.
const KEYS: u64 = 128;

/// Weights declared by counting.
pub struct Declared<T>(PhantomData<T>);

impl<T: Config> Declared<T> {
	fn step(reads: u64, writes: u64, work: u64, bytes: u64) -> Weight {
		let proof = PATH
			.saturating_mul(reads.saturating_add(writes))
			.saturating_add(bytes);
		T::DbWeight::get()
			.reads_writes(reads, writes)
			.saturating_add(Weight::from_parts(work, proof))
	}

	/// A plan: of every validator its row, its keys and its organisation.
	fn plan(validators: u32) -> Weight {
		let each = Self::step(
			3,
			0,
			WORK_EACH,
			ORGANISATION + KEYS + ValidatorInfo::max_encoded_len() as u64,
		);
		each.saturating_mul(u64::from(validators))
	}

	/// What is planned for the next session, made anew: the queue with its flag and hash, and
	/// of each validator its keys and its place in the trie of their owners.
	fn unplan(validators: u32) -> Weight {
		let each = Self::step(
			2,
			0,
			4 * WORK_EACH,
			KEYS + ValidatorInfo::max_encoded_len() as u64,
		);
		Self::step(5, 5, WORK, KEYS * u64::from(validators))
			.saturating_add(each.saturating_mul(u64::from(validators)))
	}

	/// The running set and the disabled validators of the session pallet.
	fn session(validators: u32) -> Weight {
		let bytes = AccountId32::max_encoded_len() as u64 + 8;
		Self::step(3, 1, WORK, bytes.saturating_mul(u64::from(validators)))
	}
}

impl<T: Config> WeightInfo for Declared<T> {
	fn add() -> Weight {
		// The organisation, the validator, the counter, the index, the account.
		let index = u64::from(T::MaxPerOrganisation::get())
			.saturating_mul(AccountId32::max_encoded_len() as u64);
		Self::step(5, 4, WORK, ORGANISATION + index)
	}

	fn remove(validators: u32) -> Weight {
		Self::step(1, 1, WORK, ValidatorInfo::max_encoded_len() as u64)
			.saturating_add(Self::plan(validators).saturating_mul(2))
	}

	fn reinstate() -> Weight {
		Self::step(2, 1, WORK, ValidatorInfo::max_encoded_len() as u64)
			.saturating_add(Self::session(T::MaxValidators::get()))
	}

	fn on_offence(validators: u32) -> Weight {
		Self::step(1, 1, WORK, ValidatorInfo::max_encoded_len() as u64)
			.saturating_add(Self::plan(validators))
			.saturating_add(Self::unplan(validators))
			.saturating_add(Self::session(validators))
	}

	fn organisations(organisations: u32) -> Weight {
		let each = Self::step(1, 0, WORK_EACH, ORGANISATION);
		Self::step(1, 0, WORK, 4 * u64::from(organisations))
			.saturating_add(each.saturating_mul(u64::from(organisations)))
	}
}

/// No weight at all, for mocks.
impl WeightInfo for () {
	fn add() -> Weight {
		Weight::zero()
	}
	fn remove(_: u32) -> Weight {
		Weight::zero()
	}
	fn reinstate() -> Weight {
		Weight::zero()
	}
	fn on_offence(_: u32) -> Weight {
		Weight::zero()
	}
	fn organisations(_: u32) -> Weight {
		Weight::zero()
	}
}
