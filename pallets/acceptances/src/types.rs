//! The stored types of acceptances and campaigns.

use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{traits::ConstU32, BoundedBTreeSet};
use scale_info::TypeInfo;
use sp_runtime::AccountId32;

/// A campaign's number, from 0. All organisations share the numbers.
pub type CampaignId = u32;

/// The maximum number of patients in one `ask` call.
pub const MAX_ASKED: u32 = 32;

/// The patients of one `ask` call.
pub type Asked = BoundedBTreeSet<PatientId, ConstU32<MAX_ASKED>>;

/// A patient's acceptance of a version. The version belongs to the organisation that enrolled the
/// patient.
#[frame_support::stored]
pub struct Acceptance {
	/// The version.
	pub version: PolicyVersion,
	/// The version that the patient's own account accepted last, with this acceptance included.
	/// This version applies to private kinds.
	pub by_patient: Option<PolicyVersion>,
	/// The moment of the acceptance. The version is valid from this moment on.
	pub at: Moment,
	/// The account that accepted: the controller's, a guardian's or a delegate's.
	pub by: AccountId32,
}

/// A re-consent campaign: an organisation asks its patients to accept a version.
#[frame_support::stored]
#[derive(Copy)]
pub struct Campaign {
	/// The organisation.
	pub organisation: OrganisationId,
	/// The oldest accepted version of the patients to ask. None means also patients without an
	/// accepted version.
	pub from: Option<PolicyVersion>,
	/// The version to accept.
	pub to: PolicyVersion,
	/// The moment of the opening.
	pub opened: Moment,
	/// The first moment after the campaign.
	pub until: Moment,
	/// The moment of the end, if the organisation ended the campaign before `until`.
	pub ended: Option<Moment>,
	/// The number of patients asked.
	pub asked: u32,
	/// The number of patients who were asked and accepted during the campaign.
	pub accepted: u32,
	/// The number of patients who were asked and refused, and did not accept afterwards.
	pub refused: u32,
}

impl Campaign {
	/// Whether the organisation can ask, and patients can answer, at `now`.
	pub fn is_open(&self, now: Moment) -> bool {
		self.ended.is_none() && now < self.until
	}

	/// Whether the campaign is for a patient with this accepted version.
	pub fn is_for(&self, accepted: Option<PolicyVersion>) -> bool {
		self.from <= accepted && accepted < Some(self.to)
	}
}

/// A patient's answer.
#[frame_support::stored]
#[derive(Copy)]
pub enum Answer {
	/// No answer. The version accepted before stays in force.
	None,
	/// The patient accepted the version at this moment.
	Accepted(Moment),
	/// The patient refused the version at this moment. The version accepted before stays in force.
	Refused(Moment),
}

/// A question to a patient in a campaign.
#[frame_support::stored]
#[derive(Copy)]
pub struct Invitation {
	/// The moment of the question.
	pub asked: Moment,
	/// The patient's answer.
	pub answer: Answer,
}

/// A patient's accepted versions of the base policy, and the organisation's newest version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct AcceptanceStatus {
	/// The organisation that enrolled the patient.
	pub organisation: OrganisationId,
	/// The version in force: signed at enrolment, or accepted since then by the patient or a
	/// representative.
	pub accepted: Option<PolicyVersion>,
	/// The version that the patient accepted last. This version applies to private kinds.
	pub accepted_by_patient: Option<PolicyVersion>,
	/// The organisation's newest version; none while the organisation is suspended.
	pub newest: Option<PolicyVersion>,
}
