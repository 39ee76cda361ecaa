//! Reads of the chain, each a typed function. The names of the runtime's APIs and the storage keys
//! stand in this folder only.
//!
//! Every function reads the state after the block `at`. Every list is read to the end, in pages
//! of [`assent_runtime_api::MAX_PAGE`] rows. Every function fails with `Node`, when the node does
//! not answer, and with `NodeAnswer`, when the answer cannot be used; further failures are named
//! with the function.

pub mod acceptances;
pub mod consent;
pub mod consortium;
pub mod emergencies;
pub mod patients;
pub mod records;
pub mod system;
pub mod trail;

use assent_runtime_api::MAX_PAGE;
