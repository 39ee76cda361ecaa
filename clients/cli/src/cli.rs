//! The command line: nouns here, verbs with their commands.

use crate::{
	commands::{
		access, chain, condition, delegate, directive, emergency, grant, guardian, key,
		organisation, patient, policy, practitioner, record, recovery, request, trail, withdraw,
	},
	context::Options,
};
use clap::{Parser, Subcommand};

/// Assent: patient consent and audit, from a terminal
#[derive(Debug, Parser)]
#[command(name = "assent", version, about)]
#[command(after_help = "Exit codes: 0 done, 1 refused, 2 wrong usage or something missing.")]
pub struct Cli {
	/// What every command takes.
	#[command(flatten)]
	pub options: Options,
	/// What to do.
	#[command(subcommand)]
	pub command: Command,
}

/// The nouns.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Signing keys and readers' keys
	#[command(subcommand)]
	Key(key::Key),
	/// Members of the consortium
	#[command(subcommand)]
	Organisation(organisation::Organisation),
	/// People for whom an organisation vouches
	#[command(subcommand)]
	Practitioner(practitioner::Practitioner),
	/// Patient ids
	#[command(subcommand)]
	Patient(patient::Patient),
	/// Guardians: who acts for a patient by right
	#[command(subcommand)]
	Guardian(guardian::Guardian),
	/// Delegates: who acts for a patient by mandate
	#[command(subcommand)]
	Delegate(delegate::Delegate),
	/// Recovery of a patient id whose key was lost or stolen
	#[command(subcommand)]
	Recovery(recovery::Recovery),
	/// Whether a patient is able to decide, unable, or dead
	#[command(subcommand)]
	Condition(condition::Condition),
	/// Base policies: versions, acceptances, campaigns
	#[command(subcommand)]
	Policy(policy::Policy),
	/// Records and their documents
	#[command(subcommand)]
	Record(record::Record),
	/// Share: let somebody open a patient's documents
	Grant(grant::Grant),
	/// Full directives: rules with exceptions
	#[command(subcommand)]
	Directive(directive::Directive),
	/// Withdraw a directive or grant
	Withdraw(withdraw::Withdraw),
	/// Requests for access
	#[command(subcommand)]
	Request(request::Request),
	/// Attempts to access a record
	#[command(subcommand)]
	Access(access::Access),
	/// Emergencies (break-glass)
	#[command(subcommand)]
	Emergency(emergency::Emergency),
	/// The trail: who did what, proven
	#[command(subcommand)]
	Trail(trail::Trail),
	/// The chain itself
	#[command(subcommand)]
	Chain(chain::Chain),
}

impl Command {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Key(verb) => verb.name(),
			Self::Organisation(verb) => verb.name(),
			Self::Practitioner(verb) => verb.name(),
			Self::Patient(verb) => verb.name(),
			Self::Guardian(verb) => verb.name(),
			Self::Delegate(verb) => verb.name(),
			Self::Recovery(verb) => verb.name(),
			Self::Condition(verb) => verb.name(),
			Self::Policy(verb) => verb.name(),
			Self::Record(verb) => verb.name(),
			Self::Grant(_) => "grant",
			Self::Directive(verb) => verb.name(),
			Self::Withdraw(_) => "withdraw",
			Self::Request(verb) => verb.name(),
			Self::Access(verb) => verb.name(),
			Self::Emergency(verb) => verb.name(),
			Self::Trail(verb) => verb.name(),
			Self::Chain(verb) => verb.name(),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	const ID: &str = "11112222333344445555666677778888";

	#[test]
	fn command_line_should_be_well_formed() {
		Cli::command().debug_assert();
	}

	#[test]
	fn names_should_be_what_is_typed() {
		for words in [
			&["key", "new", "--out", "f"][..],
			&["organisation", "list"],
			&["organisation", "agent", "add", "//Alice"],
			&["organisation", "policy", "set", "f"],
			&["patient", "leave"],
			&["patient", "mark-private", ID, "--nothing"],
			&["guardian", "propose", ID, "//Alice", "--until", "+365d"],
			&["guardian", "confirm", ID, "//Alice"],
			&["guardian", "end", ID, "//Alice"],
			&["guardian", "wards", "//Alice"],
			&[
				"delegate", "name", ID, "//Alice", "--may", "share", "--until", "+30d",
			],
			&["delegate", "end", ID, "//Alice"],
			&["delegate", "principals", "//Alice"],
			&["recovery", "consent", ID],
			&["recovery", "propose", ID, "--new-key", "//Alice"],
			&["recovery", "support", ID, "//Alice"],
			&["recovery", "veto", ID],
			&["recovery", "finish", ID],
			&["condition", "report", ID, "incapable"],
			&["condition", "confirm", ID, "deceased"],
			&[
				"policy",
				"accept",
				"0x00000000000000000000000000000001",
				"2",
			],
			&["policy", "campaign", "end"],
			&["access", "ask", ID, ID, "--purpose", "treatment"],
			&["withdraw", ID, "3"],
			&["chain", "status"],
		] {
			let cli = Cli::try_parse_from([&["assent"], words].concat()).unwrap();
			let name: Vec<_> = cli.command.name().split(' ').collect();
			assert_eq!(name, words[..name.len()]);
		}
	}

	#[test]
	fn common_options_should_stand_before_or_after_the_command() {
		for words in [
			["assent", "--json", "--key", "//Alice", "chain", "status"],
			["assent", "chain", "status", "--json", "--key", "//Alice"],
		] {
			let options = Cli::try_parse_from(words).unwrap().options;
			assert!(options.json);
			assert_eq!(options.key.as_deref(), Some("//Alice"));
			assert_eq!(options.node, "ws://127.0.0.1:9944");
		}
	}
}
