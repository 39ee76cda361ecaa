//! # `assent`: everything from a terminal
//!
//! `assent [--node URL] [--key SEED_OR_FILE] [--wait in-block|final] [--json] <noun> <verb>`
//!
//! - **Data** goes to standard output, everything else to standard error. With `--json` every
//!   command prints one line, an object with sorted keys; of failures too. Its shape is in
//!   [`printer`].
//! - **Exit codes**: 0 done; 1 refused (a denied access, a failed call, a broken trail); 2 the
//!   command was given wrongly, or something around it is missing.
//! - **Secrets** come from files or a prompt, never from an argument. Development seeds
//!   (`//Alice`), which everybody knows, are the exception.
//! - **Waiting** is named: in a block (it may still be reverted), or final.
//! - **Types** are the runtime's own. A chain with another runtime is refused before anything
//!   is read or signed ([`assent_client::connect`]).
//!
//! Nothing of a record's content, of keys or of tokens is printed or logged.
//!
//! This crate is verbs and words; [`assent_client`] speaks to the chain and the vault. Arrows
//! run one way: `commands/<noun>/<verb>` use `arguments`, `parse`, `show`, `answer` and
//! `options`, which use the library. `commands/prelude.rs` has the names that every verb knows. A
//! verb uses no other verb.

#![forbid(unsafe_code)]

#[macro_use]
mod answer;

mod arguments;
mod cli;
mod commands;
mod hints;
mod options;
mod parse;
mod passphrase;
pub mod printer;
mod progress;
mod show;
mod words;

use answer::Verb;
use assent_client::{Failure, Outcome};
use clap::{error::ErrorKind, ArgMatches, CommandFactory, FromArgMatches};
use cli::Cli;
use printer::Report;
use std::process::ExitCode;

/// Runs the command of the process.
pub fn main() -> ExitCode {
	let mut command = Cli::command();
	let read = command.try_get_matches_from_mut(std::env::args_os()).and_then(|matches| {
		let cli = Cli::from_arg_matches(&matches)?;
		Ok((name_of(&matches), cli))
	});
	let (name, cli) = match read {
		Ok(read) => read,
		Err(error) => return refuse_arguments(&error.format(&mut command)),
	};
	let json = cli.options.json;
	printer::print(&name, json, &run(cli).map_err(hints::add))
}

fn run(Cli { options, command }: Cli) -> Outcome<Report> {
	let runtime = tokio::runtime::Builder::new_multi_thread()
		.enable_all()
		.build()
		.map_err(|error| Failure::environment("Runtime", error.to_string()))?;
	let outcome = runtime.block_on(command.run(&options)).map(Into::into);
	// A request that nobody waits for any more does not keep the process.
	runtime.shutdown_background();
	outcome
}

/// Noun and verb, as they were typed.
fn name_of(matches: &ArgMatches) -> String {
	let mut words = Vec::new();
	let mut next = matches.subcommand();
	while let Some((word, inner)) = next {
		words.push(word);
		next = inner.subcommand();
	}
	words.join(" ")
}

/// Help and version are data; anything else that clap says is a failure.
fn refuse_arguments(error: &clap::Error) -> ExitCode {
	let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
	let json = std::env::args_os().any(|argument| argument == "--json");
	if asked || !json {
		let _ = error.print();
		return ExitCode::from(if asked { 0 } else { 2 });
	}
	let text = error.render().to_string();
	let text = text.strip_prefix("error: ").unwrap_or(&text).trim();
	printer::print("", true, &Err(Failure::usage(text)))
}
