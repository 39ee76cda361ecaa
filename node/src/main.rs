//! A node of an Assent consortium: makes and finalises blocks, keeps the trail, and checks
//! the documents of other members.

mod chain_spec;
mod cli;
mod command;
mod rpc;
mod service;

fn main() -> sc_cli::Result<()> {
	command::run()
}
