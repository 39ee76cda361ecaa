//! The vocabulary of a directive, after IHE Privacy Consent on FHIR (ITI.PCF) and the Consent
//! model of FHIR.

use crate::{
	ids::{Account, Moment, Month, OrganisationId, PolicyVersion, RecordId, Token},
	vocabulary,
};
use bounded_collections::{BoundedBTreeSet, BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{Serialize, Serializer};

/// The highest number of items in one criterion of a provision. The bound limits the cost of a
/// decision.
pub const MAX_ITEMS: u32 = 16;
/// The highest number of exceptions in one directive (one level, as in IHE PCF).
pub const MAX_EXCEPTIONS: u32 = 8;
/// The highest number of directives in force for one patient at a time.
pub const MAX_DIRECTIVES: u32 = 64;
/// The number of the [`MAX_DIRECTIVES`] places kept for directives whose base denies. A patient
/// with a full list of permissions can still deny.
pub const SLOTS_FOR_DENIALS: u32 = 8;
/// The highest number of versions of a base policy in one decision: the version that the
/// patient accepted and the versions registered since. If a patient is further behind, the
/// base policy permits nothing until the patient accepts a newer version.
pub const MAX_POLICY_VERSIONS: u32 = 16;
/// The highest number of sensitivity tokens on a record.
pub const MAX_SENSITIVITIES: u32 = 8;
/// The highest number of groups (care teams) of a practitioner.
pub const MAX_GROUPS: u32 = 8;

/// A criterion: at most [`MAX_ITEMS`] accepted values. An empty criterion accepts every value.
pub type Criterion<T> = BoundedBTreeSet<T, ConstU32<MAX_ITEMS>>;
/// At most [`MAX_ITEMS`] named values. An empty list names no value.
pub type Listed<T> = BoundedBTreeSet<T, ConstU32<MAX_ITEMS>>;
/// The roles of a practitioner, at most [`MAX_ITEMS`].
pub type Roles = BoundedBTreeSet<Role, ConstU32<MAX_ITEMS>>;
/// The care teams of a practitioner, blinded, at most [`MAX_GROUPS`].
pub type Groups = BoundedBTreeSet<Token, ConstU32<MAX_GROUPS>>;
/// The sensitivity tokens of a record, at most [`MAX_SENSITIVITIES`].
pub type Sensitivities = BoundedBTreeSet<Token, ConstU32<MAX_SENSITIVITIES>>;

vocabulary! {
	/// Permit or deny (FHIR `Consent.provision.type`).
	Effect: "effect" {
		/// The access is allowed.
		Permit = "permit",
		/// The access is refused.
		Deny = "deny",
	}
}

/// Purpose of use: HL7 v3-ActReason, value set PurposeOfUse. A code outside this list is
/// blinded.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Purpose {
	/// TREAT: treatment of the patient.
	Treatment,
	/// ETREAT: emergency treatment.
	EmergencyTreatment,
	/// BTG: break the glass.
	BreakGlass,
	/// CAREMGT: care management.
	CareManagement,
	/// HPAYMT: payment for health care.
	Payment,
	/// HOPERAT: operations of a health care organisation.
	Operations,
	/// HRESCH: research.
	Research,
	/// PUBHLTH: public health.
	PublicHealth,
	/// PATRQT: a request of the patient.
	PatientRequest,
	/// FAMRQT: a request of the family.
	FamilyRequest,
	/// PWATRNY: a request of a person with power of attorney.
	PowerOfAttorney,
	/// Any other code, blinded.
	Other(Token),
}

impl Purpose {
	/// All purposes that have a name.
	pub const NAMED: [Self; 11] = [
		Self::Treatment,
		Self::EmergencyTreatment,
		Self::BreakGlass,
		Self::CareManagement,
		Self::Payment,
		Self::Operations,
		Self::Research,
		Self::PublicHealth,
		Self::PatientRequest,
		Self::FamilyRequest,
		Self::PowerOfAttorney,
	];

