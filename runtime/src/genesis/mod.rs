//! The chains that this repository can start, and the accounts of their members.

pub mod members;
pub mod presets;
