//! The command line: nouns here, verbs with their commands.

use crate::{
	commands::{
		access::Access, chain::Chain, condition::Condition, delegate::Delegate, directive,
		emergency::Emergency, guardian::Guardian, key::Key, organisation::Organisation,
		patient::Patient, policy::Policy, practitioner::Practitioner, record::Record,
		recovery::Recovery, request::Request, trail::Trail,
	},
	options::Options,
};
use clap::Parser;

/// Assent: patient consent and audit, from a terminal
#[derive(Debug, Parser)]
#[command(name = "assent", version, about)]
#[command(after_help = "Exit codes: 0 done, 1 refused, 2 wrong usage or something missing.")]
pub struct Cli {
	/// The common options.
	#[command(flatten)]
	pub options: Options,
	/// The command.
	#[command(subcommand)]
	pub command: Command,
}

verbs! {
	/// The nouns, and the short forms of two verbs.
	Command {
		/// Signing keys and readers' keys
		#[command(subcommand)]
		Key(Key),
		/// Members of the consortium
		#[command(subcommand)]
		Organisation(Organisation),
		/// People with a credential of an organisation
		#[command(subcommand)]
		Practitioner(Practitioner),
		/// Patient ids
		#[command(subcommand)]
		Patient(Patient),
		/// Guardians: accounts that act for a patient by right
		#[command(subcommand)]
		Guardian(Guardian),
		/// Delegates: accounts that act for a patient by mandate
		#[command(subcommand)]
		Delegate(Delegate),
		/// Recovery of a patient id after the key was lost or stolen
		#[command(subcommand)]
		Recovery(Recovery),
		/// Whether a patient is able to decide, unable, or dead
		#[command(subcommand)]
		Condition(Condition),
		/// Base policies: versions, acceptances, campaigns
		#[command(subcommand)]
		Policy(Policy),
		/// Records and documents
		#[command(subcommand)]
		Record(Record),
		/// Share: let somebody open a patient's documents; short for directive grant
		Grant(directive::Grant),
		/// Directives: a patient's permissions and denials, grants among them
		#[command(subcommand)]
		Directive(directive::Directive),
		/// Withdraw a directive or grant; short for directive withdraw
		Withdraw(directive::Withdraw),
		/// Requests for access
		#[command(subcommand)]
		Request(Request),
		/// Attempts to access a record
		#[command(subcommand)]
		Access(Access),
		/// Emergencies (break-glass)
		#[command(subcommand)]
		Emergency(Emergency),
		/// The trail: every act and every actor, proven
		#[command(subcommand)]
		Trail(Trail),
		/// The chain itself
		#[command(subcommand)]
		Chain(Chain),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::{CommandFactory, FromArgMatches};

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
			&["organisation", "agent", "add", "--agent-key", "//Alice"],
			&["organisation", "policy", "set", "f"],
			&["patient", "leave"],
			&["patient", "mark-private", ID, "--nothing"],
			&["guardian", "propose", ID, "//Alice", "--until", "+365d"],
			&["guardian", "confirm", ID, "//Alice"],
			&["guardian", "end", ID, "//Alice"],
			&["guardian", "wards", "//Alice"],
			&["delegate", "name", ID, "//Alice", "--may", "share", "--until", "+30d"],
			&["delegate", "end", ID, "//Alice"],
			&["delegate", "principals", "//Alice"],
			&["recovery", "consent", ID],
			&["recovery", "propose", ID, "--new-key", "//Alice"],
			&["recovery", "support", ID, "//Alice"],
			&["recovery", "veto", ID],
			&["recovery", "finish", ID],
			&["condition", "report", ID, "incapable"],
			&["condition", "confirm", ID, "deceased"],
			&["policy", "accept", "0x00000000000000000000000000000001", "2"],
			&["policy", "campaign", "end"],
			&["access", "ask", ID, ID, "--purpose", "treatment"],
			&["withdraw", ID, "3"],
			&["directive", "withdraw", ID, "3"],
			&["directive", "grant", ID, "--to", "organisation:1", "--purpose", "treatment"],
			&["chain", "status"],
		] {
			let line = [&["assent"], words].concat();
			let matches = Cli::command().try_get_matches_from(line).unwrap();
			let name = crate::name_of(&matches);
			let name: Vec<_> = name.split(' ').collect();
			assert_eq!(name, words[..name.len()]);
			assert!(Cli::from_arg_matches(&matches).is_ok());
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

	#[test]
	fn every_command_should_say_what_it_does() {
		fn check(command: &clap::Command) {
			for inner in command.get_subcommands() {
				assert!(inner.get_about().is_some(), "{}", inner.get_name());
				check(inner);
			}
		}
		check(&Cli::command());
	}

	#[test]
	fn name_should_be_the_whole_path_to_the_verb() {
		for (words, name) in [
			(&["assent", "policy", "campaign", "end"][..], "policy campaign end"),
			(&["assent", "--json", "chain", "status"], "chain status"),
			(&["assent", "key", "show", "--reader", "f"], "key show"),
		] {
			let matches = Cli::command().try_get_matches_from(words).unwrap();
			assert_eq!(crate::name_of(&matches), name);
		}
	}

	#[test]
	fn short_verbs_should_take_what_the_directives_verbs_take() {
		let command = Cli::command();
		let directive = command.find_subcommand("directive").unwrap();
		for verb in ["grant", "withdraw"] {
			let ids = |command: &clap::Command| -> Vec<_> {
				command
					.find_subcommand(verb)
					.unwrap()
					.get_arguments()
					.map(|argument| argument.get_id().to_string())
					.collect()
			};
			assert_eq!(ids(&command), ids(directive), "{verb}");
		}
	}
}
