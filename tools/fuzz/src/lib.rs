//! A structure-aware fuzzer of the runtime.
//!
//! An input is a string of bytes. The bytes decide everything: the calls and arguments, the
//! signers, the time between blocks, and the mutations. The fuzzer builds calls from the
//! runtime's own type information, so the fuzzer covers a new call from the first day.
//! Identifiers, accounts and times come from small pools, so calls meet each other.
//!
//! Transactions are really signed and pass the whole pipeline (`Executive`), as for the pool
//! and a block author. After each block the fuzzer runs the `try_state` of each of our
//! pallets, and checks the invariants of the whole: see [`invariants`].
//!
//! The *outcomes* tell what an input reaches. An outcome is a call with the result, or an
//! event. The result is carried out, or the error of the refusal. The [`coverage`] of the code
//! also tells what an input reaches, if the coverage is counted. [`search`] keeps the inputs
//! that reach something new, and changes these inputs further.
//!
//! - [`people`]: keys and identifiers.
//! - [`prelude`]: the events before an input begins.
//! - [`generate`]: values from type information.
//! - [`repair`]: corrections that chance would not make.
//! - [`chain`]: the genesis, blocks, transactions.
//! - [`invariants`]: the checks after each block.
//! - [`search`]: the replay of a corpus, and the search for new inputs.
//! - [`names`], [`reach`]: the calls, errors and events that a corpus reaches or never
//!   reaches.

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
