//! # What nodes and clients may ask the runtime
//!
//! Versioned: a change of meaning or shape raises a trait's `api_version`. Every list is
//! paged, at most [`MAX_PAGE`] rows a call; a page is continued by passing the last id seen.
//! Wallets use the pallets' view functions instead.

#![cfg_attr(not(feature = "std"), no_std)]
// The macro's own expansions are beyond these lints.
#![allow(clippy::too_many_arguments, clippy::unnecessary_mut_passed)]

extern crate alloc;

pub mod figures;

pub use assent_protocol::MAX_PAGE;

use alloc::vec::Vec;
use assent_policy::{
	Action, Basis, Decision, DirectiveId, Moment, OrganisationId, PatientId, PolicyVersion,
	Purpose, RecordId,
};
use assent_support::PolicyRef;
use figures::{Notice, Owed};
use pallet_acceptances::{Acceptance, AcceptanceStatus, Campaign, CampaignId, Invitation};
use pallet_consent::{Asked, Decided, DirectiveRow, NotDelivered, RequestId, RequestRow};
use pallet_consortium::{BasePolicy, Credential};
use pallet_emergencies::{Declarer, EmergencyId, EmergencyRow, EmergencyState, ReviewCount};
use pallet_records::{Awaiting, EncryptionKey, RecordView, Round};
use pallet_trail::Head;
use sp_core::H256;
use sp_runtime::AccountId32;

