//! # Allowance
//!
//! Lets accounts send transactions without a token, within an allowance that refills by
//! itself, and lets a patient withdraw always.
//!
//! ## Terms
//! - **Payer**: what an account is to the consortium: a patient, a practitioner of an
//!   organisation, an organisation's own account, a validator. Without one, nothing is
//!   allowed but withdrawing.
//! - **Bucket**: what an account may still spend. It refills by the block, up to its
//!   capacity. Practitioners and organisations' accounts draw on their organisation's bucket
//!   too, and both must hold enough. A patient's bucket depends on no organisation.
//! - **Cost**: the transaction's worst weight (its call and its extensions) in picoseconds of
//!   execution, plus a price for each byte of its length. A batch costs the sum of its calls.
//!   Weight that wasn't used is given back when the call is done; the bytes are not.
//! - **Withdrawal**: a transaction that is one direct `consent.withdraw` call.
//!
//! ## A scenario
//! A clinic's script goes astray and asks for ten thousand records a minute. Soon its
//! practitioners' buckets are empty, and then the clinic's: what it sends is refused by the
//! transaction pool, and no block carries any of it. Ada, a patient of that clinic, has a
//! bucket of her own and shares a result with another hospital. Then she changes her mind,
//! with an empty bucket by now: the withdrawal goes through all the same, in front of
//! everything else. Sent a second time it is refused, for it would change nothing.
//!
//! ## What is checked, and when
//! [`CheckAllowance`] is a transaction extension without content: wallets that never heard of
//! it sign as if it weren't there. For a transaction signed by an account, in this order:
//! 1. A withdrawal that changes something passes, free and before all else that is signed,
//!    whatever the account's payer. One that changes nothing is refused:
//!    `Custom(`[`invalid::NOTHING_TO_WITHDRAW`]`)`.
//! 2. A call listed in [`Config::Refused`] is refused: `Call`. That list must look into
//!    batches and other wrappers itself, since only the runtime knows what it wraps with.
//! 3. An account without payer is refused: `BadSigner`.
//! 4. A transaction longer than [`Config::MaxLength`] is refused: `Custom(`[`invalid::TOO_LONG`]`)`.
//!    Together with the bound on nonces this bounds how many bytes an account has waiting.
//! 5. A transaction that costs more than a full bucket holds is refused:
//!    `Custom(`[`invalid::NEVER_FITS`]`)`. Split it; waiting won't help.
//! 6. One that costs more than the bucket holds now is refused: `Payment`. Wait for the
//!    bucket to refill, then sign anew: the pool bans the very same bytes for a while. (Not
//!    `ExhaustsResources`, which asks a block's author to try again and again, and would let
//!    an exhausted account keep blocks half empty.)
//!
//! The pool asks, of each transaction by itself: by the bucket as it is, not as those waiting
//! before it will leave it. Every node asks again for every transaction of a block, and what
//! no longer fits is dropped then. The cost is taken just before the call is dispatched. Everything not signed by an account (inherents, authorised
//! calls, reports of equivocation) passes untouched: others answer for it.
//!
//! [`CheckNonce`] stands for the SDK's extension of that name, and looks like it from outside.
//! It also refuses nonces too far ahead, so that one account can't fill the pool with
//! transactions that wait for each other. A withdrawal signed with the account's nonce on
//! chain takes the place of whatever waits in the pool under that nonce.
//!
//! ## What is stored
//! - [`Buckets`], [`OrganisationBuckets`]: one row of fixed size for each account that sent a
//!   transaction, and for each organisation. Never removed.
//!
//! | Call | Who | Event |
//! | --- | --- | --- |
//! | none | | none |
//!
//! ## The pool's priorities
//! Named in [`priority`]; the pool offers the highest first. A transaction signed by an account
//! gets one here; the others set their own.
//!
//! | What | Priority | Constant |
//! | --- | --- | --- |
//! | a patient withdraws (operational, free as long as it changes something) | 1,000,000 | [`priority::WITHDRAWAL`] |
//! | declaring or ending an emergency, by a practitioner | 100,000 | [`priority::EMERGENCY`] |
//! | an access: somebody waits for a decision | 10,000 | [`priority::ACCESS`] |
//! | the consortium's own affairs, by organisations and validators; attestations of documents, which the runtime puts here | 1,000 | [`priority::GOVERNANCE`] |
//! | everything else | 100 | [`priority::NORMAL`] |
//!
//! Inherents and reports of equivocation are the SDK's: the former never wait in the pool, the
//! latter come with the pool's highest number, so that an offence is seen before it pays off.
//!
//! ## Assumptions
//! - Put [`CheckNonce`] before [`CheckAllowance`], and extensions that give weight back before
//!   it too, except the one that reclaims weight for the block, which comes last.
//! - The size of a proof costs nothing here: nobody executes these blocks from proofs.
//! - There are no fees, so `Pays::No` frees nobody.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod buckets;
mod extension;
mod integrity;
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
	use assent_policy::OrganisationId;
	use frame_support::{pallet_prelude::*, traits::Contains};
	use frame_system::pallet_prelude::*;
	use sp_runtime::AccountId32;

	/// The buckets.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32> {
		/// What an account is to the consortium.
		type Payers: PayerOf;
		/// Which calls withdraw a directive, and whether they change something.
		type Withdrawal: Withdrawal<Self::RuntimeCall>;
		/// Calls that no account may send, such as those that would store free text. Looks
		/// into batches and every other wrapper that the runtime has, and contains what is
		/// wrapped too deep to be looked into.
		type Refused: Contains<Self::RuntimeCall>;
		/// How urgent a call is, other than a withdrawal.
		type Priority: PriorityOf<Self::RuntimeCall>;
		/// The bucket of a patient, or of a patient's guardian. In picoseconds of execution.
		/// Lowering it makes patients wait; below the cost of one grant they can't share.
		#[pallet::constant]
		type PatientLimit: Get<Limit>;
		/// The bucket of a practitioner.
		#[pallet::constant]
		type PractitionerLimit: Get<Limit>;
		/// The bucket of an account that acts for an organisation: its controller or an agent.
		#[pallet::constant]
		type AgentLimit: Get<Limit>;
		/// The bucket that an organisation's practitioners and accounts share. Not smaller than
		/// either of theirs, or they could never use their own.
		#[pallet::constant]
		type OrganisationLimit: Get<Limit>;
		/// The bucket of a validator's account, which sets session keys.
		#[pallet::constant]
		type ValidatorLimit: Get<Limit>;
		/// What a byte of a transaction costs, in picoseconds of execution. Lowering it lets
		/// accounts fill the blocks' length.
		#[pallet::constant]
		type PerByte: Get<u64>;
		/// How far ahead of the account's nonce a transaction's may be. Lowering it limits how
		/// many transactions an account can have waiting; raising it lets one account take
		/// more of the pool.
		#[pallet::constant]
		type MaxPending: Get<u32>;
		/// How long a signed transaction may be, in bytes. Lowering it makes people split their
		/// batches, and below the fullest directive keeps patients from making one; raising it
		/// lets one account take more of the pool's bytes.
		#[pallet::constant]
		type MaxLength: Get<u32>;
		/// What the extensions cost.
		type WeightInfo: WeightInfo;
		/// Sets up for the benchmarks what only the runtime knows.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::RuntimeCall>;
	}

	/// What each account has spent and not yet regained.
	///
	/// Written by [`CheckAllowance`], never removed. At most one row for each account that has
	/// a payer, or had one. Hasher: accounts come from outside.
	#[pallet::storage]
	pub type Buckets<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Bucket, ValueQuery>;

	/// What the practitioners and accounts of each organisation have spent together and not
	/// yet regained.
	///
	/// Written by [`CheckAllowance`], never removed. At most one row for each organisation.
	/// Hasher: organisation numbers are ours.
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
		/// What an account may spend now, in picoseconds of execution, and when it is refilled.
		/// Nothing for an account without payer: it may only withdraw.
		pub fn allowance_of(account: AccountId32) -> Option<Allowance> {
			T::Payers::payer(&account).map(|payer| Self::allowance(&account, payer))
		}
	}
}
