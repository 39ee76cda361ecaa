//! Transactions without a token. An account sends transactions within an allowance that refills by
//! itself. A patient can always withdraw.
//!
//! # Terms
//! - **Payer**: the payer of a call: the patient id for which the sender acts, or else the sender as
//!   practitioner of an organisation, as organisation's own account, or as validator. Without a
//!   payer the account may only withdraw.
//! - **Bucket**: the amount that an account may still spend. A bucket refills by the block, up to
//!   its capacity. All accounts that act for a patient id draw on the bucket of the id, which
//!   depends on no organisation. Practitioners and organisations' accounts have buckets of their
//!   own and also draw on their organisation's bucket, and both buckets must hold enough.
//! - **Cost**: the transaction's worst weight (its call and its extensions) in picoseconds of
//!   execution, plus a price for each byte of its length. A batch costs the sum of its calls.
//!   Unused weight is given back after the call, and the price of the bytes is not.
//! - **Withdrawal**: a transaction of one direct call that only ends something: `consent.withdraw`,
//!   or `consortium.resign`.
//!
//! # A scenario
//! A clinic's script goes astray and asks for ten thousand records a minute. Soon the buckets of
//! the practitioners are empty, and then the clinic's bucket. The transaction pool refuses the
//! script's transactions, and no block carries any of them. Ada, a patient of the clinic, has a
//! bucket of her own and shares a result with another hospital. Then Ada changes her mind, with an
//! empty bucket by now. The withdrawal succeeds all the same, in front of everything else. A second
//! withdrawal would change nothing, so the pool refuses the second one.
//!
//! # Storage
//! - [`PatientBuckets`], [`Buckets`], [`OrganisationBuckets`]: one row of fixed size for each
//!   patient id, each other account and each organisation with a transaction. Never removed.
//!
//! # Calls
//! | Call | Caller | Event |
//! |---|---|---|
//! | none | | none |
//!
//! # Checks
//! [`CheckAllowance`] is a transaction extension without content. Wallets without knowledge of the
//! extension sign as before. The extension checks a transaction that an account signed, in this
//! order:
//! 1. A withdrawal with an effect passes, free and before all other signed transactions, for any
//!    payer and without one. A withdrawal without an effect is refused:
//!    `Custom(`[`invalid::NOTHING_TO_WITHDRAW`]`)`.
//! 2. A call that no account sends is refused: `Call`. An account without a role is refused:
//!    `BadSigner`. A call for other accounts is refused: `Custom(`[`invalid::NOT_FOR_SENDER`]`)`. A
//!    batch of calls with several payers is refused: `Custom(`[`invalid::SEVERAL_PAYERS`]`)`. The
//!    runtime looks into batches itself ([`PayerOf`]), because only the runtime knows its wrappers.
//! 3. A transaction longer than [`Config::MaxLength`] is refused:
//!    `Custom(`[`invalid::TOO_LONG`]`)`. The maximum length and the bound on nonces together bound
//!    the waiting bytes of an account.
//! 4. A transaction that costs more than a full bucket holds is refused:
//!    `Custom(`[`invalid::NEVER_FITS`]`)`. Split the transaction; waiting does not help.
//! 5. A transaction that costs more than the bucket holds now is refused: `Payment`. Wait until the
//!    bucket refills, then sign anew: the pool bans the very same bytes for a while. (The refusal
//!    is not `ExhaustsResources`. A block's author tries such a transaction again and again, and an
//!    exhausted account would keep blocks half empty.)
//!
//! The pool asks about each transaction by itself. The answer depends on the bucket as it is,
//! without the waiting transactions before. Every node asks again for every transaction of a block,
//! and drops a transaction that no longer fits. The cost is taken just before the dispatch of the
//! call. A transaction without a signing account (inherents, authorised calls, reports of
//! equivocation) passes untouched: other checks answer for it.
//!
//! [`CheckNonce`] stands for the SDK's extension of the same name, and looks the same from outside.
//! In addition [`CheckNonce`] refuses nonces too far ahead. One account then can't fill the pool
//! with transactions that wait for each other. A withdrawal with the account's nonce on chain takes
//! the place of any waiting transaction with the same nonce.
//!
//! The node refuses a transaction that would be one too many for its [`Principal`]. [`invalid::Cause`]
//! has the words for each refusal.
//!
//! # Priorities
//! The constants stand in [`priority`]. The pool offers the highest priority first. A transaction
//! signed by an account gets its priority here. Other transactions set their own priority.
//!
//! | Transaction | Priority | Constant |
//! |---|---|---|
//! | a patient withdraws (operational), or an account resigns: free with an effect | 1,000,000 | [`priority::WITHDRAWAL`] |
//! | declaring or ending an emergency, by a practitioner | 100,000 | [`priority::EMERGENCY`] |
//! | an access: somebody waits for a decision | 10,000 | [`priority::ACCESS`] |
//! | the consortium's own affairs, by organisations and validators; attestations of documents, put here by the runtime | 1,000 | [`priority::GOVERNANCE`] |
//! | everything else | 100 | [`priority::NORMAL`] |
//!
//! Inherents and reports of equivocation are the SDK's. Inherents never wait in the pool. Reports
//! have the pool's highest priority, so an offence is seen before the offender gains from it.
//!
//! # Assumptions
//! - [`CheckNonce`] stands before [`CheckAllowance`] in the runtime's list of extensions.
//!   Extensions that give weight back also stand before [`CheckAllowance`]. The extension that
//!   reclaims weight for the block comes last.
//! - The size of a proof costs nothing here, because no node executes these blocks from proofs.
//! - There are no fees, so `Pays::No` has no effect.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod buckets;
mod extension;
mod integrity;
pub mod invalid;
mod nonce;
mod try_state;
mod types;
mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use extension::{Charge, CheckAllowance, Pre, Val};
pub use nonce::{CheckNonce, NoncePre, NonceVal};
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use assent_policy::{OrganisationId, PatientId};
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use sp_runtime::AccountId32;

	/// The allowance pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The types and constants that the runtime gives to this pallet.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32> {
		/// Tells the payer of a call, and refuses every call that its sender could never carry out.
		type Payers: PayerOf<Self::RuntimeCall>;
		/// Knows the calls that withdraw a directive, and whether a withdrawal has an effect.
		type Withdrawal: Withdrawal<Self::RuntimeCall>;
		/// Tells the urgency of a call other than a withdrawal.
		type Priority: PriorityOf<Self::RuntimeCall>;
		/// The bucket of a patient id, for everybody who acts for the id. In picoseconds of
		/// execution. A lower value makes patients wait. With a value below the cost of one grant,
		/// patients can't share.
		#[pallet::constant]
		type PatientLimit: Get<Limit>;
		/// The bucket of a practitioner.
		#[pallet::constant]
		type PractitionerLimit: Get<Limit>;
		/// The bucket of an account that acts for an organisation: its controller or an agent.
		#[pallet::constant]
		type AgentLimit: Get<Limit>;
		/// The bucket shared by an organisation's practitioners and accounts. The bucket must not
		/// be smaller than a practitioner's or an account's bucket. Otherwise a full bucket of
		/// their own could never be used.
		#[pallet::constant]
		type OrganisationLimit: Get<Limit>;
		/// The bucket of a validator's account. A validator's account sets session keys.
		#[pallet::constant]
		type ValidatorLimit: Get<Limit>;
		/// The price of a byte of a transaction, in picoseconds of execution. A lower value lets
		/// accounts fill the blocks' length.
		#[pallet::constant]
		type PerByte: Get<u64>;
		/// The maximum lead of a transaction's nonce over the account's nonce. A lower value limits
		/// the waiting transactions of an account. A higher value lets one account take more of the
		/// pool.
		#[pallet::constant]
		type MaxPending: Get<u32>;
		/// The maximum length of a signed transaction, in bytes. A lower value makes people split
		/// their batches. A value below the fullest directive keeps patients from such a directive.
		/// A higher value lets one account take more of the pool's bytes.
		#[pallet::constant]
		type MaxLength: Get<u32>;
		/// Weights.
		type WeightInfo: WeightInfo;
		/// Sets up for the benchmarks the parts known to the runtime only.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::RuntimeCall>;
	}

	/// The amount that the accounts acting for each patient id have spent together and not yet
	/// regained.
	///
	/// Written by [`CheckAllowance`], never removed. At most one row for each patient id. Hasher:
	/// ids come from outside.
	#[pallet::storage]
	pub type PatientBuckets<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, Bucket, ValueQuery>;

	/// The amount that each practitioner, organisation's account and validator has spent and not yet
	/// regained.
	///
	/// Written by [`CheckAllowance`], never removed. At most one row for each account with a payer,
	/// now or in the past. Hasher: accounts come from outside.
	#[pallet::storage]
	pub type Buckets<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Bucket, ValueQuery>;

	/// The amount that the practitioners and accounts of each organisation have spent together and
	/// not yet regained.
	///
	/// Written by [`CheckAllowance`], never removed. At most one row for each organisation. Hasher:
	/// organisation numbers are ours.
	#[pallet::storage]
	pub type OrganisationBuckets<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, Bucket, ValueQuery>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_constants();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// The amount that an account may spend now, in picoseconds of execution, with capacity and
		/// refill. For an account with several roles, the amount of the first of these: organisation's
		/// account, practitioner, patient or representative, validator. `None` for an account without
		/// a role: the account may only withdraw.
		pub fn allowance_of(account: AccountId32) -> Option<Allowance> {
			T::Payers::usual(&account).map(|payer| Self::allowance(&account, payer))
		}
	}
}
