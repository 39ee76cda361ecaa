//! The vault from the side of the clients. Every test runs a real server on loopback and talks
//! HTTP to the server. For releases the vault asks a real JSON-RPC server that plays the node. The
//! real node answers in the end-to-end tests.

mod common;
mod documents;
mod limits;
mod process;
mod releases;
mod wraps;
