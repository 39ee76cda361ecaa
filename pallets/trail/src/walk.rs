//! Walking a sequence back from its head.
//!
//! The module is pure: no state, no node, no `std`. The caller gives the genesis hash of the chain,
//! the sequence, a head, and a way to get an entry's bytes by hash. A head from a node without
//! trust must be proven against a final header. The source of the bytes needs no trust: the walk
//! computes the hash of every entry again.
//!
//! [`walk`] walks in one call. [`Walker`] walks entry by entry. The walker serves callers that
//! fetch asynchronously, print step by step, stop early, or ask a second node for an entry withheld
//! by the first.
//!
//! The walk passes if every entry down to number 1 is present and unchanged, and stands in this
//! sequence under the right number. The first entry must name no previous entry.

use crate::{entry_hash, Entry, Head, Sequence};
use alloc::vec::Vec;
use codec::DecodeAll;
use core::fmt;
use sp_core::H256;

/// The causes for which a walk stops. `sequence` and `hash` name the entry of the stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkError {
	/// The head contradicts itself. The head counts entries without a newest one, or names a newest
	/// entry without a count.
	BadHead {
		/// The head.
		head: Head,
	},
	/// The source gave no bytes for the entry.
	Missing {
		/// The number of the entry in the sequence.
		sequence: u64,
		/// The hash of the entry.
		hash: H256,
	},
	/// The given bytes are not the written entry: the hash differs.
	Altered {
		/// The number of the entry in the sequence.
		sequence: u64,
		/// The hash of the written entry.
		hash: H256,
	},
	/// The bytes are the written ones, but not an entry in a form known to this code. The entry
	/// belongs to a newer version of the trail.
	Unreadable {
		/// The number of the entry in the sequence.
		sequence: u64,
		/// The hash of the entry.
		hash: H256,
	},
	/// The entry does not stand in this sequence.
	OtherSequence {
		/// The right number.
		sequence: u64,
		/// The hash of the entry.
		hash: H256,
	},
	/// The entry stands in this sequence under another number.
	WrongSequence {
		/// The right number.
		sequence: u64,
		/// The number in the entry.
		found: u64,
		/// The hash of the entry.
		hash: H256,
	},
	/// The chain of previous hashes ends too early, or goes on behind the first entry.
	BrokenLink {
		/// The number of the entry.
		sequence: u64,
		/// The hash of the entry.
		hash: H256,
		/// The previous hash in the entry.
		previous: H256,
	},
}

impl fmt::Display for WalkError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::BadHead { head: Head { count, head } } => {
				write!(f, "the head is not one: it counts {count} and names {head:?}")
			}
			Self::Missing { sequence, hash } => {
				write!(f, "entry {sequence} ({hash:?}) is missing")
			}
			Self::Altered { sequence, hash } => {
				write!(f, "entry {sequence} ({hash:?}) was altered")
			}
			Self::Unreadable { sequence, hash } => {
				write!(f, "entry {sequence} ({hash:?}) is intact, but of an unknown form")
			}
			Self::OtherSequence { sequence, hash } => {
				write!(f, "entry {sequence} ({hash:?}) belongs to another sequence")
			}
			Self::WrongSequence { sequence, found, hash } => {
				write!(f, "entry {sequence} ({hash:?}) is numbered {found}")
			}
			Self::BrokenLink { sequence, hash, previous } => {
				write!(f, "entry {sequence} ({hash:?}) names {previous:?} as the one before")
			}
		}
	}
}

impl core::error::Error for WalkError {}

/// A walked entry, and its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
	/// The number of the entry in the sequence.
	pub sequence: u64,
	/// The hash of the entry: the receipt.
	pub hash: H256,
	/// The entry.
	pub entry: Entry,
}

/// A walk in progress.
#[derive(Clone, Debug)]
pub struct Walker {
	genesis: H256,
	sequence: Sequence,
	next: Head,
}

impl Walker {
	/// Starts at `head`.
	pub fn new(genesis: H256, sequence: Sequence, head: Head) -> Result<Self, WalkError> {
		if (head.count == 0) != head.head.is_zero() {
			return Err(WalkError::BadHead { head });
		}
		Ok(Self { genesis, sequence, next: head })
	}

	/// The number and the hash of the next entry. `None` when the walk is whole.
	pub fn wants(&self) -> Option<(u64, H256)> {
		(self.next.count > 0).then_some((self.next.count, self.next.head))
	}

	/// Takes the bytes of the entry that [`Self::wants`] names, or `None` without bytes. An error
	/// leaves the walk at the same entry, so the caller can give bytes from elsewhere. Returns
	/// `Ok(None)` when the walk is whole.
	pub fn take(&mut self, encoded: Option<&[u8]>) -> Result<Option<Step>, WalkError> {
		let Some((sequence, hash)) = self.wants() else {
			return Ok(None);
		};
		let encoded = encoded.ok_or(WalkError::Missing { sequence, hash })?;
		if entry_hash(self.genesis, encoded) != hash {
			return Err(WalkError::Altered { sequence, hash });
		}
		let entry = Entry::decode_all(&mut &encoded[..])
			.map_err(|_| WalkError::Unreadable { sequence, hash })?;
		let (found, previous) =
			entry.place_in(self.sequence).ok_or(WalkError::OtherSequence { sequence, hash })?;
		if found != sequence {
			return Err(WalkError::WrongSequence { sequence, found, hash });
		}
		if (sequence == 1) != previous.is_zero() {
			return Err(WalkError::BrokenLink { sequence, hash, previous });
		}
		self.next = Head { count: sequence.saturating_sub(1), head: previous };
		Ok(Some(Step { sequence, hash, entry }))
	}
}

/// Walks the whole sequence and returns its entries, newest first. `fetch` gives an entry's bytes
/// by its hash. An empty sequence has no entries.
pub fn walk(
	genesis: H256,
	sequence: Sequence,
	head: Head,
	mut fetch: impl FnMut(H256) -> Option<Vec<u8>>,
) -> Result<Vec<Step>, WalkError> {
	let mut walker = Walker::new(genesis, sequence, head)?;
	let mut steps = Vec::new();
	while let Some((_, hash)) = walker.wants() {
		steps.extend(walker.take(fetch(hash).as_deref())?);
	}
	Ok(steps)
}
