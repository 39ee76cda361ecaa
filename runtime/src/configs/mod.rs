//! How the pallets are configured, by concern.

pub mod assent;
pub mod consensus;
pub mod governance;
pub mod system;
