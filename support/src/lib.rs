//! The narrow doors between the pallets of Assent. Data flows one way: `consortium`,
//! `patients` and `records` say who and what, `consent` decides, `audit` remembers.
//! Every trait states the weight of its worst call, so that a caller can charge for it.

#![cfg_attr(not(feature = "std"), no_std)]

mod accounts;
mod persons;
mod signatures;
mod trail;

pub use accounts::hold_account;
pub use persons::*;
pub use signatures::verify_wrapped;
pub use trail::*;

use assent_policy::{
	Directive, Moment, OrganisationId, PatientId, Practitioner, Private, RecordAttributes,
	RecordId, VersionNumber,
};
use frame_support::weights::Weight;
use sp_runtime::AccountId32;

/// Who belongs to the consortium. Implemented by `pallet-consortium`.
pub trait Members {
	/// The practitioner's credential valid at `at`: within its period, not revoked, and its
	/// organisation active.
	fn practitioner(account: &AccountId32, at: Moment) -> Option<Practitioner>;
	/// The active organisation for which the account may act (its controller or an agent).
	fn agent_of(account: &AccountId32) -> Option<OrganisationId>;
	/// Whether the organisation is a member and not suspended.
	fn is_active(organisation: OrganisationId) -> bool;
	/// The rules that the organisation registered for the documents it holds.
	fn base_policy(organisation: OrganisationId) -> Option<Directive>;
	/// Weight of the most expensive of these calls.
	fn worst_weight() -> Weight;
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
	/// Weight of the most expensive of these calls.
	fn worst_weight() -> Weight;
}

/// The record register. Implemented by `pallet-records`.
pub trait Records {
	/// Whose record it is, and what the decision function needs to know of it. `None` for an
	/// unknown or erased record.
	fn attributes(record: RecordId) -> Option<(PatientId, RecordAttributes)>;
	/// The document version that is current, for the trail and for delivery. `None` for an
	/// unknown or erased record.
	fn version(record: RecordId) -> Option<VersionNumber>;
	/// Weight of the most expensive of these calls.
	fn worst_weight() -> Weight;
}
