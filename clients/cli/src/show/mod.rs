//! What the chain holds, for scripts (JSON) and for people (a line or some).

mod act;
mod decision;
mod record;

pub use act::{act, act_text};
use decision::decision_text;
pub use decision::{basis, basis_text};
pub use record::{record, record_text};

use crate::parse::{ids::address, time};
use assent_policy::Moment;
use serde_json::Value;
use sp_runtime::AccountId32;

/// A moment, or null.
pub fn moment(at: Option<Moment>) -> Value {
	at.map(time::write).into()
}

/// A moment for people; nothing if there is none.
pub fn moment_text(at: Option<Moment>) -> String {
	at.map(time::write).unwrap_or_default()
}

/// An account, or null.
pub fn account(who: Option<&AccountId32>) -> Value {
	who.map(address).into()
}
