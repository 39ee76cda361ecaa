//! A node of an Assent consortium. The node makes and finalises blocks, keeps the trail, and
//! checks the documents of other members.

#![allow(clippy::result_large_err, reason = "the errors are the SDK's")]

mod chain_spec;
mod cli;
mod command;
mod metrics;
mod preflight;
mod rpc;
mod service;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("assent-node: {}", command::explain(&error));
			ExitCode::FAILURE
		}
	}
}
