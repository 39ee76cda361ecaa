//! Tests, a file per concern.

mod batch;
mod charge;
mod identity;
mod integrity;
mod nonce;
mod pass_through;
mod priority;
mod properties;
mod refuse;
mod try_state;
mod withdraw;
mod words;
