//! The checks before a node starts. A check tells of a mistake at once and in words. Without the
//! checks an operator would find the mistake later, in the behaviour of the node.

pub mod disk;
mod ports;

use crate::cli::DiskParams;
use assent_runtime::{opaque::Block, Hash};
use sc_network::config::{NodeKeyConfig, Secret};
use sc_service::Configuration;
use sp_runtime::{
	traits::{Block as _, Hash as _, HashingFor},
	BuildStorage,
};

/// Checks everything that needs no database: the network key, the room on the disk, and the
/// addresses to listen on.
pub fn check(config: &mut Configuration, params: &DiskParams) -> Result<(), String> {
	check_network_key(&config.network.node_key)?;
	if let Some(path) = config.database.path() {
		disk::check(path, params.min_free_disk)?;
	}
	ports::claim(config)
}

fn check_network_key(key: &NodeKeyConfig) -> Result<(), String> {
	let NodeKeyConfig::Ed25519(Secret::File(path)) = key else {
		return Ok(());
	};
	// An absent key is no mistake here: a node that is no validator makes the key.
	if !path.exists() {
		return Ok(());
	}
	key.clone().into_keypair().map(|_| ()).map_err(|error| {
		format!(
			"the network key {} can't be read ({error}): it must be 32 bytes, or their 64 hex \
			digits without a line break. Restore it from the backup, or make a new one with \
			scripts/make-keys and tell the other members its peer id",
			path.display()
		)
	})
}

/// The hash of the first block that the chain specification describes.
pub fn genesis_of(
	spec: &dyn BuildStorage,
	executor: &impl sc_executor::RuntimeVersionOf,
) -> Result<Hash, String> {
	let storage = spec.build_storage().map_err(|error| {
		format!(
			"the chain specification's first state can't be built: {error}. Get the file that \
			the members agreed on, or make it again with scripts/make-spec"
		)
	})?;
	if !storage.children_default.is_empty() {
		return Err("the chain specification holds child tries, which Assent has none of".into());
	}
	let version =
		sc_chain_spec::resolve_state_version_from_wasm::<_, HashingFor<Block>>(&storage, executor)
			.map_err(|error| {
				format!(
			"the chain specification's runtime can't be run: {error}. The file is damaged: get \
			the one that the members agreed on, or make it again with scripts/make-spec"
		)
			})?;
	let root = HashingFor::<Block>::trie_root(storage.top.into_iter().collect(), version);
	Ok(sc_chain_spec::construct_genesis_block::<Block>(root, version).header().hash())
}

/// Checks that the database holds the chain of the specification. A node with the database of
/// another chain would continue the other chain, against the specification.
pub fn check_genesis(
	database: Hash,
	specified: Hash,
	path: Option<&std::path::Path>,
) -> Result<(), String> {
	if database == specified {
		return Ok(());
	}
	let place = path.map_or_else(String::new, |path| format!(" at {}", path.display()));
	Err(format!(
		"the database{place} holds another chain (its first block is {database:?}) than the \
		chain specification describes ({specified:?}). Start with the specification that the \
		members agreed on, or with another base path"
	))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn key_file(name: &str, content: &[u8]) -> (NodeKeyConfig, std::path::PathBuf) {
		let path = std::env::temp_dir().join(format!("assent-{name}-{}", std::process::id()));
		std::fs::write(&path, content).unwrap();
		(NodeKeyConfig::Ed25519(Secret::File(path.clone())), path)
	}

	#[test]
	fn network_key_should_pass_when_bytes_or_hex_or_still_to_be_made() {
		for (name, content) in [("bytes", vec![7; 32]), ("hex", "07".repeat(32).into_bytes())] {
			let (key, path) = key_file(name, &content);
			check_network_key(&key).unwrap();
			std::fs::remove_file(path).unwrap();
			check_network_key(&key).unwrap();
		}
	}

	#[test]
	fn network_key_should_be_refused_with_its_path_when_it_is_none() {
		let (key, path) = key_file("bad", format!("{}\n", "07".repeat(32)).as_bytes());
		let said = check_network_key(&key).unwrap_err();
		std::fs::remove_file(&path).unwrap();
		assert!(said.contains(&path.display().to_string()), "{said}");
		assert!(said.contains("without a line break"), "{said}");
	}

	#[test]
	fn genesis_should_be_refused_when_database_and_specification_differ() {
		let (one, other) = (Hash::repeat_byte(1), Hash::repeat_byte(2));
		check_genesis(one, one, None).unwrap();
		let said = check_genesis(one, other, Some("/var/lib/x".as_ref())).unwrap_err();
		assert!(said.contains("/var/lib/x holds another chain"), "{said}");
	}
}
