//! A module for each noun; for those with long verbs, a file for each of these.

pub mod access;
pub mod chain;
pub mod condition;
pub mod delegate;
pub mod directive;
pub mod emergency;
pub mod grant;
pub mod guardian;
pub mod key;
pub mod organisation;
pub mod patient;
pub mod policy;
pub mod practitioner;
pub mod record;
pub mod recovery;
pub mod request;
pub mod trail;
pub mod withdraw;

use crate::{
	chain::Included,
	cli::{Cli, Command},
	failure::{Failure, Outcome},
	parse::ids::hex,
	printer::{fields, Report},
};
use serde_json::Value;

/// Carries out a command.
pub async fn run(cli: Cli) -> Outcome<Report> {
	let Cli { options, command } = cli;
	match command {
		Command::Key(verb) => verb.run(&options).await,
		Command::Organisation(verb) => verb.run(&options).await,
		Command::Practitioner(verb) => verb.run(&options).await,
		Command::Patient(verb) => verb.run(&options).await,
		Command::Guardian(verb) => verb.run(&options).await,
		Command::Delegate(verb) => verb.run(&options).await,
		Command::Recovery(verb) => verb.run(&options).await,
		Command::Condition(verb) => verb.run(&options).await,
		Command::Policy(verb) => verb.run(&options).await,
		Command::Record(verb) => verb.run(&options).await,
		Command::Grant(grant) => grant.run(&options).await,
		Command::Directive(verb) => verb.run(&options).await,
		Command::Withdraw(withdraw) => withdraw.run(&options).await,
		Command::Request(verb) => verb.run(&options).await,
		Command::Access(verb) => verb.run(&options).await,
		Command::Emergency(verb) => verb.run(&options).await,
		Command::Trail(verb) => verb.run(&options).await,
		Command::Chain(verb) => verb.run(&options).await,
	}
}

/// The report of a call that was carried out: what it did, and where that stands.
fn done(included: &Included, data: Value, rows: &[(&str, String)]) -> Report {
	let mut data = data;
	if let Value::Object(fields) = &mut data {
		fields.insert("block".into(), included.block.json());
		fields.insert("transaction".into(), hex(included.transaction).into());
	}
	let block = [("block", included.block.text())];
	Report::new(data, fields(&[rows, &block[..]].concat()))
}

/// What was asked for is not on the chain.
fn not_found(what: impl std::fmt::Display) -> Failure {
	Failure::refused("NotFound", format!("the chain knows no {what}"))
}
