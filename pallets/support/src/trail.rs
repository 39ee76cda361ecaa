//! The content of the trail. The pallets write the entries, and `pallet-trail` chains the entries.

use crate::Condition;
use assent_policy::{
	vocabulary, Action, Decision, DirectiveId, Moment, OrganisationId, PatientId, PolicyVersion,
	Purpose, RecordId, VersionNumber,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;

/// Why a directive ended.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum EndReason {
	/// The patient, or an account that acts for the patient, withdrew the directive.
	Withdrawn,
	/// The period of the directive passed.
	Expired,
	/// A newer directive took the place of the old directive.
	Replaced(DirectiveId),
}

/// For scripts: the word of the reason, and the number of the newer directive.
#[cfg(feature = "std")]
impl serde::Serialize for EndReason {
	fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
		use serde::ser::SerializeStruct;
		let (word, replacement) = match self {
			Self::Withdrawn => ("withdrawn", None),
			Self::Expired => ("expired", None),
			Self::Replaced(by) => ("replaced", Some(by)),
		};
		let mut told = to.serialize_struct("EndReason", 2)?;
		told.serialize_field("reason", word)?;
		told.serialize_field("replacement", &replacement)?;
		told.end()
	}
}

vocabulary! {
	/// The finding of the consortium's workers about a document.
	Finding: "finding" {
		/// The document is there, with the registered hash and size.
		Intact = "intact",
		/// The document is there, with another hash or size.
		Altered = "altered",
		/// The document is absent.
		Absent = "absent",
	}
}

vocabulary! {
	/// Why an emergency is declared: a code, never text.
	EmergencyReason: "reason" {
		/// Unconscious or otherwise unable to decide.
		UnableToConsent = "unable-to-consent",
		/// Danger to life.
		LifeThreatening = "life-threatening",
		/// Danger of lasting harm.
		SeriousHarm = "serious-harm",
		/// Danger to others.
		DangerToOthers = "danger-to-others",
	}
}

vocabulary! {
	/// The outcome of an emergency, as its declarer states: a code, never text.
	Justification: "outcome" {
		/// The patient was treated as declared.
		Treated = "treated",
		/// The patient or a guardian could be asked later, and agreed.
		AskedLater = "asked-later",
		/// The documents turned out not to be needed.
		NotNeeded = "not-needed",
		/// The emergency was declared for the wrong patient.
		WrongPatient = "wrong-patient",
	}
}

vocabulary! {
	/// The finding of a reviewing organisation about an emergency.
	ReviewFinding: "finding of a review" {
		/// The declaration was right.
		Justified = "justified",
		/// The declaration was wrong. The declarer's emergency role is suspended.
		Adverse = "adverse",
	}
}

vocabulary! {
	/// Why a practitioner's emergency role is suspended.
	SuspensionCause: "cause of a suspension" {
		/// An emergency was not justified in time.
		Unjustified = "unjustified",
		/// A review found the declaration wrong.
		Adverse = "adverse",
	}
}

vocabulary! {
	/// Why a review passes on to another organisation.
	PassingCause: "cause of passing on" {
		/// The organisation gave no finding in time.
		Missed = "missed",
		/// The organisation is suspended or no longer a member.
		Inactive = "inactive",
	}
}

