//! # The reads of the runtime
//!
//! The one contract of reads, with a trait for each pallet. A change of meaning or shape raises
//! the `api_version` of a trait.
//!
//! A list of numbered rows takes `from`, the first number of the page. A list of rows under keys
//! takes `after`, the last key of the page before. Both take `limit`; no page is longer than
//! [`MAX_PAGE`]. A list without a cursor has a bound that is smaller than a page.

#![cfg_attr(not(feature = "std"), no_std)]
// The macro's own expansions are beyond these lints.
#![allow(clippy::too_many_arguments, clippy::unnecessary_mut_passed)]

extern crate alloc;

pub mod figures;

pub use assent_protocol::MAX_PAGE;

use alloc::vec::Vec;
use assent_policy::{
	Action, Basis, Decision, DirectiveId, Moment, OrganisationId, PatientId, PolicyVersion,
	Private, Purpose, RecordId,
};
use assent_support::{Deed, PolicyRef};
use figures::{Notice, Owed};
use pallet_acceptances::{Acceptance, AcceptanceStatus, Campaign, CampaignId, Invitation};
use pallet_allowance::{Allowance, Waiting};
use pallet_consent::{Asked, Decided, DirectiveRow, NotDelivered, RequestId, RequestRow};
use pallet_consortium::{BasePolicy, Credential, Organisation};
use pallet_emergencies::{Declarer, EmergencyId, EmergencyRow, EmergencyState, ReviewCount};
use pallet_records::{Awaiting, EncryptionKey, RecordView, Round};
use pallet_trail::Head;
use pallet_validators::ValidatorInfo;
use sp_core::H256;
use sp_runtime::{traits::Block as BlockT, AccountId32};

