//! The command line.

use assent_protocol::endpoint::HostPort;
use sc_cli::{
	BuildSpecCmd, ChainInfoCmd, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ExportStateCmd,
	ImportBlocksCmd, KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd,
};
use std::str::FromStr;

/// The options of a node.
// The default is libp2p and not litep2p, the SDK's default. After minutes of lost packets, the
// streams of litep2p for votes stayed shut. The nodes were connected and exchanged blocks
// (docs/operations/finality-repair.md).
#[derive(Debug, clap::Parser)]
#[command(mut_arg("network_backend", |arg| arg
	.default_value("libp2p")
	.help("The library that connects the nodes")
	.long_help("The library that connects the nodes.\n\n\
		The two understand each other. litep2p computes less, but after lines were bad for \
		minutes it may exchange no votes with a node any more until it is started again.")))]
pub struct Cli {
	/// The task. Without a task the node runs.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// The options of a run.
	#[command(flatten)]
	pub run: RunCmd,

	/// The options for the check of documents.
	#[command(flatten)]
	pub documents: DocumentsParams,

	/// The options for the check of the disk.
	#[command(flatten)]
	pub disk: DiskParams,
}

/// The options for the check of other members' documents.
#[derive(Debug, Clone, clap::Args)]
pub struct DocumentsParams {
	/// A vault that the node's worker is permitted to fetch from, as HOST:PORT. Repeat the option
	/// for more vaults.
	///
	/// The chain names each member's vault. The chain can't tell to which machine a name leads.
	/// The operator therefore names the hosts that the node is permitted to ask. The node asks no
	/// other host and does not attest documents of other hosts.
	#[arg(long = "allow-vault", value_name = "HOST:PORT")]
	pub allowed_vaults: Vec<VaultHost>,
}

/// The options for the room on the disk that holds the database.
#[derive(Debug, Clone, clap::Args)]
pub struct DiskParams {
	/// The MiB that must be free on the database's disk. With 0 the node does not look.
	///
	/// With fewer MiB the node does not start, and a running node ends. On a disk without any room
	/// the system would end the node in the middle of a write.
	#[arg(long, value_name = "MIB", default_value_t = 1024)]
	pub min_free_disk: u64,
}

/// A host and port, as the authority of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultHost(pub String);

impl FromStr for VaultHost {
	type Err = String;

	/// Reads a host and a port by the grammar of the endpoints that the council approves. The
	/// function changes upper-case letters to lower-case letters.
	fn from_str(text: &str) -> Result<Self, String> {
		let text = text.to_ascii_lowercase();
		match HostPort::parse(&text) {
			Ok(host_port) => Ok(Self(host_port.to_string())),
			Err(why) => Err(format!("{why}; write HOST:PORT, for instance vault.example:443")),
		}
	}
}

/// The other tasks of the node.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Make, inspect and insert keys.
	#[command(subcommand)]
	Key(KeySubcommand),

	/// Write a chain specification: the plain form, or with --raw the form that nodes share.
	#[allow(deprecated)]
	BuildSpec(BuildSpecCmd),

	/// Write the chain specification with which this node would run.
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

	/// Show figures of the database.
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
		assert!(matches!(library(&["assent-node"]), NetworkBackendType::Libp2p));
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
		assert_eq!("Vault.Example:443".parse(), Ok(VaultHost("vault.example:443".into())));
		assert_eq!("[2001:DB8::7]:443".parse(), Ok(VaultHost("[2001:db8::7]:443".into())));
	}

	#[test]
	fn vault_host_should_be_refused_when_not_host_and_port() {
		for bad in [
			"",
			"vault",
			":80",
			"vault:",
			"vault:0",
			"vault:0443",
			"vault:70000",
			"vault_1:443",
			"[0:0:0:0:0:0:0:1]:80",
			"http://vault:80",
			"a b:80",
			"a/b:80",
		] {
			assert!(bad.parse::<VaultHost>().is_err(), "{bad} was taken");
		}
	}
}
