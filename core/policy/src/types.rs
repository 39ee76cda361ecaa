//! The words of a directive: IHE Privacy Consent on FHIR (ITI.PCF), on FHIR's Consent model.

use crate::{
	ids::{Account, Moment, Month, OrganisationId, PolicyVersion, RecordId, Token},
	vocabulary,
};
use bounded_collections::{BoundedBTreeSet, BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{Serialize, Serializer};

/// How many items one criterion of a provision may name. Bounds the cost of a decision.
pub const MAX_ITEMS: u32 = 16;
/// How many exceptions one directive may carry (one level, as in IHE PCF).
pub const MAX_EXCEPTIONS: u32 = 8;
/// How many directives of one patient may be in force at a time.
pub const MAX_DIRECTIVES: u32 = 64;
/// How many of these slots are kept for directives whose base denies, so that a patient
/// whose list is full of permissions can still refuse.
pub const SLOTS_FOR_DENIALS: u32 = 8;
/// How many versions of a base policy one decision reads: the one that the patient accepted
/// and those registered since. Of a patient further behind, base policy permits nothing
/// until the patient accepts a newer version.
pub const MAX_POLICY_VERSIONS: u32 = 16;
/// How many sensitivity tokens a record may carry.
pub const MAX_SENSITIVITIES: u32 = 8;
/// How many groups (care teams) a practitioner may belong to.
pub const MAX_GROUPS: u32 = 8;

/// A criterion: the values it accepts. Empty accepts every value.
pub type Criterion<T> = BoundedBTreeSet<T, ConstU32<MAX_ITEMS>>;
/// Named values. Empty names none.
pub type Listed<T> = BoundedBTreeSet<T, ConstU32<MAX_ITEMS>>;
/// A practitioner's roles.
pub type Roles = BoundedBTreeSet<Role, ConstU32<MAX_ITEMS>>;
/// A practitioner's care teams.
pub type Groups = BoundedBTreeSet<Token, ConstU32<MAX_GROUPS>>;
/// A record's sensitivity tokens.
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

/// Purpose of use: HL7 v3-ActReason, value set PurposeOfUse.
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
	/// TREAT: treating the patient.
	Treatment,
	/// ETREAT: emergency treatment.
	EmergencyTreatment,
	/// BTG: break the glass.
	BreakGlass,
	/// CAREMGT: care management.
	CareManagement,
	/// HPAYMT: payment for health care.
	Payment,
	/// HOPERAT: running a health care organisation.
	Operations,
	/// HRESCH: research.
	Research,
	/// PUBHLTH: public health.
	PublicHealth,
	/// PATRQT: the patient asked for it.
	PatientRequest,
	/// FAMRQT: the family asked for it.
	FamilyRequest,
	/// PWATRNY: a person with power of attorney asked for it.
	PowerOfAttorney,
	/// Any other code, blinded.
	Other(Token),
}

impl Purpose {
	/// The purposes that have a name.
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

	/// The word of the purpose, and its code in HL7 v3-ActReason. `None` for a blinded one.
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

/// The word of the purpose, or `other:` and the token of a blinded one.
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
	/// What is done with the data: HL7 consentaction.
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
	/// Whether a permit to do this lets a document be retrieved and opened. Only `access` does
	/// (HL7 consentaction `access`: retrieval): who may correct or collect data, pass it on or
	/// work with it need not have been let in to read it, and asks for that by itself.
	pub const fn retrieves(self) -> bool {
		matches!(self, Self::Access)
	}
}

vocabulary! {
	/// What a practitioner is credentialed for.
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
	/// The class group of a document: coarse on purpose, the exact code is a token.
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
	/// Confidentiality: HL7 v3-Confidentiality, from open to closed.
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

/// Whom a provision is about (FHIR `Consent.provision.actor`).
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
	/// Everyone credentialed by an organisation.
	Organisation(OrganisationId),
	/// Everyone with a role, wherever they work.
	Role(Role),
	/// The members of a care team.
	Group(Token),
	/// Those with a role at one organisation.
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
	/// The organisation that credentialed it.
	pub organisation: OrganisationId,
}

/// A span of time: from `from` (included) until `until` (excluded). `None` is open.
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
	/// First moment that counts.
	pub from: Option<Moment>,
	/// First moment that no longer counts.
	pub until: Option<Moment>,
}

/// A span of months of authoring, both ends included. `None` is open.
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

