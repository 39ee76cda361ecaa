//! The narrow doors between the pallets of Assent. Data flows one way: `consortium`,
//! `patients`, `records` and `emergencies` say who and what, `consent` decides, `trail`
//! remembers.
//! No trait states a weight: a call is measured with what it asks of other pallets.

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

/// Who belongs to the consortium. Implemented by `pallet-consortium`.
pub trait Members {
	/// The practitioner's credential valid at `at`, as it was then: within its period, not
	/// revoked, and its organisation active. A moment that has passed is looked up in the
	/// history, at a cost that is not bounded: reads only, no call, ask about one.
	fn practitioner(account: &AccountId32, at: Moment) -> Option<Practitioner>;
	/// The active organisation for which the account may act (its controller or an agent).
	fn agent_of(account: &AccountId32) -> Option<OrganisationId>;
	/// Whether the organisation is a member and not suspended.
	fn is_active(organisation: OrganisationId) -> bool;
}

/// Which organisations left the consortium for good. Implemented by `pallet-consortium`.
pub trait Removals {
	/// Whether the organisation was a member and was removed.
	fn is_removed(organisation: OrganisationId) -> bool;
}

/// The rules that organisations registered for the documents they hold. Implemented by
/// `pallet-consortium`.
pub trait BasePolicies {
	/// The newest version that the organisation had registered at `at`; `None` if it had none,
	/// or was not active then: a suspended organisation opens nothing by its own rules.
	fn newest(organisation: OrganisationId, at: Moment) -> Option<PolicyVersion>;
	/// The rules of a version, whatever the organisation's standing.
	fn rules(organisation: OrganisationId, version: PolicyVersion) -> Option<Directive>;
}

/// A version of an organisation's base policy, on which a directive may be built (FHIR
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
	/// The version, from 1.
	pub version: PolicyVersion,
}

/// A base policy as it stood for a patient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyInForce {
	/// The version accepted last, by the patient or by who acts for the patient, if any.
	pub accepted: Option<PolicyVersion>,
	/// The version that the patient had accepted last.
	pub accepted_by_patient: Option<PolicyVersion>,
	/// The older of the two and those registered since, at most
	/// [`assent_policy::MAX_POLICY_VERSIONS`], the newest; only the newest where nothing was
	/// accepted.
	pub versions: Vec<(PolicyVersion, Directive)>,
}

impl PolicyInForce {
	/// As the decision function reads it.
	pub fn stands(&self) -> BasePolicy<'_> {
		BasePolicy {
			accepted: self.accepted,
			accepted_by_patient: self.accepted_by_patient,
			versions: &self.versions,
		}
	}
}

/// Which versions of base policies count for whom. Implemented by `pallet-acceptances`.
pub trait Acceptances {
	/// The organisation's base policy as it stood for the patient at `at`: nothing where it
	/// did not speak.
	fn standing(patient: PatientId, organisation: OrganisationId, at: Moment) -> PolicyInForce;
	/// Whether the version can be built on by the patient's directives: one that the
	/// organisation registered which enrolled the patient.
	fn can_build_on(patient: PatientId, policy: PolicyRef) -> bool;
}

/// Which organisation reviews what another one's practitioner did. Implemented by
/// `pallet-consortium`.
pub trait Reviewers {
	/// One of the active organisations but for the excluded ones, each with the same chance.
	/// The same seed draws the same one, whoever speaks for the members, and still does when a
	/// member that was not drawn leaves. `None` when there is no other.
	fn draw(seed: H256, excluded: &[OrganisationId]) -> Option<OrganisationId>;
	/// Whether there is an active organisation besides this one.
	fn has_other(organisation: OrganisationId) -> bool;
}

/// The patient ids. Implemented by `pallet-patients`.
pub trait Patients {
	/// Whether the id was ever enrolled.
	fn exists(patient: PatientId) -> bool;
	/// What the id is open to now; `None` if it was never enrolled.
	fn phase(patient: PatientId) -> Option<Phase>;
	/// Whether the account may do this in the patient's name at `at`, and as whom.
	fn may(
		account: &AccountId32,
		patient: PatientId,
		deed: Deed,
		at: Moment,
	) -> Result<Relation, Refusal>;
	/// What is private to the patient at `at`.
	fn private(patient: PatientId, at: Moment) -> Private;
	/// The organisation that enrolled the id.
	fn enrolled_by(patient: PatientId) -> Option<OrganisationId>;
	/// The version of that organisation's base policy that the patient signed for at
	/// enrolment; `None` if there was none.
	fn signed_policy(patient: PatientId) -> Option<PolicyVersion>;
}

/// The declared emergencies. Implemented by `pallet-emergencies`.
pub trait Emergencies {
	/// Whether the practitioner, as credentialed at `at`, then has an emergency for the patient
	/// that counts: in its time, declared under the same organisation, the role still held.
	fn active(practitioner: &Practitioner, patient: PatientId, at: Moment) -> bool;
}

/// The record register. Implemented by `pallet-records`.
pub trait Records {
	/// Whose record it is, and what the decision function needs to know of it, as it was
	/// labelled at `at`. `None` for a record unknown or erased then. A moment that has passed
	/// is looked up in the history, at a cost that is not bounded: no call, ask about one.
	fn attributes(record: RecordId, at: Moment) -> Option<(PatientId, RecordAttributes)>;
	/// The document version that is current, for the trail and for delivery. `None` for an
	/// unknown or erased record.
	fn version(record: RecordId) -> Option<VersionNumber>;
}
