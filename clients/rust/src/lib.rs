//! # Assent for Rust programs: the chain and the vault
//!
//! ```text
//! let chain = Chain::connect("wss://node.example:9944").await?;
//! let signer = Signer::load("key.json", &NoPassphrase)?;
//! let call = RuntimeCall::Consent(pallet_consent::Call::withdraw { patient, directive });
//! let included = chain.submit_first(&signer, call, Wait::Final, &Silent).await?;
//! ```
//!
//! | module | task |
//! |---|---|
//! | [`connect`] | a connection to a node, and the check of the chain's runtime |
//! | [`reads`] | each read of the chain as a typed method of a state; the names of the runtime's APIs stand there only |
//! | [`submit`] | sign a call, wait for a block or for finality, read the events |
//! | [`prove`] | read a value with a proof against a final header |
//! | [`follow`] | new blocks, and the events of blocks |
//! | [`trail`] | walk a sequence of the trail back from a proven head |
//! | [`vault`] | the HTTP interface of a custodian's vault |
//! | [`documents`] | seal, place, wrap, fetch and open documents |
//! | [`secrets`] | the custodian's files of document secrets |
//! | [`keys`] | key files of signers and readers |
//! | [`files`] | secret files, and results that appear whole or not at all |
//! | [`ids`] | ids, hashes and accounts as text |
//!
//! Types are the runtime's own: a program is built for one runtime, and [`connect`] refuses a
//! chain with another. Every function that can fail gives a [`Failure`] with a stable code.
//! The library neither prints nor asks a person: long work tells a [`Progress`], and
//! passphrases come from [`keys::Passphrases`].

#![forbid(unsafe_code)]

pub mod connect;
pub mod documents;
pub mod failure;
pub mod files;
pub mod follow;
pub mod ids;
pub mod keys;
pub mod progress;
pub mod prove;
pub mod reads;
pub mod secrets;
pub mod submit;
pub mod trail;
pub mod vault;

pub use connect::Chain;
pub use failure::{Failure, Kind, Outcome};
pub use keys::Signer;
pub use progress::{Progress, Silent};
pub use reads::State;
pub use submit::{Block, Included, Wait};
pub use vault::Vault;
