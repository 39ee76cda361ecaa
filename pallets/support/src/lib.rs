//! The narrow interfaces between the pallets of Assent. Data flows one way. `consortium`,
//! `patients`, `records` and `emergencies` say who and what, `consent` decides, `trail` remembers.
//!
//! No trait states a weight. The weight of a call is measured together with the answers of other
//! pallets.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod accounts;
mod bounds;
mod history;
mod no_currency;
mod page;
mod persons;
mod signatures;
#[cfg(any(feature = "std", feature = "runtime-benchmarks"))]
pub mod testing;
mod trail;

pub use accounts::hold_account;
pub use bounds::assert_fits;
pub use history::{first_after, past_at, Past};
pub use no_currency::NoCurrency;
pub use page::{page, page_size, MAX_PAGE};
pub use persons::*;
pub use signatures::verify_wrapped;
pub use trail::*;

use alloc::vec::Vec;
use assent_policy::{
	BasePolicy, Directive, Moment, OrganisationId, PatientId, PolicyVersion, Practitioner, Private,
	RecordAttributes, RecordId, VersionNumber,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;

/// The members of the consortium. Implemented by `pallet-consortium`.
pub trait Members {
	/// The credential that the practitioner had at `at`, if valid then. A valid credential is
	/// within the period and not revoked, and the organisation is active. A past moment is looked
	/// up in the history. The cost of the look-up has no bound, so only reads ask about a past
	/// moment. No call asks about a past moment.
	fn practitioner(account: &AccountId32, at: Moment) -> Option<Practitioner>;
	/// The active organisation for which the account acts as controller or agent.
	fn agent_of(account: &AccountId32) -> Option<OrganisationId>;
	/// Whether the organisation is a member and not suspended.
	fn is_active(organisation: OrganisationId) -> bool;
}

/// The organisations that left the consortium for good. Implemented by `pallet-consortium`.
pub trait Removals {
	/// Whether the organisation was a member and was removed.
	fn is_removed(organisation: OrganisationId) -> bool;
}

/// The rules that organisations registered for the documents in custody. Implemented by
/// `pallet-consortium`.
pub trait BasePolicies {
	/// The newest version that the organisation had registered at `at`. `None` if there was no
	/// version, or if the organisation was not active then. A suspended organisation opens nothing
	/// by its own rules.
	fn newest(organisation: OrganisationId, at: Moment) -> Option<PolicyVersion>;
	/// The rules of a version, independent of the organisation's standing.
	fn rules(organisation: OrganisationId, version: PolicyVersion) -> Option<Directive>;
}

/// A version of an organisation's base policy. A directive may be built on the version (FHIR
/// `Consent.policyBasis`).
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
pub struct PolicyRef {
	/// The organisation.
	pub organisation: OrganisationId,
	/// The version, numbered from 1.
	pub version: PolicyVersion,
}

/// A base policy, as valid for a patient at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyInForce {
	/// The version accepted last, by the patient or by a representative. `None` if no version was
	/// accepted.
	pub accepted: Option<PolicyVersion>,
	/// The version that the patient accepted last.
	pub accepted_by_patient: Option<PolicyVersion>,
	/// The older of the two accepted versions and every version registered since. At most the
	/// newest [`assent_policy::MAX_POLICY_VERSIONS`] of the versions. The newest version alone, if
	/// no version was accepted.
	pub versions: Vec<(PolicyVersion, Directive)>,
}

impl PolicyInForce {
	/// The base policy in the form that the decision function reads.
	pub fn stands(&self) -> BasePolicy<'_> {
		BasePolicy {
			accepted: self.accepted,
			accepted_by_patient: self.accepted_by_patient,
			versions: &self.versions,
		}
	}
}

/// The versions of base policies that are valid for a patient. Implemented by `pallet-acceptances`.
pub trait Acceptances {
	/// The organisation's base policy, as valid for the patient at `at`. Empty if the base policy
	/// had no say: the organisation did not enrol the patient, had no version, or was not active.
	fn standing(patient: PatientId, organisation: OrganisationId, at: Moment) -> PolicyInForce;
	/// Whether the patient's directives can be built on the version. The organisation that enrolled
	/// the patient must have registered the version.
	fn can_build_on(patient: PatientId, policy: PolicyRef) -> bool;
}

/// Draws the organisation that reviews an act of another organisation's practitioner. Implemented
/// by `pallet-consortium`.
pub trait Reviewers {
	/// One of the active organisations, without the excluded organisations. Each candidate has the
	/// same chance. The same seed draws the same organisation. The draw does not depend on the
	/// controllers of the members. The draw stays the same when a member leaves that was not drawn.
	/// `None` if there is no candidate.
	fn draw(seed: H256, excluded: &[OrganisationId]) -> Option<OrganisationId>;
	/// Whether an organisation other than this one is active.
	fn has_other(organisation: OrganisationId) -> bool;
}

/// The patient ids. Implemented by `pallet-patients`.
pub trait Patients {
	/// Whether the id was ever enrolled.
	fn exists(patient: PatientId) -> bool;
	/// The phase of the id now; `None` if the id was never enrolled.
	fn phase(patient: PatientId) -> Option<Phase>;
	/// Whether the account may do the deed in the patient's name at `at`, and in which relation.
	fn may(
		account: &AccountId32,
		patient: PatientId,
		deed: Deed,
		at: Moment,
	) -> Result<Relation, Refusal>;
	/// The kinds of records that are private to the patient at `at`.
	fn private(patient: PatientId, at: Moment) -> Private;
	/// The organisation that enrolled the id.
	fn enrolled_by(patient: PatientId) -> Option<OrganisationId>;
	/// The version of the enrolling organisation's base policy that the patient signed for at
	/// enrolment; `None` if there was no version.
	fn signed_policy(patient: PatientId) -> Option<PolicyVersion>;
}

/// The declared emergencies. Implemented by `pallet-emergencies`.
pub trait Emergencies {
	/// Whether the practitioner, as credentialed at `at`, has an emergency for the patient that is
	/// valid at `at`. A valid emergency is within its time and was declared under the same
	/// organisation, and the practitioner still holds the role.
	fn active(practitioner: &Practitioner, patient: PatientId, at: Moment) -> bool;
}

/// The record register. Implemented by `pallet-records`.
pub trait Records {
	/// The patient of the record, and the attributes that the decision function needs, as labelled
	/// at `at`. `None` for a record unknown or erased at `at`. A past moment is looked up in the
	/// history. The cost of the look-up has no bound, so no call asks about a past moment.
	fn attributes(record: RecordId, at: Moment) -> Option<(PatientId, RecordAttributes)>;
	/// The current version of the document, for the trail and for delivery. `None` for an unknown
	/// or erased record.
	fn version(record: RecordId) -> Option<VersionNumber>;
}
