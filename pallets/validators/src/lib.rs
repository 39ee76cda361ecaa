//! The validators: the accounts of member organisations that make and finalise blocks.
//!
//! # Terms
//! - **Validator**: an account that the council registered for an organisation. A validator takes
//!   part after it has set session keys, while its organisation is active.
//! - **Plan**: the set for the session after the next one. `pallet-session` asks for the plan when
//!   a session begins. `pallet-session` holds the plan for one session, so keys can be exchanged in
//!   good order. Only an offence changes a held plan.
//! - **Minimum**: the lowest number of validators in a plan. No act and no offence brings the plan
//!   below the minimum, as long as enough validators have keys.
//! - **Offender**: a validator with a proven signature on two conflicting votes.
//!
//! # A scenario
//! Four organisations run a validator each. The council admits a fifth organisation and enacts
//! `add` for its validator. The validator sets its session keys. At the next session change the
//! validator is planned, and one session later the validator makes blocks. Then one of the four
//! signs two conflicting GRANDPA votes, and somebody reports the votes. The offender is disabled at
//! once and taken out of the held plan, so the next session begins without the offender. With only
//! four validators the offender would stay in the set, disabled, and the event would say so. The
//! council examines the case and enacts `reinstate` or `remove`. A removed validator loses its
//! session keys when it is out of the set. A removed organisation takes its validators along in the
//! same way. A suspended organisation keeps the keys of its validators for the day of its
//! reinstatement.
//!
//! # Storage
//! - [`Validators`]: every registered validator, counted. [`ByOrganisation`]: the index.
//! - [`Running`]: the organisations with a validator in the running session.
//! - [`Planned`]: a hash of the last plan with its keys. The session pallet hears of changes only.
//!
//! # Calls
//! | Call | Caller | Event |
//! |---|---|---|
//! | `add` | root, through `enact` | `ValidatorAdded` |
//! | `remove` | root, through `enact` | `ValidatorLeaving`, then `ValidatorRemoved` |
//! | `reinstate` | root, through `enact` | `ValidatorReinstated` |
//!
//! An offence gives `ValidatorOffended`. A plan at the minimum may need a validator that should go.
//! Every such plan gives `ValidatorKept`.
//!
//! # Assumptions
//! - The genesis of the consortium is built before the genesis of this pallet. The genesis of this
//!   pallet is built before the genesis of the session pallet.
//! - `pallet-session` has a disabling strategy with a limit (a third), and Aura has the answer of
//!   `pallet-session`.
//! - Signed accounts can't call `session.purge_keys`. A validator with access to the call would
//!   leave the set at will.
//! - Equivocation in Aura can be seen, and is not punished. Equivocation in GRANDPA is reported.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod integrity;
mod offences;
mod sessions;
mod set;
mod try_state;
mod types;
mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use sessions::Sessions;
pub use set::ValidatorOf;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use assent_policy::OrganisationId;
	use assent_support::{Members, Removals};
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::AccountId32;
	use sp_staking::SessionIndex;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The validators pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The types and constants that the runtime gives to this pallet.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// The origin that adds, removes and reinstates: root. The council reaches root through
		/// `enact`.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The members of the consortium.
		type Members: Members + Removals;

		/// The session pallet.
		type Session: Sessions;

		/// The maximum number of validators. A value below the present number makes stored sets
		/// unreadable.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// The maximum number of validators of one organisation. A value below an organisation's
		/// present number makes the stored index unreadable.
		#[pallet::constant]
		type MaxPerOrganisation: Get<u32>;

		/// The number of past sessions of which the chain keeps the validators. A double vote of an
		/// earlier session can't be reported. A higher value makes the state larger.
		#[pallet::constant]
		type KeepSessions: Get<SessionIndex>;

		/// The minimum number of validators in a plan. With fewer than four, one failed validator
		/// stops finality.
		#[pallet::constant]
		type MinValidators: Get<u32>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Sets up the state of other pallets for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// The registered validators. Written by the council's acts and by offences. A row is removed
	/// when a leaving validator is out of the running session. At most `MaxValidators` rows.
	/// Hasher: accounts come from outside.
	#[pallet::storage]
	pub type Validators<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, AccountId32, ValidatorInfo>;

	/// The validators of an organisation. Removed with the last validator. Hasher: the numbers are
	/// ours.
	#[pallet::storage]
	pub type ByOrganisation<T: Config> = StorageMap<
		_,
		Twox64Concat,
		OrganisationId,
		BoundedBTreeSet<AccountId32, T::MaxPerOrganisation>,
		ValueQuery,
	>;

	/// The organisations with a validator in the running session. Written when the session begins.
	#[pallet::storage]
	pub type Running<T: Config> =
		StorageValue<_, BoundedBTreeSet<OrganisationId, T::MaxValidators>, ValueQuery>;

	/// The hash of the last plan, each validator with its keys.
	#[pallet::storage]
	pub type Planned<T: Config> = StorageValue<_, H256>;

	/// The events of this pallet.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A validator was registered. The validator may set its session keys.
		ValidatorAdded {
			/// The validator.
			validator: AccountId32,
			/// The organisation of the validator.
			organisation: OrganisationId,
		},
		/// A validator is to go. The next plan leaves the validator out.
		ValidatorLeaving {
			/// The validator.
			validator: AccountId32,
			/// The organisation of the validator.
			organisation: OrganisationId,
		},
		/// A validator is gone. The validator is out of the set, and its session keys are purged.
		ValidatorRemoved {
			/// The validator.
			validator: AccountId32,
			/// The organisation of the validator until now.
			organisation: OrganisationId,
		},
		/// A validator was proven to have signed two conflicting votes. The validator was disabled
		/// as far as the limit of disabled validators allows.
		ValidatorOffended {
			/// The validator.
			validator: AccountId32,
			/// The organisation of the validator.
			organisation: OrganisationId,
			/// The session of the offence.
			session: SessionIndex,
			/// Whether the validator leaves, or stays because of the minimum.
			outcome: OffenceOutcome,
		},
		/// The council ended the consequences of an offence.
		ValidatorReinstated {
			/// The validator.
			validator: AccountId32,
			/// The organisation of the validator.
			organisation: OrganisationId,
		},
		/// A plan holds the minimum only with this validator, although the validator should go.
		/// Another validator is needed.
		ValidatorKept {
			/// The validator.
			validator: AccountId32,
			/// The status of the validator. An active validator in this event belongs to a
			/// suspended organisation.
			status: ValidatorStatus,
			/// The session of the plan.
			session: SessionIndex,
		},
	}

	/// The causes for which a call fails.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such validator. Check the account.
		NotFound,
		/// The organisation is not an active member. Admit or reinstate the organisation first.
		OrganisationNotActive,
		/// The account is already a validator, perhaps a leaving one. Wait for the next sessions,
		/// or choose another account.
		AlreadyAdded,
		/// The validator is already leaving. Do nothing.
		AlreadyLeaving,
		/// The validator has not offended. There is nothing to reinstate.
		NotOffended,
		/// Without this validator there would be fewer than the minimum. First add another
		/// validator and set its session keys.
		TooFewValidators,
		/// There is no room for another validator. Remove one first.
		MaxValidatorsExceeded,
		/// The organisation has the maximum number of validators. Remove one first.
		MaxPerOrganisationExceeded,
	}

	/// The first validators.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Validators and their organisations.
		pub validators: Vec<(AccountId32, OrganisationId)>,
		/// Empty.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		/// Panics, with the account, on a value that `add` would refuse. A chain specification with
		/// an error must not be built.
		fn build(&self) {
			for (validator, organisation) in &self.validators {
				if let Err(error) = Pallet::<T>::register(validator, *organisation) {
					panic!("validator {validator:?} of organisation {organisation}: {error:?}");
				}
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_constants();
		}

		/// The session pallet writes the validators of every session into the off-chain database of
		/// the node, and removes none.
		fn offchain_worker(_: BlockNumberFor<T>) {
			T::Session::forget_off_chain(Self::first_kept_session());
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Register a validator for an organisation. The validator may then set its session keys,
		/// and takes part from the session after the next.
		///
		/// organisation: the number. validator: the account of the validator.
		/// Caller: the council, by enacting the call. Fails: OrganisationNotActive, AlreadyAdded,
		/// MaxValidatorsExceeded, MaxPerOrganisationExceeded. Event: ValidatorAdded.
		#[pallet::call_index(0)]
		#[pallet::weight((T::WeightInfo::add(), DispatchClass::Operational))]
		pub fn add(
			origin: OriginFor<T>,
			organisation: OrganisationId,
			validator: AccountId32,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::register(&validator, organisation)?;
			Self::deposit_event(Event::ValidatorAdded { validator, organisation });
			Ok(())
		}

		/// Remove a validator. The validator no longer takes part from the session after the next.
		/// Then the session keys of the validator are purged.
		///
		/// validator: the account.
		/// Caller: the council, by enacting the call. Fails: NotFound, AlreadyLeaving,
		/// TooFewValidators. Event: ValidatorLeaving now, ValidatorRemoved when the validator is
		/// gone.
		#[pallet::call_index(1)]
		#[pallet::weight((
			// The benchmark has more validators than the minimum. At the minimum the call also
			// reads the queue.
			T::WeightInfo::remove(T::MaxValidators::get())
				.saturating_add(T::DbWeight::get().reads(1)),
			DispatchClass::Operational,
		))]
		pub fn remove(origin: OriginFor<T>, validator: AccountId32) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let mut info = Validators::<T>::get(&validator).ok_or(Error::<T>::NotFound)?;
			ensure!(info.status != ValidatorStatus::Leaving, Error::<T>::AlreadyLeaving);
			info.status = ValidatorStatus::Leaving;
			let organisation = info.organisation;
			let before = Self::plan();
			Validators::<T>::insert(&validator, info);
			let after = Self::plan();
			ensure!(
				!after.has(&validator) && after.kept.len() <= before.kept.len(),
				Error::<T>::TooFewValidators
			);
			Self::deposit_event(Event::ValidatorLeaving { validator, organisation });
			Ok(())
		}

		/// Reinstate a validator that offended. The validator takes part again from the session
		/// after the next. Offences of earlier sessions have no effect any more.
		///
		/// validator: the account.
		/// Caller: the council, by enacting the call. Fails: NotFound, NotOffended. Event:
		/// ValidatorReinstated.
		#[pallet::call_index(2)]
		#[pallet::weight((T::WeightInfo::reinstate(), DispatchClass::Operational))]
		pub fn reinstate(origin: OriginFor<T>, validator: AccountId32) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let mut info = Validators::<T>::get(&validator).ok_or(Error::<T>::NotFound)?;
			ensure!(
				matches!(info.status, ValidatorStatus::Offended { .. }),
				Error::<T>::NotOffended
			);
			info.status = ValidatorStatus::Active;
			info.cleared = T::Session::index();
			let organisation = info.organisation;
			Validators::<T>::insert(&validator, info);
			T::Session::enable(&validator);
			Self::deposit_event(Event::ValidatorReinstated { validator, organisation });
			Ok(())
		}
	}

	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// The row of a validator.
		pub fn validator(validator: AccountId32) -> Option<ValidatorInfo> {
			Validators::<T>::get(validator)
		}

		/// The validators of an organisation.
		pub fn validators_of(organisation: OrganisationId) -> Vec<AccountId32> {
			ByOrganisation::<T>::get(organisation).into_iter().collect()
		}

		/// The set of a plan made now.
		pub fn next_plan() -> Vec<AccountId32> {
			Self::plan().set
		}
	}
}