/// An act: an access decided, or a change.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(tag = "kind", rename_all = "kebab-case"))]
pub enum Act {
	/// A patient id was enrolled.
	Enrolled,
	/// The controller took the id out of use.
	Left,
	/// The id got another controller (recovery).
	ControllerChanged {
		/// The new controller.
		controller: AccountId32,
	},
	/// A guardian was named.
	GuardianNamed {
		/// The guardian.
		guardian: AccountId32,
	},
	/// A guardian's term ended.
	GuardianEnded {
		/// The guardian.
		guardian: AccountId32,
	},
	/// The patient named a delegate, or changed a delegate's mandate.
	DelegateNamed {
		/// The delegate.
		delegate: AccountId32,
	},
	/// A delegate's mandate was ended.
	DelegateEnded {
		/// The delegate.
		delegate: AccountId32,
	},
	/// A recovery was proposed: another account is to control the id.
	RecoveryProposed {
		/// The account.
		controller: AccountId32,
	},
	/// A guardian supported a recovery. The recovery needs further support.
	RecoverySupported {
		/// The account that is to control the id.
		controller: AccountId32,
	},
	/// A recovery has enough support. The old key can only withdraw now.
	RecoveryStarted {
		/// The account that is to control the id.
		controller: AccountId32,
		/// When the recovery can be finished.
		effective: Moment,
	},
	/// A recovery was vetoed.
	RecoveryVetoed {
		/// The account that was to control the id.
		controller: AccountId32,
	},
	/// The enrolling organisation reported a patient's condition. The change waits until another
	/// organisation confirms the condition.
	ConditionReported {
		/// The condition.
		condition: Condition,
	},
	/// Another organisation confirmed a patient's condition.
	ConditionChanged {
		/// The condition.
		condition: Condition,
	},
	/// The kinds of records private to the patient changed.
	PrivateChanged,
	/// A directive was made.
	DirectiveMade {
		/// The directive's number.
		directive: DirectiveId,
	},
	/// A directive ended.
	DirectiveEnded {
		/// The directive's number.
		directive: DirectiveId,
		/// Why.
		#[cfg_attr(feature = "std", serde(flatten))]
		reason: EndReason,
	},
	/// Someone asked for access.
	Requested {
		/// The request's number in the patient's list.
		request: u32,
	},
	/// The patient refused a request.
	RequestRefused {
		/// The request's number.
		request: u32,
	},
	/// A record was registered.
	RecordRegistered {
		/// The record.
		record: RecordId,
	},
	/// A record got a corrected or re-encrypted document.
	RecordVersioned {
		/// The record.
		record: RecordId,
		/// The new version.
		#[cfg_attr(feature = "std", serde(rename = "recordVersion"))]
		version: VersionNumber,
		/// Corrected content, or the same content under a new key.
		cause: VersionCause,
	},
	/// A record's labels changed.
	RecordRelabelled {
		/// The record.
		record: RecordId,
	},
	/// The patient disputed a record's content.
	RecordDisputed {
		/// The record.
		record: RecordId,
	},
	/// The patient's dispute was settled or taken back.
	DisputeSettled {
		/// The record.
		record: RecordId,
	},
	/// A record's key and salt were destroyed.
	RecordErased {
		/// The record.
		record: RecordId,
	},
	/// The consortium's workers agreed on a finding about a document.
	DocumentFound {
		/// The record.
		record: RecordId,
		/// The version.
		#[cfg_attr(feature = "std", serde(rename = "recordVersion"))]
		version: VersionNumber,
		/// The finding.
		finding: Finding,
	},
	/// An access was decided.
	AccessDecided {
		/// The record as named by the requester.
		record: RecordId,
		/// The current version of the document, for a permit. A denial names no version. A denial
		/// looks the same for a record that exists and for a record that does not exist.
		#[cfg_attr(feature = "std", serde(rename = "recordVersion"))]
		version: Option<VersionNumber>,
		/// The purpose of use.
		purpose: Purpose,
		/// The action to be done.
		action: Action,
		/// Permit or deny, and why.
		#[cfg_attr(feature = "std", serde(flatten))]
		decision: Decision,
	},
	/// A practitioner declared an emergency.
	EmergencyDeclared {
		/// The emergency's number.
		emergency: u32,
		/// Why.
		reason: EmergencyReason,
		/// When the emergency ends.
		until: Moment,
	},
	/// An emergency ended before its time. The declarer ended the emergency. Without an actor in
	/// the entry, the emergency ended because the declarer's role was suspended.
	EmergencyEnded {
		/// The emergency's number.
		emergency: u32,
	},
	/// The declarer justified an emergency.
	EmergencyJustified {
		/// The emergency's number.
		emergency: u32,
		/// The outcome.
		#[cfg_attr(feature = "std", serde(rename = "outcome"))]
		justification: Justification,
	},
	/// An organisation was drawn to review an emergency.
	ReviewerDrawn {
		/// The emergency's number.
		emergency: u32,
		/// The organisation.
		reviewer: OrganisationId,
	},
	/// An emergency was reviewed.
	EmergencyReviewed {
		/// The emergency's number.
		emergency: u32,
		/// The reviewing organisation.
		reviewer: OrganisationId,
		/// The finding.
		finding: ReviewFinding,
	},
	/// A review passes on to another organisation.
	ReviewPassedOn {
		/// The emergency's number.
		emergency: u32,
		/// The organisation that no longer has the review.
		reviewer: OrganisationId,
		/// Why.
		cause: PassingCause,
	},
	/// A practitioner's emergency role was suspended.
	EmergencyRoleSuspended {
		/// The practitioner.
		practitioner: AccountId32,
		/// The emergency that led to the suspension.
		emergency: u32,
		/// Why.
		cause: SuspensionCause,
	},
	/// A practitioner's emergency role was reinstated.
	EmergencyRoleReinstated {
		/// The practitioner.
		practitioner: AccountId32,
	},
	/// A practitioner was credentialed, or the credential changed.
	PractitionerCredentialed {
		/// The practitioner.
		practitioner: AccountId32,
	},
	/// A practitioner's credential was revoked.
	PractitionerRevoked {
		/// The practitioner.
		practitioner: AccountId32,
	},
	/// An organisation's standing, endpoint, agents or base policy changed.
	OrganisationChanged,
	/// An organisation began to ask its patients to accept a version of its base policy.
	CampaignOpened {
		/// The campaign's number.
		campaign: u32,
		/// The version.
		#[cfg_attr(feature = "std", serde(rename = "policyVersion"))]
		version: PolicyVersion,
	},
	/// The organisation ended a campaign before the time.
	CampaignEnded {
		/// The campaign's number.
		campaign: u32,
	},
	/// The patient was asked to accept a version of the organisation's base policy.
	PolicyAsked {
		/// The campaign's number.
		campaign: u32,
		/// The version.
		#[cfg_attr(feature = "std", serde(rename = "policyVersion"))]
		version: PolicyVersion,
	},
	/// The patient accepted a version of the organisation's base policy.
	PolicyAccepted {
		/// The version.
		#[cfg_attr(feature = "std", serde(rename = "policyVersion"))]
		version: PolicyVersion,
	},
	/// The patient refused a version of the organisation's base policy. The accepted version stays
	/// valid.
	PolicyRefused {
		/// The version.
		#[cfg_attr(feature = "std", serde(rename = "policyVersion"))]
		version: PolicyVersion,
	},
	/// A practitioner ended the practitioner's own credential.
	PractitionerResigned {
		/// The practitioner.
		practitioner: AccountId32,
	},
}

vocabulary! {
	/// Why a record has a new version.
	VersionCause: "cause" {
		/// The content was corrected.
		Corrected = "corrected",
		/// The same content was encrypted under a new key.
		Rotated = "rotated",
	}
}

/// The trail. Implemented by `pallet-trail`.
pub trait Trail {
	/// Writes an entry into the sequences of the patient and the organisation, and returns the hash
	/// of the entry. Never fails: every act must be written.
	fn write(
		patient: Option<PatientId>,
		organisation: Option<OrganisationId>,
		actor: Option<AccountId32>,
		act: Act,
	) -> H256;
}
