//! What is kept of acceptances and campaigns.

use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{traits::ConstU32, BoundedBTreeSet};
use scale_info::TypeInfo;
use sp_runtime::AccountId32;

/// A campaign's number, handed out across all organisations, from 0.
pub type CampaignId = u32;

/// How many patients one call may ask.
pub const MAX_ASKED: u32 = 32;

/// The patients that one call asks.
pub type Asked = BoundedBTreeSet<PatientId, ConstU32<MAX_ASKED>>;

/// That a patient accepted a version of the base policy of the organisation that enrolled
/// the patient.
#[frame_support::stored]
pub struct Acceptance {
	/// The version.
	pub version: PolicyVersion,
	/// The version that the patient's own account accepted last, this acceptance included. It
	/// counts for what is private to the patient.
	pub by_patient: Option<PolicyVersion>,
	/// When; it counts from here.
	pub at: Moment,
	/// The account that accepted it: the controller's, a guardian's or a delegate's.
	pub by: AccountId32,
}

/// A re-consent campaign: an organisation asks its patients to accept a version.
#[frame_support::stored]
#[derive(Copy)]
pub struct Campaign {
	/// The organisation.
	pub organisation: OrganisationId,
	/// The oldest version whose patients are asked; none for also those who accepted none.
	pub from: Option<PolicyVersion>,
	/// The version that they are asked to accept.
	pub to: PolicyVersion,
	/// When it was opened.
	pub opened: Moment,
	/// The first moment at which it is over.
	pub until: Moment,
	/// When it was ended, if before its time.
	pub ended: Option<Moment>,
	/// How many patients were asked.
	pub asked: u32,
	/// How many of them accepted while it lasted.
	pub accepted: u32,
	/// How many of them refused, and did not accept afterwards.
	pub refused: u32,
}

impl Campaign {
	/// Whether patients can be asked, and answer, at `now`.
	pub fn is_open(&self, now: Moment) -> bool {
		self.ended.is_none() && now < self.until
	}

	/// Whether it is meant for a patient who accepted this version.
	pub fn is_for(&self, accepted: Option<PolicyVersion>) -> bool {
		self.from <= accepted && accepted < Some(self.to)
	}
}

/// What a patient answered.
#[frame_support::stored]
#[derive(Copy)]
pub enum Answer {
	/// Nothing yet, or never: the version accepted before stays in force as it is.
	None,
	/// Accepted the version, at this moment.
	Accepted(Moment),
	/// Refused it, at this moment: the version accepted before stays in force as it is.
	Refused(Moment),
}

/// That a patient was asked in a campaign.
#[frame_support::stored]
#[derive(Copy)]
pub struct Invitation {
	/// When the patient was asked.
	pub asked: Moment,
	/// What the patient answered.
	pub answer: Answer,
}

/// How a patient stands to the base policy of the organisation that enrolled the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct AcceptanceStatus {
	/// The organisation.
	pub organisation: OrganisationId,
	/// The version that counts: signed for at enrolment, or accepted since by the patient or
	/// by who acts for the patient.
	pub accepted: Option<PolicyVersion>,
	/// The version that the patient accepted last: it counts for what is private.
	pub accepted_by_patient: Option<PolicyVersion>,
	/// The organisation's newest version; none while it is suspended.
	pub newest: Option<PolicyVersion>,
}
