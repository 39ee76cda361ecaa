//! Whether a wrap may leave. A denial is a decision, not an error: a [`NotDelivered`] says why.

use crate::ids::{EntryHash, WrapAddress};
use assent_protocol::delivery::Reason;
use futures_util::future::BoxFuture;

/// A reader's request: a wrap, on the strength of an entry of the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrapRequest {
	/// Record, version and reader.
	pub wrap: WrapAddress,
	/// The entry in which the reader's access was permitted.
	pub entry: EntryHash,
}

/// Leave to hand out one wrap. Only a [`Decisions`] of this crate makes one, and the store
/// gives a wrap for nothing else.
#[derive(Debug)]
pub struct Release {
	wrap: WrapAddress,
}

impl Release {
	pub(crate) fn granted(request: &WrapRequest) -> Self {
		Self { wrap: request.wrap }
	}

	/// The wrap that may leave.
	pub fn wrap(&self) -> WrapAddress {
		self.wrap
	}
}

/// The reason for which a wrap may not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDelivered {
	/// The entry does not permit it, or what permitted it no longer holds.
	#[error("not permitted: {reason}")]
	Denied {
		/// The node's reason.
		reason: Reason,
	},
	/// Nothing about it is final yet.
	#[error("no final decision yet: {reason}")]
	NotFinal {
		/// The node's reason.
		reason: Reason,
	},
	/// The chain's time and the vault's differ too much to trust an expiry.
	#[error("the chain's clock and the vault's differ by {apart} ms")]
	Clocks {
		/// By how much.
		apart: u64,
	},
	/// The node could not be asked, or its answer not understood.
	#[error("the node could not be asked: {detail}")]
	Unavailable {
		/// What went wrong, for the log.
		detail: String,
	},
}

/// Decides on releases.
pub trait Decisions: Send + Sync {
	/// The genesis hash of the chain whose decisions count: readers sign for one chain.
	fn genesis(&self) -> BoxFuture<'_, Result<[u8; 32], NotDelivered>>;

	/// Whether this wrap may leave now.
	fn permits<'a>(
		&'a self,
		request: &'a WrapRequest,
	) -> BoxFuture<'a, Result<Release, NotDelivered>>;
}
