//! The error of the pool.
//!
//! The SDK gives an error of the pool to two readers. Both ask for the SDK's error within
//! (`into_pool_error`).
//!
//! - The network takes an SDK's error for the fault of the peer, and every other error for a fault of
//!   this node. A peer must pay for an invalid transaction. A peer must not pay for the bound: an
//!   honest peer may have counted other transactions.
//! - The RPC methods show an SDK's error with the SDK's texts. Every other error shows its own words.
//!
//! For this reason the error has two forms. The form without words hides the cause. The form with
//! words shows the cause.

use pallet_allowance::invalid::Cause;
use sc_transaction_pool_api::error::{Error as PoolError, IntoPoolError};
use std::fmt::{self, Debug, Display, Formatter};

/// A refusal by the pool. With `WORDS`, a refusal with a cause is an error of its own.
pub enum Refusal<E, const WORDS: bool> {
	/// This node's bound refuses.
	Bound(Cause),
	/// The SDK's pool refuses. The cause is known if there are words for the cause.
	Pool(PoolError, Option<Cause>),
	/// The node failed. Neither the transaction nor a peer is to blame.
	Fault(E),
}

impl<E, const WORDS: bool> Refusal<E, WORDS> {
	/// The cause, if there are words for the cause.
	pub fn cause(&self) -> Option<Cause> {
		match self {
			Self::Bound(cause) => Some(*cause),
			Self::Pool(_, cause) => *cause,
			Self::Fault(_) => None,
		}
	}
}

impl<E: Display, const WORDS: bool> Display for Refusal<E, WORDS> {
	fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
		match (self.cause(), self) {
			(Some(cause), _) => f.write_str(cause.words()),
			(None, Self::Pool(error, _)) => Display::fmt(error, f),
			(None, Self::Fault(error)) => Display::fmt(error, f),
			(None, Self::Bound(_)) => Ok(()),
		}
	}
}

/// The methods of the SDK send this form as the data of the error. Programs read the data.
impl<E: Debug, const WORDS: bool> Debug for Refusal<E, WORDS> {
	fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
		match (self.cause(), self) {
			(Some(cause), _) => f.write_str(cause.name()),
			(None, Self::Pool(error, _)) => Debug::fmt(error, f),
			(None, Self::Fault(error)) => Debug::fmt(error, f),
			(None, Self::Bound(_)) => Ok(()),
		}
	}
}

impl<E: std::error::Error, const WORDS: bool> std::error::Error for Refusal<E, WORDS> {}

impl<E, const WORDS: bool> From<PoolError> for Refusal<E, WORDS> {
	fn from(error: PoolError) -> Self {
		Self::Pool(error, None)
	}
}

impl<E: IntoPoolError, const WORDS: bool> IntoPoolError for Refusal<E, WORDS> {
	fn into_pool_error(self) -> Result<PoolError, Self> {
		match self {
			Self::Pool(error, cause) if !WORDS || cause.is_none() => Ok(error),
			refusal => Err(refusal),
		}
	}
}
