//! The patients' directives, the practitioners' requests, and the decisions about accesses. The
//! pallet keeps every directive with the beginning and the end. For an access, the pallet finds
//! the requester, the record and the directives, and asks `assent_policy::decide`. The pallet never
//! decides without this function and never changes the directives that a patient signed.
//!
//! # Terms
//!
//! - **directive**: a patient's stored rules: a base provision and exceptions to the base.
//! - **grant**: a directive that permits, made by one call with arguments that a wallet shows.
//! - **in force**: made, not ended, and within the period. A patient has at most 64 directives in
//!   force. At most 56 of these permit, so eight places are always free for denials.
//! - **request**: a practitioner asks a patient for a grant, with the same terms.
//! - **access**: an attempt to do something with a record. The trail records denied attempts too.
//!
//! # A scenario
//!
//! A clinician of the second hospital calls `access` on a laboratory result. No directive of the
//! patient applies: the access is denied, and the trail records the denial. The clinician calls
//! `request` for treatment, for two kinds of documents, until the end of the month. The patient
//! calls `approve_request`, and the pallet makes the directive. The clinician's next `access` is
//! permitted. The patient calls `withdraw`, and from that block on the clinician is denied again.
//! Without a withdrawal, the directive would have ended at the end of the month. No transaction is
//! necessary for an expiry. The next directive made for the patient, or a call of `retire_expired`,
//! only removes the expired directive from the list.
//!
//! # Storage
//!
//! - `Directives`, `Requests`: rows for all directives and all requests, never removed.
//! - `InForce`, `OpenRequests`: the bounded lists that calls read.
//! - `InForceWhenMade`: with each directive, the list in force right after the directive was made.
//!   At most 64 rows answer whether an access was permitted at a past moment, for any number of
//!   directives in the patient's lifetime.
//! - `BuiltOn`: the directives in force, by the version of a base policy on which each is built.
//! - `NextDirective`, `NextRequest`: the next numbers of each patient.
//!
//! State grows with directives and requests, never with accesses.
//!
//! # Calls
//!
//! | Call | Caller | Event |
//! |---|---|---|
//! | `grant` | patient's controller, guardian, delegate within the mandate | `DirectiveMade` |
//! | `make_directive` | patient's controller, guardian, delegate within the mandate | `DirectiveMade` |
//! | `withdraw` | patient's controller, guardian, delegate within the mandate | `DirectiveWithdrawn` |
//! | `replace` | patient's controller, guardian, delegate within the mandate | `DirectiveMade`, `DirectiveReplaced` |
//! | `request` | practitioner with a valid credential | `AccessRequested` |
//! | `approve_request` | patient's controller, guardian, delegate within the mandate | `DirectiveMade`, `RequestApproved` |
//! | `refuse_request` | patient's controller, guardian, delegate within the mandate | `RequestRefused` |
//! | `access` | any signed account | `AccessDecided` |
//! | `retire_expired` | any signed account | `DirectiveExpired` for each |
//!
//! `grant`, `make_directive`, `replace` and `approve_request` also note expired directives of the
//! patient (`DirectiveExpired`).
//!
//! # Rules
//!
//! - **A withdrawal depends only on the directive's row and on the caller's relation to the
//!   patient**, on no organisation, no other directive and no list. A withdrawal *changes
//!   something* while the directive is neither ended nor expired. The pool asks `can_withdraw`. An
//!   expired directive has ended by itself, noted or not, and can't be withdrawn.
//! - **The patients' pallet decides who may do what for a patient.** Withdrawals stay possible for
//!   an id that was left, for an id in recovery, and for a patient who is dead or unable to decide.
//! - **Directives of guardians and delegates have no effect on private kinds.** Each row says in
//!   whose right the directive was made.
//! - **The end of an expired directive** is the end of the period, not the moment of the note.
//! - **An access to an unknown record, to another patient's record or for an unknown patient** is a
//!   successful call with a denial. The caller gets the same denial for a record without an
//!   applicable rule. For an unknown patient, the entry belongs to no patient's sequence: state
//!   must not grow with invented ids.
//! - **An access belongs to the sequence of the requester's organisation**, because the
//!   organisation answers for its practitioners. The accesses of the patient and of strangers
//!   belong to the patient's sequence alone. The answer to a request also belongs to the sequence
//!   of the organisation behind the request.
//! - **A request names actors of one organisation**: the practitioner, colleagues, the
//!   organisation, or roles at the organisation. The pallet refuses care teams and roles without an
//!   organisation, because both cross organisations.
//!
//! # Assumptions
//!
//! - Time never runs backwards.
//! - `pallet-allowance` decides which accounts may sign, how often, and whether the pool refuses a
//!   withdrawal.
//! - `at` in `check_access` means the end of that moment. Calls of one block share a moment.
//!   Directives, guardians, emergencies, credentials, standing of organisations, labels, base
//!   policies and acceptances are read as of `at`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod access;
mod built_on;
mod delivery;
mod directives;
mod integrity;
mod requests;
mod try_state;
mod types;
mod weights;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use delivery::{Asked, Decided, NotDelivered};
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