	/// The word of the purpose, and the code in HL7 v3-ActReason. `None` for a blinded
	/// purpose.
	pub const fn named(&self) -> Option<(&'static str, &'static str)> {
		Some(match self {
			Self::Treatment => ("treatment", "TREAT"),
			Self::EmergencyTreatment => ("emergency-treatment", "ETREAT"),
			Self::BreakGlass => ("break-glass", "BTG"),
			Self::CareManagement => ("care-management", "CAREMGT"),
			Self::Payment => ("payment", "HPAYMT"),
			Self::Operations => ("operations", "HOPERAT"),
			Self::Research => ("research", "HRESCH"),
			Self::PublicHealth => ("public-health", "PUBHLTH"),
			Self::PatientRequest => ("patient-request", "PATRQT"),
			Self::FamilyRequest => ("family-request", "FAMRQT"),
			Self::PowerOfAttorney => ("power-of-attorney", "PWATRNY"),
			Self::Other(_) => return None,
		})
	}
}

/// The word of the purpose. For a blinded purpose, `other:` and the token.
impl fmt::Display for Purpose {
	fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Other(blinded) => write!(to, "other:{blinded}"),
			named => to.write_str(named.named().map_or("", |(word, _)| word)),
		}
	}
}

impl Serialize for Purpose {
	fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
		to.collect_str(self)
	}
}

vocabulary! {
	/// The deed that is done with the data: HL7 consentaction.
	Action: "action" {
		/// Gather data.
		Collect = "collect",
		/// Open data.
		Access = "access",
		/// Work with data.
		Use = "use",
		/// Pass data on.
		Disclose = "disclose",
		/// Correct data.
		Correct = "correct",
	}
}

impl Action {
	/// Whether a permit for this action permits to retrieve and open a document. The answer is
	/// yes for `access` alone (HL7 consentaction `access`: retrieval). A practitioner who is
	/// permitted to correct, collect, use or pass on data is not permitted to read the data.
	/// Reading needs a permit for `access`.
	pub const fn retrieves(self) -> bool {
		matches!(self, Self::Access)
	}
}

vocabulary! {
	/// A role for which an organisation credentials a practitioner.
	Role: "role" {
		/// Physician or other clinician with responsibility for treatment.
		Clinician = "clinician",
		/// Nurse.
		Nurse = "nurse",
		/// Pharmacist.
		Pharmacist = "pharmacist",
		/// Researcher.
		Researcher = "researcher",
		/// Privacy officer: answers for data protection in the organisation.
		PrivacyOfficer = "privacy-officer",
		/// Clinician who may declare an emergency.
		EmergencyClinician = "emergency-clinician",
	}
}

vocabulary! {
	/// The class group of a document. The groups are coarse on purpose: the exact code is a
	/// token.
	Class: "class" {
		/// Notes, letters and summaries.
		ClinicalNote = "clinical-note",
		/// Laboratory results.
		LabResult = "lab-result",
		/// Images and their reports.
		Imaging = "imaging",
		/// Vital signs and measurements.
		VitalSigns = "vital-signs",
		/// Medication.
		Medication = "medication",
		/// Immunisation.
		Immunisation = "immunisation",
		/// Allergies and intolerances.
		Allergy = "allergy",
		/// Conditions and problems.
		Condition = "condition",
		/// Procedures.
		Procedure = "procedure",
		/// Care plans.
		CarePlan = "care-plan",
		/// Encounters.
		Encounter = "encounter",
		/// Devices.
		Device = "device",
		/// Family and social history.
		History = "history",
		/// Genetic data.
		Genetics = "genetics",
		/// Claims and bills.
		Financial = "financial",
		/// Everything else.
		Other = "other",
	}
}

vocabulary! {
	/// The confidentiality of a record: HL7 v3-Confidentiality, from open to closed.
	Confidentiality: "confidentiality" {
		/// U: unrestricted.
		Unrestricted = "unrestricted",
		/// L: low.
		Low = "low",
		/// M: moderate.
		Moderate = "moderate",
		/// N: normal.
		Normal = "normal",
		/// R: restricted.
		Restricted = "restricted",
		/// V: very restricted.
		VeryRestricted = "very-restricted",
	}
}

/// The practitioners whom a provision names (FHIR `Consent.provision.actor`).
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Actor {
	/// One practitioner, by account.
	Practitioner(Account),
	/// Every practitioner credentialed by an organisation.
	Organisation(OrganisationId),
	/// Every practitioner with a role, at any organisation.
	Role(Role),
	/// The members of a care team.
	Group(Token),
	/// Every practitioner with a role at one organisation.
	RoleAt(RoleAt),
}

/// A role at one organisation.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct RoleAt {
	/// The role.
	pub role: Role,
	/// The organisation that credentialed the role.
	pub organisation: OrganisationId,
}

