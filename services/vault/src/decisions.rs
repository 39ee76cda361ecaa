//! Decisions on whether a wrap is permitted to leave. A denial is a decision, not an error. A
//! [`NotDelivered`] says why.

use crate::ids::{EntryHash, WrapAddress};
use assent_protocol::delivery::Reason;
use futures_util::future::BoxFuture;

/// A reader's request for a wrap, on the strength of an entry of the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrapRequest {
	/// Record, version and reader.
	pub wrap: WrapAddress,
	/// The entry of the trail that permitted the reader's access.
	pub entry: EntryHash,
}

/// The permission to hand out one wrap. The store gives a wrap for a release only. A [`Decisions`]
/// of this crate makes every release.
#[derive(Debug)]
pub struct Release {
	wrap: WrapAddress,
}

impl Release {
	pub(crate) fn granted(request: &WrapRequest) -> Self {
		Self { wrap: request.wrap }
	}

	/// The wrap that is permitted to leave.
	pub fn wrap(&self) -> WrapAddress {
		self.wrap
	}
}

/// The reason why a wrap is not permitted to leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDelivered {
	/// The entry does not permit the delivery, or the permit is no longer valid.
	#[error("not permitted: {reason}")]
	Denied {
		/// The node's reason.
		reason: Reason,
	},
	/// The decision is not final yet, or not known.
	#[error("no final decision yet: {reason}")]
	NotFinal {
		/// The node's reason.
		reason: Reason,
	},
	/// The chain's time and the vault's time differ too much to trust an expiry.
	#[error("the chain's clock and the vault's differ by {apart} ms")]
	Clocks {
		/// The difference, in milliseconds.
		apart: u64,
	},
	/// The vault could not ask the node, or could not understand the answer.
	#[error("the node could not be asked: {detail}")]
	Unavailable {
		/// The error, for the log.
		detail: String,
	},
}

/// Decides on releases.
pub trait Decisions: Send + Sync {
	/// The genesis hash of the chain whose decisions are valid here. A reader signs for one chain.
	fn genesis(&self) -> BoxFuture<'_, Result<[u8; 32], NotDelivered>>;

	/// Whether the wrap of `request` is permitted to leave now.
	fn permits<'a>(
		&'a self,
		request: &'a WrapRequest,
	) -> BoxFuture<'a, Result<Release, NotDelivered>>;
}
