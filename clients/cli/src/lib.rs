//! # `assent`: everything from a terminal
//!
//! `assent [--node URL] [--key SEED_OR_FILE] [--wait in-block|final] [--json] <noun> <verb>`
//!
//! - **Data** goes to standard output, everything else to standard error. With `--json` every
//!   command prints one line, an object with sorted keys; of failures too. Its shape is in
//!   [`printer`].
//! - **Exit codes**: 0 done; 1 refused (a denied access, a failed call, a broken trail); 2 the
//!   command was given wrongly, or something around it is missing.
//! - **Secrets** come from files or a prompt, never from an argument; development seeds
//!   (`//Alice`) excepted, which everybody knows.
//! - **Waiting** is named: in a block (it may still be reverted), or final.
//! - **Types** are the runtime's own. A chain with another runtime is refused before anything
//!   is read or signed ([`chain`]).
//!
//! Nothing of a record's content, of keys or of tokens is printed or logged.

#![forbid(unsafe_code)]

mod chain;
mod cli;
mod commands;
mod context;
mod failure;
mod files;
mod keys;
mod parse;
pub mod printer;
mod progress;
mod show;
mod vault;
mod words;

use clap::{error::ErrorKind, Parser};
use failure::Failure;
use std::process::ExitCode;

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
	let cli = match cli::Cli::try_parse() {
		Ok(cli) => cli,
		Err(error) => return refuse_arguments(&error),
	};
	let runtime = match tokio::runtime::Builder::new_multi_thread()
		.enable_all()
		.build()
	{
		Ok(runtime) => runtime,
		Err(error) => {
			let failure = Failure::environment("Runtime", error.to_string());
			return printer::print(cli.command.name(), cli.options.json, &Err(failure));
		}
	};
	let (name, json) = (cli.command.name(), cli.options.json);
	let outcome = runtime.block_on(commands::run(cli));
	// A request that nobody waits for any more does not keep the process.
	runtime.shutdown_background();
	printer::print(name, json, &outcome)
}

/// Help and version are data; anything else that clap says is a failure.
fn refuse_arguments(error: &clap::Error) -> ExitCode {
	let asked = matches!(
		error.kind(),
		ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
	);
	let json = std::env::args_os().any(|argument| argument == "--json");
	if asked || !json {
		let _ = error.print();
		return ExitCode::from(if asked { 0 } else { 2 });
	}
	let text = error.render().to_string();
	let text = text.strip_prefix("error: ").unwrap_or(&text).trim();
	printer::print("", true, &Err(Failure::usage(text)))
}
