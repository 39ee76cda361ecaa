//! The patient ids: the account that acts as the patient, the organisation that enrolled the
//! patient, and the accounts that act for the patient by right or by mandate. An id goes on when
//! the patient loses a key or can no longer decide.
//!
//! # Terms
//!
//! - **Patient**: an id of 16 random bytes. A person has one id for each organisation that treats
//!   the person, each with an account of its own. Only the person knows which ids belong together.
//! - **Controller**: the account that acts as the patient.
//! - **Enrolment**: an organisation registers a patient, with the patient's signature.
//! - **Guardian**: an account that acts for the patient by right, such as a parent's, until a date
//!   or until ended. The enrolling organisation proposes the guardian, and another organisation
//!   confirms.
//! - **Ward**: a patient, seen from the guardian. **Principal**: a patient, seen from a delegate.
//! - **Delegate**: an account that acts for the patient by mandate. The patient says what the
//!   delegate may do and until when, at most a year. A delegate can't pass the mandate on.
//! - **Recovery**: another account becomes the controller, after a delay with the possibility of a
//!   veto.
//! - **Condition**: able to decide, unable, or dead, as two organisations say.
//! - **Private kinds**: kinds of records that only the patient sees, shares and refuses.
//!
//! # A scenario
//!
//! A hospital enrols Ada, twelve. Ada's wallet signs seven lines: the chain, the hospital, the
//! version of the hospital's base policy, the new patient id, Ada's account and the number 0. The
//! hospital's agent sends the lines with `enrol`, and Ada's account can sign transactions from then
//! on.
//!
//! The hospital proposes the account of Ada's mother as guardian until Ada's eighteenth birthday.
//! The account is none of the hospital's own accounts, and the health authority confirms. From that
//! block on, the mother can share and withdraw for Ada. At fourteen Ada may see a doctor on her own
//! where she lives. The hospital marks one sensitivity as private, and Ada adds another. Ada's
//! mother sees neither.
//!
//! Ada loses her phone. Ada's mother and father, both guardians, bring a recovery to Ada's new
//! account forward. A week later any account finishes the recovery. On Ada's birthday both terms
//! end without a transaction. Before a journey Ada lets a friend answer requests for a month.
//!
//! At twenty Ada moves and leaves. Ada's id grants nothing new, but Ada can still withdraw earlier
//! grants. Should the hospital treat Ada again, Ada's account signs again, with the next number and
//! a new id.
//!
//! # Storage
//!
//! - [`Patients`]: a row for each id, with guardians, delegates, condition and recovery. Never
//!   removed.
//! - [`ByController`]: the newest id of each account.
//! - [`EnrolmentNumber`]: the number of enrolments and recoveries that the account signed. With
//!   this number, no signature serves twice.
//! - [`WardsOf`], [`PrincipalsOf`]: the patients of each guardian and of each delegate.
//! - [`History`]: the condition, the recovery and the private kinds of a patient since each change.
//! - [`PastRoles`]: the former roles of an account for a patient. With `History`, these rows answer
//!   whether an account was permitted to act at a past moment.
//!
//! # Calls
//!
//! | Call | Caller | Event |
//! |---|---|---|
//! | `enrol` | an active organisation's controller or agent, with the patient's signature | `PatientEnrolled` |
//! | `leave` | patient's controller | `PatientLeft` |
//! | `propose_guardian` | the enrolling organisation's controller or agent | `GuardianProposed` |
//! | `confirm_guardian` | another active organisation's controller or agent | `GuardianNamed` |
//! | `end_guardian` | patient's controller, or the guardian | `GuardianEnded` or `ProposalEnded` |
//! | `name_delegate` | patient's controller | `DelegateNamed` |
//! | `end_delegate` | patient's controller, guardian, or the delegate | `DelegateEnded` |
//! | `propose_recovery` | guardian, or the enrolling organisation's controller or agent, with the new account's signature | `RecoveryProposed` |
//! | `support_recovery` | another guardian, or another active organisation's controller or agent | `RecoverySupported` or `RecoveryStarted` |
//! | `veto_recovery` | patient's controller, guardian, or the controller or agent of an organisation that brought the recovery forward | `RecoveryVetoed` |
//! | `finish_recovery` | any signed account | `ControllerChanged` |
//! | `report_condition` | the enrolling organisation's controller or agent | `ConditionReported` or `ReportTakenBack` |
//! | `confirm_condition` | another active organisation's controller or agent | `ConditionChanged` |
//! | `mark_private` | patient's controller, or the enrolling organisation's controller or agent | `PrivateChanged` |
//!
//! # Rules
//!
//! - **One table has the rights of every role in every state of a patient**:
//!   [`State::allows`]. A withdrawal is always possible.
//! - **The old key or any guardian ends a recovery with one veto**, so a thief can veto as well. The
//!   file `recovery.rs` gives the reason and the other rules of recoveries.
//! - The file `conditions.rs` has the rules for patients who are dead or unable to decide.
//!
//! # Assumptions
//!
//! - An account known here keeps the reference for signing, for good. Without the reference, the
//!   account's nonce would restart and old transactions would be valid again. Leaving takes the
//!   allowance away instead.
//! - The pallet never shows who a patient is. The pallet shows that an organisation enrolled a
//!   patient on a day, the accounts that act for the id, a patient's death or inability to decide,
//!   and private class groups. Sensitivities are stored as tokens only.
//! - Organisations can invent patients with invented accounts. Organisations can't take over an
//!   existing id unless two of them agree and nobody vetoes for a week.
//! - The patient names a delegate without the delegate's consent, and the delegate can end the
//!   mandate at any time. An account with the right to share can share with every other account.
//!   Guardians and delegates can't reach private kinds, also not with a directive of their own.
//! - Reading the trail needs no mandate: every member reads the chain.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod conditions;
mod delegates;
mod enrolment;
mod guardians;
mod history;
mod integrity;
mod private_kinds;
mod recovery;
mod relations;
mod rights;
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
pub use rights::State;
pub use types::*;
pub use weights::WeightInfo;

