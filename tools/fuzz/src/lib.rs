//! # A structure-aware fuzzer of the runtime
//!
//! An input is a string of bytes that decides everything: which calls with which arguments,
//! who signs them, how much time passes between blocks, what is mutated. Calls are built from
//! the runtime's own type information, so that a new call is fuzzed from the day it exists;
//! identifiers, accounts and times come from small pools, so that calls meet each other.
//!
//! Transactions are really signed and go through the whole pipeline (`Executive`), as the
//! pool and a block author would have it. After each block the `try_state` of each pallet of ours runs,
//! and what must hold of the whole: see [`invariants`].
//!
//! What an input reaches is told by its *outcomes*: each call with what came of it, dispatched
//! or refused and by which error, and each event; and by the [`coverage`] of the code, when
//! that is counted. [`search`] keeps the inputs that reach something new and changes them
//! further.
//!
//! - [`people`]: keys and identifiers.
//! - [`prelude`]: what happened before an input begins.
//! - [`generate`]: values from type information.
//! - [`repair`]: what no chance would put in order.
//! - [`chain`]: the genesis, blocks, transactions.
//! - [`invariants`]: what must hold after each block.
//! - [`search`]: replaying a corpus and looking for new inputs.
//! - [`names`], [`reach`]: what a corpus reaches, and what it never does.

pub mod chain;
pub mod coverage;
pub mod generate;
pub mod invariants;
pub mod names;
pub mod people;
pub mod prelude;
pub mod reach;
pub mod repair;
pub mod search;

pub use chain::{course, run, Outcomes};
