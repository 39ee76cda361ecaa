//! Weights of the calls, declared by counting what each call reads, writes and works
//! through. Measured ones replace them when the benchmarks come; those
//! include what the other pallets cost, as these do.

use crate::{Config, DirectiveRow, RequestRow, MAX_OPEN_REQUESTS};
use assent_policy::{MAX_DIRECTIVES, MAX_ITEMS, MAX_POLICY_VERSIONS};
use assent_support::{Emergencies, Members, Patients, Policies, Records, Trail};
use codec::MaxEncodedLen;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call costs, other pallets and trail entries included.
pub trait WeightInfo {
	/// `d` directives in the list, `e` of them expired.
	fn grant(d: u32, e: u32) -> Weight;
	/// `d` directives in the list, `e` of them expired.
	fn make_directive(d: u32, e: u32) -> Weight;
	/// The same, whatever else the patient has.
	fn withdraw() -> Weight;
	/// `d` directives in the list, `e` of them expired.
	fn replace(d: u32, e: u32) -> Weight;
	/// The fullest list of open requests, every actor to be looked up.
	fn request() -> Weight;
	/// `d` directives in the list, `e` of them expired.
	fn approve_request(d: u32, e: u32) -> Weight;
	/// The same, whatever else the patient has.
	fn refuse_request() -> Weight;
	/// `d` directives and versions of a base policy to decide over.
	fn access(d: u32) -> Weight;
	/// `d` directives in the list, `e` of them expired.
	fn retire_expired(d: u32, e: u32) -> Weight;
}

const MICROSECOND: u64 = 1_000_000;
/// Origin, arithmetic, event: once per call.
const CALL: u64 = 30 * MICROSECOND;
/// Decoding or encoding the fullest directive: nine provisions, each with criteria of
/// sixteen items.
const DIRECTIVE_CODEC: u64 = 250 * MICROSECOND;
/// Holding the fullest directive against a request, or checking it before it is stored.
const DIRECTIVE_WORK: u64 = 100 * MICROSECOND;
/// Decoding or encoding any other row.
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

	/// Origin, the time (one read) and the caller's standing to the patient.
	fn start() -> Weight {
		Weight::from_parts(CALL, 0)
			.saturating_add(Self::steps(1, 0))
			.saturating_add(T::Patients::worst_weight().saturating_mul(2))
	}

	fn read_directives(count: u64) -> Weight {
		Self::steps(count, 0).saturating_add(Weight::from_parts(
			count.saturating_mul(DIRECTIVE_CODEC),
			count.saturating_mul(DirectiveRow::max_encoded_len() as u64),
		))
	}

	fn write_directives(count: u64) -> Weight {
		Self::steps(0, count)
			.saturating_add(Weight::from_parts(count.saturating_mul(DIRECTIVE_CODEC), 0))
	}

	fn read_requests(count: u64) -> Weight {
		Self::steps(count, 0).saturating_add(Weight::from_parts(
			0,
			count.saturating_mul(RequestRow::max_encoded_len() as u64),
		))
	}

	/// A row, a place on the list of its base policy and a trail entry for each directive that
	/// is noted as expired.
	fn retire(count: u64) -> Weight {
		Self::write_directives(count)
			.saturating_add(Self::steps(0, count))
			.saturating_add(T::Trail::weight().saturating_mul(count))
	}

	/// Checking and storing a new directive: the list, the rows in it, the number, the new
	/// row, what was in force with it, the base policy it is built on, an entry.
	fn make(d: u32, e: u32) -> Weight {
		Self::start()
			.saturating_add(Weight::from_parts(DIRECTIVE_WORK, 0))
			.saturating_add(Self::steps(2, 4))
			.saturating_add(T::Policies::build_weight())
			.saturating_add(Self::read_directives(d.into()))
			.saturating_add(Self::retire(e.into()))
			.saturating_add(Self::write_directives(1))
			.saturating_add(T::Trail::weight())
	}
}

impl<T: Config> WeightInfo for Declared<T> {
	fn grant(d: u32, e: u32) -> Weight {
		Self::make(d, e)
	}

