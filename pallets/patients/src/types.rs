//! What is kept of a patient id.

use alloc::{format, string::String, vec::Vec};
use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt::Write;
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;

/// How many guardians a patient id has at most, proposals included.
pub const MAX_GUARDIANS: u32 = 4;
/// Of how many patient ids an account is guardian at most, at a time.
pub const MAX_WARDS: u32 = 16;

/// The guardians of a patient id.
pub type Guardians = BoundedVec<Guardian, ConstU32<MAX_GUARDIANS>>;
/// The patient ids of a guardian.
pub type Wards = BoundedVec<Ward, ConstU32<MAX_WARDS>>;

/// Whether a patient id is in use.
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
pub enum PatientStatus {
	/// In use.
	Active,
	/// Its controller took it out of use, at this moment. Withdrawing goes on working.
	Left(Moment),
}

/// A patient id.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Patient {
	/// The account that acts as the patient.
	pub controller: AccountId32,
	/// The organisation that enrolled the id, and that may register records under it.
	pub enrolled_by: OrganisationId,
	/// The version of that organisation's base policy that the patient signed for, if it had
	/// one then. What the patient accepts later is kept by `pallet-policies`.
	pub policy: Option<PolicyVersion>,
	/// When it was enrolled.
	pub enrolled: Moment,
	/// Whether it is in use.
	pub status: PatientStatus,
	/// Who acts for the patient by right, and who is proposed for it.
	pub guardians: Guardians,
}

/// A guardian, or somebody proposed as one.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Guardian {
	/// The guardian's account.
	pub account: AccountId32,
	/// First moment at which the guardian no longer is one (the ward's majority); open when
	/// none.
	pub until: Option<Moment>,
	/// Since when the guardian is one; while unconfirmed, since when proposed.
	pub named: Moment,
	/// The organisation that proposed: the one that enrolled the patient.
	pub proposed_by: OrganisationId,
	/// The second organisation, which confirmed. Until then the guardian is only proposed
	/// and may do nothing.
	pub confirmed_by: Option<OrganisationId>,
}

/// A patient id that an account is guardian of.
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
pub struct Ward {
	/// The patient.
	pub patient: PatientId,
	/// First moment at which the guardian no longer is one.
	pub until: Option<Moment>,
}

/// Who brings a recovery forward.
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
pub enum RecoveryPath {
	/// A threshold of the patient's guardians.
	Guardians,
	/// The enrolling organisation and this other one.
	Organisations(OrganisationId),
}

/// A change of a patient id's controller under way, after the old key was lost. Until
/// `effective` the old key or any guardian can veto it, and only withdrawals pass.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Recovery {
	/// The account that is to control the id.
	pub controller: AccountId32,
	/// Who brings it forward.
	pub path: RecoveryPath,
	/// When it was proposed.
	pub proposed: Moment,
	/// When the controller changes, unless vetoed.
	pub effective: Moment,
}

impl Guardian {
	/// Whether the term, or the proposal, is over at `at`.
	pub fn has_lapsed(&self, at: Moment) -> bool {
		self.until.is_some_and(|until| until <= at)
	}

	/// Whether the account is a guardian at `at`: confirmed before or then, not yet over.
	pub fn is_in_office(&self, at: Moment) -> bool {
		self.confirmed_by.is_some() && self.named <= at && !self.has_lapsed(at)
	}
}

impl Ward {
	/// Whether the term is over at `at`.
	pub fn has_lapsed(&self, at: Moment) -> bool {
		self.until.is_some_and(|until| until <= at)
	}
}

/// What a patient signs to be enrolled: lines of ASCII that a wallet shows as they are.
///
/// Binds the chain (by its genesis hash), the organisation and the version of its base policy
/// (`none` where it has none), the patient id, the account and how many enrolments that
/// account signed before, so that the signature serves once and here only, and nobody signs
/// for another policy than the one that counts. Seven lines, no line break at the end;
/// numbers in decimal, the rest in lower-case hexadecimal with 0x.
pub fn enrolment_message(
	genesis: H256,
	organisation: OrganisationId,
	policy: Option<PolicyVersion>,
	patient: PatientId,
	controller: &AccountId32,
	number: u32,
) -> Vec<u8> {
	let policy = policy.map_or_else(|| String::from("none"), |version| format!("{version}"));
	format!(
		"Assent enrolment\nchain {}\norganisation {organisation}\npolicy {policy}\npatient {}\naccount {}\nnumber {number}",
		hex(genesis.as_bytes()),
		hex(&patient.0),
		hex(controller.as_ref()),
	)
	.into_bytes()
}

fn hex(bytes: &[u8]) -> String {
	bytes.iter().fold(String::from("0x"), |mut text, byte| {
		// Writing into a string does not fail.
		let _ = write!(text, "{byte:02x}");
		text
	})
}