/// A span of time, in milliseconds, from `from` (included) until `until` (excluded). `None` is
/// an open end.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Period {
	/// The first moment inside the period.
	pub from: Option<Moment>,
	/// The first moment after the period.
	pub until: Option<Moment>,
}

/// A span of months of authoring, both ends included. `None` is an open end.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Months {
	/// First month.
	pub from: Option<Month>,
	/// Last month.
	pub to: Option<Month>,
}

/// One rule: an effect, and criteria that must all match. An empty criterion matches
/// everything. A criterion with values matches when one value matches.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Provision {
	/// The effect of the rule where the rule applies.
	pub effect: Effect,
	/// The requesters.
	pub actors: Criterion<Actor>,
	/// The purposes of use.
	pub purposes: Criterion<Purpose>,
	/// The actions.
	pub actions: Criterion<Action>,
	/// The class groups.
	pub classes: Criterion<Class>,
	/// The exact document codes, blinded.
	pub codes: Criterion<Token>,
	/// The confidentiality levels, each by itself.
	pub confidentialities: Criterion<Confidentiality>,
	/// The sensitivities, blinded. The criterion matches a record that carries any of the
	/// sensitivities.
	pub sensitivities: Criterion<Token>,
	/// The months of authoring.
	pub authored: Months,
	/// The authors, blinded.
	pub authors: Criterion<Token>,
	/// The encounters, blinded.
	pub encounters: Criterion<Token>,
	/// Single records.
	pub records: Criterion<RecordId>,
	/// The period in which the rule applies.
	pub period: Period,
}

impl Provision {
	/// A rule without any criterion. The rule applies to everything, always.
	pub fn any(effect: Effect) -> Self {
		Self {
			effect,
			actors: Default::default(),
			purposes: Default::default(),
			actions: Default::default(),
			classes: Default::default(),
			codes: Default::default(),
			confidentialities: Default::default(),
			sensitivities: Default::default(),
			authored: Default::default(),
			authors: Default::default(),
			encounters: Default::default(),
			records: Default::default(),
			period: Default::default(),
		}
	}
}

/// The content of a directive: a base and one level of exceptions to the base. The directive
/// applies in the period of the base. An exception applies only where the base applies.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Directive {
	/// The base.
	pub base: Provision,
	/// The exceptions, at most [`MAX_EXCEPTIONS`].
	pub exceptions: BoundedVec<Provision, ConstU32<MAX_EXCEPTIONS>>,
}

/// The person in whose right a directive was made.
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
pub enum Maker {
	/// The patient.
	Patient,
	/// A guardian or a delegate, acting for the patient.
	Representative,
}

/// A directive with its beginning and end, as the decision function reads the directive.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
	/// The number in the patient's list.
	pub id: crate::ids::DirectiveId,
	/// The content.
	pub directive: &'a Directive,
	/// The person in whose right the directive was made.
	pub maker: Maker,
	/// The moment from which the directive is in force.
	pub made: Moment,
	/// The moment of the end, if the directive ended. The directive is not in force at this
	/// moment.
	pub ended: Option<Moment>,
}

/// A custodian's base policy as it stands for one patient. A base policy without versions has
/// no effect.
#[derive(Clone, Copy, Debug, Default)]
pub struct BasePolicy<'a> {
	/// The version accepted last, by the patient or by a representative. `None` if no version
	/// was accepted.
	pub accepted: Option<PolicyVersion>,
	/// The version that the patient accepted last. This version is valid for records that are
	/// private to the patient.
	pub accepted_by_patient: Option<PolicyVersion>,
	/// The rules of the older of these two versions and of every version registered since, in
	/// any order. The newest version is always present.
	pub versions: &'a [(PolicyVersion, Directive)],
}

/// Kinds of records, named one by one. An empty list names no kind, unlike an empty criterion.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Kinds {
	/// Class groups.
	pub classes: Listed<Class>,
	/// Sensitivities, blinded. A record that carries any of the sensitivities is named.
	pub sensitivities: Listed<Token>,
}

/// The kinds of records that are private to a patient. The patient alone sees, shares and
/// refuses such records. A guardian or delegate has no power over such records.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Private {
	/// The kinds that the patient marked.
	pub by_patient: Kinds,
	/// The kinds that the enrolling organisation marked, because the law of the place keeps
	/// such records from guardians.
	pub by_organisation: Kinds,
}

