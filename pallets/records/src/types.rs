//! The stored types of the register, and the arguments of the calls.

use alloc::vec::Vec;
use assent_policy::{
	vocabulary, Class, Confidentiality, Moment, Month, OrganisationId, PatientId, RecordAttributes,
	RecordId, Sensitivities, Token, VersionNumber,
};
use assent_support::{Finding, VersionCause};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;

use crate::crypto::AttestationPublic;

/// The maximum number of bytes of a CID.
pub const MAX_CID_LENGTH: u32 = 64;
/// The maximum number of organisations that vote in a round: as many as the consortium can have.
pub const MAX_VOTES: u32 = 100;
/// The first words of every attested message. A signature made for an attestation fits no other
/// use.
pub const ATTESTATION_DOMAIN: &[u8; 18] = b"assent/attestation";
/// The lead of the earliest clocks on earth over UTC, in milliseconds. A month has begun when the
/// month has begun at the earliest clock.
const EARLIEST_CLOCK: Moment = 14 * 60 * 60 * 1000;

/// A check of one document version: the number of the block at which the check became due.
pub type Round = u32;

/// A content identifier (IPFS CID) in its binary form.
pub type Cid = BoundedVec<u8, ConstU32<MAX_CID_LENGTH>>;

/// The votes of the current round, at most one of each organisation.
pub type RoundVotes = BoundedVec<Vote, ConstU32<MAX_VOTES>>;

/// The custodian's description of a record. Directives are applied to the labels. A label that
/// could tell more than a coarse class is blinded.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Labels {
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

impl Labels {
	/// The labels as the decision function reads them.
	pub fn into_attributes(self, record: RecordId, custodian: OrganisationId) -> RecordAttributes {
		RecordAttributes {
			record,
			custodian,
			class: self.class,
			confidentiality: self.confidentiality,
			sensitivities: self.sensitivities,
			code: self.code,
			author: self.author,
			encounter: self.encounter,
			authored: self.authored,
		}
	}
}

/// A document as the custodian registers it: the hash of the ciphertext, and a commitment to the
/// content.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Document {
	/// BLAKE3 hash of the ciphertext.
	pub ciphertext: [u8; 32],
	/// Size of the ciphertext in bytes.
	pub size: u64,
	/// Another place of the document, by a content identifier.
	pub cid: Option<Cid>,
	/// A salted commitment to the content. Never a bare hash of the content.
	pub commitment: [u8; 32],
}

/// Whether a record is in use.
#[frame_support::stored]
#[derive(Copy)]
pub enum RecordStatus {
	/// In use.
	Active,
	/// The key and the salt were destroyed at this moment. The row stays.
	Erased(Moment),
}

/// A row of the register.
#[frame_support::stored]
pub struct Record {
	/// The patient.
	pub patient: PatientId,
	/// The custodian and the labels.
	pub attributes: RecordAttributes,
	/// The current document version.
	pub version: VersionNumber,
	/// The moment since which the patient disputes the content.
	pub dispute: Option<Moment>,
	/// Whether the record is in use.
	pub status: RecordStatus,
	/// The moment of registration.
	pub registered: Moment,
}

vocabulary! {
	/// The consortium's finding about a document version.
	AnchorState: "anchor state" {
		/// Not checked yet.
		Pending = "pending",
		/// Present, with the registered hash and size.
		Anchored = "anchored",
		/// Present, with another hash or size.
		Altered = "altered",
		/// Not present.
		Absent = "absent",
	}
}

impl From<Finding> for AnchorState {
	fn from(finding: Finding) -> Self {
		match finding {
			Finding::Intact => Self::Anchored,
			Finding::Altered => Self::Altered,
			Finding::Absent => Self::Absent,
		}
	}
}

/// A document version of a record.
#[frame_support::stored]
pub struct Version {
	/// BLAKE3 hash of the ciphertext.
	pub ciphertext: [u8; 32],
	/// Size of the ciphertext in bytes.
	pub size: u64,
	/// Another place of the document, by a content identifier.
	pub cid: Option<Cid>,
	/// A salted commitment to the content.
	pub commitment: [u8; 32],
	/// The cause for which the version took the place of the version before. None for the first
	/// version.
	pub cause: Option<VersionCause>,
	/// The result of the last concluded round. A newer version leaves the state unchanged.
	pub state: AnchorState,
	/// The moment since which the version is in this state.
	pub since: Moment,
	/// The current round: the block at which the next check became or becomes due. Only the current
	/// version of a record in use is checked.
	pub due: Round,
}

/// The finding of one organisation's workers in the current round.
#[frame_support::stored]
#[derive(Copy)]
pub struct Vote {
	/// The organisation.
	pub organisation: OrganisationId,
	/// The finding.
	pub finding: Finding,
	/// The block at which the worker looked.
	pub at: u32,
}

