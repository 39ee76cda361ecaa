//! The members of Assent: organisations, the accounts that act for organisations, the practitioners
//! for whom organisations vouch, and the acts of the council.
//!
//! # Terms
//! - **Organisation**: a member. A member is *active*, *suspended* by the council for a time, or
//!   *removed* for good. The number of a removed organisation is never handed out again.
//! - **Controller**: the account of the organisation's council seat. The controller names the
//!   agents.
//! - **Agent**: an account with the right to credential practitioners, enrol patients and register
//!   records for the organisation. An account acts for one organisation.
//! - **Practitioner**: an account for which an organisation vouches.
//! - **Credential**: the roles and the care teams of a practitioner, for a time.
//! - **Engagement**: an account becomes an organisation's practitioner or agent. The account agrees
//!   by a signature of its own, the *consent*, and ends the engagement by `resign`.
//! - **Endpoint**: the address of the organisation's document vault. The organisation proposes an
//!   endpoint, and the council approves the endpoint.
//! - **Base policy**: the organisation's rules for the documents in its custody, in versions.
//! - **Enact**: two thirds of the council order a listed call. The scheduler dispatches the call as
//!   root after a public delay.
//!
//! # A scenario
//! Two thirds of the council enact `admit` for a hospital. When the public delay has passed, the
//! hospital is organisation 7 and its controller has a seat. The controller names an agent and
//! registers a base policy. The controller also proposes an endpoint, and the council approves the
//! endpoint in the same way. A clinician signs the text of an engagement with the hospital, and the
//! agent credentials the clinician until the end of the year. In autumn the clinician leaves. The
//! agent revokes the credential, and the credential opens nothing from the block of the revocation
//! on. If the hospital forgets the revocation, the clinician resigns. Another hospital may now
//! credential the clinician's account, with a signature for that hospital.
//!
//! # Storage
//! - [`Organisations`], [`OrganisationCount`], [`NextOrganisation`]: the members. A removed member
//!   keeps its row.
//! - [`Seats`]: the controllers of the active organisations, as the council has them.
//! - [`EnactAfter`]: the public delay, if the genesis names one.
//! - [`ByAgent`]: the organisation for which an account acts.
//! - [`Endpoints`]: the endpoints.
//! - [`BasePolicies`]: the base policies. Every version stays.
//! - [`Practitioners`], [`PractitionersOf`]: one credential for each account, and the index.
//! - [`Engagements`]: the number of consents that an account gave. With this number, no signature
//!   serves twice.
//! - [`PastCredentials`], [`PastStandings`]: earlier credentials and standings, each with the
//!   moment at which it ended. A question about a past moment gets the answer of that moment.
//!
//! # Calls
//! | Call | Caller | Event |
//! |---|---|---|
//! | `admit` | root, through `enact` | `OrganisationAdmitted` |
//! | `suspend` | root, through `enact` | `OrganisationSuspended` |
//! | `reinstate` | root, through `enact` | `OrganisationReinstated` |
//! | `remove` | root, through `enact` | `OrganisationRemoved` |
//! | `add_agent` | controller, with the account's signature | `AgentAdded` |
//! | `remove_agent` | controller | `AgentRemoved` |
//! | `propose_endpoint` | controller | `EndpointProposed` |
//! | `approve_endpoint` | root, through `enact` | `EndpointApproved` |
//! | `set_base_policy` | controller | `BasePolicySet` |
//! | `credential` | agent or controller, with the account's signature unless the credential is held | `PractitionerCredentialed` |
//! | `revoke` | agent or controller of the organisation that vouched | `PractitionerRevoked` |
//! | `enact` | two thirds of the council | `EnactScheduled` |
//! | `transfer_control` | controller | `ControlTransferred` |
//! | `replace_controller` | root, through `enact` | `ControlTransferred` |
//! | `resign` | practitioner or agent | `PractitionerResigned`, `AgentRemoved` |
//!
//! # Assumptions
//! - The runtime lists the calls that the council may enact. The list names no call with direct
//!   access to storage or code, and no wrapper around other calls.
//! - No other code changes the council's seats.
//! - Founding members stand in the genesis block, with agents who signed nothing on the chain. The trail begins after the genesis block, so the
//!   trail has no entry about the founding.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod base_policies;
#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod council;
mod engagements;
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

