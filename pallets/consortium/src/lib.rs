//! # Consortium
//!
//! Who belongs to Assent: the organisations, the accounts that act for them, the
//! practitioners for whom they vouch, and the acts of the council.
//!
//! ## Terms
//! - **Organisation**: a member. It is *active*, *suspended* by the council for a time, or
//!   *removed* for good; its number is never handed out again.
//! - **Controller**: the account that holds the organisation's council seat and names its
//!   agents. **Agent**: an account that credentials practitioners, enrols patients and
//!   registers records for the organisation. An account acts for one organisation.
//! - **Practitioner**: an account for which an organisation vouches. **Credential**: what it
//!   vouches for: roles and care teams, for a time.
//! - **Endpoint**: where the organisation's document vault answers. The organisation proposes
//!   it, the council approves it.
//! - **Base policy**: the organisation's rules for the documents it holds, in versions.
//! - **Enact**: two thirds of the council have a listed call dispatched as root, after a
//!   delay in which everybody can see it coming.
//!
//! ## A scenario
//! Two thirds of the council enact `admit` for a hospital; when the public delay has
//! passed, it is organisation 7 and its controller has a seat. The controller names an agent,
//! proposes an endpoint, which the council approves in the same way, and registers a base
//! policy. The agent credentials a clinician until the end of the year. In autumn she leaves:
//! the agent revokes the credential, and from that block on it opens nothing. Another
//! hospital may now credential her account.
//!
//! ## What is stored
//! - [`Organisations`], [`OrganisationCount`], [`NextOrganisation`]: the members; a removed one
//!   keeps its row.
//! - [`Seats`]: the controllers of the active ones, as the council has them.
//! - [`EnactAfter`]: how long what is enacted waits, where the genesis says so.
//! - [`ByAgent`]: whom an account acts for.
//! - [`Endpoints`], [`BasePolicies`]: every version of a policy stays.
//! - [`Practitioners`], [`PractitionersOf`]: one credential per account, and the index.
//! - [`PastCredentials`], [`PastStandings`]: what stood before, each with the moment until
//!   which it did: whoever asks about a past moment is answered as it was then.
//!
//! ## Calls
//! | Call | Caller | Event |
//! |---|---|---|
//! | `admit` | root, through `enact` | `OrganisationAdmitted` |
//! | `suspend` | root, through `enact` | `OrganisationSuspended` |
//! | `reinstate` | root, through `enact` | `OrganisationReinstated` |
//! | `remove` | root, through `enact` | `OrganisationRemoved` |
//! | `add_agent` | controller | `AgentAdded` |
//! | `remove_agent` | controller | `AgentRemoved` |
//! | `propose_endpoint` | controller | `EndpointProposed` |
//! | `approve_endpoint` | root, through `enact` | `EndpointApproved` |
//! | `set_base_policy` | controller | `BasePolicySet` |
//! | `credential` | agent or controller | `PractitionerCredentialed` |
//! | `revoke` | agent or controller of the organisation that vouched | `PractitionerRevoked` |
//! | `enact` | two thirds of the council | `EnactScheduled` |
//! | `transfer_control` | controller | `ControlTransferred` |
//! | `replace_controller` | root, through `enact` | `ControlTransferred` |
//!
//! ## Assumptions
//! - The runtime's list of what may be enacted names no call that reaches storage or code
//!   directly, and no wrapper around other calls.
//! - Nothing else changes the council's seats.
//! - Founding members are in the genesis block and not in the trail, which begins after it.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod base_policies;
#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod council;
mod history;
mod integrity;
mod members;
mod organisations;
mod practitioners;
mod text;
mod try_state;
mod types;
mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use text::{check_name, check_uri, check_url};
pub use types::*;
pub use weights::WeightInfo;