/// A finding of a validator's worker, before the signature.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Attestation {
	/// The record.
	pub record: RecordId,
	/// The document version that was fetched.
	pub version: VersionNumber,
	/// The round of the finding: the version's `due`.
	pub round: Round,
	/// The number of the block on whose state the worker looked. The number orders the votes of an
	/// organisation, so a replaced vote can't be brought back.
	pub at: u32,
	/// The finding.
	pub finding: Finding,
	/// The attestation key of the signature.
	pub key: AttestationPublic,
}

impl Attestation {
	/// The message to sign with the key on the chain with this genesis hash.
	pub fn message(&self, genesis: H256) -> Vec<u8> {
		(ATTESTATION_DOMAIN, genesis, self.record, self.version, self.round, self.at, self.finding)
			.encode()
	}
}

/// An account's X25519 encryption key. Documents are wrapped to the key for the account.
#[frame_support::stored]
#[derive(Copy)]
pub struct EncryptionKey {
	/// The number of keys of the account so far, this one included.
	pub version: u32,
	/// The X25519 public key.
	pub key: [u8; 32],
}

/// A record in the form of a list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct RecordView {
	/// The id.
	pub id: RecordId,
	/// The row.
	pub record: Record,
	/// The current document version.
	pub version: Version,
}

/// A document version whose check is due.
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
pub struct Awaiting {
	/// The block since which the check is due: the round.
	pub due: Round,
	/// The record.
	pub record: RecordId,
	/// The version to be checked.
	pub version: VersionNumber,
	/// The organisation that holds the document.
	pub custodian: OrganisationId,
	/// The result of the last round.
	pub state: AnchorState,
}

/// Whether the bytes are a CID in binary form: version 0 (a bare SHA2-256 multihash) or version 1
/// (version, codec, multihash). The check keeps text off the chain.
pub fn is_cid(bytes: &[u8]) -> bool {
	if let [0x12, 0x20, digest @ ..] = bytes {
		return digest.len() == 32;
	}
	let Some(rest) = bytes.strip_prefix(&[0x01]) else {
		return false;
	};
	let Some((_codec, rest)) = varint(rest) else {
		return false;
	};
	let Some((_hash, rest)) = varint(rest) else {
		return false;
	};
	let Some((length, digest)) = varint(rest) else {
		return false;
	};
	(16..=48).contains(&length) && digest.len() as u64 == length
}

/// Reads an unsigned LEB128 number of at most four bytes.
fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
	let mut value = 0u64;
	for (position, byte) in bytes.iter().take(4).enumerate() {
		value |= u64::from(byte & 0x7f) << (7 * position);
		if byte & 0x80 == 0 {
			return Some((value, bytes.get(position + 1..)?));
		}
	}
	None
}

/// The last month that has begun somewhere on earth at `moment`.
pub fn latest_month(moment: Moment) -> Month {
	month_of(moment.saturating_add(EARLIEST_CLOCK))
}

/// The month of a moment by UTC, counted from January 1970.
pub fn month_of(moment: Moment) -> Month {
	// Days are counted from 1 March of the year 0. A leap day then ends its year.
	let days = (moment / 86_400_000).saturating_add(719_468);
	let day_of_era = days % 146_097;
	let year_of_era =
		(day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
	let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	// 0 is March, 11 is February of the next civil year.
	let month_from_march = (5 * day_of_year + 2) / 153;
	let year = (days / 146_097).saturating_mul(400).saturating_add(year_of_era);
	let months = year.saturating_mul(12).saturating_add(month_from_march).saturating_add(2);
	Month::try_from(months.saturating_sub(1_970 * 12)).unwrap_or(Month::MAX)
}

/// Whether the X25519 public key is one of the points of small order (RFC 7748, section 6.1).
/// Anyone could open a document wrapped to such a key.
pub fn is_weak_key(key: &[u8; 32]) -> bool {
	const LAST: [u8; 31] = {
		let mut bytes = [0xff; 31];
		bytes[30] = 0x7f;
		bytes
	};
	const ORDER_EIGHT: [[u8; 32]; 2] = [
		[
			0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f,
			0xc4, 0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16,
			0x5f, 0x49, 0xb8, 0x00,
		],
		[
			0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83,
			0xef, 0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd,
			0xd0, 0x9f, 0x11, 0x57,
		],
	];
	let [first, rest @ ..] = key;
	let mut rest = *rest;
	// The highest bit is not part of the number.
	rest[30] &= 0x7f;
	let zero_or_one = *first <= 1 && rest == [0; 31];
	let around_the_prime = (0xec..=0xee).contains(first) && rest == LAST;
	let order_eight = ORDER_EIGHT.iter().any(|[head, tail @ ..]| head == first && *tail == rest);
	zero_or_one || around_the_prime || order_eight
}
