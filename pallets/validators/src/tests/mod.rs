//! Tests, a file per call or concern.

mod add;
mod genesis;
mod integrity;
mod members;
mod offence;
mod properties;
mod reinstate;
mod remove;
mod session;
mod try_state;