assent_support::refusal_errors!(Error, Config);

/// The pallet.
#[frame_support::pallet]
pub mod pallet {
	use super::{
		weights::{fullest, MOST_TO_READ},
		*,
	};
	use alloc::{boxed::Box, vec::Vec};
	use assent_policy::{
		Action, Actor, Class, Criterion, Decision, Directive, DirectiveId, Effect, Moment,
		OrganisationId, PatientId, PolicyVersion, Purpose, RecordId,
	};
	use assent_support::{
		page, Acceptances, Emergencies, Members, Patients, PolicyRef, Records, Trail,
	};
	use frame_support::{pallet_prelude::*, storage::Key as NMapKey, traits::Time};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::AccountId32;

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The pallet's needs of the runtime.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, Hash = H256, RuntimeEvent: From<Event<Self>>>
	{
		/// The wall clock, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;
		/// The members of the consortium.
		type Members: Members;
		/// The patient ids.
		type Patients: Patients;
		/// The record register.
		type Records: Records;
		/// The base policies valid for patients.
		type Acceptances: Acceptances;
		/// The declared emergencies.
		type Emergencies: Emergencies;
		/// The trail.
		type Trail: Trail;
		/// The time to answer a request, in milliseconds. A lower value applies to later requests.
		#[pallet::constant]
		type RequestPeriod: Get<Moment>;
		/// The number of blocks after a decision in which a document may be delivered on the
		/// strength of the decision. A node must keep the state of that many blocks. With a lower
		/// value readers ask for access again.
		#[pallet::constant]
		type DeliveryWindow: Get<u32>;
		/// The weights of the calls.
		type WeightInfo: WeightInfo;
		/// Sets up the data of other pallets for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Every directive of a patient. An ended directive stays, with the moment and the reason.
	/// Written by `grant`, `make_directive`, `replace` and `approve_request`; changed once, at the
	/// end; never removed. The rows have no bound: decisions read the rows listed in `InForce` or
	/// `InForceWhenMade`.
	/// Hashers: patient ids come from outside, the pallet gives the directive numbers.
	#[pallet::storage]
	pub type Directives<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, DirectiveId, DirectiveRow>;

	/// The patient's directives without a noted end, ascending. An expired directive may stay
	/// listed until a call notes the expiry. Written with `Directives`. Bounded by 64.
	#[pallet::storage]
	pub type InForce<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, InForceList, ValueQuery>;

	/// `InForce` right after the directive was made, with the directive included. Every directive
	/// in force at a moment before the next directive is in this list. Written once with the
	/// directive, never removed. Bounded by 64 each.
	#[pallet::storage]
	pub type InForceWhenMade<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Twox64Concat,
		DirectiveId,
		InForceList,
		ValueQuery,
	>;

	/// The number of the patient's next directive. Written with `Directives`.
	#[pallet::storage]
	pub type NextDirective<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, DirectiveId, ValueQuery>;

	/// Every request to a patient. Written by `request`, changed once by the answer, never removed.
	/// Hashers: patient ids come from outside, the pallet gives the request numbers.
	#[pallet::storage]
	pub type Requests<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, RequestId, RequestRow>;

	/// The patient's requests without an answer, ascending. A lapsed request may stay listed until
	/// the next request. Written by `request`, `approve_request` and `refuse_request`. Bounded by
	/// 16.
	#[pallet::storage]
	pub type OpenRequests<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, OpenList, ValueQuery>;

	/// The directives without a noted end, under the version of a base policy on which each is
	/// built. After a new version, the patient may want to review these directives. An expired
	/// directive may stay listed until a call notes the expiry. Written with `Directives`, removed
	/// at the end of the directive; at most 64 of a patient.
	/// Hashers: the chain gives the numbers of organisations, versions and directives; patient ids
	/// come from outside.
	#[pallet::storage]
	pub type BuiltOn<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, OrganisationId>,
			NMapKey<Twox64Concat, PolicyVersion>,
			NMapKey<Blake2_128Concat, PatientId>,
			NMapKey<Twox64Concat, DirectiveId>,
		),
		(),
	>;

