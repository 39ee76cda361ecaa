//! A node of an Assent consortium: makes and finalises blocks, keeps the trail, and checks
//! the documents of other members.

#![allow(clippy::result_large_err, reason = "the errors are the SDK's")]

mod chain_spec;
mod cli;
mod command;
mod disk;
mod metrics;
mod ports;
mod preflight;
mod rpc;
mod service;
mod worker_metrics;

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