pub use assent_protocol::messages::{civil_date, Capacity};
pub use pallet::*;
pub use text::{check_name, check_uri, check_url};
pub use types::*;
pub use weights::WeightInfo;

/// The caller, in the form that the scheduler takes.
pub type PalletsOriginOf<T> =
	<<T as frame_system::Config>::RuntimeOrigin as frame_support::traits::OriginTrait>::PalletsOrigin;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::{boxed::Box, vec::Vec};
	use assent_policy::{Directive, Groups, Moment, OrganisationId, PolicyVersion, Roles};
	use assent_support::{Past, Trail};
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

	/// The types and constants that the runtime gives to this pallet.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// Wall clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// The trail.
		type Trail: Trail;

		/// The origin that admits, suspends, reinstates and removes members, approves endpoints and
		/// replaces controllers: root. Root is reached through `enact` only.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The origin that may enact: two thirds of the council.
		type CouncilOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The council. The pallet tells the council the controllers of the active organisations.
		type Council: ChangeMembers<AccountId32>;

		/// The runtime's calls.
		type RuntimeCall: Parameter
			+ Dispatchable<RuntimeOrigin = <Self as frame_system::Config>::RuntimeOrigin>
			+ GetDispatchInfo
			+ From<frame_system::Call<Self>>;

		/// The calls that the council may enact. The pallet refuses every other call.
		type Enactable: Contains<<Self as Config>::RuntimeCall>;

		/// Dispatches an enacted call when the delay is over.
		type Scheduler: Anon<
			BlockNumberFor<Self>,
			<Self as Config>::RuntimeCall,
			PalletsOriginOf<Self>,
			Hasher = <Self as frame_system::Config>::Hashing,
		>;

		/// Keeps an enacted call until the scheduler dispatches the call.
		type Preimages: QueryPreimage<H = <Self as frame_system::Config>::Hashing> + StorePreimage;

		/// The number of blocks between the council's decision and its effect, unless the genesis
		/// names another number. A lower value gives members and patients less time to see the
		/// decision.
		#[pallet::constant]
		type EnactDelay: Get<BlockNumberFor<Self>>;

		/// The lowest delay that a genesis may name. At least one.
		#[pallet::constant]
		type MinEnactDelay: Get<BlockNumberFor<Self>>;

		/// The highest weight of an enacted call. The scheduler has a limit of its own. A call
		/// above the scheduler's limit would wait for ever.
		#[pallet::constant]
		type MaxEnactWeight: Get<Weight>;

		/// The maximum number of organisations, suspended ones included. A value below the present
		/// number makes the stored seats unreadable.
		#[pallet::constant]
		type MaxOrganisations: Get<u32>;

		/// Weights.
		type WeightInfo: WeightInfo;

		/// Sets up the state of other pallets for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self>;
	}

	/// Every organisation ever admitted, by number. The calls about the organisation write the row.
	/// No call removes the row: records and directives continue to name the organisation. At most
	/// `MaxOrganisations` organisations are not removed. Hasher: the numbers are ours.
	#[pallet::storage]
	pub type Organisations<T: Config> = StorageMap<_, Twox64Concat, OrganisationId, Organisation>;

	/// The number of organisations without the removed ones.
	#[pallet::storage]
	pub type OrganisationCount<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The number of the organisation to be admitted next.
	#[pallet::storage]
	pub type NextOrganisation<T: Config> = StorageValue<_, OrganisationId, ValueQuery>;

	/// The number of blocks between the council's decision and its effect. Only a genesis that
	/// names a delay writes the value. The council can't shorten the time in which others watch the
	/// council.
	#[pallet::storage]
	pub type EnactAfter<T: Config> = StorageValue<_, BlockNumberFor<T>>;

	/// The controllers of the active organisations: the council's seats.
	#[pallet::storage]
	pub type Seats<T: Config> =
		StorageValue<_, BoundedBTreeSet<AccountId32, T::MaxOrganisations>, ValueQuery>;

	/// The organisation for which an account acts, as controller or agent. The row is removed with
	/// the agent and with the organisation. At most 17 rows for each organisation. Hasher: accounts
	/// come from outside.
	#[pallet::storage]
	pub type ByAgent<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, OrganisationId>;

	/// The approved and the proposed address of an organisation's document vault. The row is never
	/// removed: validators still check the documents of a removed member.
	#[pallet::storage]
	pub type Endpoints<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, Endpoint, ValueQuery>;

	/// Every version of every base policy. The row is never removed: a decision under an old
	/// version can be checked. Hashers: organisations and versions are numbers of ours.
	#[pallet::storage]
	pub type BasePolicies<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrganisationId, Twox64Concat, PolicyVersion, BasePolicy>;

	/// The credential of a practitioner: the last one given to the account. A revoked or lapsed
	/// credential stays until another organisation vouches for the account. Hasher: accounts come
	/// from outside.
	#[pallet::storage]
	pub type Practitioners<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Credential>;

	/// The earlier credentials of an account, numbered from 0 in the order of time. Each row holds
	/// the moment at which the next credential took its place. The pallet writes a row when the
	/// account gets another credential, and never removes the row. Hashers: accounts come from
	/// outside, the numbers are ours.
	#[pallet::storage]
	pub type PastCredentials<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId32, Twox64Concat, u32, Past<Credential>>;

	/// The number of rows of an account in `PastCredentials`.
	#[pallet::storage]
	pub type PastCredentialCount<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, u32, ValueQuery>;

	/// The earlier standings of an organisation, numbered from 0 in the order of time. Each row
	/// holds the moment at which the standing ended. The council's acts write the rows, which are
	/// never removed. Hashers: organisations and numbers are ours.
	#[pallet::storage]
	pub type PastStandings<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		OrganisationId,
		Twox64Concat,
		u32,
		Past<OrganisationStatus>,
	>;

	/// The number of rows of an organisation in `PastStandings`.
	#[pallet::storage]
	pub type PastStandingCount<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, u32, ValueQuery>;

	/// The number of engagements that an account began by a consent of its own. The account's next
	/// consent contains this number, so a consent serves once. `credential` and `add_agent` raise the
	/// number, and no call removes the row. Hasher: accounts come from outside.
	#[pallet::storage]
	pub type Engagements<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, u32, ValueQuery>;

	/// The practitioners with a credential of the organisation, valid now or not.
	#[pallet::storage]
	pub type PractitionersOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrganisationId, Blake2_128Concat, AccountId32, ()>;

	/// The events of this pallet.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An organisation became a member.
		OrganisationAdmitted {
			/// The number of the organisation.
			organisation: OrganisationId,
			/// The legal name.
			name: Name,
			/// The kind of organisation.
			kind: OrganisationKind,
			/// The controller.
			controller: AccountId32,
		},
		/// The council halted an organisation.
		OrganisationSuspended {
			/// The organisation.
			organisation: OrganisationId,
		},
		/// The council ended a suspension.
		OrganisationReinstated {
			/// The organisation.
			organisation: OrganisationId,
		},
		/// The council removed an organisation for good.
		OrganisationRemoved {
			/// The organisation.
			organisation: OrganisationId,
		},
		/// An account began to act for an organisation.
		AgentAdded {
			/// The organisation.
			organisation: OrganisationId,
			/// The account.
			agent: AccountId32,
		},
		/// An account no longer acts for an organisation.
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
		/// The council approved an endpoint. Validators fetch documents there from now on.
		EndpointApproved {
			/// The organisation.
			organisation: OrganisationId,
			/// The address.
			url: Url,
		},
		/// An organisation registered a version of its base policy. The version is valid from now
		/// on.
		BasePolicySet {
			/// The organisation.
			organisation: OrganisationId,
			/// The version.
			version: PolicyVersion,
			/// BLAKE3 of the text.
			hash: [u8; 32],
		},
		/// An organisation vouched for a practitioner, or changed the credential.
		PractitionerCredentialed {
			/// The organisation.
			organisation: OrganisationId,
			/// The practitioner.
			practitioner: AccountId32,
			/// The first moment at which the credential is valid.
			from: Moment,
			/// The first moment at which the credential is no longer valid.
			until: Moment,
		},
		/// An organisation ended a credential.
		PractitionerRevoked {
			/// The organisation.
			organisation: OrganisationId,
			/// The practitioner.
			practitioner: AccountId32,
		},
		/// The council decided to dispatch a call as root.
		EnactScheduled {
			/// Hash of the encoded call (BLAKE2-256).
			hash: H256,
			/// The block in which the scheduler dispatches the call.
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
		/// A practitioner ended the practitioner's own credential.
		PractitionerResigned {
			/// The organisation that vouched.
			organisation: OrganisationId,
			/// The practitioner.
			practitioner: AccountId32,
		},
	}

	/// The causes for which a call fails.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such organisation, agent or practitioner. Check the number or the account.
		NotFound,
		/// The caller may not do this here. Sign with the account of the controller or of an agent
		/// of the organisation concerned.
		NotAuthorized,
		/// The organisation is suspended. Wait until the council reinstates the organisation.
		NotActive,
		/// The organisation is already suspended. Do nothing.
		AlreadySuspended,
		/// The organisation is active. There is no suspension to end.
		AlreadyActive,
		/// The organisation was removed for good. Admit the organisation anew.
		AlreadyRemoved,
		/// The account already acts for an organisation. Choose another account.
		AlreadyAgent,
		/// This is the last active organisation. Admit or reinstate another one first.
		LastOrganisation,
		/// There is no room for another organisation. Remove one first.
		MaxOrganisationsExceeded,
		/// The organisation has the maximum number of agents. Remove an agent first.
		MaxAgentsExceeded,
		/// All numbers were handed out. Raise the width of the number in a new runtime.
		NumbersExhausted,
		/// The legal name is empty, not UTF-8, or has control characters or spaces around it.
		/// Correct the name.
		InvalidName,
		/// The address is not the address of a document vault. Write `https://host:port/path`, in
		/// lower case, without anything else.
		InvalidUrl,
		/// The locator is empty or not printable ASCII. Correct the locator.
		InvalidUri,
		/// The organisation has already proposed this endpoint. Wait for the council.
		AlreadyProposed,
		/// This endpoint is already in use. Do nothing.
		AlreadyApproved,
		/// The organisation did not propose this endpoint. Approve the proposed endpoint.
		NotProposed,
		/// A period or span ends before its beginning. Swap or correct the ends.
		PeriodEmpty,
		/// A period is already over. Give the period an end in the future.
		PeriodPast,
		/// A span of months ends before its beginning. Swap or correct the ends.
		MonthsEmpty,
		/// An exception of the policy changes nothing. Leave the exception out.
		ExceptionIdle,
		/// The credential has no role. Name at least one role.
		NoRoles,
		/// Another organisation vouches for this account. Wait until the other organisation revokes
		/// the credential, or until the credential lapses.
		AlreadyCredentialed,
		/// The credential was already revoked. Do nothing.
		AlreadyRevoked,
		/// The time of the credential is over. There is nothing to revoke.
		AlreadyLapsed,
		/// The call is not on the list of calls that the council may enact. Choose a listed call.
		NotEnactable,
		/// The call weighs more than the scheduler can dispatch. Split the call.
		MaxWeightExceeded,
		/// The account holds no credential of the organisation, so the account must sign. Ask the
		/// account for a signature over the engagement message.
		ConsentMissing,
		/// The last day of the consent is over. Ask the account for a new signature.
		ConsentLapsed,
		/// The last day of the consent is more than a year ahead. Ask the account for a signature
		/// with an earlier last day.
		ConsentTooLong,
		/// The signature is not the account's over the engagement message for these values and the
		/// account's present number. Read the number anew, and let the account sign again.
		BadSignature,
	}

	/// The founding members, and the public delay of enacted calls.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The organisations. The organisations get the numbers from 0 in this order.
		pub organisations: Vec<GenesisOrganisation>,
		/// The number of blocks between the council's decision and its effect. `EnactDelay` if not
		/// given.
		pub enact_delay: Option<BlockNumberFor<T>>,
		/// Empty.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		/// Panics, with the organisation's name, on a value that the calls would refuse. A chain
		/// specification with an error must not be built.
		fn build(&self) {
			if let Some(delay) = self.enact_delay {
				let fewest = T::MinEnactDelay::get();
				assert!(delay >= fewest, "enactDelay: name at least {fewest:?} blocks");
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
		/// Admit an organisation to the consortium. The organisation gets a number, and its
		/// controller gets a seat in the council. Everyone can read the organisation's name on the
		/// chain.
		///
		/// name: the legal name. kind: the kind of organisation. controller: the account that holds
		/// the seat and names the agents.
		/// Caller: the council, by enacting the call. Fails: InvalidName, AlreadyAgent,
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

		/// Suspend an organisation. The organisation loses its seat, and none of its accounts can
		/// act for the organisation. The credentials of its practitioners open nothing until the
		/// council reinstates the organisation.
		///
		/// organisation: the number.
		/// Caller: the council, by enacting the call. Fails: NotFound, AlreadySuspended,
		/// AlreadyRemoved, LastOrganisation. Event: OrganisationSuspended.
		#[pallet::call_index(1)]
		#[pallet::weight((T::WeightInfo::suspend(), DispatchClass::Operational))]
		pub fn suspend(origin: OriginFor<T>, organisation: OrganisationId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let mut row = Self::load(organisation)?;
			ensure!(row.status == OrganisationStatus::Active, Self::already(row.status));
			Self::ensure_not_last(&row)?;
			Self::keep_standing(organisation, row.status);
			row.status = OrganisationStatus::Suspended;
			Self::change_seats(None, Some(&row.controller))?;
			Organisations::<T>::insert(organisation, row);
			Self::note_change(organisation, None);
			Self::deposit_event(Event::OrganisationSuspended { organisation });
			Ok(())
		}

		/// Reinstate a suspended organisation. The organisation has its seat again, and its
		/// accounts can act. The credentials of its practitioners are valid again if the time of
		/// the credential is not over.
		///
		/// organisation: the number.
		/// Caller: the council, by enacting the call. Fails: NotFound, AlreadyActive,
		/// AlreadyRemoved. Event: OrganisationReinstated.
		#[pallet::call_index(2)]
		#[pallet::weight((T::WeightInfo::reinstate(), DispatchClass::Operational))]
		pub fn reinstate(origin: OriginFor<T>, organisation: OrganisationId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let mut row = Self::load(organisation)?;
			ensure!(row.status == OrganisationStatus::Suspended, Self::already(row.status));
			Self::keep_standing(organisation, row.status);
			row.status = OrganisationStatus::Active;
			Self::change_seats(Some(&row.controller), None)?;
			Organisations::<T>::insert(organisation, row);
			Self::note_change(organisation, None);
			Self::deposit_event(Event::OrganisationReinstated { organisation });
			Ok(())
		}

		/// Remove an organisation for good. The organisation loses its seat, its accounts no longer
		/// act for the organisation, and the credentials of its practitioners end. Everything that
		/// the organisation registered stays readable under its number. No other organisation gets
		/// the number.
		///
		/// organisation: the number.
		/// Caller: the council, by enacting the call. Fails: NotFound, AlreadyRemoved,
		/// LastOrganisation. Event: OrganisationRemoved.
		#[pallet::call_index(3)]
		#[pallet::weight((T::WeightInfo::remove(), DispatchClass::Operational))]
		pub fn remove(origin: OriginFor<T>, organisation: OrganisationId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let mut row = Self::load(organisation)?;
			ensure!(row.status != OrganisationStatus::Removed, Error::<T>::AlreadyRemoved);
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

		/// Let an account act for your organisation. The account can enrol patients, credential
		/// practitioners and register records in your organisation's name. The account has agreed
		/// with a signature of its own.
		///
		/// agent: the account. The account must not act for any organisation yet. consent: the last
		/// day of use, and the account's signature over the engagement message.
		/// Caller: the controller of an active organisation. Fails: NotAuthorized, NotActive,
		/// AlreadyAgent, MaxAgentsExceeded, ConsentLapsed, ConsentTooLong, NumbersExhausted,
		/// BadSignature. Event: AgentAdded.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::add_agent())]
		pub fn add_agent(
			origin: OriginFor<T>,
			agent: AccountId32,
			consent: Consent,
		) -> DispatchResult {
			Self::do_add_agent(ensure_signed(origin)?, agent, &consent)
		}

		/// Stop an account from acting for your organisation. Earlier acts of the account stay
		/// valid.
		///
		/// agent: the account.
		/// Caller: the controller of an active organisation. Fails: NotAuthorized, NotActive,
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
			Self::deposit_event(Event::AgentRemoved { organisation, agent });
			Ok(())
		}

		/// Propose the address of your document vault. Nothing changes until the council approves
		/// this address. A proposal that still waits is replaced.
		///
		/// url: the address, for instance https://vault.example:8443 in lower case.
		/// Caller: the controller of an active organisation. Fails: NotAuthorized, NotActive,
		/// InvalidUrl, AlreadyProposed, AlreadyApproved. Event: EndpointProposed.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::propose_endpoint())]
		pub fn propose_endpoint(origin: OriginFor<T>, url: Url) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let (organisation, _) = Self::ensure_controller(&who)?;
			ensure!(check_url(&url), Error::<T>::InvalidUrl);
			let mut endpoint = Endpoints::<T>::get(organisation);
			ensure!(endpoint.proposed.as_ref() != Some(&url), Error::<T>::AlreadyProposed);
			ensure!(endpoint.approved.as_ref() != Some(&url), Error::<T>::AlreadyApproved);
			endpoint.proposed = Some(url.clone());
			Endpoints::<T>::insert(organisation, endpoint);
			Self::note_change(organisation, Some(who));
			Self::deposit_event(Event::EndpointProposed { organisation, url });
			Ok(())
		}

		/// Approve the address that an organisation proposed for its document vault. Documents are
		/// fetched and checked there from now on.
		///
		/// organisation: the number. url: the proposed address, repeated, so that no other address
		/// is approved by mistake.
		/// Caller: the council, by enacting the call. Fails: NotFound, NotActive, AlreadyRemoved,
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
			ensure!(endpoint.proposed.as_ref() == Some(&url), Error::<T>::NotProposed);
			Endpoints::<T>::insert(
				organisation,
				Endpoint { approved: Some(url.clone()), proposed: None },
			);
			Self::note_change(organisation, None);
			Self::deposit_event(Event::EndpointApproved { organisation, url });
			Ok(())
		}

		/// Register the rules of your organisation for the documents in its custody. The rules
		/// decide where no directive of the patient decides. A right that this version takes away
		/// ends at once. A right that this version adds is valid for patients who enrol from now
		/// on, and for other patients after they accept this version. Earlier versions stay
		/// readable.
		///
		/// uri: the address of the policy's text. hash: BLAKE3 of the text. rules: the rules by
		/// which the chain decides.
		/// Caller: the controller of an active organisation. Fails: NotAuthorized, NotActive,
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

		/// Vouch for a practitioner. The account is a practitioner of your organisation, with these
		/// roles and care teams, for the given time. A second credential for the account replaces
		/// your first one. The account agrees to your first credential with a signature of its own.
		///
		/// practitioner: the account. roles: at least one. groups: care teams, blinded.
		/// from: the beginning, in milliseconds; a moment that has passed means now. until: the
		/// end. consent: the last day of use, and the account's signature over the engagement
		/// message; none if the account holds a credential of yours, neither revoked nor lapsed.
		/// Caller: an agent or the controller of an active organisation. Fails: NotAuthorized,
		/// NotActive, NoRoles, PeriodEmpty, PeriodPast, AlreadyCredentialed, ConsentMissing,
		/// ConsentLapsed, ConsentTooLong, NumbersExhausted, BadSignature. Event:
		/// PractitionerCredentialed.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::credential())]
		pub fn credential(
			origin: OriginFor<T>,
			practitioner: AccountId32,
			roles: Roles,
			groups: Groups,
			from: Moment,
			until: Moment,
			consent: Option<Consent>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_credential(who, practitioner, roles, groups, from, until, consent)
		}

		/// End the credential that your organisation gave. The practitioner's account opens nothing
		/// from this block on. A document that the practitioner has read can't be called back.
		///
		/// practitioner: the account.
		/// Caller: an agent or the controller of the organisation that vouched, while the
		/// organisation is active. Fails: NotFound, NotAuthorized, NotActive, AlreadyRevoked,
		/// AlreadyLapsed. Event: PractitionerRevoked.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::revoke())]
		pub fn revoke(origin: OriginFor<T>, practitioner: AccountId32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_revoke(who, practitioner)
		}

		/// Dispatch a call with the highest right, after the public delay. Only calls on the
		/// published list are accepted: membership, parameters, upgrades, and the repair of stalled
		/// finality.
		///
		/// call: the call.
		/// Caller: two thirds of the council. Fails: BadOrigin, NotEnactable, MaxWeightExceeded,
		/// and the scheduler's refusal when the agenda of the block is full. Event: EnactScheduled.
		#[pallet::call_index(11)]
		#[pallet::weight((T::WeightInfo::enact(), DispatchClass::Operational))]
		pub fn enact(
			origin: OriginFor<T>,
			call: Box<<T as Config>::RuntimeCall>,
		) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Self::do_enact(*call)
		}

		/// Hand over your organisation to another account. The other account takes the council seat
		/// and names the agents from now on. Your account no longer acts for the organisation. You
		/// can't undo this call.
		///
		/// controller: the account, one of your agents or one that acts for no organisation yet.
		/// Caller: the controller of an active organisation. Fails: NotAuthorized, NotActive,
		/// AlreadyAgent. Event: ControlTransferred.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::transfer_control())]
		pub fn transfer_control(origin: OriginFor<T>, controller: AccountId32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let (organisation, row) = Self::ensure_controller(&who)?;
			Self::set_controller(organisation, row, controller, Some(who))
		}

		/// Give an organisation another controller, because the key of the present controller is
		/// lost or stolen.
		///
		/// organisation: the number. controller: the account, one of the organisation's agents or
		/// one that acts for no organisation yet.
		/// Caller: the council, by enacting the call. Fails: NotFound, AlreadyRemoved,
		/// AlreadyAgent. Event: ControlTransferred.
		#[pallet::call_index(13)]
		#[pallet::weight((T::WeightInfo::replace_controller(), DispatchClass::Operational))]
		pub fn replace_controller(
			origin: OriginFor<T>,
			organisation: OrganisationId,
			controller: AccountId32,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let row = Self::load(organisation)?;
			ensure!(row.status != OrganisationStatus::Removed, Error::<T>::AlreadyRemoved);
			Self::set_controller(organisation, row, controller, None)
		}

		/// End what binds your account to an organisation: your credential ends, and your account
		/// no longer acts as an agent. The state of the organisation plays no part. Your earlier acts
		/// stay valid. You can't undo this call: the organisation needs a new signature of yours.
		///
		/// Caller: a practitioner with a credential that is neither revoked nor lapsed, or an agent.
		/// A controller hands the organisation over by transfer_control. Fails: NotFound. Event:
		/// PractitionerResigned, AgentRemoved.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::resign())]
		pub fn resign(origin: OriginFor<T>) -> DispatchResult {
			Self::do_resign(ensure_signed(origin)?)
		}
	}

	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// The row of an organisation.
		pub fn organisation(organisation: OrganisationId) -> Option<Organisation> {
			Organisations::<T>::get(organisation)
		}

		/// The organisation of a controller or an agent, active or not.
		pub fn organisation_of(account: AccountId32) -> Option<OrganisationId> {
			ByAgent::<T>::get(account)
		}

		/// The newest base policy of an organisation, active or not.
		pub fn current_policy(organisation: OrganisationId) -> Option<BasePolicy> {
			let version = Organisations::<T>::get(organisation)?.policy?;
			BasePolicies::<T>::get(organisation, version)
		}

		/// A page of the versions of an organisation's base policy. `from`: the first version of
		/// the page; the first of all is 1. `limit`: the number of versions, at most 10.
		pub fn policies_of(
			organisation: OrganisationId,
			from: PolicyVersion,
			limit: u32,
		) -> Vec<BasePolicy> {
			Self::page_of_policies(organisation, from, limit)
		}

		/// The last credential of an account, valid now or not.
		pub fn credential_of(practitioner: AccountId32) -> Option<Credential> {
			Practitioners::<T>::get(practitioner)
		}

		/// The number of engagements that the account began by a consent of its own. The account's
		/// next consent contains this number.
		pub fn engagements(account: AccountId32) -> u32 {
			Engagements::<T>::get(account)
		}

		/// A page of the practitioners with a last credential of the organisation, valid now or
		/// not. The order has no meaning. `after`: the last account of the page before. `limit`: the
		/// number of rows, at most 100.
		pub fn practitioners_of(
			organisation: OrganisationId,
			after: Option<AccountId32>,
			limit: u32,
		) -> Vec<(AccountId32, Credential)> {
			Self::page_of_practitioners(organisation, after, limit)
		}
	}
}