	/// The number of the patient's next request. Written by `request`.
	#[pallet::storage]
	pub type NextRequest<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, RequestId, ValueQuery>;

	/// The changes, and the decisions.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A directive was made. The directive is valid from now on, or from the beginning of the
		/// period.
		DirectiveMade {
			/// The patient of the directive.
			patient: PatientId,
			/// The number of the directive in the patient's list.
			directive: DirectiveId,
			/// The controller, guardian or delegate who made the directive.
			made_by: AccountId32,
			/// The effect of the base provision.
			effect: Effect,
			/// The first moment after the directive's period.
			until: Option<Moment>,
			/// The request answered by the directive.
			request: Option<RequestId>,
		},
		/// A directive was withdrawn. The directive permits and denies nothing from now on.
		DirectiveWithdrawn {
			/// The patient of the directive.
			patient: PatientId,
			/// The number of the directive.
			directive: DirectiveId,
			/// The controller, guardian or delegate who withdrew the directive.
			withdrawn_by: AccountId32,
		},
		/// A directive was replaced by a newer one.
		DirectiveReplaced {
			/// The patient of the directives.
			patient: PatientId,
			/// The number of the ended directive.
			directive: DirectiveId,
			/// The number of the new directive.
			replacement: DirectiveId,
		},
		/// A call noted the expiry of a directive.
		DirectiveExpired {
			/// The patient of the directive.
			patient: PatientId,
			/// The number of the directive.
			directive: DirectiveId,
			/// The end of the directive's period: the moment of the expiry.
			at: Moment,
		},
		/// A practitioner asked a patient for access.
		AccessRequested {
			/// The patient asked.
			patient: PatientId,
			/// The request's number in the patient's list.
			request: RequestId,
			/// The practitioner.
			practitioner: AccountId32,
			/// The organisation that vouches for the practitioner.
			organisation: OrganisationId,
			/// The first moment at which the request can no longer be answered.
			expires: Moment,
		},
		/// A request was approved.
		RequestApproved {
			/// The patient.
			patient: PatientId,
			/// The request's number.
			request: RequestId,
			/// The number of the directive made by the approval.
			directive: DirectiveId,
		},
		/// A request was refused.
		RequestRefused {
			/// The patient.
			patient: PatientId,
			/// The request's number.
			request: RequestId,
		},
		/// An access was decided.
		AccessDecided {
			/// The patient as named by the requester.
			patient: PatientId,
			/// The record as named by the requester.
			record: RecordId,
			/// The account behind the access.
			requester: AccountId32,
			/// The purpose of use.
			purpose: Purpose,
			/// The action on the record.
			action: Action,
			/// Permit or deny, with the reason.
			decision: Decision,
			/// The trail entry of this decision.
			entry: H256,
		},
	}

	/// The cause of a refusal. A refused call changes nothing.
	#[pallet::error]
	pub enum Error<T> {
		/// No patient has this id. Check the id with the organisation that enrolled the patient.
		PatientNotFound,
		/// The patient has no directive of this number. List the patient's directives.
		DirectiveNotFound,
		/// The patient has no request of this number. List the patient's requests.
		RequestNotFound,
		/// The caller may not do this. Sign with an account that the call's documentation names.
		NotAuthorized,
		/// The caller is a delegate without a mandate for this. Ask the patient for the mandate.
		NotInMandate,
		/// The patient left this id, and the id permits nothing new. Ask the patient for the id in
		/// use.
		PatientLeft,
		/// The control of the patient's id is being recovered. Until the end of the recovery, the
		/// id's account and the delegates only withdraw. Wait, or let a guardian act.
		RecoveryRunning,
		/// The patient is unable to decide, as two organisations say. Let a guardian act.
		PatientIncapable,
		/// The patient is dead, as two organisations say. Ask for nothing new: for a dead patient
		/// no grant and no emergency is possible.
		PatientDeceased,
		/// The caller holds no credential valid now. Ask the organisation for a credential.
		NoCredential,
		/// The terms name no actor, and would permit everybody. Name at least one actor.
		NoActors,
		/// The terms name no purpose. Name at least one purpose.
		NoPurposes,
		/// A period ends before or at the beginning. Give a later end.
		PeriodEmpty,
		/// The period is over already. Give an end in the future.
		PeriodPast,
		/// A span of months ends before the beginning. Give a later end.
		MonthsEmpty,
		/// An exception changes nothing, for instance a permission within a permission. Leave the
		/// exception out.
		ExceptionIdle,
		/// The directive has ended already, or the period is over. Leave the directive as it is.
		AlreadyEnded,
		/// The patient has no expired directive without a note. Leave the list as it is.
		NothingExpired,
		/// 64 directives are in force. Withdraw a directive, or replace one.
		MaxDirectivesExceeded,
		/// 56 permissions are in force, and the other places are kept for denials. Withdraw a
		/// permission, or replace one.
		MaxPermissionsExceeded,
		/// A request may name only the practitioner, colleagues at the same organisation, that
		/// organisation, or roles at that organisation. Leave the other actors out.
		ActorOutsideOrganisation,
		/// The patient has 16 open requests. Wait until some are answered or lapse.
		MaxRequestsExceeded,
		/// Four requests of the organisation to this patient are open. Wait for an answer.
		MaxRequestsOfOrganisationExceeded,
		/// The organisation that enrolled the patient registered no such version of a base policy.
		/// List the organisation's versions.
		PolicyNotFound,
		/// The request was approved or refused already. Leave the answer as it is.
		AlreadyAnswered,
		/// The request has lapsed. Ask the practitioner for a new request.
		RequestExpired,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_integrity();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Share a patient's documents: permit somebody to open the documents and to work with
		/// them, for the purposes named. The permission begins now and ends at the date given, or
		/// with a withdrawal.
		///
		/// patient: the id of the patient. actors: the people and organisations permitted, at least
		/// one. purposes: the purposes permitted, at least one. classes: the kinds of documents,
		/// none for every kind. until: the moment of the end, or none. Documents that the patient
		/// marked as private are shared by the patient only.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to share.
		/// Fails: PatientNotFound, NotAuthorized, NotInMandate, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased, NoActors, NoPurposes, PeriodPast,
		/// MaxPermissionsExceeded, MaxDirectivesExceeded. Event: DirectiveMade.
		#[pallet::call_index(0)]
		#[pallet::weight(fullest(T::WeightInfo::grant))]
		pub fn grant(
			origin: OriginFor<T>,
			patient: PatientId,
			actors: Criterion<Actor>,
			purposes: Criterion<Purpose>,
			classes: Criterion<Class>,
			until: Option<Moment>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let terms = Terms { actors, purposes, classes, until };
			let work = Self::do_grant(who, patient, terms, Self::now())?;
			Ok(Some(T::WeightInfo::grant(work.staying, work.expired)).into())
		}

		/// Make a directive: a full set of rules that permits or denies, with exceptions. The
		/// directive is valid from now on, or from the beginning of the period.
		///
		/// patient: the id of the patient. directive: the rules; an empty list in a rule means
		/// everybody, every purpose, every kind. policy: the version of your organisation's base
		/// policy on which you built the rules, or none; the version changes nothing in the rules.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to share.
		/// Fails: PatientNotFound, NotAuthorized, NotInMandate, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased, PeriodEmpty, PeriodPast, MonthsEmpty, ExceptionIdle,
		/// PolicyNotFound, MaxPermissionsExceeded, MaxDirectivesExceeded.
		/// Event: DirectiveMade.
		#[pallet::call_index(1)]
		#[pallet::weight(fullest(T::WeightInfo::make_directive))]
		pub fn make_directive(
			origin: OriginFor<T>,
			patient: PatientId,
			directive: Box<Directive>,
			policy: Option<PolicyRef>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let work = Self::do_make_directive(who, patient, *directive, policy, Self::now())?;
			Ok(Some(T::WeightInfo::make_directive(work.staying, work.expired)).into())
		}

		/// Withdraw a directive: once this call is in a block, the directive permits nobody and
		/// denies nobody. Documents already read cannot be called back. The record of the directive
		/// stays.
		///
		/// patient: the id of the patient. directive: the number of the directive in the patient's
		/// list.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to withdraw.
		/// Fails: DirectiveNotFound, NotAuthorized, NotInMandate, AlreadyEnded (also after the end
		/// of the period).
		/// Event: DirectiveWithdrawn.
		#[pallet::call_index(2)]
		#[pallet::weight((T::WeightInfo::withdraw(), DispatchClass::Operational))]
		pub fn withdraw(
			origin: OriginFor<T>,
			patient: PatientId,
			directive: DirectiveId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(who, patient, directive, Self::now())?;
			Ok(())
		}

		/// Replace a directive by another: the old directive ends and the new one begins at the
		/// same moment. No access is decided without one of the two.
		///
		/// patient: the id of the patient. directive_id: the number of the old directive.
		/// directive: the new rules. policy: the version of your organisation's base policy on
		/// which you built the new rules, or none.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to share and to
		/// withdraw.
		/// Fails: DirectiveNotFound, NotAuthorized, NotInMandate, AlreadyEnded, PatientLeft,
		/// RecoveryRunning, PatientIncapable, PatientDeceased, PeriodEmpty, PeriodPast,
		/// MonthsEmpty, ExceptionIdle, PolicyNotFound, MaxPermissionsExceeded. Events:
		/// DirectiveMade, DirectiveReplaced.
		#[pallet::call_index(3)]
		#[pallet::weight(fullest(T::WeightInfo::replace))]
		pub fn replace(
			origin: OriginFor<T>,
			patient: PatientId,
			directive_id: DirectiveId,
			directive: Box<Directive>,
			policy: Option<PolicyRef>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let now = Self::now();
			let work = Self::do_replace(who, patient, directive_id, *directive, policy, now)?;
			Ok(Some(T::WeightInfo::replace(work.staying, work.expired)).into())
		}

		/// Ask a patient to permit you, colleagues or your organisation to open the patient's
		/// documents and to work with them. The request permits nothing until the patient approves.
		///
		/// patient: the id of the patient. actors: the people and the organisation to permit, at
		/// least one, all of your organisation. purposes: the purposes to permit, at least one.
		/// classes: the kinds of documents, none for every kind. until: the moment of the end, or
		/// none. policy: the version of a base policy on which the directive would be built, or
		/// none.
		/// Who: a practitioner with a credential valid now.
		/// Fails: NoCredential, PatientNotFound, PatientLeft, PatientDeceased, NoActors,
		/// NoPurposes, ActorOutsideOrganisation, PeriodPast, PolicyNotFound,
		/// MaxRequestsOfOrganisationExceeded, MaxRequestsExceeded. Event: AccessRequested.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::request())]
		pub fn request(
			origin: OriginFor<T>,
			patient: PatientId,
			actors: Criterion<Actor>,
			purposes: Criterion<Purpose>,
			classes: Criterion<Class>,
			until: Option<Moment>,
			policy: Option<PolicyRef>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let terms = Terms { actors, purposes, classes, until };
			Self::do_request(who, patient, terms, policy, Self::now())
		}

		/// Approve a request: the people and the organisation named in the request are permitted on
		/// the stated terms, from now on.
		///
		/// patient: the id of the patient. request: the number of the request in the patient's
		/// list.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to answer
		/// requests.
		/// Fails: RequestNotFound, NotAuthorized, NotInMandate, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased, AlreadyAnswered, RequestExpired,
		/// MaxPermissionsExceeded, MaxDirectivesExceeded. Events: DirectiveMade, RequestApproved.
		#[pallet::call_index(5)]
		#[pallet::weight(fullest(T::WeightInfo::approve_request))]
		pub fn approve_request(
			origin: OriginFor<T>,
			patient: PatientId,
			request: RequestId,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let work = Self::do_approve_request(who, patient, request, Self::now())?;
			Ok(Some(T::WeightInfo::approve_request(work.staying, work.expired)).into())
		}

		/// Refuse a request: the request permits nobody. Other directives stay as they are.
		///
		/// patient: the id of the patient. request: the number of the request in the patient's
		/// list.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to answer
		/// requests.
		/// Fails: RequestNotFound, NotAuthorized, NotInMandate, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased, AlreadyAnswered, RequestExpired.
		/// Event: RequestRefused.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::refuse_request())]
		pub fn refuse_request(
			origin: OriginFor<T>,
			patient: PatientId,
			request: RequestId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_refuse_request(who, patient, request, Self::now())
		}

		/// Ask to do something with a record now. The trail records the answer, permitted or
		/// denied. The call succeeds in both cases: read the decision in the event.
		///
		/// patient: the id of the patient. record: the id of the record. purpose: the purpose of
		/// use. action: the action on the record.
		/// Who: any account that may sign.
		/// Fails: never. Event: AccessDecided.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::access(MOST_TO_READ))]
		pub fn access(
			origin: OriginFor<T>,
			patient: PatientId,
			record: RecordId,
			purpose: Purpose,
			action: Action,
		) -> DispatchResultWithPostInfo {
			let requester = ensure_signed(origin)?;
			let now = Self::now();
			let read = Self::do_access(requester, patient, record, purpose, action, now);
			Ok(Some(T::WeightInfo::access(read)).into())
		}

		/// Tidy up: note the patient's expired directives and free their places in the list. The
		/// directives stopped at the end of their periods, with or without this call.
		///
		/// patient: the id of the patient.
		/// Who: any account that may sign.
		/// Fails: NothingExpired. Event: DirectiveExpired for each.
		#[pallet::call_index(10)]
		#[pallet::weight(fullest(T::WeightInfo::retire_expired))]
		pub fn retire_expired(
			origin: OriginFor<T>,
			patient: PatientId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let work = Self::do_retire_expired(patient, Self::now())?;
			Ok(Some(T::WeightInfo::retire_expired(work.staying, work.expired)).into())
		}
	}

	/// The reads of the runtime API. A page holds at most 100 rows, for any `limit`. An empty page
	/// means the end of the list.
	impl<T: Config> Pallet<T> {
		/// The decision that an access of this requester would get at this moment. The read writes
		/// nothing. For a past moment the read uses the rows as of then.
		pub fn check_access(
			requester: AccountId32,
			patient: PatientId,
			record: RecordId,
			purpose: Purpose,
			action: Action,
			at: Moment,
		) -> Decision {
			Self::judge(&requester, patient, record, purpose, action, at).decision
		}

		/// Whether a withdrawal by this account would change something now.
		pub fn can_withdraw(who: AccountId32, patient: PatientId, directive: DirectiveId) -> bool {
			Self::withdrawable(&who, patient, directive, Self::now()).is_ok()
		}

		/// The numbers of the patient's directives in force now, at most 64.
		pub fn in_force(patient: PatientId) -> Vec<DirectiveId> {
			let now = Self::now();
			InForce::<T>::get(patient)
				.into_iter()
				.filter(|id| {
					Directives::<T>::get(patient, id).is_some_and(|row| row.end(now).is_none())
				})
				.collect()
		}

		/// A page of the patient's directives from number `from` on, with ended directives.
		pub fn directives_of(
			patient: PatientId,
			from: DirectiveId,
			limit: u32,
		) -> Vec<(DirectiveId, DirectiveRow)> {
			page(from, limit, NextDirective::<T>::get(patient))
				.filter_map(|id| Some((id, Directives::<T>::get(patient, id)?)))
				.collect()
		}

		/// A page of the directives in force built on this version of an organisation's base
		/// policy, in no meaningful order. An expired directive is listed until a call notes the
		/// expiry. `after`: the last row of the page before.
		pub fn built_on(
			policy: PolicyRef,
			after: Option<(PatientId, DirectiveId)>,
			limit: u32,
		) -> Vec<(PatientId, DirectiveId)> {
			Self::page_of_built(policy, after, limit)
		}

		/// A page of the requests to the patient from number `from` on, with answered and lapsed
		/// requests.
		pub fn requests_of(
			patient: PatientId,
			from: RequestId,
			limit: u32,
		) -> Vec<(RequestId, RequestRow)> {
			page(from, limit, NextRequest::<T>::get(patient))
				.filter_map(|id| Some((id, Requests::<T>::get(patient, id)?)))
				.collect()
		}
	}
}
