//! # Consent
//!
//! What a patient allows, who asks for it, and what was decided. This pallet keeps the
//! patients' directives with their lives, resolves who asks and what is asked for, and puts
//! the question to the one decision function (`assent_policy::decide`). It never decides by
//! itself and never rewrites what the patient signed.
//!
//! ## Terms
//!
//! - **directive**: a patient's stored rules: a base provision and exceptions to it.
//! - **grant**: a directive that permits, made by one call whose arguments a wallet shows.
//! - **in force**: made, not ended, its period not over. At most 64 of a patient's directives
//!   are; at most 56 of them permit, so that eight places are always left for denials.
//! - **request**: a practitioner asks a patient for a grant, by the same terms.
//! - **access**: an attempt to do something with a record. Denied ones are recorded too.
//!
//! ## One scenario
//!
//! A clinician of the second hospital calls `access` on a laboratory result: nothing of the
//! patient's applies, the access is denied, and the denial stands in the trail. She calls
//! `request` for treatment, two kinds of documents, until the end of the month. The patient
//! calls `approve_request`, which makes the directive. Her next `access` is permitted. The
//! patient calls `withdraw`, and from that block on she is denied again. Had the patient
//! done nothing, the directive would have stopped by itself at the end of the month: no
//! transaction is needed for that. Whoever next makes a directive for the patient, or calls
//! `retire_expired`, only takes it off the list.
//!
//! ## What is stored
//!
//! Rows of directives and requests stay for good; what is bounded are the lists that a call
//! reads: `InForce`, `OpenRequests`. With every directive, `InForceWhenMade` keeps the list as
//! it stood when that directive was made, so that "was this allowed then?" is answered from at
//! most 64 rows, however many the patient had in a lifetime. `BuiltOn` lists the directives in
//! force by the version of a base policy that they are built on. State grows with directives
//! and requests, never with accesses.
//!
//! ## Calls
//!
//! | Call | Caller | Event |
//! |---|---|---|
//! | `grant` | controller, guardian, delegate within the mandate | `DirectiveMade` |
//! | `make_directive` | controller, guardian, delegate within the mandate | `DirectiveMade` |
//! | `withdraw` | controller, guardian, delegate within the mandate | `DirectiveWithdrawn` |
//! | `replace` | controller, guardian, delegate within the mandate | `DirectiveMade`, `DirectiveReplaced` |
//! | `request` | practitioner with a valid credential | `AccessRequested` |
//! | `approve_request` | controller, guardian, delegate within the mandate | `DirectiveMade`, `RequestApproved` |
//! | `refuse_request` | controller, guardian, delegate within the mandate | `RequestRefused` |
//! | `access` | any signed account | `AccessDecided` |
//! | `retire_expired` | any signed account | `DirectiveExpired` for each |
//!
//! `grant`, `make_directive`, `replace`, `approve_request` also note expired directives of
//! the patient (`DirectiveExpired`).
//!
//! ## Rules worth knowing
//!
//! - **Withdrawing depends on nothing but its own row** and on who the caller is to the
//!   patient: on no organisation, no other directive, no list. It *changes something* as long
//!   as the directive is neither ended nor expired; `can_withdraw` says so at the pool. An
//!   expired directive has ended by itself, noted or not, and can't be withdrawn.
//! - **Who may do what for a patient** is for the patients' pallet to say: an id that is left,
//!   being recovered, or of somebody unable to decide or dead, still withdraws.
//! - **What is private to the patient** is decided without the directives that a guardian or
//!   delegate made: the row says in whose right each was made.
//! - **The end of an expired directive** is the end of its period, not the moment at which it
//!   was noted.
//! - **An access to an unknown record, to another patient's record or for an unknown
//!   patient** is a successful call with a denial, the same one that the caller gets for a
//!   record to which no rule applies. For an unknown patient the entry stands in no patient's
//!   sequence: state must not grow with invented ids.
//! - **An access stands in the sequence of the requester's organisation**, which answers for
//!   its practitioners; the patient's own and a stranger's stand in the patient's only.
//!   What the patient decides about a request stands in the asking organisation's too.
//! - **A request names nobody outside**: only the practitioner, colleagues, the organisation
//!   or roles at it. Roles everywhere and care teams cross organisations and are refused.
//!
//! ## Assumptions
//!
//! Time never runs backwards. Which accounts may sign at all, and how often, is
//! `pallet-allowance`'s business; so is refusing a withdrawal at the pool.
//!
//! `at` in `check_access` looks at everything as it was at the end of that moment (calls of
//! one block share one): directives, guardians, emergencies, credentials, the standing of
//! organisations, labels, base policies and what of them the patient had accepted.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod access;
mod built_on;
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

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// What the pallet needs of the runtime.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, Hash = H256, RuntimeEvent: From<Event<Self>>>
	{
		/// Wall-clock time in milliseconds.
		type Time: Time<Moment = Moment>;
		/// Who belongs to the consortium.
		type Members: Members;
		/// The patient ids.
		type Patients: Patients;
		/// The record register.
		type Records: Records;
		/// Which base policies count for whom.
		type Acceptances: Acceptances;
		/// The declared emergencies.
		type Emergencies: Emergencies;
		/// The trail.
		type Trail: Trail;
		/// How long a request can be answered, in milliseconds. Lowering it counts for
		/// requests made afterwards.
		#[pallet::constant]
		type RequestPeriod: Get<Moment>;
		/// What the calls cost.
		type WeightInfo: WeightInfo;
		/// Sets up for the benchmarks what other pallets hold.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Every directive of a patient; an ended one stays, with the moment and the reason.
	/// Written by `grant`, `make_directive`, `replace`, `approve_request`; changed once, when
	/// it ends; never removed. Not bounded by itself: decisions read those listed in `InForce`
	/// or `InForceWhenMade`.
	/// Hashers: patient ids come from outside, directive numbers are ours.
	#[pallet::storage]
	pub type Directives<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, DirectiveId, DirectiveRow>;

	/// The patient's directives that have not ended, ascending. An expired one may still be
	/// listed until someone notes it. Written with `Directives`. Bounded by 64.
	#[pallet::storage]
	pub type InForce<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, InForceList, ValueQuery>;

	/// `InForce` as it stood right after the directive was made, the directive included. What
	/// was in force at any moment up to the next directive is among these. Written once with
	/// the directive, never removed. Bounded by 64 each.
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

	/// The number of the patient's next directive.
	#[pallet::storage]
	pub type NextDirective<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, DirectiveId, ValueQuery>;

	/// Every request to a patient. Written by `request`, changed once when it is answered,
	/// never removed.
	/// Hashers: patient ids come from outside, request numbers are ours.
	#[pallet::storage]
	pub type Requests<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, RequestId, RequestRow>;

	/// The patient's requests that wait for an answer, ascending. A lapsed one may still be
	/// listed until the next request. Written by `request`, `approve_request`,
	/// `refuse_request`. Bounded by 16.
	#[pallet::storage]
	pub type OpenRequests<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, OpenList, ValueQuery>;

	/// The directives that have not ended, under the version of a base policy on which they are
	/// built: those that a new version may ask to be looked at again. An expired one may still
	/// be listed until someone notes it. Written with `Directives`, removed when one ends; at
	/// most 64 of a patient.
	/// Hashers: organisations, versions and directives are numbers of ours, patient ids come
	/// from outside.
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

	/// The number of the patient's next request.
	#[pallet::storage]
	pub type NextRequest<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, RequestId, ValueQuery>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A directive was made and counts from now on, or from its period's beginning.
		DirectiveMade {
			/// Whose directive.
			patient: PatientId,
			/// Its number in the patient's list.
			directive: DirectiveId,
			/// Who made it: the controller, a guardian or a delegate.
			made_by: AccountId32,
			/// What its base does.
			effect: Effect,
			/// The first moment at which it no longer counts.
			until: Option<Moment>,
			/// The request that it answers.
			request: Option<RequestId>,
		},
		/// A directive was withdrawn: nobody is let in under it any more.
		DirectiveWithdrawn {
			/// Whose directive.
			patient: PatientId,
			/// Its number.
			directive: DirectiveId,
			/// Who withdrew it: the controller, a guardian or a delegate.
			withdrawn_by: AccountId32,
		},
		/// A directive was replaced by a newer one.
		DirectiveReplaced {
			/// Whose directive.
			patient: PatientId,
			/// The number of the one that ended.
			directive: DirectiveId,
			/// The number of the one in its place.
			replacement: DirectiveId,
		},
		/// It was noted that a directive's period is over.
		DirectiveExpired {
			/// Whose directive.
			patient: PatientId,
			/// Its number.
			directive: DirectiveId,
			/// When it stopped counting: the end of its period.
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
			/// The directive made of it.
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
			/// The account that asked.
			requester: AccountId32,
			/// The purpose of use.
			purpose: Purpose,
			/// What was to be done.
			action: Action,
			/// Permit or deny, and why.
			decision: Decision,
			/// The trail entry of this decision.
			entry: H256,
		},
	}

	/// Why a call was refused. Nothing changed.
	#[pallet::error]
	pub enum Error<T> {
		/// No patient has this id: check it with the organisation that enrolled the patient.
		PatientNotFound,
		/// The patient has no directive of this number: list the patient's directives.
		DirectiveNotFound,
		/// The patient has no request of this number: list the patient's requests.
		RequestNotFound,
		/// The caller is not the one who may do this: sign with the account that the call's
		/// documentation names.
		NotAuthorized,
		/// The caller is a delegate whose mandate lacks this: ask the patient for it.
		NotInMandate,
		/// The patient left this id, and nothing new can be granted under it: ask the patient for
		/// the id in use.
		PatientLeft,
		/// The control of the patient's id is being recovered, and until that is over its account
		/// and delegates only withdraw: wait, or let a guardian act.
		RecoveryRunning,
		/// The patient is unable to decide, as two organisations say: let a guardian act.
		PatientIncapable,
		/// The patient is dead, as two organisations say: nothing new can be granted, and nothing
		/// is urgent.
		PatientDeceased,
		/// The caller holds no credential valid now: ask the organisation to credential you.
		NoCredential,
		/// Nobody is named: name at least one actor, or everybody would be let in.
		NoActors,
		/// No purpose is named: name at least one.
		NoPurposes,
		/// A period ends before or when it begins: give a later end.
		PeriodEmpty,
		/// The period is over already: give an end in the future.
		PeriodPast,
		/// A span of months ends before it begins: give a later end.
		MonthsEmpty,
		/// An exception changes nothing where it stands, a permission within a permission for
		/// instance: leave it out.
		ExceptionIdle,
		/// The directive has ended already, or its period is over: nothing is left to change.
		AlreadyEnded,
		/// None of the patient's directives has expired unnoted: there is nothing to do.
		NothingExpired,
		/// 64 directives are in force: withdraw one, or replace it.
		MaxDirectivesExceeded,
		/// 56 permissions are in force, the rest is kept for denials: withdraw a permission,
		/// or replace it.
		MaxPermissionsExceeded,
		/// A request may name only the practitioner, colleagues at the same organisation, that
		/// organisation, or roles at it: leave the others out.
		ActorOutsideOrganisation,
		/// The patient has 16 open requests: wait until some are answered or lapse.
		MaxRequestsExceeded,
		/// Four requests of the organisation to this patient are open: wait for an answer.
		MaxRequestsOfOrganisationExceeded,
		/// The organisation that enrolled the patient registered no such version of a base
		/// policy: list its versions.
		PolicyNotFound,
		/// The request has been approved or refused already.
		AlreadyAnswered,
		/// The request waited too long: ask the practitioner to make a new one.
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
		/// Share: let somebody open and work with a patient's documents, for the purposes named,
		/// from now on, until a date or until it is withdrawn.
		///
		/// patient: whose documents. actors: who is let in, at least one. purposes: for what, at
		/// least one. classes: which kinds of documents, none for every kind. until: the moment
		/// at which it stops by itself, or none. What the patient marked as private is shared by
		/// the patient only.
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
			let terms = Terms {
				actors,
				purposes,
				classes,
				until,
			};
			let work = Self::do_grant(who, patient, terms, Self::now())?;
			Ok(Some(T::WeightInfo::grant(work.staying, work.expired)).into())
		}

		/// Make a directive: a full set of rules that permits or denies, with exceptions. It
		/// counts from now on, or from the beginning of its period.
		///
		/// patient: whose documents. directive: the rules; an empty list in a rule means
		/// everybody, every purpose, every kind. policy: the version of your organisation's base
		/// policy on which you built them, or none; it changes nothing in what they say.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to share.
		/// Fails: PatientNotFound, NotAuthorized, NotInMandate, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased, PeriodEmpty, PeriodPast, MonthsEmpty,
		/// ExceptionIdle, PolicyNotFound, MaxPermissionsExceeded, MaxDirectivesExceeded.
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

		/// Withdraw a directive: nobody is let in, and nobody kept out, under it once this call
		/// is in a block. What was already read cannot be called back. The record of it stays.
		///
		/// patient: whose directive. directive: its number in that patient's list.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to withdraw.
		/// Fails: DirectiveNotFound, NotAuthorized, NotInMandate, AlreadyEnded (also when its period is
		/// over).
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

		/// Replace a directive by another: the old one ends and the new one counts from the same
		/// moment. Nobody slips through between the two.
		///
		/// patient: whose directive. directive_id: the number of the one that ends. directive:
		/// the rules that take its place. policy: the version of your organisation's base policy
		/// on which you built them, or none.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to share and to
		/// withdraw.
		/// Fails: DirectiveNotFound, NotAuthorized, NotInMandate, AlreadyEnded, PatientLeft,
		/// RecoveryRunning, PatientIncapable, PatientDeceased, PeriodEmpty, PeriodPast,
		/// MonthsEmpty, ExceptionIdle, PolicyNotFound, MaxPermissionsExceeded. Events: DirectiveMade,
		/// DirectiveReplaced.
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

		/// Ask a patient to let you, colleagues or your organisation open and work with the
		/// patient's documents. Nothing is allowed until the patient approves.
		///
		/// patient: who is asked. actors: who would be let in, at least one, nobody outside your
		/// organisation. purposes: for what, at least one. classes: which kinds of documents,
		/// none for every kind. until: the moment at which it would stop by itself, or none.
		/// policy: the version of a base policy on which the directive would be built, or none.
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
			let terms = Terms {
				actors,
				purposes,
				classes,
				until,
			};
			Self::do_request(who, patient, terms, policy, Self::now())
		}

		/// Approve a request: whom it names is let in on the terms it states, from now on.
		///
		/// patient: who was asked. request: its number in that patient's list.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to answer requests.
		/// Fails: RequestNotFound, NotAuthorized, NotInMandate, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased, AlreadyAnswered, RequestExpired,
		/// MaxPermissionsExceeded, MaxDirectivesExceeded. Events: DirectiveMade,
		/// RequestApproved.
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

		/// Refuse a request: nobody is let in by it. Other directives stay as they are.
		///
		/// patient: who was asked. request: its number in that patient's list.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to answer requests.
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

		/// Ask to do something with a record now, and have the answer written into the trail,
		/// permitted or denied. The call succeeds either way: read the decision in the event.
		///
		/// patient: whose record. record: which one. purpose: for what. action: doing what.
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

		/// Tidy up: note which of a patient's directives have expired and free their places. They
		/// stopped counting at their own time, whether or not anybody calls this.
		///
		/// patient: whose directives.
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

	/// Reads for wallets and services. A page holds at most 100 rows, whatever is asked for;
	/// an empty page is past the end.
	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// What would be decided for this requester at this moment: the answer that an access
		/// gets, without writing it down. For a past moment, from the rows as they stood then.
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

		/// The patient's directives that decide now, by number.
		pub fn in_force(patient: PatientId) -> Vec<DirectiveId> {
			let now = Self::now();
			InForce::<T>::get(patient)
				.into_iter()
				.filter(|id| {
					Directives::<T>::get(patient, id).is_some_and(|row| row.end(now).is_none())
				})
				.collect()
		}

		/// The patient's directives from this number on, ended ones included.
		pub fn directives_of(
			patient: PatientId,
			from: DirectiveId,
			limit: u32,
		) -> Vec<(DirectiveId, DirectiveRow)> {
			page(from, limit, NextDirective::<T>::get(patient))
				.filter_map(|id| Some((id, Directives::<T>::get(patient, id)?)))
				.collect()
		}

		/// The directives in force that are built on this version of an organisation's base
		/// policy, in no meaningful order; one whose period is over is listed until that is
		/// noted. `after`: the last of the page before.
		pub fn built_on(
			policy: PolicyRef,
			after: Option<(PatientId, DirectiveId)>,
			limit: u32,
		) -> Vec<(PatientId, DirectiveId)> {
			Self::page_of_built(policy, after, limit)
		}

		/// The requests to the patient from this number on, answered and lapsed ones included.
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
