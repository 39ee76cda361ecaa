//! # Patients
//!
//! Knows the patient ids: which account acts as the patient, which organisation enrolled
//! them, who acts for them by right or by mandate, and how an id goes on when a key is lost or
//! a patient can no longer decide.
//!
//! ## Terms
//! - **Patient**: an id of 16 random bytes. A person has one for each organisation that
//!   treats them, each with an account of its own; only the person knows they belong
//!   together.
//! - **Controller**: the account that acts as the patient.
//! - **Enrolment**: an organisation takes up a patient, with the patient's signature.
//! - **Guardian**: an account that acts for the patient by right, such as a parent's, until
//!   a date or until ended. Proposed by the enrolling organisation, confirmed by another.
//! - **Ward**: a patient, seen from the guardian. **Principal**: one, seen from a delegate.
//! - **Delegate**: an account that acts for the patient by mandate: the patient says what it
//!   may do and until when, at most a year. It can't pass the mandate on.
//! - **Recovery**: another account becomes the controller, after a delay in which it can be
//!   vetoed.
//! - **Condition**: able to decide, unable, or dead, as two organisations say.
//! - **Private kinds**: kinds of records that only the patient sees, shares and refuses.
//!
//! ## A scenario
//! A hospital takes up Ada, twelve. Her wallet signs seven lines: the chain, the hospital, the
//! version of its base policy, the new patient id, her account and the number 0. The
//! hospital's agent sends them with `enrol`,
//! and Ada's account can sign transactions from then on. The hospital proposes her mother's
//! account as guardian until Ada's eighteenth birthday. It is none of the hospital's own
//! accounts, and the health authority confirms it: from that block on her mother can share
//! and withdraw for her. At fourteen Ada may see a doctor on her own where she lives: the
//! hospital marks one sensitivity as private, Ada adds another, and her mother sees neither.
//! Ada loses her phone. Her mother and her father, also a guardian, bring a recovery to her
//! new account forward; a week later anybody finishes it. On her birthday both terms end
//! without a transaction. When she is away she lets a friend answer requests for a month. At
//! twenty she moves and leaves: her id grants nothing new, but what she granted she can still
//! withdraw. Should the hospital treat her again, her account signs again, with the next
//! number and a new id.
//!
//! ## What is stored
//! - [`Patients`]: a row for each id, never removed: with guardians, delegates, condition and
//!   recovery.
//! - [`ByController`]: the newest id of each account; [`EnrolmentNumber`]: how many
//!   enrolments and recoveries the account signed, so that no signature serves twice.
//! - [`WardsOf`], [`PrincipalsOf`]: whom each guardian and each delegate acts for.
//! - [`History`]: what counted of a patient from when on, condition, recovery and private
//!   kinds; [`PastRoles`]: what an account was to a patient. Both answer "might it then?".
//!
//! | Call | Who | Event |
//! | --- | --- | --- |
//! | [`enrol`](Pallet::enrol) | an agent of an active organisation, with the patient's signature | [`Event::PatientEnrolled`] |
//! | [`leave`](Pallet::leave) | the controller | [`Event::PatientLeft`] |
//! | [`propose_guardian`](Pallet::propose_guardian) | an agent of the enrolling organisation | [`Event::GuardianProposed`] |
//! | [`confirm_guardian`](Pallet::confirm_guardian) | an agent of another active organisation | [`Event::GuardianNamed`] |
//! | [`end_guardian`](Pallet::end_guardian) | the controller, or the guardian | [`Event::GuardianEnded`] or [`Event::ProposalEnded`] |
//! | [`name_delegate`](Pallet::name_delegate) | the controller | [`Event::DelegateNamed`] |
//! | [`end_delegate`](Pallet::end_delegate) | the controller, a guardian, or the delegate | [`Event::DelegateEnded`] |
//! | [`propose_recovery`](Pallet::propose_recovery) | a guardian, or an agent of the enrolling organisation, with the new account's signature | [`Event::RecoveryProposed`] |
//! | [`support_recovery`](Pallet::support_recovery) | another guardian, or an agent of another active organisation | [`Event::RecoverySupported`] or [`Event::RecoveryStarted`] |
//! | [`veto_recovery`](Pallet::veto_recovery) | the controller, a guardian, or an organisation that brought it forward | [`Event::RecoveryVetoed`] |
//! | [`finish_recovery`](Pallet::finish_recovery) | any signed account | [`Event::ControllerChanged`] |
//! | [`report_condition`](Pallet::report_condition) | an agent of the enrolling organisation | [`Event::ConditionReported`] or [`Event::ReportTakenBack`] |
//! | [`confirm_condition`](Pallet::confirm_condition) | an agent of another active organisation | [`Event::ConditionChanged`] |
//! | [`mark_private`](Pallet::mark_private) | the controller, or an agent of the enrolling organisation | [`Event::PrivateChanged`] |
//!
//! Who may do what in the patient's name, by how the patient is, is one table:
//! [`State::allows`](rights::State::allows). Nothing stops a withdrawal.
//!
//! ## Recovery, said plainly
//! The old key or any guardian ends a recovery with one veto, up to the block in which it is
//! finished. So **a thief can veto as well**. That is the price for this: organisations that
//! agree to take an id over fail as long as its owner looks once a week. Trying again is not
//! limited, on purpose: a thief has to notice and veto each time, is held to withdrawing
//! meanwhile, and every attempt and veto stands in the trail, where the council sees who
//! harasses whom. A person whose thief never sleeps leaves the id to its guardians'
//! withdrawals and enrols under a new one. More stands in the file `recovery.rs`, and about
//! patients who can't decide or are dead in `states.rs`.
//!
//! ## Assumptions
//! - An account known here keeps the reference that lets it sign, for good: dropping it would
//!   reset its nonce and revive old transactions. Leaving takes the allowance away instead.
//! - Nothing here shows who a patient is. That an organisation enrolled somebody on a day, who
//!   acts for an id, that somebody is unable to decide or dead, and which class groups are
//!   private, it does; sensitivities only as tokens.
//! - Organisations can invent patients by making up accounts. They can't take over one unless
//!   two agree and nobody vetoes for a week.
//! - A delegate needs no consent: it can end itself. Whoever may share can share with
//!   anybody. What is private to the patient is out of reach for guardians and delegates alike,
//!   also by what they share.
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

	/// The patient ids.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// Who acts for which organisation, and by which base policy it takes up patients.
		type Members: Members + BasePolicies;
		/// Where changes are remembered.
		type Trail: Trail;
		/// The wall clock, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;
		/// How long a recovery that has its support waits in public before it can be
		/// finished, in milliseconds. Changing it counts for those that start afterwards.
		#[pallet::constant]
		type RecoveryDelay: Get<Moment>;
		/// How long a proposed recovery can be supported, and a reported condition confirmed,
		/// in milliseconds. Changing it counts for those made afterwards.
		#[pallet::constant]
		type ProposalPeriod: Get<Moment>;
		/// What the calls cost, without what the trail and the members cost.
		type WeightInfo: WeightInfo;
		/// Sets up for the benchmarks what other pallets hold.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Every patient id.
	///
	/// Written by `enrol`, changed by the other calls, never removed: what was decided for
	/// an id must stay explicable. Hasher: the ids come from outside.
	#[pallet::storage]
	pub type Patients<T: Config> = StorageMap<_, Blake2_128Concat, PatientId, Patient>;

	/// The newest patient id of an account: the one in use, or the last one that was left.
	///
	/// Written by `enrol` and `finish_recovery`, which removes the former controller's. At most
	/// one row for each enrolled account.
	#[pallet::storage]
	pub type ByController<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, PatientId>;

	/// How many enrolments and recoveries an account signed: the number that its next one must
	/// carry.
	///
	/// Written by `enrol` and `propose_recovery`, never removed: an account that lost its id
	/// keeps its row. At most one row for each account that signed.
	#[pallet::storage]
	pub type EnrolmentNumber<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, u32, ValueQuery>;

	/// The patient ids in use of which an account is a confirmed guardian. Lapsed ones may
	/// still be listed; they go when the list is next written.
	///
	/// Written by `confirm_guardian`; a ward is removed by `end_guardian` and `leave`, the row
	/// with its last ward. At most [`MAX_WARDS`] in a row.
	#[pallet::storage]
	pub type WardsOf<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Wards, ValueQuery>;

	/// The patient ids in use of which an account is a delegate. Lapsed ones may still be
	/// listed; they go when the list is next written.
	///
	/// Written by `name_delegate`; a principal is removed by `end_delegate`, `finish_recovery`
	/// and `leave`, the row with the last one. At most [`MAX_PRINCIPALS`] in a row.
	#[pallet::storage]
	pub type PrincipalsOf<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, Principals, ValueQuery>;

	/// What counted of a patient from when on, by the number of the change. The last row counts
	/// now; without one nothing was ever said.
	///
	/// Written by `confirm_condition`, `mark_private`, and when a recovery starts or ends.
	/// Never changed or removed. Grows with those changes; decisions read the last row.
	/// Hashers: patient ids come from outside, numbers are ours.
	#[pallet::storage]
	pub type History<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, u32, Circumstances>;

	/// What an account was to a patient and no longer is, oldest first.
	///
	/// Written when a guardian or delegate ends or makes room, and by `finish_recovery`. Never
	/// removed. At most [`MAX_PAST`] in a row, the newest; older ones stand in the trail only.
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

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A patient id was enrolled.
		PatientEnrolled {
			/// The new id.
			patient: PatientId,
			/// The organisation that enrolled it.
			organisation: OrganisationId,
			/// The account that acts as the patient.
			controller: AccountId32,
		},
		/// A patient id was taken out of use by its controller.
		PatientLeft {
			/// The id.
			patient: PatientId,
			/// The organisation that had enrolled it.
			organisation: OrganisationId,
			/// The account that acts as the patient.
			controller: AccountId32,
		},
		/// A guardian was proposed. The proposal does nothing until it is confirmed.
		GuardianProposed {
			/// The patient.
			patient: PatientId,
			/// The proposed guardian.
			guardian: AccountId32,
			/// First moment at which the guardian no longer is one.
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
			/// First moment at which the guardian no longer is one.
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
			/// Who ended it: the patient's controller or the guardian.
			by: AccountId32,
		},
		/// The proposal of a guardian ended without having been confirmed.
		ProposalEnded {
			/// The patient.
			patient: PatientId,
			/// The guardian who had been proposed.
			guardian: AccountId32,
			/// Who ended it: the patient's controller or the proposed guardian.
			by: AccountId32,
		},
		/// The patient named a delegate, or gave one other limits.
		DelegateNamed {
			/// The patient.
			patient: PatientId,
			/// The delegate.
			delegate: AccountId32,
			/// What it may do.
			deeds: Deeds,
			/// First moment at which it no longer has.
			until: Moment,
		},
		/// A delegate was ended before its time.
		DelegateEnded {
			/// The patient.
			patient: PatientId,
			/// The delegate.
			delegate: AccountId32,
			/// Who ended it: the patient's controller, a guardian or the delegate.
			by: AccountId32,
		},
		/// A recovery was proposed, in the place of an earlier proposal if there was one. It
		/// changes nothing until it has its support.
		RecoveryProposed {
			/// The patient.
			patient: PatientId,
			/// The account that is to control the id.
			controller: AccountId32,
			/// The guardian, or the agent of the enrolling organisation, who proposed.
			by: AccountId32,
			/// First moment at which it can no longer be supported.
			lapses: Moment,
		},
		/// A guardian supported a recovery, which needs further support.
		RecoverySupported {
			/// The patient.
			patient: PatientId,
			/// The account that is to control the id.
			controller: AccountId32,
			/// The guardian.
			by: AccountId32,
		},
		/// A recovery has its support: from now on the old key only withdraws and vetoes.
		RecoveryStarted {
			/// The patient.
			patient: PatientId,
			/// The account that is to control the id.
			controller: AccountId32,
			/// Whose support was the last one needed.
			by: AccountId32,
			/// When it can be finished.
			effective: Moment,
		},
		/// A recovery was vetoed, and everything is as before it.
		RecoveryVetoed {
			/// The patient.
			patient: PatientId,
			/// The account that was to control the id.
			controller: AccountId32,
			/// Who vetoed.
			by: AccountId32,
		},
		/// A recovery was finished: another account controls the id. Every delegate is ended.
		ControllerChanged {
			/// The patient.
			patient: PatientId,
			/// The account that controlled it.
			former: AccountId32,
			/// The account that controls it from now on.
			controller: AccountId32,
		},
		/// The enrolling organisation reported a condition, which changes nothing until it is
		/// confirmed.
		ConditionReported {
			/// The patient.
			patient: PatientId,
			/// What it says of the patient.
			condition: Condition,
			/// The enrolling organisation.
			organisation: OrganisationId,
			/// First moment at which it can no longer be confirmed.
			lapses: Moment,
		},
		/// The enrolling organisation took its unconfirmed report back.
		ReportTakenBack {
			/// The patient.
			patient: PatientId,
			/// What counts, as before.
			condition: Condition,
			/// The enrolling organisation.
			organisation: OrganisationId,
		},
		/// Another organisation confirmed a condition, which counts from now on.
		ConditionChanged {
			/// The patient.
			patient: PatientId,
			/// What counts.
			condition: Condition,
			/// The organisation that confirmed.
			organisation: OrganisationId,
		},
		/// Other kinds of records are private to the patient from now on.
		PrivateChanged {
			/// The patient.
			patient: PatientId,
			/// Who changed its list: the controller, or an agent of the enrolling organisation.
			by: AccountId32,
			/// What is private now, by whom it was marked.
			private: Private,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such patient id, or the account never controlled one. Check the id.
		NotFound,
		/// The caller is not one of those who may make this call: see its description.
		NotAuthorized,
		/// The caller is a delegate whose mandate lacks this. Ask the patient for it.
		NotInMandate,
		/// The patient id is taken. Draw another at random.
		AlreadyEnrolled,
		/// The account already controls a patient id that is in use. Let the patient use
		/// another account, or leave the first id.
		AlreadyController,
		/// The account acts for the enrolling organisation itself. Let the patient use an
		/// account of their own.
		NotIndependent,
		/// The number is not how many enrolments and recoveries the account signed so far. Read
		/// it, and let the patient sign again with it.
		WrongNumber,
		/// The signature is not the account's over the message for these very values and the
		/// newest base policy. Let the patient sign what the message function returns now.
		BadSignature,
		/// The account signed as often as can be counted. Let the patient use
		/// another account.
		MaxEnrolmentsExceeded,
		/// The patient id was left. Enrol the patient again, under a new id.
		PatientLeft,
		/// The end of the term has come already. Give a later one.
		TermPast,
		/// One account would be the patient's and a guardian's at once. Use another.
		SelfGuardian,
		/// The account is one of the enrolling organisation's, as agent or practitioner. A
		/// guardian must not be: name somebody else.
		GuardianNotIndependent,
		/// The account already is a guardian of this patient, or proposed as one. End that
		/// first to change its term.
		AlreadyGuardian,
		/// There is no such guardian, nor such a proposal, for this patient. Check the account.
		GuardianNotFound,
		/// The guardian is confirmed. Nothing is left to do.
		AlreadyConfirmed,
		/// The patient has as many guardians and proposals as allowed. Let the patient end one.
		MaxGuardiansExceeded,
		/// The account is guardian of as many patients as allowed. Let it end one.
		MaxWardsExceeded,
		/// The id's control is being recovered, and until that is finished or vetoed its account
		/// only withdraws. If you did not ask for the recovery, veto it.
		RecoveryRunning,
		/// The patient is unable to decide, as two organisations say. Let a guardian act, or the
		/// organisations report that it is over.
		PatientIncapable,
		/// The patient is dead, as two organisations say. If not, let them report it.
		PatientDeceased,
		/// The delegate would be permitted nothing. Name at least one deed.
		NothingAllowed,
		/// The mandate would last for more than a year. Give an earlier end, and renew it then.
		TermTooLong,
		/// The account is that of the patient. Name somebody else as delegate.
		SelfDelegate,
		/// The account is one of the enrolling organisation's, as agent or practitioner. A
		/// delegate must not be: name somebody else.
		DelegateNotIndependent,
		/// There is no such delegate of this patient. Check the account.
		DelegateNotFound,
		/// The patient has as many delegates as allowed. End one.
		MaxDelegatesExceeded,
		/// The account is delegate of as many patients as allowed. Let it end one.
		MaxPrincipalsExceeded,
		/// No recovery to this account is proposed or under way for this patient.
		RecoveryNotFound,
		/// A recovery is under way. Wait until it is finished, or veto it.
		AlreadyRecovering,
		/// Guardians proposed one and you act for the organisation, or the other way round. Support
		/// or veto it, or wait until it lapses.
		AlreadyProposed,
		/// The guardian supports this recovery already. Let another one support it.
		AlreadySupported,
		/// The recovery was proposed too long ago. Propose it again, with a new signature.
		RecoveryLapsed,
		/// The recovery lacks support. Let another guardian, or another organisation, support it.
		RecoveryUnsupported,
		/// The recovery can still be vetoed. Wait until its time has come.
		RecoveryTooEarly,
		/// One of the organisations that this rests on is no longer an active member. Let
		/// another one take its place, or veto.
		OrganisationNotActive,
		/// That is what counts of the patient already, and no report is waiting.
		ConditionUnchanged,
		/// The enrolling organisation has not reported this. Let it report.
		ReportNotFound,
		/// The report was made too long ago. Let the enrolling organisation report again.
		ReportLapsed,
		/// These kinds are what the list holds already.
		PrivateUnchanged,
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// How many guardians a patient id has at most, proposals included.
		fn max_guardians() -> u32 {
			MAX_GUARDIANS
		}

		/// Of how many patient ids an account is guardian at most, at a time.
		fn max_wards() -> u32 {
			MAX_WARDS
		}

		/// How many delegates a patient id has at most, at a time.
		fn max_delegates() -> u32 {
			MAX_DELEGATES
		}

		/// Of how many patient ids an account is delegate at most, at a time.
		fn max_principals() -> u32 {
			MAX_PRINCIPALS
		}

		/// The longest mandate a delegate is given at a time, in milliseconds.
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

	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// The patient id in use that an account controls.
		pub fn patient_of(account: AccountId32) -> Option<PatientId> {
			ByController::<T>::get(account).filter(|patient| Self::is_in_use(*patient))
		}

		/// The patient ids in use of which an account is a guardian now.
		pub fn wards_of(account: AccountId32) -> Vec<PatientId> {
			let now = T::Time::now();
			let wards = WardsOf::<T>::get(account).into_iter();
			wards
				.filter(|ward| !ward.has_lapsed(now))
				.map(|ward| ward.patient)
				.collect()
		}

		/// The patient ids in use of which an account is a delegate now.
		pub fn principals_of(account: AccountId32) -> Vec<PatientId> {
			let now = T::Time::now();
			let principals = PrincipalsOf::<T>::get(account).into_iter();
			principals
				.filter(|principal| !principal.has_lapsed(now))
				.map(|principal| principal.patient)
				.collect()
		}

		/// What an account may do in a patient's name now.
		pub fn deeds_of(account: AccountId32, patient: PatientId) -> Vec<Deed> {
			let now = T::Time::now();
			[
				Deed::Share,
				Deed::AnswerRequests,
				Deed::Withdraw,
				Deed::Dispute,
				Deed::OpenDocuments,
			]
			.into_iter()
			.filter(|deed| Self::may_do(&account, patient, *deed, now).is_ok())
			.collect()
		}

		/// What is private to a patient now.
		pub fn private_of(patient: PatientId) -> Private {
			Self::private_at(patient, T::Time::now())
		}

		/// What the account's wallet must sign now, as raw bytes, to take over this patient id
		/// by a recovery, and the number to pass along. None for an unknown id.
		pub fn recovery_to_sign(
			patient: PatientId,
			controller: AccountId32,
		) -> Option<(u32, Vec<u8>)> {
			let organisation = Patients::<T>::get(patient)?.enrolled_by;
			let number = EnrolmentNumber::<T>::get(&controller);
			let genesis = Self::genesis_hash();
			let message = recovery_message(genesis, organisation, patient, &controller, number);
			Some((number, message))
		}

		/// What the account's wallet must sign now, as raw bytes, for this organisation to
		/// enrol it under this patient id, and the number to pass along.
		pub fn enrolment_to_sign(
			organisation: OrganisationId,
			patient: PatientId,
			controller: AccountId32,
		) -> (u32, Vec<u8>) {
			let number = EnrolmentNumber::<T>::get(&controller);
			let message = enrolment_message(
				Self::genesis_hash(),
				organisation,
				T::Members::newest(organisation, T::Time::now()),
				patient,
				&controller,
				number,
			);
			(number, message)
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Enrol a patient with your organisation: the account becomes the patient's, can sign
		/// transactions from now on, and decides who sees the records registered under the id.
		/// The patient has signed this with that account, and with it the version of your base
		/// policy that is the newest now.
		///
		/// patient: the new id, 16 random bytes. controller: the patient's account. number: how
		/// many enrolments the account signed before. signature: the account's, over the
		/// enrolment message.
		/// Who: the controller account or an agent of an active organisation. Fails:
		/// NotAuthorized, AlreadyEnrolled, NotIndependent, AlreadyController, WrongNumber,
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

		/// Take your patient id out of use: nothing new can be shared or signed with it, and it
		/// does not come back. What you shared before stays shared until it ends; you can still
		/// withdraw it, free of charge.
		///
		/// A proposed recovery falls away.
		///
		/// Who: the patient's account. Fails: NotFound, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased. Event: PatientLeft.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::leave())]
		pub fn leave(origin: OriginFor<T>) -> DispatchResult {
			Self::do_leave(ensure_signed(origin)?)
		}

		/// Propose a guardian for a patient of your organisation. Nothing changes until another
		/// organisation confirms it. Guardians and proposals whose term is over make room.
		///
		/// patient: the ward. guardian: the account that is to act for the patient. until: when
		/// that ends by itself, such as the day of majority; nothing if it stays open.
		/// Who: the controller account or an agent of the organisation that enrolled the
		/// patient. Fails: NotAuthorized, NotFound, PatientLeft, TermPast, SelfGuardian,
		/// GuardianNotIndependent, AlreadyGuardian, MaxGuardiansExceeded. Event:
		/// GuardianProposed.
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

		/// Confirm a guardian that another organisation proposed for its patient: from now on
		/// the guardian can share and withdraw for the patient, until the term is over or one
		/// of the two ends it.
		///
		/// patient: the ward. guardian: the proposed account.
		/// Who: the controller account or an agent of an active organisation other than the one
		/// that enrolled the patient. Fails: NotAuthorized, NotFound, PatientLeft,
		/// GuardianNotFound, AlreadyConfirmed, TermPast, SelfGuardian, GuardianNotIndependent,
		/// MaxWardsExceeded. Event: GuardianNamed.
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

		/// End a guardian: the account no longer acts for the patient. What it did stays. Ends
		/// a proposal as well.
		///
		/// patient: the ward. guardian: the account to end.
		/// Who: the patient's account, while it counts and also after leaving, or the guardian.
		/// Fails: NotFound, NotAuthorized, RecoveryRunning, PatientIncapable, PatientDeceased,
		/// GuardianNotFound. Event: GuardianEnded, or ProposalEnded if it was not confirmed.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::end_guardian())]
		pub fn end_guardian(
			origin: OriginFor<T>,
			patient: PatientId,
			guardian: AccountId32,
		) -> DispatchResult {
			Self::do_end_guardian(ensure_signed(origin)?, patient, guardian)
		}

		/// Name a delegate: let an account act for you, within limits, until a date. Name it
		/// again to change the limits. It cannot let others act for you, and never sees what
		/// you marked as private. If you can no longer decide it only withdraws.
		///
		/// patient: your id. delegate: the account. deeds: what it may do, at least one: share,
		/// answer requests, withdraw, dispute, open documents. To replace what is shared it needs
		/// a mandate to share and to withdraw. until: when that ends by itself, within a year.
		/// Who: the patient's account. Fails: NotFound, NotAuthorized, PatientLeft,
		/// RecoveryRunning, PatientIncapable, PatientDeceased, NothingAllowed, TermPast,
		/// TermTooLong, SelfDelegate, DelegateNotIndependent, MaxDelegatesExceeded,
		/// MaxPrincipalsExceeded. Event: DelegateNamed.
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

		/// End a delegate: the account no longer acts for the patient. What it did stays.
		///
		/// patient: whose delegate. delegate: the account to end.
		/// Who: the patient's account, a guardian, or the delegate. Fails: NotFound,
		/// NotAuthorized, DelegateNotFound. Event: DelegateEnded.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::end_delegate())]
		pub fn end_delegate(
			origin: OriginFor<T>,
			patient: PatientId,
			delegate: AccountId32,
		) -> DispatchResult {
			Self::do_end_delegate(ensure_signed(origin)?, patient, delegate)
		}

		/// Propose that another account takes over a patient id, because the patient lost the
		/// key or somebody stole it. Nothing changes until others support it, and then only
		/// after a week in which the old key or any guardian can veto. The new account has
		/// signed this. An earlier proposal of the same path, guardians or organisations, falls
		/// away if it lacks support; one of the other path has to be vetoed or lapse first.
		///
		/// patient: the id. controller: the new account. number: how many enrolments and
		/// recoveries that account signed before. signature: the account's, over the recovery
		/// message.
		/// Who: a guardian, or the controller account or an agent of the organisation that
		/// enrolled the patient. Fails: NotFound, NotAuthorized, PatientLeft, PatientDeceased,
		/// AlreadyRecovering, AlreadyProposed, NotIndependent, AlreadyController, SelfGuardian,
		/// WrongNumber, MaxEnrolmentsExceeded, BadSignature. Event: RecoveryProposed.
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

		/// Support a recovery. With enough support it starts: the old key only withdraws from now
		/// on, and in a week the new account takes over, unless there is a veto. Guardians need
		/// more than half of those in office, and two at least; organisations one other.
		///
		/// patient: the id. controller: the new account, as proposed.
		/// Who: another guardian if a guardian proposed, else the controller account or an agent
		/// of an active organisation other than the one that enrolled the patient. Fails:
		/// NotFound, RecoveryNotFound, NotAuthorized, AlreadySupported, AlreadyRecovering,
		/// RecoveryLapsed, PatientLeft, PatientDeceased. Event: RecoveryStarted, or
		/// RecoverySupported while more is needed.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::support_recovery())]
		pub fn support_recovery(
			origin: OriginFor<T>,
			patient: PatientId,
			controller: AccountId32,
		) -> DispatchResult {
			Self::do_support_recovery(ensure_signed(origin)?, patient, controller)
		}

		/// Veto a recovery: no other account takes over the patient id, and its account can do
		/// everything again. It can be proposed anew.
		///
		/// patient: the id.
		/// Who: the patient's account, a guardian, or an agent of an organisation that brought
		/// the recovery forward. Fails: NotFound, RecoveryNotFound, NotAuthorized. Event:
		/// RecoveryVetoed.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::veto_recovery())]
		pub fn veto_recovery(origin: OriginFor<T>, patient: PatientId) -> DispatchResult {
			Self::do_veto_recovery(ensure_signed(origin)?, patient)
		}

		/// Finish a recovery whose week is over: the new account controls the patient id, the
		/// old one nothing, and every delegate is ended. What was shared stays until it is
		/// withdrawn or ends.
		///
		/// patient: the id.
		/// Who: any account that may sign. Fails: NotFound, RecoveryNotFound,
		/// RecoveryUnsupported, RecoveryTooEarly, PatientLeft, PatientDeceased,
		/// OrganisationNotActive, NotIndependent, AlreadyController, SelfGuardian. Event:
		/// ControllerChanged.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::finish_recovery())]
		pub fn finish_recovery(origin: OriginFor<T>, patient: PatientId) -> DispatchResult {
			Self::do_finish_recovery(ensure_signed(origin)?, patient)
		}

		/// Report that a patient of your organisation is unable to decide, or dead, or able to
		/// decide after all. Nothing changes until another organisation confirms it. Report what
		/// counts already to take your report back.
		///
		/// patient: the id. condition: what is so.
		/// Who: the controller account or an agent of the organisation that enrolled the
		/// patient. Fails: NotAuthorized, NotFound, ConditionUnchanged. Event:
		/// ConditionReported, or ReportTakenBack.
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

		/// Confirm what another organisation reported of its patient. Unable to decide: the
		/// patient's account only withdraws and opens documents, and guardians act. Dead: nothing
		/// new is shared, asked for or declared urgent, and guardians withdraw. Able to decide:
		/// everything is as it was.
		///
		/// patient: the id. condition: what is so, as reported.
		/// Who: the controller account or an agent of an active organisation other than the one
		/// that enrolled the patient. Fails: NotAuthorized, NotFound, ReportNotFound,
		/// ReportLapsed, OrganisationNotActive. Event: ConditionChanged.
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

		/// Mark kinds of records as private: only the patient sees, shares and refuses them.
		/// Guardians and delegates neither see them nor decide who does. This takes the place of
		/// your earlier list; the patient and the organisation have a list each, and both count.
		/// Everybody can see the kinds of documents that are listed, and that there is a list.
		///
		/// patient: the id. classes: kinds of documents. sensitivities: tokens of sensitivities.
		/// Who: the patient's account; or, for what the law keeps from guardians, the controller
		/// account or an agent of the organisation that enrolled the patient. Fails: NotFound,
		/// NotAuthorized, PatientLeft, RecoveryRunning, PatientIncapable, PatientDeceased,
		/// PrivateUnchanged. Event: PrivateChanged.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::mark_private())]
		pub fn mark_private(
			origin: OriginFor<T>,
			patient: PatientId,
			classes: Listed<Class>,
			sensitivities: Listed<Token>,
		) -> DispatchResult {
			let kinds = Kinds {
				classes,
				sensitivities,
			};
			Self::do_mark_private(ensure_signed(origin)?, patient, kinds)
		}
	}
}
