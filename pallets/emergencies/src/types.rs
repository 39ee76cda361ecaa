//! What the pallet keeps of an emergency.

use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::EmergencyReason;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::AccountId32;

/// An emergency's number, handed out across all patients, from 0.
pub type EmergencyId = u32;

/// The longest emergency that can be declared, in minutes.
pub const MAX_EMERGENCY_MINUTES: u16 = 240;
/// The most rows that one paged read returns.
pub const MAX_PAGE: u32 = 100;

pub(crate) const MINUTE: Moment = 60_000;
/// The longest emergency that can be declared, in milliseconds.
pub(crate) const MAX_EMERGENCY: Moment = MAX_EMERGENCY_MINUTES as Moment * MINUTE;

/// A declared emergency.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct EmergencyRow {
	/// The patient.
	pub patient: PatientId,
	/// The practitioner who declared it.
	pub practitioner: AccountId32,
	/// The organisation that vouched for the practitioner then.
	pub organisation: OrganisationId,
	/// The reason given.
	pub reason: EmergencyReason,
	/// When it was declared.
	pub declared: Moment,
	/// The first moment at which it is over.
	pub until: Moment,
	/// When the declarer ended it, if before its time.
	pub ended: Option<Moment>,
}

impl EmergencyRow {
	/// Whether it is active at `at`.
	pub fn is_active(&self, at: Moment) -> bool {
		self.declared <= at && at < self.until && self.ended.is_none_or(|ended| at < ended)
	}
}
