//! The runtime with benchmarks, for wasm. The native program is the bencher, `main.rs`.

#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "wasm")]
pub use assent_runtime::*;
