//! # What two programs say to each other
//!
//! A node, a vault, a command line, a browser and the pallets agree on texts, paths, sizes
//! and answers. Each of these agreements is written here once. The crate is pure and
//! `no_std`. It knows ids as 16 or 32 bytes and numbers only, so that a program without the
//! SDK links it.
//!
//! | Module | Agreement | Between |
//! |---|---|---|
//! | [`delivery`] | the signed request for a wrap, the node's answer with its [`delivery::Reason`] | reader, vault, node |
//! | [`documents`] | the vault's paths, the size of a wrap, the organisation's token | custodian, vault, worker |
//! | [`endpoint`] | the grammar of URLs and hosts | council, worker, operator, vault, command line |
//! | [`messages`] | the texts that a person signs outside of transactions, and the wrapping of signed bytes | wallet, organisation, pallets |
//! | [`rpc`] | the node's methods, their parameters and answers, the size of a page | clients, node |
//!
//! ## One scenario
//!
//! ```
//! use assent_protocol::{delivery::Request, documents, endpoint::Url};
//!
//! // The council approved this endpoint. The worker finds a document under it.
//! let vault = Url::parse("https://vault.example:8443/assent").unwrap();
//! assert_eq!(vault.host_port().to_string(), "vault.example:8443");
//! assert!(vault.document(&[0xab; 32]).starts_with("https://vault.example:8443/assent/v1/documents/abab"));
//!
//! // A reader signs this text and asks at this path.
//! let request = Request { genesis: [1; 32], record: [2; 16], version: 3, entry: [4; 32], issued: 5 };
//! assert!(request.message().starts_with("Assent delivery\nchain 0x0101"));
//! assert!(documents::wrap_path(&[2; 16], 3, &[6; 32]).starts_with("/v1/wraps/0202"));
//! ```
//!
//! ## Vectors
//!
//! `vectors/*.json` hold texts, paths, reasons and URLs. `examples/vectors.rs` writes the
//! vectors, `tests/vectors.rs` compares the vectors with this crate, and programs in other
//! languages compare the same files with their own code.
//!
//! ## Assumptions
//!
//! Every id has one spelling: lower-case hexadecimal digits of full length. A text that a
//! person signs has `0x` before the digits. A path has none.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod delivery;
pub mod documents;
pub mod endpoint;
mod hex;
pub mod messages;
pub mod rpc;

pub use hex::Hex;
pub use rpc::MAX_PAGE;
