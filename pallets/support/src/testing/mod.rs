//! What the pallets' tests and benchmarks share.

pub mod fullest;
#[cfg(feature = "std")]
mod weights;
#[cfg(feature = "std")]
pub mod world;
