//! Tests, a file per call or concern.

mod attest;
mod correct;
mod dispute;
mod endpoint;
mod erase;
mod integrity;
mod properties;
mod quorum;
mod reads;
mod register;
mod relabel;
mod rotate;
mod set_encryption_key;
mod set_recheck_period;
mod try_state;
mod types;
mod worker;