	fn make_directive(d: u32, e: u32) -> Weight {
		Self::make(d, e)
	}

	fn withdraw() -> Weight {
		Self::start()
			.saturating_add(Self::read_directives(1))
			.saturating_add(Self::write_directives(1))
			.saturating_add(Self::steps(1, 2))
			.saturating_add(T::Trail::weight())
	}

	fn replace(d: u32, e: u32) -> Weight {
		Self::make(d, e)
			.saturating_add(Self::read_directives(1))
			.saturating_add(Self::write_directives(1))
			.saturating_add(Self::steps(0, 1))
			.saturating_add(T::Trail::weight())
	}

	fn request() -> Weight {
		Self::start()
			.saturating_add(Weight::from_parts(DIRECTIVE_WORK, 0))
			.saturating_add(T::Members::worst_weight().saturating_mul(u64::from(MAX_ITEMS) + 1))
			.saturating_add(Self::read_requests(MAX_OPEN_REQUESTS.into()))
			.saturating_add(T::Policies::build_weight())
			.saturating_add(Self::steps(2, 3))
			.saturating_add(T::Trail::weight())
	}

	fn approve_request(d: u32, e: u32) -> Weight {
		Self::make(d, e)
			.saturating_add(Self::read_requests(1))
			.saturating_add(Self::steps(1, 2))
	}

	fn refuse_request() -> Weight {
		Self::start()
			.saturating_add(Self::read_requests(1))
			.saturating_add(Self::steps(1, 2))
			.saturating_add(T::Trail::weight())
	}

	fn access(d: u32) -> Weight {
		Self::start()
			// The credential; the custodian's newest version and what the patient accepted.
			.saturating_add(T::Members::worst_weight())
			.saturating_add(T::Policies::standing_weight())
			.saturating_add(T::Records::worst_weight().saturating_mul(2))
			.saturating_add(T::Emergencies::worst_weight())
			// What is private to the patient.
			.saturating_add(T::Patients::worst_weight())
			// The list.
			.saturating_add(Self::steps(1, 0))
			.saturating_add(Self::read_directives(d.into()))
			.saturating_add(Weight::from_parts(
				u64::from(d).saturating_mul(DIRECTIVE_WORK),
				0,
			))
			.saturating_add(T::Trail::weight())
	}

	fn retire_expired(d: u32, e: u32) -> Weight {
		Self::start()
			.saturating_add(Self::steps(1, 1))
			.saturating_add(Self::read_directives(d.into()))
			.saturating_add(Self::retire(e.into()))
	}
}

/// For mocks: every call costs the same, a directive more each.
impl WeightInfo for () {
	fn grant(d: u32, e: u32) -> Weight {
		flat(d.saturating_add(e))
	}
	fn make_directive(d: u32, e: u32) -> Weight {
		flat(d.saturating_add(e))
	}
	fn withdraw() -> Weight {
		flat(0)
	}
	fn replace(d: u32, e: u32) -> Weight {
		flat(d.saturating_add(e))
	}
	fn request() -> Weight {
		flat(0)
	}
	fn approve_request(d: u32, e: u32) -> Weight {
		flat(d.saturating_add(e))
	}
	fn refuse_request() -> Weight {
		flat(0)
	}
	fn access(d: u32) -> Weight {
		flat(d)
	}
	fn retire_expired(d: u32, e: u32) -> Weight {
		flat(d.saturating_add(e))
	}
}

fn flat(directives: u32) -> Weight {
	Weight::from_parts(
		CALL.saturating_add(u64::from(directives).saturating_mul(DIRECTIVE_CODEC)),
		0,
	)
}

/// The arguments with which the calls over a list of directives cost most.
pub(crate) const FULLEST: (u32, u32) = (MAX_DIRECTIVES, MAX_DIRECTIVES);

/// With how much to decide over an access costs most.
pub(crate) const MOST_TO_READ: u32 = MAX_DIRECTIVES + MAX_POLICY_VERSIONS;
