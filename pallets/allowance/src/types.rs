//! Payers, limits, buckets, priorities, and the questions to the runtime.

use alloc::vec::Vec;
use assent_policy::{OrganisationId, PatientId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::weights::Weight;
use scale_info::TypeInfo;
use sp_runtime::{transaction_validity::TransactionPriority, AccountId32};

/// The payer of a call: the role in which the sender pays. Each payer has a bucket of its own size.
/// For a practitioner and an agent the organisation pays too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
	/// The patient id for which the sender acts, as controller, guardian or delegate. All accounts
	/// that act for the id draw on one bucket.
	Patient(PatientId),
	/// A practitioner whose credential by this active organisation is valid now.
	Practitioner(OrganisationId),
	/// An account that acts for this active organisation.
	Agent(OrganisationId),
	/// A registered validator's account.
	Validator,
}

impl Payer {
	/// Whether the two draw on the bucket of the same patient id, organisation or validator.
	pub fn shares_with(self, other: Self) -> bool {
		match (self, other) {
			(
				Self::Practitioner(own) | Self::Agent(own),
				Self::Practitioner(other) | Self::Agent(other),
			) => own == other,
			_ => self == other,
		}
	}
}

/// The causes for which no payer pays for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPayer {
	/// No account sends the call, or the call carries bytes that nobody reads.
	Refused,
	/// The account has no role in the consortium.
	NotEnrolled,
	/// The account has a role, and the call is for others.
	NotForSender,
	/// The calls of the batch have several payers.
	Mixed,
}

/// Tells the payer of a call.
///
/// An account with several roles has a payer for each call, chosen by the runtime. The deeds of a
/// practitioner as a patient are paid by the patient id, and never by the employer.
pub trait PayerOf<Call> {
	/// The payer of the call from this account, now. The runtime looks into batches. The runtime
	/// refuses every call that the account could never carry out.
	fn payer(who: &AccountId32, call: &Call) -> Result<Payer, NoPayer>;
	/// The payer of most calls of this account. `None` for strangers and for accounts that left.
	fn usual(who: &AccountId32) -> Option<Payer>;
	/// The weight of `payer` for this call.
	fn weight(call: &Call) -> Weight;
}

/// Knows the calls that only end something: a directive, or what binds the account to an
/// organisation.
pub trait Withdrawal<Call> {
	/// The object that a withdrawal ends.
	type Object;
	/// The object, if the call itself is a withdrawal. `None` for a batch of calls and for any other
	/// wrapper.
	fn of(call: &Call) -> Option<Self::Object>;
	/// Whether the withdrawal would change something: the object exists and is in force, and the
	/// account may end the object. The answer must not depend on the account's payer. Each object
	/// must cost more to make than to end, or accounts fill blocks free of charge.
	fn may(who: &AccountId32, object: &Self::Object) -> bool;
	/// A name of the object. Two withdrawals of one object have the same tag, whoever sends them.
	fn tag(who: &AccountId32, object: &Self::Object) -> Vec<u8>;
	/// The weight of `of` and `may`.
	fn worst_weight() -> Weight;
}

/// The urgency of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Urgency {
	/// A withdrawal or a resignation. No call of a batch, and no other call, has this urgency.
	Withdrawal,
	/// An emergency is declared or ended.
	Emergency,
	/// Somebody waits for a decision.
	Access,
	/// The consortium governs itself.
	Governance,
	/// Every other call.
	Normal,
}

impl Urgency {
	/// The priority in the pool.
	pub const fn priority(self) -> TransactionPriority {
		match self {
			Self::Withdrawal => priority::WITHDRAWAL,
			Self::Emergency => priority::EMERGENCY,
			Self::Access => priority::ACCESS,
			Self::Governance => priority::GOVERNANCE,
			Self::Normal => priority::NORMAL,
		}
	}
}

