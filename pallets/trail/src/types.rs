//! An entry: its form, its hash, and its place off chain.

use alloc::vec::Vec;
use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::Act;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;

/// Sets the hash of an entry apart from every other hash.
pub const DOMAIN: [u8; 12] = *b"assent/entry";
/// The beginning of an entry's off-chain key. The hash of the entry follows.
pub const KEY_PREFIX: &[u8] = b"assent/entry/";

/// The end of a sequence.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct Head {
	/// The number of entries in the sequence.
	pub count: u64,
	/// The hash of the newest entry. Zero without any entry.
	pub head: H256,
}

/// An entry's place in one sequence.
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
pub struct Link<Id> {
	/// The owner of the sequence.
	pub id: Id,
	/// The number of the entry in the sequence, from 1.
	pub sequence: u64,
	/// The hash of the entry before in this sequence. Zero for the first entry.
	pub previous: H256,
}

/// A line of the trail.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Entry {
	/// The chain's wall clock, in milliseconds since the Unix epoch.
	pub at: Moment,
	/// The block of the entry.
	pub block: u32,
	/// The account that acted. None for an act without a signature (of the consortium's workers, of
	/// a date).
	pub actor: Option<AccountId32>,
	/// The act.
	pub act: Act,
	/// The place in the patient's sequence, if the entry is about a patient.
	pub patient: Option<Link<PatientId>>,
	/// The place in the organisation's sequence, if the entry is about an organisation.
	pub organisation: Option<Link<OrganisationId>>,
}

/// One sequence of the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Sequence {
	/// The sequence of a patient.
	Patient(PatientId),
	/// The sequence of an organisation.
	Organisation(OrganisationId),
}

impl Head {
	/// The place of the next entry in the sequence of `id`.
	pub fn next_link<Id>(&self, id: Id) -> Link<Id> {
		Link { id, sequence: self.count.saturating_add(1), previous: self.head }
	}
}

impl Entry {
	/// The number of the entry in `sequence`, and the hash of the entry before. `None` if the entry
	/// does not stand in `sequence`.
	pub fn place_in(&self, sequence: Sequence) -> Option<(u64, H256)> {
		match sequence {
			Sequence::Patient(id) => self
				.patient
				.as_ref()
				.filter(|link| link.id == id)
				.map(|link| (link.sequence, link.previous)),
			Sequence::Organisation(id) => self
				.organisation
				.as_ref()
				.filter(|link| link.id == id)
				.map(|link| (link.sequence, link.previous)),
		}
	}
}

/// The hash of an encoded entry on the chain with this genesis hash: BLAKE2b-256 of [`DOMAIN`], the
/// genesis hash and the entry's encoding, one after the other. Two chains never share an entry.
pub fn entry_hash(genesis: H256, encoded: &[u8]) -> H256 {
	let preimage = [DOMAIN.as_slice(), genesis.as_bytes(), encoded].concat();
	H256(sp_io::hashing::blake2_256(&preimage))
}

/// The off-chain key of the entry with this hash, on an indexing node: the key for
/// `offchain_localStorageGet` with kind `PERSISTENT`.
pub fn entry_key(hash: H256) -> Vec<u8> {
	[KEY_PREFIX, hash.as_bytes()].concat()
}