sp_api::decl_runtime_apis! {
	/// Decisions, directives and requests.
	pub trait ConsentApi {
		/// The decision about an access now, with the deciding step. The chain records nothing.
		fn check_access(
			account: AccountId32,
			patient: PatientId,
			record: RecordId,
			purpose: Purpose,
			action: Action,
		) -> Decision;
		/// The decision about an access at `at` (milliseconds since the epoch). The decision
		/// reads the rows of the end of `at`: directives, guardians, emergencies, credentials,
		/// the standing of organisations, labels, base policies, acceptances.
		fn check_access_at(
			account: AccountId32,
			patient: PatientId,
			record: RecordId,
			purpose: Purpose,
			action: Action,
			at: Moment,
		) -> Decision;
		/// Whether a withdrawal by this account would change something now.
		fn can_withdraw(account: AccountId32, patient: PatientId, directive: DirectiveId) -> bool;
		/// The numbers of the patient's directives that decide now, at most
		/// [`assent_policy::MAX_DIRECTIVES`].
		fn in_force(patient: PatientId) -> Vec<DirectiveId>;
		/// A page of the patient's directives, ended ones too.
		fn directives_of(
			patient: PatientId,
			from: DirectiveId,
			limit: u32,
		) -> Vec<(DirectiveId, DirectiveRow)>;
		/// A page of the requests to the patient, answered and lapsed ones too.
		fn requests_of(
			patient: PatientId,
			from: RequestId,
			limit: u32,
		) -> Vec<(RequestId, RequestRow)>;
		/// A page of the directives in force, built on a version of a base policy. The order has
		/// no meaning. A directive past its period is listed until the end is noted.
		fn built_on(
			policy: PolicyRef,
			after: Option<(PatientId, DirectiveId)>,
			limit: u32,
		) -> Vec<(PatientId, DirectiveId)>;
	}

	/// The accepted versions of base policies, and the campaigns for new versions.
	pub trait AcceptancesApi {
		/// The patient's accepted versions, and the newest version of the organisation that
		/// enrolled the patient.
		fn status_of(patient: PatientId) -> Option<AcceptanceStatus>;
		/// A page of the patient's acceptances after enrolment.
		fn acceptances_of(patient: PatientId, from: u32, limit: u32) -> Vec<Acceptance>;
		/// A campaign with its counters.
		fn campaign(campaign: CampaignId) -> Option<Campaign>;
		/// The organisation's latest campaign, open or over.
		fn campaign_of(organisation: OrganisationId) -> Option<(CampaignId, Campaign)>;
		/// The open question to the patient, with the patient's answer if there is one.
		fn question_to(patient: PatientId) -> Option<(CampaignId, Campaign, Invitation)>;
		/// A page of the patients asked in a campaign. The order has no meaning.
		fn invitations_of(
			campaign: CampaignId,
			after: Option<PatientId>,
			limit: u32,
		) -> Vec<(PatientId, Invitation)>;
	}

	/// Patient ids, and the accounts that act for them.
	pub trait PatientsApi {
		/// The patient id in use that an account controls.
		fn patient_of(account: AccountId32) -> Option<PatientId>;
		/// The patient ids in use of which an account is a guardian now, at most
		/// [`pallet_patients::MAX_WARDS`].
		fn wards_of(account: AccountId32) -> Vec<PatientId>;
		/// The patient ids in use of which an account is a delegate now, at most
		/// [`pallet_patients::MAX_PRINCIPALS`].
		fn principals_of(account: AccountId32) -> Vec<PatientId>;
		/// The deeds that an account may do in a patient's name now.
		fn deeds_of(account: AccountId32, patient: PatientId) -> Vec<Deed>;
		/// The kinds of records that are private to a patient now.
		fn private_of(patient: PatientId) -> Private;
		/// The raw bytes for the account's wallet to sign now, to take over this patient id by a
		/// recovery, with the number to pass along. `None` for an unknown id.
		fn recovery_to_sign(
			patient: PatientId,
			controller: AccountId32,
		) -> Option<(u32, Vec<u8>)>;
		/// The raw bytes for the account's wallet to sign now, to be enrolled by this
		/// organisation under this patient id, with the number to pass along.
		fn enrolment_to_sign(
			organisation: OrganisationId,
			patient: PatientId,
			controller: AccountId32,
		) -> (u32, Vec<u8>);
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
		/// The reviews of an organisation, counted: drawn, owed, given, missed.
		fn review_count(organisation: OrganisationId) -> ReviewCount;
		/// A declarer of emergencies: the suspension, the emergencies without a justification,
		/// the number of today's declarations.
		fn declarer(practitioner: AccountId32) -> Declarer;
	}

	/// The record register.
	pub trait RecordsApi {
		/// A record with its current version.
		fn record(record: RecordId) -> Option<RecordView>;
		/// A patient's records, after `after` in storage order.
		fn records_of(patient: PatientId, after: Option<RecordId>, limit: u32) -> Vec<RecordView>;
		/// A page of the documents due for a check and without a quorum, the longest due first.
		/// `after` is a round and a record.
		fn awaiting_attestation(after: Option<(Round, RecordId)>, limit: u32) -> Vec<Awaiting>;
		/// The encryption key of an account, to wrap documents to.
		fn encryption_key(account: AccountId32) -> Option<EncryptionKey>;
	}

	/// The members, their practitioners and their base policies.
	pub trait ConsortiumApi {
		/// The row of an organisation.
		fn organisation(organisation: OrganisationId) -> Option<Organisation>;
		/// The organisation of a controller or an agent, active or not.
		fn organisation_of(account: AccountId32) -> Option<OrganisationId>;
		/// The newest base policy of an organisation, active or not.
		fn current_policy(organisation: OrganisationId) -> Option<BasePolicy>;
		/// A page of the versions of an organisation's base policy, at most ten. The first
		/// version is 1.
		fn policies_of(
			organisation: OrganisationId,
			from: PolicyVersion,
			limit: u32,
		) -> Vec<BasePolicy>;
		/// The last credential of an account, valid now or not.
		fn credential_of(practitioner: AccountId32) -> Option<Credential>;
		/// The number of engagements that an account began by a consent of its own. The account's
		/// next consent contains this number.
		fn engagements(account: AccountId32) -> u32;
		/// A page of the practitioners with a last credential of the organisation, valid now or
		/// not. The order has no meaning.
		fn practitioners_of(
			organisation: OrganisationId,
			after: Option<AccountId32>,
			limit: u32,
		) -> Vec<(AccountId32, Credential)>;
	}

	/// The validators of the members.
	pub trait ValidatorsApi {
		/// A validator, by its account.
		fn validator(validator: AccountId32) -> Option<ValidatorInfo>;
		/// The validators of an organisation, at most the pallet's `MaxPerOrganisation`.
		fn validators_of(organisation: OrganisationId) -> Vec<AccountId32>;
		/// The validators of a session planned now, at most the pallet's `MaxValidators`.
		fn next_plan() -> Vec<AccountId32>;
	}

	/// The allowances of accounts.
	pub trait AllowanceApi {
		/// The amount left to an account now, in picoseconds of execution, and the refill.
		/// `None` for an account without a payer: such an account may only withdraw.
		fn allowance_of(account: AccountId32) -> Option<Allowance>;
		/// The principal for whom a transaction waits in the pool now, with the urgency. `None` for
		/// a transaction that no account signed. The signature is not checked.
		fn waiting(transaction: <Block as BlockT>::Extrinsic) -> Option<Waiting>;
	}

	/// The heads of the trail. The entries live off chain: a node gives entries by
	/// `assent_trailEntry` and `assent_patientTrail`.
	pub trait TrailApi {
		/// The head of a patient's trail; no entries for one without a trail.
		fn patient_head(patient: PatientId) -> Head;
		/// The head of an organisation's trail.
		fn organisation_head(organisation: OrganisationId) -> Head;
		/// Whether this block wrote the entry with this hash.
		fn wrote(entry: H256) -> bool;
	}

	/// The rule of delivery, for the node of a vault.
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
		/// The validators of the blocks after this one, in the order of the turns.
		fn validators() -> Vec<AccountId32>;
		/// The organisations with a validator in the present session.
		fn running() -> Vec<OrganisationId>;
		/// The owed reviews of emergencies, by organisation, counted by the time left. Less than
		/// `soon` milliseconds is soon. An organisation without an owed review is left out.
		fn reviews_owed(soon: Moment) -> Vec<(OrganisationId, Owed)>;
		/// The number of blocks since the longest waiting check of a document became due. 0 if no
		/// check is due.
		fn check_overdue() -> u32;
	}
}
