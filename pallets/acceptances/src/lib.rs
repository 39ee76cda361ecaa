//! The versions of base policies that are valid for patients. Organisations register versions with
//! `pallet-consortium`. Patients accept versions here, and organisations ask their patients to
//! accept new ones.
//!
//! # Terms
//!
//! - **base policy**: an organisation's rules for the documents in its custody, in versions from 1.
//!   The base policy decides where no directive of the patient decides.
//! - **accepted version**: the version for which the patient signed at enrolment, or the version
//!   accepted last since then.
//! - **campaign**: for a limited time, an organisation asks its patients to accept the newest
//!   version. A campaign is for patients with older versions.
//! - **asked**: a patient named in a campaign. A patient who does not answer keeps the accepted
//!   version.
//!
//! # A scenario
//!
//! A hospital registers version 2 of its base policy. In version 2, pharmacists may read the same
//! documents as clinicians. Ada enrolled under version 1, so nothing changes for her. The hospital
//! opens a campaign until the end of the quarter and asks its patients, 32 in a call. Ada's wallet
//! shows the question. Ada accepts, and from that block on pharmacists are permitted to read her
//! documents. Ben refuses and Cy never answers: version 1 stays valid for both. In spring Ada
//! changes her mind and accepts version 1 again. Pharmacists are no longer permitted.
//!
//! # Storage
//!
//! - [`Acceptances`]: every acceptance of a patient with its moment. With these rows the pallet
//!   answers whether an access was permitted at a past moment. `pallet-patients` keeps the version
//!   signed at enrolment.
//! - [`Campaigns`] with their counters, and [`LatestCampaign`] of each organisation.
//! - [`Invitations`]: the patients asked in each campaign, and their answers.
//!
//! State grows with acceptances and with patients asked, never with decisions.
//!
//! # Calls
//!
//! | Call | Caller | Event |
//! |---|---|---|
//! | `accept` | patient's controller, guardian, delegate within the mandate | `PolicyAccepted` |
//! | `refuse` | patient's controller, guardian, delegate within the mandate | `PolicyRefused` |
//! | `open_campaign` | an active organisation's controller or agent | `CampaignOpened` |
//! | `ask` | the enrolling organisation's controller or agent | `PatientAsked` for each |
//! | `end_campaign` | an active organisation's controller or agent | `CampaignEnded` |
//!
//! # Rules
//!
//! - **A base policy permits an action only if the accepted version and every later version permit
//!   the action.** A right that a new version removes ends at once. A right that a new version adds
//!   begins when the patient accepts the version or enrols under the version.
//! - **Versions in between apply too.** Otherwise a permission that one version removed could
//!   return with the next version without the patient's acceptance.
//! - **A patient more than 15 versions behind** has no permission by the base policy. The patient's
//!   directives decide alone.
//! - **Guardians and delegates accept for the patient, except for private kinds.** For private
//!   kinds, the version accepted by the patient applies. A representative of an adolescent can
//!   therefore neither open nor close the adolescent's private records.
//!
//! # Assumptions
//!
//! - Time never runs backwards.
//! - Records belong to the organisation that enrolled the patient (`pallet-records` makes sure). A
//!   patient id therefore has one base policy.
//! - Directives built on an older version stay as signed. `pallet-consent` lists these directives.

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

	/// The pallet's needs of the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// The wall clock, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;
		/// The agents of the organisations, and the versions of the base policies.
		type Members: Members + BasePolicies;
		/// The patient ids.
		type Patients: Patients;
		/// The trail.
		type Trail: Trail;
		/// The weights of the calls, with the cost of other pallets.
		type WeightInfo: WeightInfo;
		/// Sets up the data of other pallets for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Every acceptance of a patient after enrolment, numbered from 0 in the order of time. Written
	/// by `accept`, never removed: the pallet answers questions about past decisions from these
	/// rows.
	/// Hashers: patient ids come from outside, the pallet gives the numbers.
	#[pallet::storage]
	pub type Acceptances<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, u32, Acceptance>;

	/// The number of a patient's rows in `Acceptances`. Written by `accept`.
	#[pallet::storage]
	pub type AcceptanceCount<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, u32, ValueQuery>;

	/// Every campaign. Written by `open_campaign`; the counters by `ask`, `accept` and `refuse`;
	/// the end by `end_campaign`. Never removed.
	#[pallet::storage]
	pub type Campaigns<T: Config> = StorageMap<_, Twox64Concat, CampaignId, Campaign>;

	/// The number of the next campaign. Written by `open_campaign`.
	#[pallet::storage]
	pub type NextCampaign<T: Config> = StorageValue<_, CampaignId, ValueQuery>;

	/// The organisation's latest campaign: no other campaign of the organisation can be open.
	/// Written by `open_campaign`, never removed.
	#[pallet::storage]
	pub type LatestCampaign<T: Config> = StorageMap<_, Twox64Concat, OrganisationId, CampaignId>;

	/// The patients asked in a campaign, and their answers. Written by `ask`, changed by `accept`
	/// and `refuse` while the campaign is open, never removed.
	/// Hashers: the pallet gives the campaigns' numbers, patient ids come from outside.
	#[pallet::storage]
	pub type Invitations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CampaignId, Blake2_128Concat, PatientId, Invitation>;

	/// The changes.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A patient accepted a version of the base policy. The version is valid from now on.
		PolicyAccepted {
			/// The patient.
			patient: PatientId,
			/// The organisation.
			organisation: OrganisationId,
			/// The version.
			version: PolicyVersion,
			/// The version accepted before.
			before: Option<PolicyVersion>,
			/// The controller, guardian or delegate who accepted.
			by: AccountId32,
		},
		/// A patient refused a version. The accepted version stays in force.
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
		/// An organisation began to ask its patients to accept the newest version.
		CampaignOpened {
			/// The campaign's number.
			campaign: CampaignId,
			/// The organisation.
			organisation: OrganisationId,
			/// The oldest accepted version of the patients to ask. None means also patients without
			/// an accepted version.
			from: Option<PolicyVersion>,
			/// The version to accept.
			to: PolicyVersion,
			/// The first moment after the campaign.
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
		/// An organisation ended a campaign before the planned end.
		CampaignEnded {
			/// The campaign.
			campaign: CampaignId,
			/// The organisation.
			organisation: OrganisationId,
		},
	}

	/// The cause of a refusal. A refused call changes nothing.
	#[pallet::error]
	pub enum Error<T> {
		/// No patient has this id. Check the id with the organisation that enrolled the patient.
		PatientNotFound,
		/// The caller may not do this. Sign with an account that the call's documentation names.
		NotAuthorized,
		/// The caller is a delegate without a mandate for this. Ask the patient for the mandate.
		NotInMandate,
		/// The patient left this id. Use the patient's new id: no version can be accepted under an
		/// id that was left.
		PatientLeft,
		/// The control of the patient's id is being recovered. Wait, or let a guardian act.
		RecoveryRunning,
		/// The patient is unable to decide, as two organisations say. Let a guardian act.
		PatientIncapable,
		/// The patient is dead, as two organisations say. Accept nothing more for a dead patient,
		/// or let the organisations correct the report.
		PatientDeceased,
		/// The organisation has registered no such version, or is suspended. List the
		/// organisation's versions.
		VersionNotFound,
		/// The patient has accepted this version already. Leave the acceptance as it is.
		AlreadyAccepted,
		/// The patient was not asked about this version, or the campaign is over. Do nothing: the
		/// accepted version stays without an answer.
		NotAsked,
		/// The patient has answered already. Accept a version to change the answer.
		AlreadyAnswered,
		/// The organisation has registered no base policy. Register a base policy first.
		NoPolicy,
		/// The oldest version of the campaign is not older than the newest version. Name an older
		/// version.
		NotOlder,
		/// A campaign of the organisation is open. End that campaign first.
		AlreadyOpen,
		/// The end of the campaign is in the past. Give an end in the future.
		PeriodPast,
		/// No campaign of the organisation is open. Open a campaign first.
		NotOpen,
		/// Another organisation enrolled one of the patients. Leave that patient out.
		NotEnrolledHere,
		/// Every patient named was asked already, or accepted a version outside the campaign. Name
		/// other patients.
		NobodyToAsk,
		/// All numbers are in use. Widen the numbers in a new runtime.
		NumbersExhausted,
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The maximum number of patients in one `ask` call.
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
		/// Accept a version of your organisation's base policy. From now on, that version decides
		/// who may see your documents where you said nothing yourself. A right that a newer version
		/// removes stays removed. Your own directives stay as they are and come first. You may
		/// accept an older version again to go back to it.
		///
		/// patient: the id of the patient. version: the number of the version.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to share.
		/// Private records follow the version that the patient accepted.
		/// Fails: PatientNotFound, NotAuthorized, NotInMandate, PatientLeft, RecoveryRunning,
		/// PatientIncapable, PatientDeceased, VersionNotFound, AlreadyAccepted, NumbersExhausted.
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

		/// Refuse a version of your organisation's base policy that you were asked to accept.
		/// Nothing changes: the version that you accepted before stays in force. If you do not
		/// answer, nothing changes either.
		///
		/// patient: the id of the patient. version: the number of the version.
		/// Who: the patient's controller, a guardian, or a delegate with a mandate to answer
		/// requests.
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

		/// Begin to ask your patients to accept the newest version of your base policy. For a
		/// patient who does not accept, nothing changes.
		///
		/// from: the oldest accepted version of the patients to ask, or none to ask also patients
		/// without an accepted version. until: the end of the campaign, in milliseconds.
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

		/// Ask patients in your organisation's open campaign. The call passes over patients who
		/// were asked already, and patients with a version outside the campaign.
		///
		/// patients: the patients to ask, at most 32.
		/// Who: an agent or the controller of an active organisation.
		/// Fails: NotAuthorized, NotOpen, PatientNotFound, NotEnrolledHere, NobodyToAsk.
		/// Event: PatientAsked for each.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::ask(patients.len() as u32))]
		pub fn ask(origin: OriginFor<T>, patients: Asked) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			Self::do_ask(agent, organisation, patients, T::Time::now())
		}

		/// Stop asking before the planned end. Given answers stay. A patient without an answer
		/// keeps the version accepted before.
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

	/// Reads for wallets and services. A page holds at most 100 rows, for any `limit`.
	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// The patient's accepted versions, and the newest version of the organisation that
		/// enrolled the patient.
		pub fn status_of(patient: PatientId) -> Option<AcceptanceStatus> {
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

		/// A page of the patient's acceptances after enrolment, from number `from` on.
		pub fn acceptances_of(patient: PatientId, from: u32, limit: u32) -> Vec<Acceptance> {
			page(from, limit, AcceptanceCount::<T>::get(patient))
				.filter_map(|number| Acceptances::<T>::get(patient, number))
				.collect()
		}

		/// A campaign with its counters.
		pub fn campaign(campaign: CampaignId) -> Option<Campaign> {
			Campaigns::<T>::get(campaign)
		}

		/// The organisation's latest campaign, open or over.
		pub fn campaign_of(organisation: OrganisationId) -> Option<(CampaignId, Campaign)> {
			let campaign = LatestCampaign::<T>::get(organisation)?;
			Some((campaign, Campaigns::<T>::get(campaign)?))
		}

		/// The open question to the patient, with the patient's answer if there is one.
		pub fn question_to(patient: PatientId) -> Option<(CampaignId, Campaign, Invitation)> {
			let organisation = T::Patients::enrolled_by(patient)?;
			let (number, campaign) = Self::open_campaign_of(organisation, T::Time::now())?;
			Some((number, campaign, Invitations::<T>::get(number, patient)?))
		}

		/// A page of the patients asked in a campaign, in no meaningful order. `after`: the last
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
