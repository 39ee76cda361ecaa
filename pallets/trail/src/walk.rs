//! Walking a sequence back from its head.
//!
//! Pure: no state, no node, no `std`. Give it the genesis hash of the chain, the sequence, a
//! head (proven against a final header, if the node that served it is not trusted) and a way
//! to get an entry's bytes by hash. Whoever serves the bytes need not be trusted: every
//! entry's hash is computed again.
//!
//! [`walk`] does it in one call. [`Walker`] does it entry by entry, for those who fetch
//! asynchronously, print as they go, stop early or ask a second node for what the first
//! withheld.
//!
//! The walk passes only when every entry down to number 1 is there and unchanged, stands in
//! this sequence under the right number, and the first one names no previous entry.

use crate::{entry_hash, Entry, Head, Sequence};
use alloc::vec::Vec;
use codec::DecodeAll;
use core::fmt;
use sp_core::H256;

/// Why a walk stopped. `sequence` and `hash` name the entry that it stopped at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkError {
	/// The head contradicts itself: it counts entries without naming the newest, or names
	/// one without counting any.
	BadHead {
		/// The head.
		head: Head,
	},
	/// Nobody gave the entry.
	Missing {
		/// Its number in the sequence.
		sequence: u64,
		/// Its hash.
		hash: H256,
	},
	/// What was given for the entry is not what was written: it hashes to something else.
	Altered {
		/// Its number in the sequence.
		sequence: u64,
		/// The hash it should have.
		hash: H256,
	},
	/// The bytes are those that were written, but not an entry that this code can read: a
	/// newer version of the trail.
	Unreadable {
		/// Its number in the sequence.
		sequence: u64,
		/// Its hash.
		hash: H256,
	},
	/// The entry does not stand in this sequence.
	OtherSequence {
		/// The number it should have.
		sequence: u64,
		/// Its hash.
		hash: H256,
	},
	/// The entry stands in this sequence under another number.
	WrongSequence {
		/// The number it should have.
		sequence: u64,
		/// The number it has.
		found: u64,
		/// Its hash.
		hash: H256,
	},
	/// The chain of previous hashes ends too early, or goes on behind the first entry.
	BrokenLink {
		/// The entry's number.
		sequence: u64,
		/// Its hash.
		hash: H256,
		/// The hash that it names as the previous entry's.
		previous: H256,
	},
}

impl fmt::Display for WalkError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::BadHead {
				head: Head { count, head },
			} => {
				write!(
					f,
					"the head is not one: it counts {count} and names {head:?}"
				)
			}
			Self::Missing { sequence, hash } => {
				write!(f, "entry {sequence} ({hash:?}) is missing")
			}
			Self::Altered { sequence, hash } => {
				write!(f, "entry {sequence} ({hash:?}) was altered")
			}
			Self::Unreadable { sequence, hash } => {
				write!(
					f,
					"entry {sequence} ({hash:?}) is intact, but of an unknown form"
				)
			}
			Self::OtherSequence { sequence, hash } => {
				write!(f, "entry {sequence} ({hash:?}) belongs to another sequence")
			}
			Self::WrongSequence {
				sequence,
				found,
				hash,
			} => {
				write!(f, "entry {sequence} ({hash:?}) is numbered {found}")
			}
			Self::BrokenLink {
				sequence,
				hash,
				previous,
			} => {
				write!(
					f,
					"entry {sequence} ({hash:?}) names {previous:?} as the one before"
				)
			}
		}
	}
}

impl core::error::Error for WalkError {}

/// An entry that was walked, and its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
	/// The entry's number in the sequence.
	pub sequence: u64,
	/// The entry's hash: its receipt.
	pub hash: H256,
	/// The entry.
	pub entry: Entry,
}

/// A walk under way.
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
		Ok(Self {
			genesis,
			sequence,
			next: head,
		})
	}

	/// The number and the hash of the entry to give next; `None` when the walk is whole.
	pub fn wants(&self) -> Option<(u64, H256)> {
		(self.next.count > 0).then_some((self.next.count, self.next.head))
	}

	/// Takes the bytes of the entry that [`Self::wants`] names, or `None` when nobody has
	/// them. After an error the walk stands where it stood: bytes from elsewhere can be
	/// given. `Ok(None)` when the walk is whole and nothing was wanted.
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
		let (found, previous) = entry
			.place_in(self.sequence)
			.ok_or(WalkError::OtherSequence { sequence, hash })?;
		if found != sequence {
			return Err(WalkError::WrongSequence {
				sequence,
				found,
				hash,
			});
		}
		if (sequence == 1) != previous.is_zero() {
			return Err(WalkError::BrokenLink {
				sequence,
				hash,
				previous,
			});
		}
		self.next = Head {
			count: sequence.saturating_sub(1),
			head: previous,
		};
		Ok(Some(Step {
			sequence,
			hash,
			entry,
		}))
	}
}

/// Walks the whole sequence and returns its entries, newest first; `fetch` gives an entry's
/// bytes by its hash. An empty sequence has no entries.
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