/// The caller as the scheduler wants it.
pub type PalletsOriginOf<T> =
	<<T as frame_system::Config>::RuntimeOrigin as frame_support::traits::OriginTrait>::PalletsOrigin;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::{boxed::Box, vec::Vec};
	use assent_policy::{Directive, Groups, Moment, OrganisationId, PolicyVersion, Roles};
	use assent_support::{hold_account, Past, Trail};
	use frame_support::{
		dispatch::GetDispatchInfo,
		pallet_prelude::*,
		traits::{schedule::v3::Anon, ChangeMembers, Contains, QueryPreimage, StorePreimage, Time},
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::{traits::Dispatchable, AccountId32};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The consortium pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime gives this pallet.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// Wall clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// The trail.
		type Trail: Trail;

		/// Who admits, suspends, reinstates and removes members, approves endpoints and
		/// replaces controllers: root, which only `enact` reaches.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who may enact: two thirds of the council.
		type CouncilOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The council. It is told the controllers of the active organisations.
		type Council: ChangeMembers<AccountId32>;

		/// The runtime's calls.
		type RuntimeCall: Parameter
			+ Dispatchable<RuntimeOrigin = <Self as frame_system::Config>::RuntimeOrigin>
			+ GetDispatchInfo
			+ From<frame_system::Call<Self>>;

		/// The calls that may be enacted. Whatever is not listed can't be.
		type Enactable: Contains<<Self as Config>::RuntimeCall>;

		/// Dispatches enacted calls when their delay is over.
		type Scheduler: Anon<
			BlockNumberFor<Self>,
			<Self as Config>::RuntimeCall,
			PalletsOriginOf<Self>,
			Hasher = <Self as frame_system::Config>::Hashing,
		>;

		/// Keeps enacted calls until then.
		type Preimages: QueryPreimage<H = <Self as frame_system::Config>::Hashing> + StorePreimage;

		/// Blocks between the council's decision and its effect, unless the genesis names
		/// others. Lowering it leaves members and patients less time to see what is coming.
		#[pallet::constant]
		type EnactDelay: Get<BlockNumberFor<Self>>;

		/// The fewest that a genesis may name, at least one.
		#[pallet::constant]
		type MinEnactDelay: Get<BlockNumberFor<Self>>;

		/// The most that an enacted call may weigh. Above the scheduler's own limit a call
		/// would wait for ever.
		#[pallet::constant]
		type MaxEnactWeight: Get<Weight>;

		/// The most organisations, suspended ones included. Lowering it below their number
		/// makes the stored seats unreadable.
		#[pallet::constant]
		type MaxOrganisations: Get<u32>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Sets up for the benchmarks what other pallets hold.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self>;
	}

	/// Every organisation ever admitted, by number. Written by the acts on it, never removed:
	/// records and directives go on naming it. At most `MaxOrganisations` are not removed.
	/// Hasher: the numbers are ours.
	#[pallet::storage]
	pub type Organisations<T: Config> = StorageMap<_, Twox64Concat, OrganisationId, Organisation>;

	/// How many organisations are not removed.
	#[pallet::storage]
	pub type OrganisationCount<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The number that the next admitted organisation gets.
	#[pallet::storage]
	pub type NextOrganisation<T: Config> = StorageValue<_, OrganisationId, ValueQuery>;

	/// Blocks between the council's decision and its effect. Written by the genesis that names
	/// it and never again: the council can't shorten the time in which it is watched.
	#[pallet::storage]
	pub type EnactAfter<T: Config> = StorageValue<_, BlockNumberFor<T>>;

	/// The controllers of the active organisations: the council's seats.
	#[pallet::storage]
	pub type Seats<T: Config> =
		StorageValue<_, BoundedBTreeSet<AccountId32, T::MaxOrganisations>, ValueQuery>;

	/// The organisation for which an account acts, as its controller or agent. Removed with
	/// the agent, and with the organisation. At most 17 per organisation.
	/// Hasher: accounts come from outside.
	#[pallet::storage]
	pub type ByAgent<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, OrganisationId>;

	/// Where an organisation's document vault answers, and where it wishes to. Never removed:
	/// the documents of a removed member are still checked.
	#[pallet::storage]
	pub type Endpoints<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, Endpoint, ValueQuery>;

	/// Every version of every base policy. Never removed: what was decided under an old one
	/// can be checked. Hashers: organisations and versions are numbers of ours.
	#[pallet::storage]
	pub type BasePolicies<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrganisationId, Twox64Concat, PolicyVersion, BasePolicy>;

	/// The credential of a practitioner: one per account, the last one given. Revoked and
	/// lapsed ones stay until another organisation vouches for the account.
	/// Hasher: accounts come from outside.
	#[pallet::storage]
	pub type Practitioners<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Credential>;

	/// The credentials of an account before its last one, numbered from 0 in the order of
	/// time, each with the moment at which the next took its place. Written when an account
	/// that has a credential gets another, never removed.
	/// Hashers: accounts come from outside, the numbers are ours.
	#[pallet::storage]
	pub type PastCredentials<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId32, Twox64Concat, u32, Past<Credential>>;

	/// How many rows an account has in `PastCredentials`.
	#[pallet::storage]
	pub type PastCredentialCount<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, u32, ValueQuery>;

	/// How an organisation stood before, numbered from 0 in the order of time, each with the
	/// moment at which it ceased to stand so. Written by the council's acts, never removed.
	/// Hashers: organisations and numbers are ours.
	#[pallet::storage]
	pub type PastStandings<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		OrganisationId,
		Twox64Concat,
		u32,
		Past<OrganisationStatus>,
	>;

	/// How many rows an organisation has in `PastStandings`.
	#[pallet::storage]
	pub type PastStandingCount<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, u32, ValueQuery>;

	/// The practitioners whose credential names an organisation, in force or not.
	#[pallet::storage]
	pub type PractitionersOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrganisationId, Blake2_128Concat, AccountId32, ()>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An organisation became a member.
		OrganisationAdmitted {
			/// Its number.
			organisation: OrganisationId,
			/// Its legal name.
			name: Name,
			/// What it is.
			kind: OrganisationKind,
			/// Its controller.
			controller: AccountId32,
		},
		/// The council halted an organisation.
		OrganisationSuspended {
			/// Which.
			organisation: OrganisationId,
		},
		/// The council ended a suspension.
		OrganisationReinstated {
			/// Which.
			organisation: OrganisationId,
		},
		/// The council removed an organisation for good.
		OrganisationRemoved {
			/// Which.
			organisation: OrganisationId,
		},
		/// An account began to act for an organisation.
		AgentAdded {
			/// The organisation.
			organisation: OrganisationId,
			/// The account.
			agent: AccountId32,
		},
		/// An account ceased to act for an organisation.
		AgentRemoved {
			/// The organisation.
			organisation: OrganisationId,
			/// The account.
			agent: AccountId32,
		},
		/// An organisation asked the council for another endpoint.
		EndpointProposed {
			/// The organisation.
			organisation: OrganisationId,
			/// The address.
			url: Url,
		},
		/// The council approved an endpoint: documents are fetched there from now on.
		EndpointApproved {
			/// The organisation.
			organisation: OrganisationId,
			/// The address.
			url: Url,
		},
		/// An organisation registered a version of its base policy, which counts from now on.
		BasePolicySet {
			/// The organisation.
			organisation: OrganisationId,
			/// The version.
			version: PolicyVersion,
			/// BLAKE3 of its text.
			hash: [u8; 32],
		},
		/// An organisation vouched for a practitioner, or changed what it vouches for.
		PractitionerCredentialed {
			/// The organisation.
			organisation: OrganisationId,
			/// The practitioner.
			practitioner: AccountId32,
			/// First moment that counts.
			from: Moment,
			/// First moment that no longer counts.
			until: Moment,
		},
		/// An organisation ended a credential.
		PractitionerRevoked {
			/// The organisation.
			organisation: OrganisationId,
			/// The practitioner.
			practitioner: AccountId32,
		},
		/// The council decided to have a call dispatched as root.
		EnactScheduled {
			/// Hash of the encoded call (BLAKE2-256).
			hash: H256,
			/// The block in which it will be dispatched.
			at: BlockNumberFor<T>,
		},
		/// An organisation has another controller.
		ControlTransferred {
			/// The organisation.
			organisation: OrganisationId,
			/// The controller until now.
			previous: AccountId32,
			/// The controller from now on.
			controller: AccountId32,
		},
	}

	/// Why a call failed.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such organisation, agent or practitioner: check the number or account.
		NotFound,
		/// The caller may not do this here: sign with the controller's or an agent's account
		/// of the organisation concerned.
		NotAuthorized,
		/// The organisation is suspended: wait until the council reinstates it.
		NotActive,
		/// The organisation is suspended already: nothing to do.
		AlreadySuspended,
		/// The organisation is active: there is no suspension to end.
		AlreadyActive,
		/// The organisation was removed, for good: admit it anew.
		AlreadyRemoved,
		/// The account acts for an organisation already: choose another account.
		AlreadyAgent,
		/// This is the last active organisation: admit or reinstate another one first.
		LastOrganisation,
		/// There is no room for another organisation: remove one first.
		MaxOrganisationsExceeded,
		/// The organisation has as many agents as it may: remove one first.
		MaxAgentsExceeded,
		/// All numbers were handed out: raise the number's width in a new runtime.
		NumbersExhausted,
		/// The legal name is empty, not UTF-8, or has control characters or spaces around it.
		InvalidName,
		/// The address is not one of a document vault: write it as
		/// `https://host:port/path`, in lower case, without anything else.
		InvalidUrl,
		/// The locator is empty or not printable ASCII: correct it.
		InvalidUri,
		/// This endpoint is proposed already: wait for the council.
		AlreadyProposed,
		/// This endpoint is in use already: nothing to do.
		AlreadyApproved,
		/// This is not the endpoint that the organisation proposed: approve that one.
		NotProposed,
		/// A period or span ends before it begins: swap or correct its ends.
		PeriodEmpty,
		/// A period is already over: give it an end in the future.
		PeriodPast,
		/// A span of months ends before it begins: swap or correct its ends.
		MonthsEmpty,
		/// An exception of the policy changes nothing: leave it out.
		ExceptionIdle,
		/// A credential needs at least one role.
		NoRoles,
		/// Another organisation vouches for this account: it must revoke first, or its
		/// credential lapse.
		AlreadyCredentialed,
		/// The credential was revoked already: nothing to do.
		AlreadyRevoked,
		/// The credential's time is over: there is nothing to revoke.
		AlreadyLapsed,
		/// The call is not on the list of what may be enacted.
		NotEnactable,
		/// The call weighs more than the scheduler can dispatch: split it.
		MaxWeightExceeded,
	}

	/// The founding members, and how long what they enact waits in public.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The organisations, which get the numbers from 0 in this order.
		pub organisations: Vec<GenesisOrganisation>,
		/// Blocks between the council's decision and its effect; without it `EnactDelay`.
		pub enact_delay: Option<BlockNumberFor<T>>,
		/// Nothing.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		/// Panics, with the organisation's name, on what the calls would refuse: a chain
		/// specification with an error in it must not be built.
		fn build(&self) {
			if let Some(delay) = self.enact_delay {
				let fewest = T::MinEnactDelay::get();
				assert!(
					delay >= fewest,
					"enactDelay: name at least {fewest:?} blocks"
				);
				EnactAfter::<T>::put(delay);
			}
			for founder in &self.organisations {
				if let Err(error) = Pallet::<T>::found(founder) {
					panic!("founding organisation {:?}: {error:?}", founder.name);
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
		/// Admit an organisation to the consortium: it gets a number, and its controller a seat
		/// in the council. Its name stands on the chain for everyone to read.
		///
		/// name: its legal name. kind: what it is. controller: the account that holds its seat
		/// and names its agents.
		/// Who: the council, by enacting it. Fails: InvalidName, AlreadyAgent,
		/// MaxOrganisationsExceeded, NumbersExhausted. Event: OrganisationAdmitted.
		#[pallet::call_index(0)]
		#[pallet::weight((T::WeightInfo::admit(), DispatchClass::Operational))]
		pub fn admit(
			origin: OriginFor<T>,
			name: Name,
			kind: OrganisationKind,
			controller: AccountId32,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let organisation =
				Self::add_organisation(name.clone(), kind, controller.clone(), T::Time::now())?;
			Self::note_change(organisation, None);
			Self::deposit_event(Event::OrganisationAdmitted {
				organisation,
				name,
				kind,
				controller,
			});
			Ok(())
		}

		/// Suspend an organisation: it loses its seat, none of its accounts can act for it, and
		/// its practitioners' credentials open nothing until it is reinstated.
		///
		/// organisation: its number.
		/// Who: the council, by enacting it. Fails: NotFound, AlreadySuspended, AlreadyRemoved,
		/// LastOrganisation. Event: OrganisationSuspended.
		#[pallet::call_index(1)]
		#[pallet::weight((T::WeightInfo::suspend(), DispatchClass::Operational))]
		pub fn suspend(origin: OriginFor<T>, organisation: OrganisationId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let mut row = Self::load(organisation)?;
			ensure!(
				row.status == OrganisationStatus::Active,
				Self::already(row.status)
			);
			Self::ensure_not_last(&row)?;
			Self::keep_standing(organisation, row.status);
			row.status = OrganisationStatus::Suspended;
			Self::change_seats(None, Some(&row.controller))?;
			Organisations::<T>::insert(organisation, row);
			Self::note_change(organisation, None);
			Self::deposit_event(Event::OrganisationSuspended { organisation });
			Ok(())
		}

		/// Reinstate a suspended organisation: it has its seat again, its accounts can act, and
		/// its practitioners' credentials count again as far as their time is not over.
		///
		/// organisation: its number.
		/// Who: the council, by enacting it. Fails: NotFound, AlreadyActive, AlreadyRemoved.
		/// Event: OrganisationReinstated.
		#[pallet::call_index(2)]
		#[pallet::weight((T::WeightInfo::reinstate(), DispatchClass::Operational))]
		pub fn reinstate(origin: OriginFor<T>, organisation: OrganisationId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let mut row = Self::load(organisation)?;
			ensure!(
				row.status == OrganisationStatus::Suspended,
				Self::already(row.status)
			);
			Self::keep_standing(organisation, row.status);
			row.status = OrganisationStatus::Active;
			Self::change_seats(Some(&row.controller), None)?;
			Organisations::<T>::insert(organisation, row);
			Self::note_change(organisation, None);
			Self::deposit_event(Event::OrganisationReinstated { organisation });
			Ok(())
		}

		/// Remove an organisation for good: it loses its seat, its accounts act for it no more,
		/// and its practitioners' credentials end. What it registered stays readable under its
		/// number, which nobody else gets.
		///
		/// organisation: its number.
		/// Who: the council, by enacting it. Fails: NotFound, AlreadyRemoved, LastOrganisation.
		/// Event: OrganisationRemoved.
		#[pallet::call_index(3)]
		#[pallet::weight((T::WeightInfo::remove(), DispatchClass::Operational))]
		pub fn remove(origin: OriginFor<T>, organisation: OrganisationId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let mut row = Self::load(organisation)?;
			ensure!(
				row.status != OrganisationStatus::Removed,
				Error::<T>::AlreadyRemoved
			);
			Self::ensure_not_last(&row)?;
			if row.status == OrganisationStatus::Active {
				Self::change_seats(None, Some(&row.controller))?;
			}
			ByAgent::<T>::remove(&row.controller);
			row.agents.iter().for_each(ByAgent::<T>::remove);
			row.agents = Default::default();
			Self::keep_standing(organisation, row.status);
			row.status = OrganisationStatus::Removed;
			Organisations::<T>::insert(organisation, row);
			OrganisationCount::<T>::mutate(|count| *count = count.saturating_sub(1));
			Self::note_change(organisation, None);
			Self::deposit_event(Event::OrganisationRemoved { organisation });
			Ok(())
		}

		/// Let an account act for your organisation: it can enrol patients, credential
		/// practitioners and register records in your organisation's name.
		///
		/// agent: the account. It must not act for any organisation yet.
		/// Who: the controller of an active organisation. Fails: NotAuthorized, NotActive,
		/// AlreadyAgent, MaxAgentsExceeded. Event: AgentAdded.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::add_agent())]
		pub fn add_agent(origin: OriginFor<T>, agent: AccountId32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let (organisation, mut row) = Self::ensure_controller(&who)?;
			ensure!(
				!ByAgent::<T>::contains_key(&agent),
				Error::<T>::AlreadyAgent
			);
			row.agents
				.try_insert(agent.clone())
				.map_err(|_| Error::<T>::MaxAgentsExceeded)?;
			Organisations::<T>::insert(organisation, row);
			ByAgent::<T>::insert(&agent, organisation);
			hold_account::<T>(&agent);
			Self::note_change(organisation, Some(who));
			Self::deposit_event(Event::AgentAdded {
				organisation,
				agent,
			});
			Ok(())
		}

		/// End an account's acting for your organisation. What it did before stays valid.
		///
		/// agent: the account.
		/// Who: the controller of an active organisation. Fails: NotAuthorized, NotActive,
		/// NotFound. Event: AgentRemoved.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::remove_agent())]
		pub fn remove_agent(origin: OriginFor<T>, agent: AccountId32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let (organisation, mut row) = Self::ensure_controller(&who)?;
			ensure!(row.agents.remove(&agent), Error::<T>::NotFound);
			Organisations::<T>::insert(organisation, row);
			ByAgent::<T>::remove(&agent);
			Self::note_change(organisation, Some(who));
			Self::deposit_event(Event::AgentRemoved {
				organisation,
				agent,
			});
			Ok(())
		}

		/// Propose where your document vault answers. Nothing changes until the council approves
		/// this address; a proposal that still waits is replaced.
		///
		/// url: the address, for instance https://vault.example:8443 in lower case.
		/// Who: the controller of an active organisation. Fails: NotAuthorized, NotActive,
		/// InvalidUrl, AlreadyProposed, AlreadyApproved. Event: EndpointProposed.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::propose_endpoint())]
		pub fn propose_endpoint(origin: OriginFor<T>, url: Url) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let (organisation, _) = Self::ensure_controller(&who)?;
			ensure!(check_url(&url), Error::<T>::InvalidUrl);
			let mut endpoint = Endpoints::<T>::get(organisation);
			ensure!(
				endpoint.proposed.as_ref() != Some(&url),
				Error::<T>::AlreadyProposed
			);
			ensure!(
				endpoint.approved.as_ref() != Some(&url),
				Error::<T>::AlreadyApproved
			);
			endpoint.proposed = Some(url.clone());
			Endpoints::<T>::insert(organisation, endpoint);
			Self::note_change(organisation, Some(who));
			Self::deposit_event(Event::EndpointProposed { organisation, url });
			Ok(())
		}

		/// Approve the address that an organisation proposed for its document vault: from now on
		/// documents are fetched and checked there.
		///
		/// organisation: its number. url: the proposed address, repeated, so that nothing else
		/// is approved by mistake.
		/// Who: the council, by enacting it. Fails: NotFound, NotActive, AlreadyRemoved,
		/// NotProposed. Event: EndpointApproved.
		#[pallet::call_index(7)]
		#[pallet::weight((T::WeightInfo::approve_endpoint(), DispatchClass::Operational))]
		pub fn approve_endpoint(
			origin: OriginFor<T>,
			organisation: OrganisationId,
			url: Url,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			match Self::load(organisation)?.status {
				OrganisationStatus::Active => {}
				OrganisationStatus::Suspended => return Err(Error::<T>::NotActive.into()),
				OrganisationStatus::Removed => return Err(Error::<T>::AlreadyRemoved.into()),
			}
			let endpoint = Endpoints::<T>::get(organisation);
			ensure!(
				endpoint.proposed.as_ref() == Some(&url),
				Error::<T>::NotProposed
			);
			Endpoints::<T>::insert(
				organisation,
				Endpoint {
					approved: Some(url.clone()),
					proposed: None,
				},
			);
			Self::note_change(organisation, None);
			Self::deposit_event(Event::EndpointApproved { organisation, url });
			Ok(())
		}

		/// Register the rules of your organisation for the documents it holds. They decide where
		/// no directive of the patient does. What they take away counts at once; what they add
		/// counts for patients who enrol from now on, and for others once they accept this
		/// version. The versions before stay readable.
		///
		/// uri: where the text of the policy stands. hash: BLAKE3 of that text. rules: what the
		/// chain decides by.
		/// Who: the controller of an active organisation. Fails: NotAuthorized, NotActive,
		/// InvalidUri, PeriodEmpty, PeriodPast, MonthsEmpty, ExceptionIdle, NumbersExhausted.
		/// Event: BasePolicySet.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_base_policy())]
		pub fn set_base_policy(
			origin: OriginFor<T>,
			uri: Uri,
			hash: [u8; 32],
			rules: Box<Directive>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_base_policy(who, uri, hash, *rules)
		}

		/// Vouch for a practitioner: the account counts as one of your organisation, with these
		/// roles and care teams, for the time given. Doing it again replaces what you gave.
		///
		/// practitioner: the account. roles: at least one. groups: care teams, blinded.
		/// from: when it begins, in milliseconds; a moment that has passed means now.
		/// until: when it ends.
		/// Who: an agent or the controller of an active organisation. Fails: NotAuthorized,
		/// NotActive, NoRoles, PeriodEmpty, PeriodPast, AlreadyCredentialed.
		/// Event: PractitionerCredentialed.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::credential())]
		pub fn credential(
			origin: OriginFor<T>,
			practitioner: AccountId32,
			roles: Roles,
			groups: Groups,
			from: Moment,
			until: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_credential(who, practitioner, roles, groups, from, until)
		}

		/// End what your organisation vouches for: from this block on the practitioner's account
		/// opens nothing. What was already read can't be called back.
		///
		/// practitioner: the account.
		/// Who: an agent or the controller of the organisation that vouched, while it is active.
		/// Fails: NotFound, NotAuthorized, NotActive, AlreadyRevoked, AlreadyLapsed.
		/// Event: PractitionerRevoked.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::revoke())]
		pub fn revoke(origin: OriginFor<T>, practitioner: AccountId32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_revoke(who, practitioner)
		}

		/// Have a call dispatched with the highest right after the public delay. Only calls on
		/// the published list are accepted: membership, parameters, upgrades, and the repair of
		/// stalled finality.
		///
		/// call: the call.
		/// Who: two thirds of the council. Fails: BadOrigin, NotEnactable, MaxWeightExceeded,
		/// and what the scheduler says when that block's agenda is full.
		/// Event: EnactScheduled.
		#[pallet::call_index(11)]
		#[pallet::weight((T::WeightInfo::enact(), DispatchClass::Operational))]
		pub fn enact(
			origin: OriginFor<T>,
			call: Box<<T as Config>::RuntimeCall>,
		) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Self::do_enact(*call)
		}

		/// Hand over your organisation to another account: it takes the council seat and names
		/// the agents from now on, and yours acts for the organisation no more. You can't take
		/// it back.
		///
		/// controller: the account, one of your agents or one that acts for nobody yet.
		/// Who: the controller of an active organisation. Fails: NotAuthorized, NotActive,
		/// AlreadyAgent. Event: ControlTransferred.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::transfer_control())]
		pub fn transfer_control(origin: OriginFor<T>, controller: AccountId32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let (organisation, row) = Self::ensure_controller(&who)?;
			Self::set_controller(organisation, row, controller, Some(who))
		}

		/// Give an organisation another controller, because the key of the present one is lost
		/// or in wrong hands.
		///
		/// organisation: its number. controller: the account, one of its agents or one that acts
		/// for nobody yet.
		/// Who: the council, by enacting it. Fails: NotFound, AlreadyRemoved, AlreadyAgent.
		/// Event: ControlTransferred.
		#[pallet::call_index(13)]
		#[pallet::weight((T::WeightInfo::replace_controller(), DispatchClass::Operational))]
		pub fn replace_controller(
			origin: OriginFor<T>,
			organisation: OrganisationId,
			controller: AccountId32,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let row = Self::load(organisation)?;
			ensure!(
				row.status != OrganisationStatus::Removed,
				Error::<T>::AlreadyRemoved
			);
			Self::set_controller(organisation, row, controller, None)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An organisation, by its number.
		pub fn organisation(organisation: OrganisationId) -> Option<Organisation> {
			Organisations::<T>::get(organisation)
		}

		/// The organisation for which an account is the controller or an agent, active or not.
		pub fn organisation_of(account: AccountId32) -> Option<OrganisationId> {
			ByAgent::<T>::get(account)
		}

		/// The newest base policy of an organisation, active or not.
		pub fn current_policy(organisation: OrganisationId) -> Option<BasePolicy> {
			let version = Organisations::<T>::get(organisation)?.policy?;
			BasePolicies::<T>::get(organisation, version)
		}

		/// A page of the versions of an organisation's base policy, from this version on, the
		/// first being 1. `limit`: how many, at most 10.
		pub fn policies_of(
			organisation: OrganisationId,
			from: PolicyVersion,
			limit: u32,
		) -> Vec<BasePolicy> {
			Self::page_of_policies(organisation, from, limit)
		}

		/// The last credential of an account, in force or not.
		pub fn credential_of(practitioner: AccountId32) -> Option<Credential> {
			Practitioners::<T>::get(practitioner)
		}

		/// A page of the practitioners whose last credential names the organisation, in force
		/// or not, in no meaningful order. `from`: the last account of the page before.
		/// `limit`: how many, at most 100.
		pub fn practitioners_of(
			organisation: OrganisationId,
			from: Option<AccountId32>,
			limit: u32,
		) -> Vec<(AccountId32, Credential)> {
			Self::page_of_practitioners(organisation, from, limit)
		}
	}
}
