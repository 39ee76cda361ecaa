//! Payer, limits, buckets, priorities, and what the runtime has to say.

use assent_policy::{DirectiveId, OrganisationId, PatientId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::weights::Weight;
use scale_info::TypeInfo;
use sp_runtime::{transaction_validity::TransactionPriority, AccountId32};

/// What an account is to the consortium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
	/// The controller of a patient id in use, or a guardian of one.
	Patient,
	/// A practitioner whose credential by this active organisation is valid now.
	Practitioner(OrganisationId),
	/// An account that acts for this active organisation.
	Agent(OrganisationId),
	/// A registered validator's account.
	Validator,
}

/// Tells an account's payer.
///
/// An account that is several things at once has one payer, which the runtime chooses.
/// Whoever is a patient should use another account for it than for work, or their share of
/// the organisation's bucket decides over their grants (though never over withdrawals).
pub trait PayerOf {
	/// What the account is now; `None` for strangers and those who left.
	fn payer(who: &AccountId32) -> Option<Payer>;
	/// Weight of this call.
	fn worst_weight() -> Weight;
}

/// Knows the calls by which directives are withdrawn.
pub trait Withdrawal<Call> {
	/// The patient and the directive, when the call itself withdraws one (not a batch of
	/// calls, nor another wrapper).
	fn of(call: &Call) -> Option<(PatientId, DirectiveId)>;
	/// Whether it would change something: the directive is there and in force, and the account
	/// may withdraw it. Must not depend on the account's payer.
	fn may(who: &AccountId32, patient: PatientId, directive: DirectiveId) -> bool;
	/// Weight of asking both.
	fn worst_weight() -> Weight;
}

/// How urgent a call is, other than a withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
	/// An emergency is declared or ended.
	Emergency,
	/// Somebody waits for a decision.
	Access,
	/// The consortium governs itself.
	Governance,
	/// Everything else.
	Normal,
}

impl Urgency {
	/// The pool's priority for it.
	pub const fn priority(self) -> TransactionPriority {
		match self {
			Self::Emergency => priority::EMERGENCY,
			Self::Access => priority::ACCESS,
			Self::Governance => priority::GOVERNANCE,
			Self::Normal => priority::NORMAL,
		}
	}
}

/// Tells how urgent a call is.
pub trait PriorityOf<Call> {
	/// The urgency of this call from an account with this payer. Only calls that the
	/// payer is there for should be urgent: a patient can't declare an emergency, so that
	/// call from a patient is a normal one.
	fn urgency(call: &Call, payer: Payer) -> Urgency;
}

/// The transaction pool's priorities, highest first. Everything signed has one of these.
pub mod priority {
	use super::TransactionPriority;

	/// A patient withdraws.
	pub const WITHDRAWAL: TransactionPriority = 1_000_000;
	/// An emergency is declared or ended.
	pub const EMERGENCY: TransactionPriority = 100_000;
	/// Somebody waits for a decision.
	pub const ACCESS: TransactionPriority = 10_000;
	/// The consortium governs itself.
	pub const GOVERNANCE: TransactionPriority = 1_000;
	/// Everything else.
	pub const NORMAL: TransactionPriority = 100;
}

/// The numbers of `InvalidTransaction::Custom` with which this pallet refuses.
pub mod invalid {
	/// The withdrawal would change nothing: the directive is unknown, has ended, or isn't the
	/// account's to withdraw.
	pub const NOTHING_TO_WITHDRAW: u8 = 101;
	/// The transaction costs more than a full bucket holds. Split the batch.
	pub const NEVER_FITS: u8 = 102;
	/// The transaction is longer than a signed one may be. Split the batch.
	pub const TOO_LONG: u8 = 103;
}

/// How much a bucket holds, and how fast it refills. In picoseconds of execution.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Limit {
	/// What a full bucket holds.
	pub capacity: u64,
	/// What it regains with each block.
	pub refill: u64,
}

/// What was spent from a bucket. A new one is full.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct Bucket {
	/// What was spent and not yet regained in block `at`.
	pub spent: u64,
	/// The block in which it was last drawn on.
	pub at: u32,
}

impl Bucket {
	/// What is spent and not yet regained in block `now`.
	pub fn spent_at(&self, limit: Limit, now: u32) -> u64 {
		let blocks = u64::from(now.saturating_sub(self.at));
		self.spent
			.saturating_sub(limit.refill.saturating_mul(blocks))
	}

	/// What the bucket holds in block `now`.
	pub fn available_at(&self, limit: Limit, now: u32) -> u64 {
		limit.capacity.saturating_sub(self.spent_at(limit, now))
	}

	/// The bucket after `cost` was taken from it in block `now`. Whether it held as much is
	/// for the caller to see.
	#[must_use]
	pub fn drawn(&self, limit: Limit, now: u32, cost: u64) -> Self {
		Self {
			spent: self.spent_at(limit, now).saturating_add(cost),
			at: now,
		}
	}

	/// The bucket after `unspent` of what was taken in the same block is given back.
	#[must_use]
	pub fn given_back(&self, unspent: u64) -> Self {
		Self {
			spent: self.spent.saturating_sub(unspent),
			at: self.at,
		}
	}
}

/// What can be spent from a bucket now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Level {
	/// What it holds, in picoseconds of execution.
	pub available: u64,
	/// How much it can hold, and how fast it refills.
	pub limit: Limit,
}

/// What an account may spend now. A transaction's cost must fit both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Allowance {
	/// Its own bucket.
	pub account: Level,
	/// The bucket that it shares with others of its organisation.
	pub organisation: Option<Level>,
}
