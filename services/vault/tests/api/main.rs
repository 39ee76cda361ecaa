//! The vault as its clients see it: every test runs a real server on loopback and talks HTTP
//! to it. Releases ask a real JSON-RPC server that plays the node; the real node answers in
//! the end-to-end tests.

mod common;
mod documents;
mod limits;
mod process;
mod releases;
mod wraps;