/// The attributes of a record that the decision function reads.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct RecordAttributes {
	/// The record.
	pub record: RecordId,
	/// The organisation that holds the documents.
	pub custodian: OrganisationId,
	/// Class group.
	pub class: Class,
	/// Confidentiality level.
	pub confidentiality: Confidentiality,
	/// Sensitivities, blinded.
	pub sensitivities: Sensitivities,
	/// Exact document code, blinded.
	pub code: Option<Token>,
	/// Author, blinded.
	pub author: Option<Token>,
	/// Encounter, blinded.
	pub encounter: Option<Token>,
	/// Month of authoring.
	pub authored: Month,
}

/// A practitioner, with the credential at the moment of the request.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Practitioner {
	/// The signing account.
	pub account: Account,
	/// The organisation that credentialed the practitioner.
	pub organisation: OrganisationId,
	/// The roles.
	pub roles: Roles,
	/// The care teams, blinded.
	pub groups: Groups,
}

/// The person who asks.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Requester {
	/// The patient's controller.
	Patient,
	/// A guardian of the patient.
	Guardian,
	/// A delegate of the patient who has the mandate to open documents.
	Delegate,
	/// A practitioner with a credential valid now.
	Practitioner(Practitioner),
	/// Any other account, also a practitioner whose credential is over.
	Stranger,
}

/// A request: an attempt to access a record.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Request {
	/// The person who asks.
	pub requester: Requester,
	/// The purpose of use.
	pub purpose: Purpose,
	/// The deed that is to be done with the data.
	pub action: Action,
	/// The moment of the request.
	pub time: Moment,
	/// Whether this practitioner declared an emergency for this patient that is active now.
	pub emergency: bool,
	/// The kinds that are private to the patient at the moment of the request.
	pub private: Private,
}

/// The provision of a directive that decided.
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
pub enum ProvisionRef {
	/// The base.
	Base,
	/// An exception, by its position from 0.
	Exception(u8),
}

impl fmt::Display for ProvisionRef {
	fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Base => to.write_str("base"),
			Self::Exception(number) => write!(to, "exception-{number}"),
		}
	}
}

impl Serialize for ProvisionRef {
	fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
		to.collect_str(self)
	}
}

/// The reason of a decision: the step of the order of evaluation that decided.
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
	Serialize,
)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Basis {
	/// The patient's own access.
	OwnAccess,
	/// A guardian's access.
	GuardianAccess,
	/// The access of a delegate with a mandate to open documents.
	DelegateAccess,
	/// An active emergency.
	Emergency,
	/// A directive of the patient.
	Directive {
		/// The number of the directive in the patient's list.
		directive: crate::ids::DirectiveId,
		/// The provision of the directive.
		provision: ProvisionRef,
	},
	/// The custodian's base policy.
	BasePolicy {
		/// The version that decided. A permit names the version that the patient accepted. A
		/// denial names the newest version that denies.
		#[serde(rename = "policyVersion")]
		version: PolicyVersion,
		/// The provision of the version.
		provision: ProvisionRef,
	},
	/// No rule applied: denied. Also the answer to a guardian or delegate about a private
	/// record.
	NoRule,
	/// The requester holds no credential valid now: denied.
	NoCredential,
	/// The newest version of the custodian's base policy would permit. The patient accepted no
	/// version that permits, or a version in between does not permit. The answer is a denial
	/// until the patient accepts the newest version.
	NotAccepted {
		/// The newest version.
		#[serde(rename = "policyVersion")]
		version: PolicyVersion,
	},
}

/// The outcome: permit or deny, and the reason.
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
	Serialize,
)]
pub struct Decision {
	/// Permit or deny.
	#[serde(rename = "decision")]
	pub effect: Effect,
	/// The reason.
	pub basis: Basis,
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Decode;

	#[test]
	fn named_should_list_every_purpose_with_a_word() {
		let decoded = (0..=u8::MAX).filter_map(|code| {
			let bytes = [&[code][..], &[0; 16]].concat();
			Purpose::decode(&mut bytes.as_slice()).ok()
		});
		let named: alloc::vec::Vec<Purpose> =
			decoded.filter(|purpose| purpose.named().is_some()).collect();
		assert_eq!(named, Purpose::NAMED);
	}
}
