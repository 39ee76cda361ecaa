//! Tests, a file per concern.

mod integrity;
mod properties;
mod try_state;
mod walk;
mod write;
