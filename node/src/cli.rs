//! The command line.

use sc_cli::{
	BuildSpecCmd, ChainInfoCmd, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ExportStateCmd,
	ImportBlocksCmd, KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd,
};
use std::str::FromStr;

/// What a node can be told.
// Not the SDK's default, litep2p: after minutes of lost packets its streams for votes stayed shut
// between nodes that were connected and exchanged blocks (docs/stalled-finality.md).
#[derive(Debug, clap::Parser)]
#[command(mut_arg("network_backend", |arg| arg
	.default_value("libp2p")
	.help("The library that connects the nodes")
	.long_help("The library that connects the nodes.\n\n\
		The two understand each other. litep2p computes less, but after lines were bad for \
		minutes it may exchange no votes with a node any more until it is started again.")))]
pub struct Cli {
	/// What to do; without it the node runs.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// How to run.
	#[command(flatten)]
	pub run: RunCmd,

	/// How to check documents.
	#[command(flatten)]
	pub documents: DocumentsParams,

	/// When the disk counts as full.
	#[command(flatten)]
	pub disk: DiskParams,
}

/// How the node checks the documents of other members.
#[derive(Debug, Clone, clap::Args)]
pub struct DocumentsParams {
	/// A vault that the node's worker may fetch from, as HOST:PORT; repeat for more.
	///
	/// The chain names each member's vault, but what a name resolves to is beyond it. So the
	/// operator says which hosts may be asked; every other is left alone, and its documents
	/// are not attested by this node.
	#[arg(long = "allow-vault", value_name = "HOST:PORT")]
	pub allowed_vaults: Vec<VaultHost>,
}

/// When the disk that holds the database counts as full.
#[derive(Debug, Clone, clap::Args)]
pub struct DiskParams {
	/// The MiB that must be free on the database's disk; 0 looks at nothing.
	///
	/// With less the node does not start, and one that runs ends: the system would end it in the
	/// middle of a write when there is none.
	#[arg(long, value_name = "MIB", default_value_t = 1024)]
	pub min_free_disk: u64,
}

/// A host and port, as the authority of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultHost(pub String);

impl FromStr for VaultHost {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (host, port) = text
			.rsplit_once(':')
			.ok_or("write HOST:PORT, for instance vault.example:443")?;
		port.parse::<u16>()
			.map_err(|_| format!("{port} is not a port (0 to 65535)"))?;
		let plain = |c: char| c.is_ascii_alphanumeric() || "-._[]:".contains(c);
		if host.is_empty() || host.len() > 255 || !host.chars().all(plain) {
			return Err(format!("{host} is not a host name or address"));
		}
		Ok(Self(text.to_ascii_lowercase()))
	}
}

/// What else a node can do.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Make, inspect and insert keys.
	#[command(subcommand)]
	Key(KeySubcommand),

	/// Write a chain specification (the plain one, or with --raw the one that nodes share).
	#[allow(deprecated)]
	BuildSpec(BuildSpecCmd),

	/// Write the chain specification that this node would run with.
	ExportChainSpec(ExportChainSpecCmd),

	/// Check blocks.
	CheckBlock(CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(ExportBlocksCmd),

	/// Write the state at a block as a chain specification.
	ExportState(ExportStateCmd),

	/// Read blocks from a file.
	ImportBlocks(ImportBlocksCmd),

	/// Remove the whole database of a chain.
	PurgeChain(PurgeChainCmd),

	/// Take the chain back to an earlier state.
	Revert(RevertCmd),

	/// Tell about the database.
	ChainInfo(ChainInfoCmd),
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::Parser;
	use sc_network::config::NetworkBackendType;

	#[test]
	fn network_library_should_be_libp2p_when_none_is_named() {
		let library = |arguments: &[&str]| -> NetworkBackendType {
			let cli = Cli::try_parse_from(arguments).expect("a command line");
			cli.run.network_params.network_backend.into()
		};
		assert!(matches!(
			library(&["assent-node"]),
			NetworkBackendType::Libp2p
		));
		assert!(matches!(
			library(&["assent-node", "--network-backend", "litep2p"]),
			NetworkBackendType::Litep2p
		));
	}

	#[test]
	fn vault_host_should_be_taken_when_host_and_port() {
		for good in ["127.0.0.1:8080", "vault.hospital.example:443", "[::1]:9000"] {
			assert_eq!(good.parse::<VaultHost>(), Ok(VaultHost(good.into())));
		}
		assert_eq!(
			"Vault.Example:443".parse(),
			Ok(VaultHost("vault.example:443".into()))
		);
	}

	#[test]
	fn vault_host_should_be_refused_when_not_host_and_port() {
		for bad in [
			"",
			"vault",
			":80",
			"vault:",
			"vault:70000",
			"http://vault:80",
			"a b:80",
			"a/b:80",
		] {
			assert!(bad.parse::<VaultHost>().is_err(), "{bad} was taken");
		}
	}
}
