//! The chains that this repository can start, and the members' accounts.

pub mod members;
pub mod presets;
