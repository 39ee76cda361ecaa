//! # Validators
//!
//! Which accounts make and finalise blocks: validators that member organisations run.
//!
//! ## Terms
//! - **Validator**: an account that the council registered for an organisation. It takes part
//!   once it has set session keys and while its organisation is active.
//! - **Plan**: the set for the session after the next one. `pallet-session` asks for it when a
//!   session begins and holds it for one session, so that keys can be exchanged in good order.
//!   Only an offence changes a plan that is held.
//! - **Minimum**: the number of validators below which no act and no offence brings the plan,
//!   as long as so many have keys.
//! - **Offender**: a validator that was proven to have signed two conflicting votes.
//!
//! ## A scenario
//! Four organisations run a validator each. The council admits a fifth and enacts `add` for
//! its validator, which sets its session keys; at the next session change it is planned, and
//! one session later it makes blocks. Then one of the four signs two conflicting GRANDPA
//! votes. Somebody reports them: the offender is disabled at once and taken out of what was
//! planned, so it is out of the set when the next session begins. Had it been one of only four,
//! it would have stayed in the set, disabled, and the event would have said so. The council looks into it and
//! enacts `reinstate`, or `remove`: then its session keys are purged when it is out of the set.
//! An organisation that is removed takes its validators along in the same way; one that is
//! suspended keeps their keys for the day on which it is reinstated.
//!
//! ## What is stored
//! - [`Validators`]: every registered validator, counted. [`ByOrganisation`]: the index.
//! - [`Running`]: the organisations with a validator in the session that runs.
//! - [`Planned`]: a hash of the last plan with its keys, to tell the session pallet of changes
//!   only.
//!
//! ## Calls
//! | Call | Caller | Event |
//! |---|---|---|
//! | `add` | root, through `consortium.enact` | `ValidatorAdded` |
//! | `remove` | root, through `consortium.enact` | `ValidatorLeaving`, then `ValidatorRemoved` |
//! | `reinstate` | root, through `consortium.enact` | `ValidatorReinstated` |
//!
//! An offence gives `ValidatorOffended`; every plan that holds the minimum only with a
//! validator that should go gives `ValidatorKept`.
//!
//! ## Assumptions
//! - The genesis of the consortium is built before this one, and this one before the session
//!   pallet's.
//! - `pallet-session` is given a disabling strategy with a limit (a third), Aura its answer.
//! - Signed accounts can't call `session.purge_keys`: who could would leave the set at will.
//! - Equivocation in Aura can be seen but is not punished; in GRANDPA it is reported.

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

	/// What the runtime gives this pallet.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// Who adds, removes and reinstates: root, which the council reaches through
		/// `consortium.enact`.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The members of the consortium.
		type Members: Members + Removals;

		/// The session pallet.
		type Session: Sessions;

		/// The most validators. Lowering it below their number makes stored sets unreadable.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// The most validators of one organisation. Lowering it below what one has makes the
		/// stored index unreadable.
		#[pallet::constant]
		type MaxPerOrganisation: Get<u32>;

		/// The validators below which no plan falls. With fewer than four, one that fails
		/// stops finality.
		#[pallet::constant]
		type MinValidators: Get<u32>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Sets up for the benchmarks what other pallets hold.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// The registered validators. Written by the council's acts and by offences, removed when
	/// one that leaves is out of the running session. At most `MaxValidators`.
	/// Hasher: accounts come from outside.
	#[pallet::storage]
	pub type Validators<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, AccountId32, ValidatorInfo>;

	/// The validators of an organisation. Removed with its last one.
	/// Hasher: the numbers are ours.
	#[pallet::storage]
	pub type ByOrganisation<T: Config> = StorageMap<
		_,
		Twox64Concat,
		OrganisationId,
		BoundedBTreeSet<AccountId32, T::MaxPerOrganisation>,
		ValueQuery,
	>;

	/// The organisations with a validator in the session that runs. Written when it begins.
	#[pallet::storage]
	pub type Running<T: Config> =
		StorageValue<_, BoundedBTreeSet<OrganisationId, T::MaxValidators>, ValueQuery>;

	/// Hash of the last plan, each validator with its keys.
	#[pallet::storage]
	pub type Planned<T: Config> = StorageValue<_, H256>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A validator was registered: it may set its session keys.
		ValidatorAdded {
			/// The validator.
			validator: AccountId32,
			/// The organisation that runs it.
			organisation: OrganisationId,
		},
		/// A validator is to go: it is left out of the next plan.
		ValidatorLeaving {
			/// The validator.
			validator: AccountId32,
			/// The organisation that runs it.
			organisation: OrganisationId,
		},
		/// A validator is gone: it is out of the set and its session keys are purged.
		ValidatorRemoved {
			/// The validator.
			validator: AccountId32,
			/// The organisation that ran it.
			organisation: OrganisationId,
		},
		/// A validator was proven to have signed two conflicting votes. It was disabled as far
		/// as the limit of disabled validators allows.
		ValidatorOffended {
			/// The validator.
			validator: AccountId32,
			/// The organisation that runs it.
			organisation: OrganisationId,
			/// The session of the offence.
			session: SessionIndex,
			/// Whether it leaves, or stays because of the minimum.
			outcome: OffenceOutcome,
		},
		/// The council ended what followed from an offence.
		ValidatorReinstated {
			/// The validator.
			validator: AccountId32,
			/// The organisation that runs it.
			organisation: OrganisationId,
		},
		/// A plan holds the minimum only with this validator, which should go: another one is
		/// needed.
		ValidatorKept {
			/// The validator.
			validator: AccountId32,
			/// How it stands; an active one is of a suspended organisation.
			status: ValidatorStatus,
			/// The session that the plan is for.
			session: SessionIndex,
		},
	}

	/// Why a call failed.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such validator: check the account.
		NotFound,
		/// The organisation is not an active member: admit or reinstate it first.
		OrganisationNotActive,
		/// The account is a validator already, perhaps one that leaves: wait for the next
		/// sessions, or choose another account.
		AlreadyAdded,
		/// The validator leaves already: nothing to do.
		AlreadyLeaving,
		/// The validator has not offended: there is nothing to reinstate.
		NotOffended,
		/// Without this validator there would be fewer than the minimum: add another one,
		/// with its session keys set, first.
		TooFewValidators,
		/// There is no room for another validator: remove one first.
		MaxValidatorsExceeded,
		/// The organisation has as many validators as it may: remove one first.
		MaxPerOrganisationExceeded,
	}

	/// The first validators.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Validators, and the organisations that run them.
		pub validators: Vec<(AccountId32, OrganisationId)>,
		/// Nothing.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		/// Panics, with the account, on what `add` would refuse: a chain specification with an
		/// error in it must not be built.
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

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Register a validator for an organisation. It may then set its session keys, and takes
		/// part from the session after the next.
		///
		/// organisation: its number. validator: the account of the validator.
		/// Who: the council, by enacting it. Fails: OrganisationNotActive, AlreadyAdded,
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
			Self::deposit_event(Event::ValidatorAdded {
				validator,
				organisation,
			});
			Ok(())
		}

		/// Remove a validator: it takes part no more from the session after the next, and then
		/// its session keys are purged.
		///
		/// validator: its account.
		/// Who: the council, by enacting it. Fails: NotFound, AlreadyLeaving, TooFewValidators.
		/// Event: ValidatorLeaving now, ValidatorRemoved when it is gone.
		#[pallet::call_index(1)]
		#[pallet::weight((
			// What is measured has more than the minimum; at the minimum the queue is read too.
			T::WeightInfo::remove(T::MaxValidators::get())
				.saturating_add(T::DbWeight::get().reads(1)),
			DispatchClass::Operational,
		))]
		pub fn remove(origin: OriginFor<T>, validator: AccountId32) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let mut info = Validators::<T>::get(&validator).ok_or(Error::<T>::NotFound)?;
			ensure!(
				info.status != ValidatorStatus::Leaving,
				Error::<T>::AlreadyLeaving
			);
			info.status = ValidatorStatus::Leaving;
			let organisation = info.organisation;
			let before = Self::plan();
			Validators::<T>::insert(&validator, info);
			let after = Self::plan();
			ensure!(
				!after.has(&validator) && after.kept.len() <= before.kept.len(),
				Error::<T>::TooFewValidators
			);
			Self::deposit_event(Event::ValidatorLeaving {
				validator,
				organisation,
			});
			Ok(())
		}

		/// Reinstate a validator that offended: it takes part again from the session after the
		/// next. Offences of sessions before this one count no more.
		///
		/// validator: its account.
		/// Who: the council, by enacting it. Fails: NotFound, NotOffended.
		/// Event: ValidatorReinstated.
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
			Self::deposit_event(Event::ValidatorReinstated {
				validator,
				organisation,
			});
			Ok(())
		}
	}

	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// A validator, by its account.
		pub fn validator(validator: AccountId32) -> Option<ValidatorInfo> {
			Validators::<T>::get(validator)
		}

		/// The validators of an organisation.
		pub fn validators_of(organisation: OrganisationId) -> Vec<AccountId32> {
			ByOrganisation::<T>::get(organisation).into_iter().collect()
		}

		/// The set that would be planned if a session began now.
		pub fn next_plan() -> Vec<AccountId32> {
			Self::plan().set
		}
	}
}
