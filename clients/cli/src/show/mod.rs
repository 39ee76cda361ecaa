//! Views of what the chain holds, which several verbs share: serde gives JSON, a function gives
//! a line or some for people.

mod acceptance;
mod act;
mod block;
mod consent;
mod decision;
mod directive;
mod document;
mod emergency;
mod organisation;
mod practitioner;
mod private;
mod record;
mod terms;
mod wards;

pub use acceptance::{version_text, Answered, Invited};
use act::end_reason;
pub use act::{act, act_text};
pub use block::Block;
pub use consent::{Asked, ToSign};
use decision::decision_text;
pub use decision::Decided;
pub use directive::{made, Directive};
pub use document::{Facts, InVault};
pub use emergency::{Emergency, EmergencyTable};
pub use organisation::{Organisation, Policy};
pub use practitioner::Practitioner;
pub use private::Private;
pub use record::Record;
pub use terms::Terms;
pub use wards::ActsFor;

use crate::parse::{ids::address, time};
use assent_client::documents::Reader;
use assent_policy::Moment;
use sp_runtime::AccountId32;

/// A moment, or none.
pub fn moment(at: Option<Moment>) -> Option<String> {
	at.map(time::write)
}

/// An account, or none.
pub fn account(who: Option<&AccountId32>) -> Option<String> {
	who.map(address)
}

/// A value for people; empty if there is none.
pub fn or_empty(value: &Option<impl ToString>) -> String {
	value.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// The addresses of readers.
pub fn addresses(readers: &[Reader]) -> Vec<String> {
	readers.iter().map(|reader| address(&reader.account)).collect()
}
