//! Tests, one file per act.

mod admit;
mod agents;
mod consent;
mod control;
mod credential;
mod enact;
mod endpoint;
mod genesis;
mod history;
mod integrity;
mod members;
mod policy;
mod properties;
mod remove;
mod resign;
mod reviewers;
mod revoke;
mod suspend;
mod text;
mod try_state;
mod views;
