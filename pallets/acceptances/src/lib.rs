//! # Acceptances
//!
//! Which version of an organisation's base policy counts for a patient. Organisations
//! register versions with `pallet-consortium`; here patients accept them, and organisations
//! ask their patients to.
//!
//! ## Terms
//!
//! - **base policy**: the rules of an organisation for the documents it holds, in versions
//!   from 1. It decides where no directive of the patient does.
//! - **accepted version**: the one that the patient signed for at enrolment, or the one
//!   accepted last since.
//! - **campaign**: for a time, an organisation asks its patients who stand on older versions
//!   to accept the newest one. **Asked**: a patient whom it named; no answer changes nothing.
//!
//! ## The rule
//!
//! A base policy permits only what the accepted version permits and every version registered
//! since. What a new version takes away is gone at once; what it adds counts for a patient
//! who enrols under it or accepts it. The versions in between count, because otherwise a
//! permission that one of them took away would come back unasked with the next. Of a patient
//! more than 15 versions behind, the base policy permits nothing: the patient's directives
//! decide alone.
//!
//! Guardians and delegates accept for the patient, but for what is private to the patient:
//! there the version counts that the patient accepted, so that nobody who acts for an
//! adolescent opens, or closes, what the adolescent keeps to themselves.
//!
//! ## One scenario
//!
//! A hospital registers version 2 of its base policy, which lets its pharmacists read what
//! its clinicians may. Ada enrolled under version 1: for her, nothing changes. The hospital
//! opens a campaign until the end of the quarter and asks its patients, 32 in a call. Ada's
//! wallet shows the question; she accepts, and from that block on pharmacists are let in.
//! Ben refuses and Cy never answers: for both, version 1 stays as it was. In spring Ada
//! changes her mind and accepts version 1 again: pharmacists are out.
//!
//! ## What is stored
//!
//! - [`Acceptances`]: every acceptance of a patient with its moment, so that "was this allowed
//!   then?" has an answer. What was signed at enrolment is kept by `pallet-patients`.
//! - [`Campaigns`] with their counters, [`LatestCampaign`] of each organisation, and
//!   [`Invitations`]: who was asked in each, and what they answered.
//!
//! State grows with acceptances and with patients asked, never with decisions.
//!
//! ## Calls
//!
//! | Call | Caller | Event |
//! |---|---|---|
//! | `accept` | controller, guardian, delegate within the mandate | `PolicyAccepted` |
//! | `refuse` | controller, guardian, delegate within the mandate | `PolicyRefused` |
//! | `open_campaign` | agent or controller of the organisation | `CampaignOpened` |
//! | `ask` | agent or controller of the organisation | `PatientAsked` for each |
//! | `end_campaign` | agent or controller of the organisation | `CampaignEnded` |
//!
//! ## Assumptions
//!
//! Time never runs backwards. Records stand under the organisation that enrolled their
//! patient (`pallet-records` sees to it), so a patient id has one base policy. Directives
//! that patients built on an older version stay as they were signed; `pallet-consent` lists
//! them.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod acceptances;
mod campaigns;
mod integrity;
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
	use super::*;
	use alloc::vec::Vec;
	use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion};
	use assent_support::{page, page_size, BasePolicies, Members, Patients, Trail};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::AccountId32;

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// What the pallet needs of the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// Wall-clock time in milliseconds.
		type Time: Time<Moment = Moment>;
		/// Who acts for which organisation, and the versions of their base policies.
		type Members: Members + BasePolicies;
		/// The patient ids.
		type Patients: Patients;
		/// The trail.
		type Trail: Trail;
		/// What the calls cost, other pallets included.
		type WeightInfo: WeightInfo;
		/// Sets up for the benchmarks what other pallets hold.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Every acceptance of a patient after enrolment, numbered from 0 in the order of time.
	/// Written by `accept`, never removed: decisions of the past are answered from it.
	/// Hashers: patient ids come from outside, the numbers are ours.
	#[pallet::storage]
	pub type Acceptances<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, u32, Acceptance>;

	/// How many rows a patient has in `Acceptances`.
	#[pallet::storage]
	pub type AcceptanceCount<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, u32, ValueQuery>;

	/// Every campaign. Written by `open_campaign`; its counters by `ask`, `accept`, `refuse`;
	/// its end by `end_campaign`; never removed.
	#[pallet::storage]
	pub type Campaigns<T: Config> = StorageMap<_, Twox64Concat, CampaignId, Campaign>;

	/// The number of the next campaign.
	#[pallet::storage]
	pub type NextCampaign<T: Config> = StorageValue<_, CampaignId, ValueQuery>;

	/// The campaign that an organisation opened last: the only one that may be open. Written by
	/// `open_campaign`, never removed.
	#[pallet::storage]
	pub type LatestCampaign<T: Config> = StorageMap<_, Twox64Concat, OrganisationId, CampaignId>;

	/// Who was asked in a campaign, and what they answered. Written by `ask`, changed by
	/// `accept` and `refuse` while the campaign is open, never removed.
	/// Hashers: campaigns' numbers are ours, patient ids come from outside.
	#[pallet::storage]
	pub type Invitations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CampaignId, Blake2_128Concat, PatientId, Invitation>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A patient accepted a version of the base policy, which counts from now on.
		PolicyAccepted {
			/// The patient.
			patient: PatientId,
			/// The organisation.
			organisation: OrganisationId,
			/// The version.
			version: PolicyVersion,
			/// The version accepted until now.
			before: Option<PolicyVersion>,
			/// The controller, guardian or delegate who accepted.
			by: AccountId32,
		},
		/// A patient refused a version: the accepted one stays in force as it is.
		PolicyRefused {
			/// The patient.
			patient: PatientId,
			/// The organisation.
			organisation: OrganisationId,
			/// The version.
			version: PolicyVersion,
			/// The controller, guardian or delegate who refused.
			by: AccountId32,
		},
		/// An organisation began to ask its patients to accept its newest version.
		CampaignOpened {
			/// The campaign's number.
			campaign: CampaignId,
			/// The organisation.
			organisation: OrganisationId,
			/// The oldest version whose patients are asked.
			from: Option<PolicyVersion>,
			/// The version that they are asked to accept.
			to: PolicyVersion,
			/// The first moment at which it is over.
			until: Moment,
		},
		/// A patient was asked to accept a version.
		PatientAsked {
			/// The campaign.
			campaign: CampaignId,
			/// The patient.
			patient: PatientId,
			/// The version.
			version: PolicyVersion,
		},
		/// An organisation stopped asking before the time.
		CampaignEnded {
			/// The campaign.
			campaign: CampaignId,
			/// The organisation.
			organisation: OrganisationId,
		},
	}

	/// Why a call was refused. Nothing changed.
	#[pallet::error]
	pub enum Error<T> {
		/// No patient has this id: check it with the organisation that enrolled the patient.
		PatientNotFound,
		/// The caller may not do this: sign with the account that the call's documentation
		/// names.
		NotAuthorized,
		/// The caller is a delegate whose mandate lacks this: ask the patient for it.
		NotInMandate,
		/// The patient left this id: nothing new can be accepted under it.
		PatientLeft,
		/// The control of the patient's id is being recovered: wait, or let a guardian act.
		RecoveryRunning,
		/// The patient is unable to decide, as two organisations say: let a guardian act.
		PatientIncapable,
		/// The patient is dead, as two organisations say: nothing new can be accepted.
		PatientDeceased,
		/// The organisation has registered no such version, or is suspended: list its versions.
		VersionNotFound,
		/// The patient stands on this version already: nothing to do.
		AlreadyAccepted,
		/// The patient was not asked about this version, or the campaign is over: the accepted
		/// version stays without an answer.
		NotAsked,
		/// The patient has answered already: accept a version to change that.
		AlreadyAnswered,
		/// The organisation has registered no base policy: register one first.
		NoPolicy,
		/// The oldest version asked about is not older than the newest: name an older one.
		NotOlder,
		/// A campaign of the organisation is open: end it first.
		AlreadyOpen,
		/// The campaign would be over already: give an end in the future.
		PeriodPast,
		/// No campaign of the organisation is open: open one first.
		NotOpen,
		/// One of the patients is enrolled by another organisation: leave it out.
		NotEnrolledHere,
		/// All of them were asked already, or stand on another version: name others.
		NobodyToAsk,
		/// All numbers were handed out: raise their width in a new runtime.
		NumbersExhausted,
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// How many patients one call may ask.
		fn max_asked() -> u32 {
			MAX_ASKED
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
		/// Accept a version of your organisation's base policy: from now on, who may see your
		/// documents where you said nothing yourself follows that version, as far as newer ones
		/// do not take it back. Your own directives stay as they are and come first. You may
		/// accept an older version again to go back to it.
		///
		/// patient: whose documents. version: its number.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to share. What is
		/// private to the patient follows what the patient accepted.
		/// Fails: PatientNotFound, NotAuthorized, NotInMandate, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased, VersionNotFound, AlreadyAccepted.
		/// Event: PolicyAccepted.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::accept())]
		pub fn accept(
			origin: OriginFor<T>,
			patient: PatientId,
			version: PolicyVersion,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept(who, patient, version, T::Time::now())
		}

		/// Refuse a version of your organisation's base policy that you were asked to accept:
		/// nothing changes, the version that you accepted before stays in force. Not answering
		/// does the same.
		///
		/// patient: who was asked. version: its number.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to answer requests.
		/// Fails: PatientNotFound, NotAuthorized, NotInMandate, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased, NotAsked, AlreadyAnswered. Event: PolicyRefused.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::refuse())]
		pub fn refuse(
			origin: OriginFor<T>,
			patient: PatientId,
			version: PolicyVersion,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_refuse(who, patient, version, T::Time::now())
		}

		/// Begin to ask your patients to accept the newest version of your base policy. Nothing
		/// changes for a patient who does not accept.
		///
		/// from: the oldest version whose patients are asked, or none for also those who
		/// accepted none. until: when it is over, in milliseconds.
		/// Who: an agent or the controller of an active organisation.
		/// Fails: NotAuthorized, NoPolicy, NotOlder, PeriodPast, AlreadyOpen, NumbersExhausted.
		/// Event: CampaignOpened.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::open_campaign())]
		pub fn open_campaign(
			origin: OriginFor<T>,
			from: Option<PolicyVersion>,
			until: Moment,
		) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			Self::do_open_campaign(agent, organisation, from, until, T::Time::now())
		}

		/// Ask patients in your organisation's open campaign. Those who were asked already, or
		/// stand on a version that it is not about, are passed over.
		///
		/// patients: whom, at most 32.
		/// Who: an agent or the controller of an active organisation.
		/// Fails: NotAuthorized, NotOpen, PatientNotFound, NotEnrolledHere, NobodyToAsk.
		/// Event: PatientAsked for each.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::ask(patients.len() as u32))]
		pub fn ask(origin: OriginFor<T>, patients: Asked) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			Self::do_ask(agent, organisation, patients, T::Time::now())
		}

		/// Stop asking before the time. Answers given stay; who has not answered stays on the
		/// version accepted before.
		///
		/// Who: an agent or the controller of an active organisation.
		/// Fails: NotAuthorized, NotOpen. Event: CampaignEnded.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::end_campaign())]
		pub fn end_campaign(origin: OriginFor<T>) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			Self::do_end_campaign(agent, organisation, T::Time::now())
		}
	}

	/// Reads for wallets and services. A page holds at most 100 rows, whatever is asked for.
	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// How a patient stands to the base policy of the organisation that enrolled the
		/// patient.
		pub fn standing_of(patient: PatientId) -> Option<AcceptanceStatus> {
			let organisation = T::Patients::enrolled_by(patient)?;
			let now = T::Time::now();
			let (accepted, accepted_by_patient) = Self::accepted_at(patient, now);
			Some(AcceptanceStatus {
				organisation,
				accepted,
				accepted_by_patient,
				newest: T::Members::newest(organisation, now),
			})
		}

		/// The patient's acceptances after enrolment, from this number on.
		pub fn acceptances_of(patient: PatientId, from: u32, limit: u32) -> Vec<Acceptance> {
			page(from, limit, AcceptanceCount::<T>::get(patient))
				.filter_map(|number| Acceptances::<T>::get(patient, number))
				.collect()
		}

		/// A campaign with its counters.
		pub fn campaign(campaign: CampaignId) -> Option<Campaign> {
			Campaigns::<T>::get(campaign)
		}

		/// The campaign that an organisation opened last, open or over.
		pub fn campaign_of(organisation: OrganisationId) -> Option<(CampaignId, Campaign)> {
			let campaign = LatestCampaign::<T>::get(organisation)?;
			Some((campaign, Campaigns::<T>::get(campaign)?))
		}

		/// What the patient is asked now, answered or not.
		pub fn question_to(patient: PatientId) -> Option<(CampaignId, Campaign, Invitation)> {
			let organisation = T::Patients::enrolled_by(patient)?;
			let (number, campaign) = Self::open_campaign_of(organisation, T::Time::now())?;
			Some((number, campaign, Invitations::<T>::get(number, patient)?))
		}

		/// A page of those asked in a campaign, in no meaningful order. `after`: the last
		/// patient of the page before.
		pub fn invitations_of(
			campaign: CampaignId,
			after: Option<PatientId>,
			limit: u32,
		) -> Vec<(PatientId, Invitation)> {
			let rows = match after {
				Some(last) => Invitations::<T>::iter_prefix_from(
					campaign,
					Invitations::<T>::hashed_key_for(campaign, last),
				),
				None => Invitations::<T>::iter_prefix(campaign),
			};
			rows.take(page_size(limit)).collect()
		}
	}
}
