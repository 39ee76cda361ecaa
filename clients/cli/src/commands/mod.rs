//! A folder for each noun, a file in it for each verb.

pub mod access;
pub mod chain;
pub mod condition;
pub mod delegate;
pub mod directive;
pub mod emergency;
pub mod guardian;
pub mod key;
pub mod organisation;
pub mod patient;
pub mod policy;
pub mod practitioner;
pub mod record;
pub mod recovery;
pub mod request;
pub mod trail;

mod prelude;