assent_support::refusal_errors!(Error, Config);

/// The pallet.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use assent_policy::{Class, Kinds, Listed, Moment, OrganisationId, PatientId, Private, Token};
	use assent_support::{BasePolicies, Condition, Deed, Members, Trail};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::{AccountId32, MultiSignature};

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The pallet's needs of the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// The wall clock, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;
		/// The agents of organisations, and the base policies under which organisations enrol
		/// patients.
		type Members: Members + BasePolicies;
		/// The trail of changes.
		type Trail: Trail;
		/// The delay between the support of a recovery and the finish, in milliseconds. The
		/// recovery is public during the delay. A change applies to recoveries that start
		/// afterwards.
		#[pallet::constant]
		type RecoveryDelay: Get<Moment>;
		/// The time to support a proposed recovery, and to confirm a reported condition, in
		/// milliseconds. A change applies to later proposals and reports.
		#[pallet::constant]
		type ProposalPeriod: Get<Moment>;
		/// The weights of the calls, with the cost of the trail and of the members.
		type WeightInfo: WeightInfo;
		/// Sets up the data of other pallets for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Every patient id.
	///
	/// Written by `enrol`, changed by the other calls, never removed: past decisions about an id
	/// must stay explicable. Hasher: the ids come from outside.
	#[pallet::storage]
	pub type Patients<T: Config> = StorageMap<_, Blake2_128Concat, PatientId, Patient>;

	/// The newest patient id of an account: the id in use, or the last id that was left.
	///
	/// Written by `enrol` and `finish_recovery`. The latter removes the row of the former
	/// controller. At most one row for each enrolled account.
	#[pallet::storage]
	pub type ByController<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, PatientId>;

	/// The number of enrolments and recoveries that an account signed. The account's next signature
	/// must contain this number.
	///
	/// Written by `enrol` and `propose_recovery`, never removed: an account that lost an id keeps
	/// the row. At most one row for each account that signed.
	#[pallet::storage]
	pub type EnrolmentNumber<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, u32, ValueQuery>;

	/// The patient ids in use with this account as confirmed guardian. Lapsed wards may stay listed
	/// until the next write of the list.
	///
	/// Written by `confirm_guardian`; `end_guardian` and `leave` remove a ward, and the row with
	/// the last ward. At most [`MAX_WARDS`] in a row.
	#[pallet::storage]
	pub type WardsOf<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Wards, ValueQuery>;

	/// The patient ids in use with this account as delegate. Lapsed principals may stay listed
	/// until the next write of the list.
	///
	/// Written by `name_delegate`; `end_delegate`, `finish_recovery` and `leave` remove a
	/// principal, and the row with the last one. At most [`MAX_PRINCIPALS`] in a row.
	#[pallet::storage]
	pub type PrincipalsOf<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, Principals, ValueQuery>;

	/// The circumstances of a patient since each change, by the number of the change. The last row
	/// is valid now. Without a row, nothing was ever said of the patient.
	///
	/// Written by `confirm_condition`, `mark_private`, and at the start and the end of a recovery.
	/// Never changed or removed. Grows with those changes; decisions read the last row.
	/// Hashers: patient ids come from outside, the pallet gives the numbers.
	#[pallet::storage]
	pub type History<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, u32, Circumstances>;

	/// The former roles of an account for a patient, oldest first.
	///
	/// Written by `finish_recovery`, and when a guardian or delegate ends or makes room. Never
	/// removed. At most [`MAX_PAST`] in a row, the newest. For older roles, read the trail.
	#[pallet::storage]
	pub type PastRoles<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Blake2_128Concat,
		AccountId32,
		RoleHistory,
		ValueQuery,
	>;

	/// The changes.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A patient id was enrolled.
		PatientEnrolled {
			/// The new id.
			patient: PatientId,
			/// The organisation that enrolled the patient.
			organisation: OrganisationId,
			/// The account that acts as the patient.
			controller: AccountId32,
		},
		/// A controller took a patient id out of use.
		PatientLeft {
			/// The id.
			patient: PatientId,
			/// The organisation that had enrolled the patient.
			organisation: OrganisationId,
			/// The account that acts as the patient.
			controller: AccountId32,
		},
		/// A guardian was proposed. The proposal has no effect before a confirmation.
		GuardianProposed {
			/// The patient.
			patient: PatientId,
			/// The proposed guardian.
			guardian: AccountId32,
			/// First moment after the guardian's term.
			until: Option<Moment>,
			/// The enrolling organisation, which proposed.
			organisation: OrganisationId,
		},
		/// A proposed guardian was confirmed and acts for the patient from now on.
		GuardianNamed {
			/// The patient.
			patient: PatientId,
			/// The guardian.
			guardian: AccountId32,
			/// First moment after the guardian's term.
			until: Option<Moment>,
			/// The organisation that confirmed.
			organisation: OrganisationId,
		},
		/// A guardian was ended and no longer acts for the patient.
		GuardianEnded {
			/// The patient.
			patient: PatientId,
			/// The guardian.
			guardian: AccountId32,
			/// The patient's controller or the guardian who ended the guardianship.
			by: AccountId32,
		},
		/// The proposal of a guardian ended without a confirmation.
		ProposalEnded {
			/// The patient.
			patient: PatientId,
			/// The account that had been proposed.
			guardian: AccountId32,
			/// The patient's controller or the proposed guardian who ended the proposal.
			by: AccountId32,
		},
		/// The patient named a delegate, or changed the limits of a delegate.
		DelegateNamed {
			/// The patient.
			patient: PatientId,
			/// The delegate.
			delegate: AccountId32,
			/// The deeds permitted to the delegate.
			deeds: Deeds,
			/// First moment after the mandate.
			until: Moment,
		},
		/// A delegate was ended before the end of the mandate.
		DelegateEnded {
			/// The patient.
			patient: PatientId,
			/// The delegate.
			delegate: AccountId32,
			/// The patient's controller, guardian or delegate who ended the mandate.
			by: AccountId32,
		},
		/// A recovery was proposed, in the place of an earlier proposal if there was one. The
		/// proposal changes nothing before enough support.
		RecoveryProposed {
			/// The patient.
			patient: PatientId,
			/// The account that is to control the id.
			controller: AccountId32,
			/// The guardian, or the agent of the enrolling organisation, behind the proposal.
			by: AccountId32,
			/// First moment at which no support is possible any more.
			lapses: Moment,
		},
		/// A guardian supported a recovery. The recovery needs further support.
		RecoverySupported {
			/// The patient.
			patient: PatientId,
			/// The account that is to control the id.
			controller: AccountId32,
			/// The guardian.
			by: AccountId32,
		},
		/// A recovery has enough support. From now on the old key only withdraws and vetoes.
		RecoveryStarted {
			/// The patient.
			patient: PatientId,
			/// The account that is to control the id.
			controller: AccountId32,
			/// The account that gave the last necessary support.
			by: AccountId32,
			/// The first moment at which the recovery can be finished.
			effective: Moment,
		},
		/// A recovery was vetoed, and everything is as before the recovery.
		RecoveryVetoed {
			/// The patient.
			patient: PatientId,
			/// The account that was to control the id.
			controller: AccountId32,
			/// The account that vetoed.
			by: AccountId32,
		},
		/// A recovery was finished: another account controls the id. Every delegate is ended.
		ControllerChanged {
			/// The patient.
			patient: PatientId,
			/// The account that controlled the id.
			former: AccountId32,
			/// The account that controls the id from now on.
			controller: AccountId32,
		},
		/// The enrolling organisation reported a condition. The report changes nothing before a
		/// confirmation.
		ConditionReported {
			/// The patient.
			patient: PatientId,
			/// The reported condition.
			condition: Condition,
			/// The enrolling organisation.
			organisation: OrganisationId,
			/// First moment at which no confirmation is possible any more.
			lapses: Moment,
		},
		/// The enrolling organisation took an unconfirmed report back.
		ReportTakenBack {
			/// The patient.
			patient: PatientId,
			/// The condition valid as before.
			condition: Condition,
			/// The enrolling organisation.
			organisation: OrganisationId,
		},
		/// Another organisation confirmed a condition. The condition is valid from now on.
		ConditionChanged {
			/// The patient.
			patient: PatientId,
			/// The condition valid now.
			condition: Condition,
			/// The organisation that confirmed.
			organisation: OrganisationId,
		},
		/// Other kinds of records are private to the patient from now on.
		PrivateChanged {
			/// The patient.
			patient: PatientId,
			/// The controller, or an agent of the enrolling organisation, who changed the list.
			by: AccountId32,
			/// The kinds private now: the patient's list and the organisation's list.
			private: Private,
		},
	}

	/// The cause of a refusal. A refused call changes nothing.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such patient id, or the account never controlled an id. Check the id.
		NotFound,
		/// The caller may not do this. Sign with an account that the call's documentation names.
		NotAuthorized,
		/// The caller is a delegate without a mandate for this. Ask the patient for the mandate.
		NotInMandate,
		/// The patient id is taken. Draw another id at random.
		AlreadyEnrolled,
		/// The account already controls a patient id in use. Let the patient use another account,
		/// or leave the first id.
		AlreadyController,
		/// The account acts for the enrolling organisation. Let the patient use a private account.
		NotIndependent,
		/// The number is not the number of enrolments and recoveries that the account signed so
		/// far. Read the number, and let the patient sign again.
		WrongNumber,
		/// The signature is not the account's over the message for these values and the newest base
		/// policy. Read the message again, and let the patient sign the message.
		BadSignature,
		/// The account has signed the maximum number of times. Let the patient use another account.
		MaxEnrolmentsExceeded,
		/// The patient id was left. Enrol the patient again, under a new id.
		PatientLeft,
		/// The end of the term is in the past. Give a later end.
		TermPast,
		/// One account would be both the patient's and a guardian's. Use another account.
		SelfGuardian,
		/// The account belongs to the enrolling organisation, as agent or practitioner. Name a
		/// guardian outside the organisation.
		GuardianNotIndependent,
		/// The account already is a guardian of this patient, or proposed as guardian. To change
		/// the term, end the guardian first.
		AlreadyGuardian,
		/// The patient has no such guardian and no such proposal. Check the account.
		GuardianNotFound,
		/// The guardian is confirmed already. Leave the guardian as is.
		AlreadyConfirmed,
		/// The patient has the maximum number of guardians and proposals. Let the patient end one.
		MaxGuardiansExceeded,
		/// The account is guardian of the maximum number of patients. Let the guardian end one
		/// guardianship.
		MaxWardsExceeded,
		/// The id's control is being recovered. Until the finish or a veto, the id's account only
		/// withdraws. If you did not ask for the recovery, veto the recovery.
		RecoveryRunning,
		/// The patient is unable to decide, as two organisations say. Let a guardian act, or let
		/// the organisations report that the patient can decide again.
		PatientIncapable,
		/// The patient is dead, as two organisations say. If the patient lives, let the
		/// organisations report so.
		PatientDeceased,
		/// The mandate would permit nothing. Name at least one deed.
		NothingAllowed,
		/// The mandate would last for more than a year. Give an earlier end, and renew the mandate
		/// later.
		TermTooLong,
		/// The account is that of the patient. Name another account as delegate.
		SelfDelegate,
		/// The account belongs to the enrolling organisation, as agent or practitioner. Name a
		/// delegate outside the organisation.
		DelegateNotIndependent,
		/// The patient has no such delegate. Check the account.
		DelegateNotFound,
		/// The patient has the maximum number of delegates. End one.
		MaxDelegatesExceeded,
		/// The account is delegate of the maximum number of patients. Let the delegate end one
		/// mandate.
		MaxPrincipalsExceeded,
		/// No recovery to this account is proposed or under way for this patient. Check the
		/// account, or propose a recovery.
		RecoveryNotFound,
		/// A recovery is under way. Wait for the finish, or veto the recovery.
		AlreadyRecovering,
		/// Guardians proposed a recovery and you act for the organisation, or the other way round.
		/// Support or veto that recovery, or wait until the proposal lapses.
		AlreadyProposed,
		/// The guardian supports this recovery already. Let another guardian support the recovery.
		AlreadySupported,
		/// The recovery was proposed too long ago. Propose the recovery again, with a new
		/// signature.
		RecoveryLapsed,
		/// The recovery lacks support. Let another guardian, or another organisation, support the
		/// recovery.
		RecoveryUnsupported,
		/// The recovery can still be vetoed. Wait until the end of the delay.
		RecoveryTooEarly,
		/// An organisation behind the recovery or the report is no longer an active member. Let
		/// another organisation take the place, or veto the recovery.
		OrganisationNotActive,
		/// The condition is valid already, and no report is waiting. Leave the condition as it is.
		ConditionUnchanged,
		/// The enrolling organisation has not reported this condition. Let the organisation report.
		ReportNotFound,
		/// The report was made too long ago. Let the enrolling organisation report again.
		ReportLapsed,
		/// The list holds these kinds already. Leave the list as it is.
		PrivateUnchanged,
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The maximum number of guardians of a patient id, with proposals.
		fn max_guardians() -> u32 {
			MAX_GUARDIANS
		}

		/// The maximum number of patient ids of a guardian at a time.
		fn max_wards() -> u32 {
			MAX_WARDS
		}

		/// The maximum number of delegates of a patient id at a time.
		fn max_delegates() -> u32 {
			MAX_DELEGATES
		}

		/// The maximum number of patient ids of a delegate at a time.
		fn max_principals() -> u32 {
			MAX_PRINCIPALS
		}

		/// The longest mandate of a delegate at a time, in milliseconds.
		fn max_mandate() -> Moment {
			MAX_MANDATE
		}
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
		/// Enrol a patient with your organisation: the account becomes the patient's, can sign
		/// transactions from now on, and decides who sees the records registered under the id. The
		/// patient has signed with that account, for the newest version of your base policy.
		///
		/// patient: the new id, 16 random bytes. controller: the patient's account. number: how
		/// many enrolments and recoveries the account signed before. signature: the account's, over
		/// the enrolment message.
		/// Who: the controller account or an agent of an active organisation.
		/// Fails: NotAuthorized, AlreadyEnrolled, NotIndependent, AlreadyController, WrongNumber,
		/// MaxEnrolmentsExceeded, BadSignature. Event: PatientEnrolled.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::enrol())]
		pub fn enrol(
			origin: OriginFor<T>,
			patient: PatientId,
			controller: AccountId32,
			number: u32,
			signature: MultiSignature,
		) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			Self::do_enrol(agent, organisation, patient, controller, number, &signature)
		}

		/// Take your patient id out of use: you can share and sign nothing new with the id, and the
		/// id does not come back. Documents that you shared before stay shared until the end of the
		/// grant. You can still withdraw a grant, free of charge.
		///
		/// A proposed recovery falls away.
		///
		/// Who: the patient's account.
		/// Fails: NotFound, PatientLeft, RecoveryRunning, PatientIncapable, PatientDeceased. Event:
		/// PatientLeft.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::leave())]
		pub fn leave(origin: OriginFor<T>) -> DispatchResult {
			Self::do_leave(ensure_signed(origin)?)
		}

		/// Propose a guardian for a patient of your organisation. Nothing changes until another
		/// organisation confirms the guardian. Guardians and proposals with a term in the past make
		/// room.
		///
		/// patient: the ward. guardian: the account that is to act for the patient. until: the end
		/// of the guardianship, such as the day of majority; none if the end is open.
		/// Who: the controller account or an agent of the organisation that enrolled the patient.
		/// Fails: NotAuthorized, NotFound, PatientLeft, TermPast, SelfGuardian,
		/// GuardianNotIndependent, AlreadyGuardian, MaxGuardiansExceeded. Event: GuardianProposed.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::propose_guardian())]
		pub fn propose_guardian(
			origin: OriginFor<T>,
			patient: PatientId,
			guardian: AccountId32,
			until: Option<Moment>,
		) -> DispatchResult {
			let (_, organisation) = Self::ensure_agent(origin)?;
			Self::do_propose_guardian(organisation, patient, guardian, until)
		}

		/// Confirm a guardian that another organisation proposed for a patient. From now on the
		/// guardian can share and withdraw for the patient, until the end of the term, or until the
		/// patient or the guardian ends the guardianship.
		///
		/// patient: the ward. guardian: the proposed account.
		/// Who: the controller account or an agent of an active organisation other than the one
		/// that enrolled the patient.
		/// Fails: NotAuthorized, NotFound, PatientLeft, GuardianNotFound, AlreadyConfirmed,
		/// TermPast, SelfGuardian, GuardianNotIndependent, MaxWardsExceeded. Event: GuardianNamed.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::confirm_guardian())]
		pub fn confirm_guardian(
			origin: OriginFor<T>,
			patient: PatientId,
			guardian: AccountId32,
		) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			Self::do_confirm_guardian(agent, organisation, patient, guardian)
		}

		/// End a guardian: the account no longer acts for the patient. The guardian's earlier acts
		/// stay. The call ends a proposal as well.
		///
		/// patient: the ward. guardian: the account to end.
		/// Who: the guardian, or the patient's account, also after leaving. During a recovery, and
		/// for a patient who is unable to decide or dead, only the guardian.
		/// Fails: NotFound, NotAuthorized, RecoveryRunning, PatientIncapable, PatientDeceased,
		/// GuardianNotFound. Event: GuardianEnded, or ProposalEnded for a proposal.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::end_guardian())]
		pub fn end_guardian(
			origin: OriginFor<T>,
			patient: PatientId,
			guardian: AccountId32,
		) -> DispatchResult {
			Self::do_end_guardian(ensure_signed(origin)?, patient, guardian)
		}

		/// Name a delegate: let an account act for you, within limits, until a date. Name the
		/// delegate again to change the limits. A delegate cannot let others act for you, and never
		/// sees the records that you marked as private. If you can no longer decide, the delegate
		/// only withdraws.
		///
		/// patient: your id. delegate: the account. deeds: the permitted deeds, at least one:
		/// share, answer requests, withdraw, dispute, open documents. To replace a directive, a
		/// delegate needs a mandate to share and to withdraw. until: the end of the mandate, within
		/// a year.
		/// Who: the patient's account.
		/// Fails: NotFound, NotAuthorized, PatientLeft, RecoveryRunning, PatientIncapable,
		/// PatientDeceased, NothingAllowed, TermPast, TermTooLong, SelfDelegate,
		/// DelegateNotIndependent, MaxDelegatesExceeded, MaxPrincipalsExceeded. Event:
		/// DelegateNamed.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::name_delegate())]
		pub fn name_delegate(
			origin: OriginFor<T>,
			patient: PatientId,
			delegate: AccountId32,
			deeds: Deeds,
			until: Moment,
		) -> DispatchResult {
			Self::do_name_delegate(ensure_signed(origin)?, patient, delegate, deeds, until)
		}

		/// End a delegate: the account no longer acts for the patient. The delegate's earlier acts
		/// stay.
		///
		/// patient: the id of the patient. delegate: the account to end.
		/// Who: the patient's account, a guardian, or the delegate.
		/// Fails: NotFound, NotAuthorized, DelegateNotFound. Event: DelegateEnded.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::end_delegate())]
		pub fn end_delegate(
			origin: OriginFor<T>,
			patient: PatientId,
			delegate: AccountId32,
		) -> DispatchResult {
			Self::do_end_delegate(ensure_signed(origin)?, patient, delegate)
		}

		/// Propose that another account takes over a patient id, because the patient lost the key
		/// or somebody stole the key. Nothing changes until others support the proposal, and then
		/// only after a week in which the old key or any guardian can veto. The new account has
		/// signed the recovery. An earlier proposal of the same path, guardians or organisations,
		/// falls away if the proposal lacks support. A proposal of the other path has to be vetoed
		/// or lapse first.
		///
		/// patient: the id. controller: the new account. number: how many enrolments and recoveries
		/// that account signed before. signature: the account's, over the recovery message.
		/// Who: a guardian, or the controller account or an agent of the organisation that enrolled
		/// the patient.
		/// Fails: NotFound, NotAuthorized, PatientLeft, PatientDeceased, AlreadyRecovering,
		/// AlreadyProposed, NotIndependent, AlreadyController, SelfGuardian, WrongNumber,
		/// MaxEnrolmentsExceeded, BadSignature. Event: RecoveryProposed.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::propose_recovery())]
		pub fn propose_recovery(
			origin: OriginFor<T>,
			patient: PatientId,
			controller: AccountId32,
			number: u32,
			signature: MultiSignature,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_propose_recovery(by, patient, controller, number, &signature)
		}

		/// Support a recovery. With enough support the recovery starts: the old key only withdraws
		/// from now on, and in a week the new account takes over, unless there is a veto. Guardians
		/// need more than half of the guardians in office, and two at least. Organisations need one
		/// other organisation.
		///
		/// patient: the id. controller: the new account, as proposed.
		/// Who: another guardian if a guardian proposed, else the controller account or an agent of
		/// an active organisation other than the one that enrolled the patient.
		/// Fails: NotFound, RecoveryNotFound, NotAuthorized, AlreadySupported, AlreadyRecovering,
		/// RecoveryLapsed, PatientLeft, PatientDeceased. Event: RecoveryStarted, or
		/// RecoverySupported while more support is needed.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::support_recovery())]
		pub fn support_recovery(
			origin: OriginFor<T>,
			patient: PatientId,
			controller: AccountId32,
		) -> DispatchResult {
			Self::do_support_recovery(ensure_signed(origin)?, patient, controller)
		}

		/// Veto a recovery: no other account takes over the patient id, and the patient's account
		/// can do everything again. The recovery can be proposed again.
		///
		/// patient: the id.
		/// Who: the patient's account, a guardian, or the controller account or an agent of an
		/// organisation that brought the recovery forward.
		/// Fails: NotFound, RecoveryNotFound, NotAuthorized. Event: RecoveryVetoed.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::veto_recovery())]
		pub fn veto_recovery(origin: OriginFor<T>, patient: PatientId) -> DispatchResult {
			Self::do_veto_recovery(ensure_signed(origin)?, patient)
		}

		/// Finish a recovery after the week of the delay: the new account controls the patient id,
		/// the old account controls nothing, and every delegate is ended. Shared documents stay
		/// shared until a withdrawal or the end of the grant.
		///
		/// patient: the id.
		/// Who: any account that may sign.
		/// Fails: NotFound, RecoveryNotFound, RecoveryUnsupported, RecoveryTooEarly, PatientLeft,
		/// PatientDeceased, OrganisationNotActive, NotIndependent, AlreadyController, SelfGuardian.
		/// Event: ControllerChanged.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::finish_recovery())]
		pub fn finish_recovery(origin: OriginFor<T>, patient: PatientId) -> DispatchResult {
			Self::do_finish_recovery(ensure_signed(origin)?, patient)
		}

		/// Report that a patient of your organisation is unable to decide, or dead, or able to
		/// decide again. Nothing changes until another organisation confirms the report. To take
		/// your report back, report the condition valid now.
		///
		/// patient: the id. condition: the reported condition.
		/// Who: the controller account or an agent of the organisation that enrolled the patient.
		/// Fails: NotAuthorized, NotFound, ConditionUnchanged. Event: ConditionReported, or
		/// ReportTakenBack.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::report_condition())]
		pub fn report_condition(
			origin: OriginFor<T>,
			patient: PatientId,
			condition: Condition,
		) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			Self::do_report_condition(agent, organisation, patient, condition)
		}

		/// Confirm the report of another organisation about a patient. Unable to decide: the
		/// patient's account only withdraws and opens documents, and guardians act. Dead: nothing
		/// new is shared, asked for or declared urgent, and guardians withdraw. Able to decide:
		/// everything is as before.
		///
		/// patient: the id. condition: the condition, as reported.
		/// Who: the controller account or an agent of an active organisation other than the one
		/// that enrolled the patient.
		/// Fails: NotAuthorized, NotFound, ReportNotFound, ReportLapsed, OrganisationNotActive.
		/// Event: ConditionChanged.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::confirm_condition())]
		pub fn confirm_condition(
			origin: OriginFor<T>,
			patient: PatientId,
			condition: Condition,
		) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			Self::do_confirm_condition(agent, organisation, patient, condition)
		}

		/// Mark kinds of records as private: only the patient sees, shares and refuses these
		/// records. Guardians and delegates neither see the records nor decide who sees them. The
		/// list replaces your earlier list. The patient and the organisation have a list each, and
		/// both lists apply. Everybody can see the listed kinds of documents, and that there is a
		/// list.
		///
		/// patient: the id. classes: kinds of documents. sensitivities: tokens of sensitivities.
		/// Who: the patient's account. For records that the law keeps from guardians also the
		/// controller account or an agent of the organisation that enrolled the patient.
		/// Fails: NotFound, NotAuthorized, PatientLeft, RecoveryRunning, PatientIncapable,
		/// PatientDeceased, PrivateUnchanged. Event: PrivateChanged.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::mark_private())]
		pub fn mark_private(
			origin: OriginFor<T>,
			patient: PatientId,
			classes: Listed<Class>,
			sensitivities: Listed<Token>,
		) -> DispatchResult {
			let kinds = Kinds { classes, sensitivities };
			Self::do_mark_private(ensure_signed(origin)?, patient, kinds)
		}
	}

	/// The reads of the runtime API. Every list has the bound of the stored list.
	impl<T: Config> Pallet<T> {
		/// The patient id in use controlled by an account.
		pub fn patient_of(account: AccountId32) -> Option<PatientId> {
			ByController::<T>::get(account).filter(|patient| Self::is_in_use(*patient))
		}

		/// The patient ids in use with this account as guardian now, at most [`MAX_WARDS`].
		pub fn wards_of(account: AccountId32) -> Vec<PatientId> {
			Self::running(WardsOf::<T>::get(account))
		}

		/// The patient ids in use with this account as delegate now, at most [`MAX_PRINCIPALS`].
		pub fn principals_of(account: AccountId32) -> Vec<PatientId> {
			Self::running(PrincipalsOf::<T>::get(account))
		}

		/// The deeds permitted to an account for a patient now.
		pub fn deeds_of(account: AccountId32, patient: PatientId) -> Vec<Deed> {
			let now = T::Time::now();
			[Deed::Share, Deed::AnswerRequests, Deed::Withdraw, Deed::Dispute, Deed::OpenDocuments]
				.into_iter()
				.filter(|deed| Self::may_do(&account, patient, *deed, now).is_ok())
				.collect()
		}

		/// The private kinds of a patient now.
		pub fn private_of(patient: PatientId) -> Private {
			Self::private_at(patient, T::Time::now())
		}

		/// The message to sign now, as raw bytes, to take over this patient id by a recovery, and
		/// the number to pass along. The account's wallet signs. None for an unknown id.
		pub fn recovery_to_sign(
			patient: PatientId,
			controller: AccountId32,
		) -> Option<(u32, Vec<u8>)> {
			Self::next_recovery(patient, &controller)
		}

		/// The message to sign now, as raw bytes, for an enrolment by this organisation under this
		/// patient id, and the number to pass along. The account's wallet signs.
		pub fn enrolment_to_sign(
			organisation: OrganisationId,
			patient: PatientId,
			controller: AccountId32,
		) -> (u32, Vec<u8>) {
			Self::next_enrolment(organisation, patient, &controller)
		}
	}
}
