//! Carries out the command line.

use crate::{
	chain_spec,
	cli::{Cli, Subcommand},
	preflight, service,
};
use assent_runtime::opaque::Block;
use sc_cli::{CliConfiguration, SubstrateCli};
use sc_service::{Configuration, TaskManager};
use std::future::Future;

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Assent Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		"The Assent consortium".into()
	}

	fn support_url() -> String {
		"README.md".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		let spec = match id {
			"dev" => chain_spec::development()?,
			"" | "local" => chain_spec::local()?,
			"demo" => chain_spec::demo()?,
			"template" => chain_spec::template()?,
			path => chain_spec::ChainSpec::from_json_file(path.into()).map_err(|error| {
				format!(
					"{path} is no chain specification: {error}. Name a file made by \
					scripts/make-spec, or one of: dev, local, demo, template"
				)
			})?,
		};
		Ok(Box::new(spec))
	}
}

/// Reads the command line and does the task.
pub fn run() -> sc_cli::Result<()> {
	let cli = Cli::from_args();

	match &cli.subcommand {
		None => {
			let (documents, disk) = (cli.documents.clone(), cli.disk.clone());
			let runner = cli.create_runner(&cli.run)?;
			runner.run_node_until_exit(|mut config| async move {
				// The entries of the trail live off chain, each under the hash of the entry. A
				// node without the entries can't show the trail.
				config.offchain_worker.indexing_enabled = true;
				preflight::check(&mut config, &disk)?;
				service::start(config, documents, disk).map_err(sc_cli::Error::Service)
			})
		}
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		#[allow(deprecated)]
		Some(Subcommand::BuildSpec(cmd)) => {
			let runner = cli.create_runner(cmd)?;
			runner.sync_run(|config| cmd.run(config.chain_spec, config.network))
		}
		Some(Subcommand::ExportChainSpec(cmd)) => {
			let chain_spec = cli.load_spec(&cmd.chain)?;
			cmd.run(chain_spec)
		}
		Some(Subcommand::CheckBlock(cmd)) => on_parts(&cli, cmd, |parts, _| {
			let work = cmd.run(parts.client, parts.import_queue);
			(work, parts.task_manager)
		}),
		Some(Subcommand::ExportBlocks(cmd)) => on_parts(&cli, cmd, |parts, config| {
			(cmd.run(parts.client, config.database), parts.task_manager)
		}),
		Some(Subcommand::ExportState(cmd)) => on_parts(&cli, cmd, |parts, config| {
			(cmd.run(parts.client, config.chain_spec), parts.task_manager)
		}),
		Some(Subcommand::ImportBlocks(cmd)) => on_parts(&cli, cmd, |parts, _| {
			let work = cmd.run(parts.client, parts.import_queue);
			(work, parts.task_manager)
		}),
		Some(Subcommand::PurgeChain(cmd)) => {
			let runner = cli.create_runner(cmd)?;
			runner.sync_run(|config| cmd.run(config.database))
		}
		Some(Subcommand::Revert(cmd)) => on_parts(&cli, cmd, |parts, _| {
			let finality = Box::new(|client, _, blocks| {
				sc_consensus_grandpa::revert(client, blocks)?;
				Ok(())
			});
			let work = cmd.run(parts.client, parts.backend, Some(finality));
			(work, parts.task_manager)
		}),
		Some(Subcommand::ChainInfo(cmd)) => {
			let runner = cli.create_runner(cmd)?;
			runner.sync_run(|config| cmd.run::<Block>(&config))
		}
	}
}

/// Runs a task that needs the parts of a node but no running node.
fn on_parts<C, F>(
	cli: &Cli,
	command: &C,
	task: impl FnOnce(service::Partial, Configuration) -> (F, TaskManager),
) -> sc_cli::Result<()>
where
	C: CliConfiguration,
	F: Future<Output = sc_cli::Result<()>>,
{
	cli.create_runner(command)?.async_run(|config| {
		let parts = service::new_partial(&config)?;
		Ok(task(parts, config))
	})
}

/// The database's text when another process holds the database. The SDK gives the error as text
/// only.
const DATABASE_IN_USE: &str = "Database file is in use";

/// The mistake and the way out, for people.
pub fn explain(error: &sc_cli::Error) -> String {
	if let sc_cli::Error::NetworkKeyNotFound(path) = error {
		return format!(
			"a validator needs a network key, and there is none at {}. Make it with \
			scripts/make-keys (or assent-node key generate-node-key --file FILE) or restore it \
			from the backup, and name it with --node-key-file: other members know this node by it",
			path.display()
		);
	}
	let mut text = error.to_string();
	if text.contains(DATABASE_IN_USE) {
		return "the database is in use: another node runs already on this base path. End it \
			first, or name another base path with keys of its own: two nodes with the same keys \
			sign conflicting votes"
			.into();
	}
	let mut cause = std::error::Error::source(error);
	while let Some(inner) = cause {
		let inner_text = inner.to_string();
		// Many errors already contain the text of the cause.
		if !text.contains(&inner_text) {
			text = format!("{text}: {inner_text}");
		}
		cause = inner.source();
	}
	text
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn explain_should_say_how_to_make_a_network_key_when_there_is_none() {
		let said = explain(&sc_cli::Error::NetworkKeyNotFound("/var/lib/x/key".into()));
		assert!(said.contains("/var/lib/x/key") && said.contains("scripts/make-keys"), "{said}");
	}

	#[test]
	fn explain_should_tell_of_the_other_node_when_the_database_is_in_use() {
		let text = format!("{DATABASE_IN_USE}. (os error 11)");
		let said = explain(&sc_cli::Error::Client(sp_blockchain::Error::Backend(text)));
		assert!(said.contains("another node runs already"), "{said}");
	}

	#[test]
	fn explain_should_tell_each_cause_once() {
		let disk = std::io::Error::other("the disk is full");
		let said = explain(&sc_cli::Error::Service(disk.into()));
		assert_eq!(said.matches("the disk is full").count(), 1, "{said}");
	}
}