sp_api::decl_runtime_apis! {
	/// Decisions, directives and requests. Since version 2 a decision by a base policy names
	/// its version, rows name the base policy they are built on, and `check_access_at` looks at
	/// everything as it was.
	#[api_version(2)]
	pub trait ConsentApi {
		/// How an access would be decided now, and by which step. Nothing is recorded.
		fn check_access(
			account: AccountId32,
			patient: PatientId,
			record: RecordId,
			purpose: Purpose,
			action: Action,
		) -> Decision;
		/// How an access would have been decided at `at` (milliseconds since the epoch), with
		/// everything as it was at the end of that moment: directives, guardians, emergencies,
		/// credentials, the standing of organisations, labels, base policies and what of them
		/// the patient had accepted.
		fn check_access_at(
			account: AccountId32,
			patient: PatientId,
			record: RecordId,
			purpose: Purpose,
			action: Action,
			at: Moment,
		) -> Decision;
		/// A patient's directives from this number on, ended ones too.
		fn directives(
			patient: PatientId,
			from: DirectiveId,
			limit: u32,
		) -> Vec<(DirectiveId, DirectiveRow)>;
		/// The requests to a patient from this number on, answered and lapsed ones too.
		fn requests(patient: PatientId, from: RequestId, limit: u32) -> Vec<(RequestId, RequestRow)>;
		/// The directives in force that are built on a version of a base policy, after `after` in
		/// storage order; one whose period is over is listed until that is noted.
		fn built_on(
			policy: PolicyRef,
			after: Option<(PatientId, DirectiveId)>,
			limit: u32,
		) -> Vec<(PatientId, DirectiveId)>;
	}

	/// Base policies: their versions, what patients accepted, campaigns that ask them.
	pub trait PoliciesApi {
		/// The versions of an organisation's base policy from this one on, at most ten.
		fn policies_of(
			organisation: OrganisationId,
			from: PolicyVersion,
			limit: u32,
		) -> Vec<BasePolicy>;
		/// How a patient stands to the base policy of the organisation that enrolled the
		/// patient.
		fn standing_of(patient: PatientId) -> Option<AcceptanceStatus>;
		/// A patient's acceptances after enrolment, from this number on.
		fn acceptances_of(patient: PatientId, from: u32, limit: u32) -> Vec<Acceptance>;
		/// A campaign with its counters.
		fn campaign(campaign: CampaignId) -> Option<Campaign>;
		/// The campaign that an organisation opened last, open or over.
		fn campaign_of(organisation: OrganisationId) -> Option<(CampaignId, Campaign)>;
		/// What a patient is asked now, answered or not.
		fn question_to(patient: PatientId) -> Option<(CampaignId, Campaign, Invitation)>;
		/// Who was asked in a campaign, after `after` in storage order.
		fn invitations_of(
			campaign: CampaignId,
			after: Option<PatientId>,
			limit: u32,
		) -> Vec<(PatientId, Invitation)>;
	}

	/// Emergencies and their reviews.
	pub trait EmergenciesApi {
		/// An emergency, with how it stands now.
		fn emergency(emergency: EmergencyId) -> Option<(EmergencyRow, EmergencyState)>;
		/// All emergencies from this number on.
		fn emergencies(from: EmergencyId, limit: u32) -> Vec<(EmergencyId, EmergencyRow)>;
		/// A patient's emergencies from this position on, past ones too.
		fn emergencies_of(
			patient: PatientId,
			from: u32,
			limit: u32,
		) -> Vec<(EmergencyId, EmergencyRow)>;
		/// The emergencies that an organisation is to review, after `after` in storage order.
		fn reviews_of(
			organisation: OrganisationId,
			after: Option<EmergencyId>,
			limit: u32,
		) -> Vec<(EmergencyId, EmergencyRow)>;
		/// How an organisation reviews: drawn, owed, given, missed.
		fn review_count(organisation: OrganisationId) -> ReviewCount;
		/// Where a practitioner stands who declares emergencies: suspension, what is still to be
		/// justified, how many today.
		fn declarer(practitioner: AccountId32) -> Declarer;
	}

	/// The record register.
	pub trait RecordsApi {
		/// A record with its current version.
		fn record(record: RecordId) -> Option<RecordView>;
		/// A patient's records, after `after` in storage order.
		fn records_of(patient: PatientId, after: Option<RecordId>, limit: u32) -> Vec<RecordView>;
		/// What is due to be checked and has no quorum yet, longest due first, after the round
		/// and record named.
		fn awaiting_attestation(after: Option<(Round, RecordId)>, limit: u32) -> Vec<Awaiting>;
		/// The key to which documents are wrapped for an account.
		fn encryption_key(account: AccountId32) -> Option<EncryptionKey>;
	}

	/// The members.
	pub trait ConsortiumApi {
		/// An organisation's practitioners, after `after` in storage order.
		fn practitioners_of(
			organisation: OrganisationId,
			after: Option<AccountId32>,
			limit: u32,
		) -> Vec<(AccountId32, Credential)>;
	}

	/// The trail's heads. The entries live off chain: a node gives them by
	/// `assent_trailEntry` and `assent_patientTrail`.
	pub trait TrailApi {
		/// The head of a patient's trail; no entries for one without a trail.
		fn patient_head(patient: PatientId) -> Head;
		/// The head of an organisation's trail.
		fn organisation_head(organisation: OrganisationId) -> Head;
		/// Whether this very block wrote the entry with this hash.
		fn wrote(entry: H256) -> bool;
	}

	/// The rule of delivery, for a node that a vault asks.
	pub trait DeliveryApi {
		/// Whether a document may be delivered at this block on the strength of an entry of the
		/// trail, and by which rule. The node makes sure that the entry stands in a final block.
		fn deliverable(decided: Decided, asked: Asked) -> Result<Basis, NotDelivered>;
		/// The time of this block, in milliseconds since the epoch.
		fn time() -> Moment;
	}

	/// Figures for the operators' metrics.
	pub trait FiguresApi {
		/// The notices of this block.
		fn notices() -> Vec<Notice>;
		/// The validators that make the blocks after this one, in the order of their turns.
		fn validators() -> Vec<AccountId32>;
		/// The organisations with a validator in the session that runs.
		fn running() -> Vec<OrganisationId>;
		/// The reviews of emergencies that organisations owe, counted by the time that is left;
		/// less than `soon` milliseconds is soon. An organisation that owes none is left out.
		fn reviews_owed(soon: Moment) -> Vec<(OrganisationId, Owed)>;
		/// For how many blocks the check of a document that waits longest is due; 0 while none
		/// is due.
		fn check_overdue() -> u32;
	}
}