/// One rule: what it does, and the criteria that must all match. A criterion that is empty
/// matches everything; one with values matches when any of them does.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Provision {
	/// What the rule does where it applies.
	pub effect: Effect,
	/// Who.
	pub actors: Criterion<Actor>,
	/// For what.
	pub purposes: Criterion<Purpose>,
	/// Doing what.
	pub actions: Criterion<Action>,
	/// Which class groups.
	pub classes: Criterion<Class>,
	/// Which exact document codes, blinded.
	pub codes: Criterion<Token>,
	/// Which confidentiality levels.
	pub confidentialities: Criterion<Confidentiality>,
	/// Which sensitivities, blinded: matches a record that carries any of them.
	pub sensitivities: Criterion<Token>,
	/// Authored when.
	pub authored: Months,
	/// Authored by whom, blinded.
	pub authors: Criterion<Token>,
	/// From which encounters, blinded.
	pub encounters: Criterion<Token>,
	/// Which single records.
	pub records: Criterion<RecordId>,
	/// When the rule counts.
	pub period: Period,
}

impl Provision {
	/// A rule without any criterion: it applies to everything, always.
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

/// A directive's content: a base and one level of exceptions to it. The directive counts
/// while its base's period lasts; an exception counts only where the base applies.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Directive {
	/// The base.
	pub base: Provision,
	/// The exceptions.
	pub exceptions: BoundedVec<Provision, ConstU32<MAX_EXCEPTIONS>>,
}

/// In whose right a directive was made.
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
	/// Somebody who acted for the patient: a guardian or a delegate.
	Representative,
}

/// A directive with its life: what the decision function reads.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
	/// Its number in the patient's list.
	pub id: crate::ids::DirectiveId,
	/// What it says.
	pub directive: &'a Directive,
	/// In whose right it was made.
	pub maker: Maker,
	/// When it was made.
	pub made: Moment,
	/// When it ended, if it did.
	pub ended: Option<Moment>,
}

/// A custodian's base policy as it stands for one patient. Without versions, it does not
/// speak.
#[derive(Clone, Copy, Debug, Default)]
pub struct BasePolicy<'a> {
	/// The version accepted last, by the patient or by who acts for the patient, if any.
	pub accepted: Option<PolicyVersion>,
	/// The version that the patient accepted last: it counts for what is private to the
	/// patient.
	pub accepted_by_patient: Option<PolicyVersion>,
	/// The older of the two and every version registered since, with their rules, in any
	/// order; the newest in any case.
	pub versions: &'a [(PolicyVersion, Directive)],
}

/// Kinds of records, named one by one. Other than a criterion, an empty list names nothing.
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
	/// Sensitivities, blinded: a record that carries any of them is named.
	pub sensitivities: Listed<Token>,
}

/// What is private to a patient: theirs alone to see, to share and to refuse, and out of the
/// hands of whoever acts for them.
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
	/// Marked by the patient.
	pub by_patient: Kinds,
	/// Marked by the organisation that enrolled the patient: what the law of the place keeps
	/// from guardians.
	pub by_organisation: Kinds,
}

/// What the decision function knows of a record.
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

/// A practitioner as credentialed at the moment of the request.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Practitioner {
	/// The signing account.
	pub account: Account,
	/// The organisation that vouches.
	pub organisation: OrganisationId,
	/// The roles.
	pub roles: Roles,
	/// The care teams.
	pub groups: Groups,
}

/// Who asks.
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
	/// Anyone else, also a practitioner whose credential has lapsed.
	Stranger,
}

/// An attempt to access a record.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Request {
	/// Who asks.
	pub requester: Requester,
	/// For what.
	pub purpose: Purpose,
	/// Doing what.
	pub action: Action,
	/// When.
	pub time: Moment,
	/// Whether this practitioner has an emergency declared for this patient, active now.
	pub emergency: bool,
	/// What is private to the patient then.
	pub private: Private,
}

/// Which provision of a directive decided.
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

/// Why it was decided so: the step of the order of evaluation that decided.
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
		/// Its number in the patient's list.
		directive: crate::ids::DirectiveId,
		/// Its provision.
		provision: ProvisionRef,
	},
	/// The custodian's base policy.
	BasePolicy {
		/// The version that decided: of a permission the one that the patient accepted, of a
		/// denial the newest that denies.
		#[serde(rename = "policyVersion")]
		version: PolicyVersion,
		/// Its provision.
		provision: ProvisionRef,
	},
	/// Nothing applied: denied.
	NoRule,
	/// The requester holds no credential valid now: denied.
	NoCredential,
	/// The custodian's newest base policy would permit, but the patient accepted none that
	/// does, or one in between does not: denied until the patient accepts it.
	NotAccepted {
		/// The newest version.
		#[serde(rename = "policyVersion")]
		version: PolicyVersion,
	},
}

/// The outcome: permit or deny, and why.
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
	/// Why.
	pub basis: Basis,
}
