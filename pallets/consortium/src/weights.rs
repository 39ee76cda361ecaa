//! Declared weights: counted, not measured. Each is the sum of the storage reads and writes
//! of the worst case, of a stated time for the computing between them, and of the most bytes
//! that they can take. Measured ones will replace them (docs/weights.md).

use crate::{BasePolicy, Config, Credential, Endpoint, Organisation};
use assent_support::Trail;
use codec::MaxEncodedLen;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::AccountId32;

/// Weights of this pallet's calls.
pub trait WeightInfo {
	/// `admit`.
	fn admit() -> Weight;
	/// `suspend`.
	fn suspend() -> Weight;
	/// `reinstate`.
	fn reinstate() -> Weight;
	/// `remove`.
	fn remove() -> Weight;
	/// `add_agent`.
	fn add_agent() -> Weight;
	/// `remove_agent`.
	fn remove_agent() -> Weight;
	/// `propose_endpoint`.
	fn propose_endpoint() -> Weight;
	/// `approve_endpoint`.
	fn approve_endpoint() -> Weight;
	/// `set_base_policy`.
	fn set_base_policy() -> Weight;
	/// `credential`.
	fn credential() -> Weight;
	/// `revoke`.
	fn revoke() -> Weight;
	/// `enact`, with the longest call that may be enacted. (What is longer is refused.)
	fn enact() -> Weight;
	/// `transfer_control`.
	fn transfer_control() -> Weight;
	/// `replace_controller`.
	fn replace_controller() -> Weight;
	/// The most expensive question of another pallet (`Members`).
	fn look_up() -> Weight;
}

/// Time between the storage accesses of one call, in picoseconds: 20 microseconds.
const WORK: u64 = 20_000_000;
/// Time per byte that is decoded, checked or hashed: 10 nanoseconds.
const WORK_PER_BYTE: u64 = 10_000;
/// Bytes of the trie's nodes on the way to one item.
const PATH: u64 = 2_048;
/// The largest agenda of one block that a scheduled call is put into, in bytes.
const AGENDA: u64 = 64 * 1_024;

/// The longest call that may be enacted, in bytes.
const ENACTED: u64 = 1_024;

/// Weights declared by counting.
pub struct Declared<T>(PhantomData<T>);

impl<T: Config> Declared<T> {
	/// The weight of `reads` and `writes` of items of `bytes` in all.
	fn step(reads: u64, writes: u64, bytes: u64) -> Weight {
		let work = WORK.saturating_add(WORK_PER_BYTE.saturating_mul(bytes));
		let proof = PATH
			.saturating_mul(reads.saturating_add(writes))
			.saturating_add(bytes);
		T::DbWeight::get()
			.reads_writes(reads, writes)
			.saturating_add(Weight::from_parts(work, proof))
	}

	fn organisation() -> u64 {
		Organisation::max_encoded_len() as u64
	}

	fn policy() -> u64 {
		BasePolicy::max_encoded_len() as u64
	}

	/// The seats, and what the council does with them.
	fn seats() -> Weight {
		let seats = u64::from(T::MaxOrganisations::get())
			.saturating_mul(AccountId32::max_encoded_len() as u64);
		Self::step(1, 1, seats).saturating_add(T::CouncilWeight::get())
	}

	/// Whom the caller acts for: `ByAgent` and `Organisations`.
	fn caller() -> Weight {
		Self::step(2, 0, Self::organisation())
	}

	/// An account gets its reference.
	fn held() -> Weight {
		Self::step(1, 1, 128)
	}

	fn entry() -> Weight {
		T::Trail::weight()
	}
}

impl<T: Config> WeightInfo for Declared<T> {
	fn admit() -> Weight {
		// ByAgent, NextOrganisation, OrganisationCount, the clock; the row.
		Self::step(4, 4, Self::organisation())
			.saturating_add(Self::seats())
			.saturating_add(Self::held())
			.saturating_add(Self::entry())
	}

	fn suspend() -> Weight {
		// The clock, the count of past standings; the row, the past standing, their count.
		Self::step(3, 3, Self::organisation())
			.saturating_add(Self::seats())
			.saturating_add(Self::entry())
	}

	fn reinstate() -> Weight {
		Self::suspend()
	}

	fn remove() -> Weight {
		// The controller and every agent leave ByAgent; OrganisationCount goes down.
		Self::suspend().saturating_add(Self::step(1, u64::from(crate::MAX_AGENTS) + 2, 0))
	}

	fn add_agent() -> Weight {
		Self::caller()
			.saturating_add(Self::step(1, 2, Self::organisation()))
			.saturating_add(Self::held())
			.saturating_add(Self::entry())
	}

	fn remove_agent() -> Weight {
		Self::add_agent()
	}

	fn propose_endpoint() -> Weight {
		Self::caller()
			.saturating_add(Self::step(1, 1, Endpoint::max_encoded_len() as u64))
			.saturating_add(Self::entry())
	}

	fn approve_endpoint() -> Weight {
		Self::propose_endpoint()
	}

	fn set_base_policy() -> Weight {
		Self::caller()
			.saturating_add(Self::step(1, 2, Self::policy().saturating_mul(2)))
			.saturating_add(Self::entry())
	}

	fn credential() -> Weight {
		// The caller's organisation, the row it replaces and that row's organisation, the
		// clock, the count of past rows; the row, both entries of the index, the past row and
		// their count.
		Self::caller()
			.saturating_add(Self::step(
				4,
				5,
				(Credential::max_encoded_len() as u64).saturating_mul(2),
			))
			.saturating_add(Self::step(1, 0, Self::organisation()))
			.saturating_add(Self::held())
			.saturating_add(Self::entry())
	}

	fn revoke() -> Weight {
		Self::caller()
			.saturating_add(Self::step(2, 1, Credential::max_encoded_len() as u64))
			.saturating_add(Self::entry())
	}

	fn enact() -> Weight {
		// The delay; the call, kept as a preimage when it is long, and the agenda of one block.
		Self::step(5, 4, ENACTED.saturating_mul(2).saturating_add(AGENDA))
	}

	fn transfer_control() -> Weight {
		Self::caller()
			.saturating_add(Self::step(1, 3, Self::organisation()))
			.saturating_add(Self::seats())
			.saturating_add(Self::held())
			.saturating_add(Self::entry())
	}

	fn replace_controller() -> Weight {
		Self::transfer_control()
	}

	fn look_up() -> Weight {
		// The row asked for, its organisation, the clock.
		Self::step(3, 0, Self::organisation().saturating_add(Self::policy()))
	}
}

/// No weight at all, for mocks.
impl WeightInfo for () {
	fn admit() -> Weight {
		Weight::zero()
	}
	fn suspend() -> Weight {
		Weight::zero()
	}
	fn reinstate() -> Weight {
		Weight::zero()
	}
	fn remove() -> Weight {
		Weight::zero()
	}
	fn add_agent() -> Weight {
		Weight::zero()
	}
	fn remove_agent() -> Weight {
		Weight::zero()
	}
	fn propose_endpoint() -> Weight {
		Weight::zero()
	}
	fn approve_endpoint() -> Weight {
		Weight::zero()
	}
	fn set_base_policy() -> Weight {
		Weight::zero()
	}
	fn credential() -> Weight {
		Weight::zero()
	}
	fn revoke() -> Weight {
		Weight::zero()
	}
	fn enact() -> Weight {
		Weight::zero()
	}
	fn transfer_control() -> Weight {
		Weight::zero()
	}
	fn replace_controller() -> Weight {
		Weight::zero()
	}
	fn look_up() -> Weight {
		Weight::zero()
	}
}
