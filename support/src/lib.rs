//! The narrow doors between the pallets of Assent. Data flows one way: `consortium`,
//! `patients`,
//! `records` and `emergencies` say who and what, `consent` decides, `audit` remembers.
//! Every trait states the weight of its worst call, so that a caller can charge for it.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod accounts;
#[cfg(any(feature = "std", feature = "runtime-benchmarks"))]
pub mod benchmarking;
mod bounds;
mod signatures;
mod trail;

pub use accounts::hold_account;
pub use bounds::assert_fits;
pub use signatures::verify_wrapped;
pub use trail::*;

use assent_policy::{
	Directive, Moment, OrganisationId, PatientId, Practitioner, RecordAttributes, RecordId,
	VersionNumber,
};
use frame_support::weights::Weight;
use sp_core::H256;
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

/// Which organisation reviews what another one's practitioner did. Implemented by
/// `pallet-consortium`.
pub trait Reviewers {
	/// One of the active organisations but for the excluded ones, each with the same chance.
	/// The same seed draws the same one, whoever speaks for the members, and still does when a
	/// member that was not drawn leaves. `None` when there is no other.
	fn draw(seed: H256, excluded: &[OrganisationId]) -> Option<OrganisationId>;
	/// Whether there is an active organisation besides this one.
	fn has_other(organisation: OrganisationId) -> bool;
	/// Weight of a draw.
	fn draw_weight() -> Weight;
	/// Weight of asking whether there is another.
	fn has_other_weight() -> Weight;
}

/// How an account stands to a patient id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
	/// It controls the id.
	Controller,
	/// It is a guardian whose term runs.
	Guardian,
}

/// The patient ids. Implemented by `pallet-patients`.
pub trait Patients {
	/// Whether the id was ever enrolled.
	fn exists(patient: PatientId) -> bool;
	/// How the account stands to the id at `at`; `None` for a stranger.
	fn relation(account: &AccountId32, patient: PatientId, at: Moment) -> Option<Relation>;
	/// The organisation that enrolled the id.
	fn enrolled_by(patient: PatientId) -> Option<OrganisationId>;
	/// Weight of the most expensive of these calls.
	fn worst_weight() -> Weight;
}

/// The declared emergencies. Implemented by `pallet-emergencies`.
pub trait Emergencies {
	/// Whether the practitioner, as credentialed at `at`, then has an emergency for the patient
	/// that counts: in its time, declared under the same organisation, the role still held.
	fn active(practitioner: &Practitioner, patient: PatientId, at: Moment) -> bool;
	/// Weight of asking about now. Asking about the past may cost more: reads only do that.
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
