//! Weights of the calls, declared by counting what each call reads, writes and works
//! through, what it costs in other pallets included. Measured ones replace
//! them.

use crate::{Campaign, Config};
use assent_support::{BasePolicies, Members, Patients, Trail};
use codec::MaxEncodedLen;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call costs, other pallets and trail entries included.
pub trait WeightInfo {
	/// Accepting as the answer in a campaign.
	fn accept() -> Weight;
	/// The same for every refusal.
	fn refuse() -> Weight;
	/// After an earlier campaign.
	fn open_campaign() -> Weight;
	/// `n` patients, each with an acceptance.
	fn ask(n: u32) -> Weight;
	/// The same for every campaign.
	fn end_campaign() -> Weight;
	/// What counts now for a patient, with one version.
	fn standing() -> Weight;
}

const MICROSECOND: u64 = 1_000_000;
/// Origin, arithmetic, event: once per call or patient.
const CALL: u64 = 30 * MICROSECOND;
/// Decoding or encoding a row.
const ROW_CODEC: u64 = 20 * MICROSECOND;
/// Trie nodes on the way to one value.
const TRIE_PATH: u64 = 2_048;

/// Weights declared by counting. See the module.
pub struct Declared<T>(PhantomData<T>);

impl<T: Config> Declared<T> {
	fn steps(reads: u64, writes: u64) -> Weight {
		let both = reads.saturating_add(writes);
		let row = TRIE_PATH.saturating_add(Campaign::max_encoded_len() as u64);
		T::DbWeight::get()
			.reads_writes(reads, writes)
			.saturating_add(Weight::from_parts(
				both.saturating_mul(ROW_CODEC),
				both.saturating_mul(row),
			))
	}

	/// Origin and time.
	fn start() -> Weight {
		Weight::from_parts(CALL, 0).saturating_add(Self::steps(1, 0))
	}

	/// The count, the last acceptance or what was signed.
	fn accepted() -> Weight {
		Self::steps(2, 0).saturating_add(T::Patients::worst_weight())
	}

	/// The latest campaign and its row.
	fn campaign() -> Weight {
		Self::steps(2, 0)
	}

	/// The organisation and the caller's standing to the patient.
	fn patient() -> Weight {
		T::Patients::worst_weight().saturating_mul(2)
	}

	fn agent() -> Weight {
		T::Members::worst_weight()
	}

	fn policies(questions: u32) -> Weight {
		T::Members::worst_policy_weight().saturating_mul(questions.into())
	}
}

impl<T: Config> WeightInfo for Declared<T> {
	fn accept() -> Weight {
		// The newest version; the invitation; acceptance, count, invitation, campaign.
		Self::start()
			.saturating_add(Self::patient())
			.saturating_add(Self::policies(1))
			.saturating_add(Self::accepted())
			.saturating_add(Self::campaign())
			.saturating_add(Self::steps(1, 4))
			.saturating_add(T::Trail::weight())
	}

	fn refuse() -> Weight {
		Self::start()
			.saturating_add(Self::patient())
			.saturating_add(Self::campaign())
			.saturating_add(Self::steps(1, 2))
			.saturating_add(T::Trail::weight())
	}

	fn open_campaign() -> Weight {
		// The number; number, latest, campaign.
		Self::start()
			.saturating_add(Self::agent())
			.saturating_add(Self::policies(1))
			.saturating_add(Self::campaign())
			.saturating_add(Self::steps(1, 3))
			.saturating_add(T::Trail::weight())
	}

	fn ask(n: u32) -> Weight {
		// Of each the organisation, what was accepted, and the invitation.
		let each = Weight::from_parts(CALL, 0)
			.saturating_add(T::Patients::worst_weight())
			.saturating_add(Self::accepted())
			.saturating_add(Self::steps(1, 1))
			.saturating_add(T::Trail::weight());
		Self::start()
			.saturating_add(Self::agent())
			.saturating_add(Self::campaign())
			.saturating_add(Self::steps(0, 1))
			.saturating_add(each.saturating_mul(n.into()))
	}

	fn end_campaign() -> Weight {
		Self::start()
			.saturating_add(Self::agent())
			.saturating_add(Self::campaign())
			.saturating_add(Self::steps(0, 1))
			.saturating_add(T::Trail::weight())
	}

	fn standing() -> Weight {
		// The time, the organisation, the newest version, and its rules.
		Self::steps(1, 0)
			.saturating_add(T::Patients::worst_weight())
			.saturating_add(Self::accepted())
			.saturating_add(Self::policies(2))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn accept() -> Weight {
		Weight::from_parts(CALL, 0)
	}
	fn refuse() -> Weight {
		Weight::from_parts(CALL, 0)
	}
	fn open_campaign() -> Weight {
		Weight::from_parts(CALL, 0)
	}
	fn ask(n: u32) -> Weight {
		Weight::from_parts(CALL.saturating_mul(u64::from(n).saturating_add(1)), 0)
	}
	fn end_campaign() -> Weight {
		Weight::from_parts(CALL, 0)
	}
	fn standing() -> Weight {
		Weight::from_parts(CALL, 0)
	}
}
