//! The runtime with its benchmarks, for wasm. What runs natively is the bencher, `main.rs`.

#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "wasm")]
pub use assent_runtime::*;