/// The principal for whom a transaction waits in the pool. The node bounds the waiting transactions
/// of each principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Principal {
	/// Nobody: no payer pays, the patient id of a withdrawal is unknown, or no active organisation
	/// binds the account that resigns.
	Nobody,
	/// An account acts for this organisation: a practitioner, an agent, or a validator's account.
	Organisation(OrganisationId),
	/// An account acts for a patient id: the controller, a guardian or a delegate.
	Patient {
		/// The patient id.
		id: PatientId,
		/// The organisation that enrolled the patient.
		enrolled_by: OrganisationId,
	},
}

/// A transaction as the transaction waits in the pool.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Waiting {
	/// The account that signed.
	pub signer: AccountId32,
	/// The number of the transaction. The pool keeps one transaction for each account and number.
	pub nonce: u32,
	/// The principal for whom the transaction waits. For a withdrawal, the patient of the directive.
	/// For a resignation, the organisation.
	pub principal: Principal,
	/// The urgency.
	pub urgency: Urgency,
}

/// Tells the urgency of a call other than a withdrawal.
pub trait PriorityOf<Call> {
	/// The urgency of this call from an account with this payer. A call is urgent only for a payer
	/// with the right to make the call. A patient can't declare an emergency, so a patient's
	/// declaration has normal urgency.
	fn urgency(call: &Call, payer: Payer) -> Urgency;
}

/// The transaction pool's priorities, highest first. Every signed transaction has one of the
/// priorities.
pub mod priority {
	use super::TransactionPriority;

	/// A patient withdraws, or an account resigns.
	pub const WITHDRAWAL: TransactionPriority = 1_000_000;
	/// An emergency is declared or ended.
	pub const EMERGENCY: TransactionPriority = 100_000;
	/// Somebody waits for a decision.
	pub const ACCESS: TransactionPriority = 10_000;
	/// The consortium governs itself.
	pub const GOVERNANCE: TransactionPriority = 1_000;
	/// Every other transaction.
	pub const NORMAL: TransactionPriority = 100;
}

/// The capacity and the refill of a bucket, in picoseconds of execution.
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
	/// The amount in a full bucket.
	pub capacity: u64,
	/// The amount that the bucket regains with each block.
	pub refill: u64,
}

/// The spent amount of a bucket. A new bucket is full.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct Bucket {
	/// The amount that was spent and not yet regained in block `at`.
	pub spent: u64,
	/// The block of the last draw.
	pub at: u32,
}

impl Bucket {
	/// The amount that is spent and not yet regained in block `now`.
	pub fn spent_at(&self, limit: Limit, now: u32) -> u64 {
		let blocks = u64::from(now.saturating_sub(self.at));
		self.spent.saturating_sub(limit.refill.saturating_mul(blocks))
	}

	/// The amount in the bucket in block `now`.
	pub fn available_at(&self, limit: Limit, now: u32) -> u64 {
		limit.capacity.saturating_sub(self.spent_at(limit, now))
	}

	/// The bucket after a draw of `cost` in block `now`. The caller checks the amount in the
	/// bucket.
	#[must_use]
	pub fn drawn(&self, limit: Limit, now: u32, cost: u64) -> Self {
		Self { spent: self.spent_at(limit, now).saturating_add(cost), at: now }
	}

	/// The bucket after the return of `unspent`, drawn in the same block.
	#[must_use]
	pub fn given_back(&self, unspent: u64) -> Self {
		Self { spent: self.spent.saturating_sub(unspent), at: self.at }
	}
}

/// The amount that can be spent from a bucket now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Level {
	/// The amount in the bucket, in picoseconds of execution.
	pub available: u64,
	/// The capacity and the refill of the bucket.
	pub limit: Limit,
}

/// The amounts that can be spent now. The cost of a transaction must fit both buckets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Allowance {
	/// The bucket of the account, or of the patient id for which the account acts.
	pub account: Level,
	/// The bucket that the account shares with others of its organisation.
	pub organisation: Option<Level>,
}
