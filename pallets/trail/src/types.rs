//! What an entry is, how it is hashed and where it is kept.

use alloc::vec::Vec;
use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::Act;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;

/// What sets the hash of an entry apart from every other hash.
pub const DOMAIN: [u8; 12] = *b"assent/entry";
/// What the off-chain key of an entry begins with; the entry's hash follows.
pub const KEY_PREFIX: &[u8] = b"assent/entry/";

/// Where a sequence stands.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct Head {
	/// How many entries the sequence has.
	pub count: u64,
	/// The hash of the newest entry; zero while there is none.
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
	/// Whose sequence.
	pub id: Id,
	/// The entry's number in it, from 1.
	pub sequence: u64,
	/// The hash of the entry before it in this sequence; zero for the first.
	pub previous: H256,
}

/// A line of the trail.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Entry {
	/// The chain's wall clock, in milliseconds since the Unix epoch.
	pub at: Moment,
	/// The block it was written in.
	pub block: u32,
	/// The account that acted; none where nobody signed (the consortium's workers, a date).
	pub actor: Option<AccountId32>,
	/// What happened.
	pub act: Act,
	/// Its place in the patient's sequence, where a patient is concerned.
	pub patient: Option<Link<PatientId>>,
	/// Its place in the organisation's sequence, where an organisation is concerned.
	pub organisation: Option<Link<OrganisationId>>,
}

/// One sequence of the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Sequence {
	/// A patient's.
	Patient(PatientId),
	/// An organisation's.
	Organisation(OrganisationId),
}

impl Head {
	/// The place of the next entry in the sequence of `id`.
	pub fn next_link<Id>(&self, id: Id) -> Link<Id> {
		Link {
			id,
			sequence: self.count.saturating_add(1),
			previous: self.head,
		}
	}
}

impl Entry {
	/// The entry's number and the hash of the one before it in `sequence`; `None` when the
	/// entry does not stand in that sequence.
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

/// The hash of an encoded entry on the chain with this genesis hash: BLAKE2b-256 of
/// [`DOMAIN`], the genesis hash and the entry's encoding, one after the other. Two chains
/// never share an entry.
pub fn entry_hash(genesis: H256, encoded: &[u8]) -> H256 {
	let preimage = [DOMAIN.as_slice(), genesis.as_bytes(), encoded].concat();
	H256(sp_io::hashing::blake2_256(&preimage))
}

/// Where a node that indexes keeps the entry with this hash: the key for
/// `offchain_localStorageGet` with kind `PERSISTENT`.
pub fn entry_key(hash: H256) -> Vec<u8> {
	[KEY_PREFIX, hash.as_bytes()].concat()
}
