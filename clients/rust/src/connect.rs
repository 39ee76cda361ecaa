//! A connection to a node.
//!
//! Types are the runtime's own. [`Chain::connect`] therefore compares the runtime of the chain
//! with the runtime of this program. With another runtime, bytes could be misread: the connection
//! is refused.

use crate::{Failure, Outcome};
use assent_runtime::{BlockNumber, Hash, Header, VERSION};
use codec::DecodeAll;
use serde::{de::DeserializeOwned, Deserialize};
use sp_runtime::AccountId32;
use std::{future::Future, time::Duration};
use subxt::rpcs::{
	client::{rpc_params, RpcClient, RpcParams},
	methods::LegacyRpcMethods,
	RpcConfig,
};

/// How long connecting, or one answer, may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The types of a node's answers.
pub enum NodeTypes {}

impl RpcConfig for NodeTypes {
	type Header = Header;
	type Hash = Hash;
	type AccountId = AccountId32;
}

/// A connection to a node, checked. A clone shares the connection.
#[derive(Clone)]
pub struct Chain {
	pub(crate) client: RpcClient,
	pub(crate) methods: LegacyRpcMethods<NodeTypes>,
	genesis: Hash,
}

/// A node's answer about the runtime of its chain.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RuntimeVersion {
	spec_name: String,
	spec_version: u32,
	transaction_version: u32,
}

impl Chain {
	/// Connects to the node at `url` (`ws://` or `wss://`), and refuses a chain with another
	/// runtime.
	///
	/// # Errors
	/// `Usage`, when the URL is no such URL; `Node`, when the node does not answer within 30
	/// seconds; `OtherChain` or `OtherRuntime`.
	pub async fn connect(url: &str) -> Outcome<Self> {
		if !["ws://", "wss://"].iter().any(|scheme| url.starts_with(scheme)) {
			return Err(Failure::usage(format!(
				"{url:?} is not the address of a node: write ws://host:port, or wss://host:port"
			)));
		}
		let client = within(url, RpcClient::from_insecure_url(url)).await?;
		let methods = LegacyRpcMethods::new(client.clone());
		let version: RuntimeVersion =
			within(url, client.request("state_getRuntimeVersion", rpc_params![])).await?;
		check_version(&version)?;
		let genesis = within(url, methods.genesis_hash()).await?;
		Ok(Self { client, methods, genesis })
	}

	/// Whether the runtime of the state after this block is the runtime of this program. False for
	/// an older runtime.
	///
	/// # Errors
	/// `OtherRuntime` for a newer runtime; `Node` or `NodeAnswer`.
	pub async fn is_runtime_at(&self, block: Hash) -> Outcome<bool> {
		let version: RuntimeVersion =
			self.ask("state_getRuntimeVersion", rpc_params![block]).await?;
		if version.spec_version < VERSION.spec_version {
			return Ok(false);
		}
		check_version(&version).map(|()| true)
	}

	/// The genesis hash, the name of the chain.
	pub fn genesis(&self) -> Hash {
		self.genesis
	}

	/// Calls a method of the node's RPC interface.
	///
	/// # Errors
	/// `Node`, when the node does not answer within 30 seconds or refuses.
	pub async fn ask<A: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Outcome<A> {
		within(method, self.client.request(method, params)).await
	}

	/// The best block. Fails with `Node` or `NodeAnswer`.
	pub async fn best(&self) -> Outcome<Hash> {
		within("the best block", self.methods.chain_get_block_hash(None))
			.await?
			.ok_or_else(|| misunderstood("the best block", "there is none"))
	}

	/// The best chain's block at this height; none if the chain is not that long. Fails with
	/// `Node`.
	pub async fn block_at(&self, number: BlockNumber) -> Outcome<Option<Hash>> {
		self.ask("chain_getBlockHash", rpc_params![number]).await
	}

	/// The final block. Fails with `Node`.
	pub async fn last_final(&self) -> Outcome<Hash> {
		within("the final block", self.methods.chain_get_finalized_head()).await
	}

	/// A block's header, checked to be this block's. Fails with `Node` or `NodeAnswer`.
	pub async fn header(&self, hash: Hash) -> Outcome<Header> {
		let header = within("a header", self.methods.chain_get_header(Some(hash)))
			.await?
			.ok_or_else(|| misunderstood("a header", "the node does not have it"))?;
		match header.hash() == hash {
			true => Ok(header),
			false => Err(misunderstood("a header", "it is another block's")),
		}
	}

	/// A block's number. Fails as [`Self::header`].
	pub async fn number(&self, hash: Hash) -> Outcome<BlockNumber> {
		self.header(hash).await.map(|header| header.number)
	}
}

fn check_version(found: &RuntimeVersion) -> Outcome<()> {
	if found.spec_name != VERSION.spec_name {
		return Err(Failure::environment(
			"OtherChain",
			format!(
				"the node follows a chain of {:?}, and this program speaks to {:?}: name a node \
				 of the right chain",
				found.spec_name, VERSION.spec_name
			),
		));
	}
	let theirs = (found.spec_version, found.transaction_version);
	let ours = (VERSION.spec_version, VERSION.transaction_version);
	if theirs != ours {
		return Err(Failure::environment(
			"OtherRuntime",
			format!(
				"the chain runs runtime {} (transactions {}), and this program was built for {} \
				 (transactions {}): install the release of assent that belongs to the chain's \
				 runtime",
				theirs.0, theirs.1, ours.0, ours.1
			),
		));
	}
	Ok(())
}

/// Waits for an answer, but not for ever.
pub(crate) async fn within<T>(
	what: &str,
	answer: impl Future<Output = Result<T, subxt::rpcs::Error>>,
) -> Outcome<T> {
	match tokio::time::timeout(PATIENCE, answer).await {
		Ok(answer) => answer.map_err(|error| unreachable_node(what, error)),
		Err(_) => Err(unreachable_node(what, format!("no answer in {} s", PATIENCE.as_secs()))),
	}
}

pub(crate) fn unreachable_node(what: &str, error: impl std::fmt::Display) -> Failure {
	Failure::environment(
		"Node",
		format!(
			"the node could not be asked ({what}): {error}; check its address and that it runs"
		),
	)
}

/// A node's answer without sense.
pub(crate) fn misunderstood(what: &str, why: impl std::fmt::Display) -> Failure {
	Failure::environment("NodeAnswer", format!("the node's answer can't be used ({what}): {why}"))
}

/// Decodes bytes that must hold one value and no more.
pub(crate) fn decode<V: DecodeAll>(what: &str, mut bytes: &[u8]) -> Outcome<V> {
	V::decode_all(&mut bytes).map_err(|error| misunderstood(what, error))
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	fn version(name: &str, spec: u32, transaction: u32) -> RuntimeVersion {
		RuntimeVersion {
			spec_name: name.into(),
			spec_version: spec,
			transaction_version: transaction,
		}
	}

	#[test]
	fn runtime_should_be_accepted_only_when_it_is_the_one_built_for() {
		let (spec, transaction) = (VERSION.spec_version, VERSION.transaction_version);
		check_version(&version("assent", spec, transaction)).unwrap();
		for (found, code) in [
			(version("polkadot", spec, transaction), "OtherChain"),
			(version("assent", spec + 1, transaction), "OtherRuntime"),
			(version("assent", spec, transaction + 1), "OtherRuntime"),
		] {
			let failure = check_version(&found).unwrap_err();
			let expected = (code, crate::Kind::Unusable);
			assert_eq!((failure.code.as_str(), failure.kind), expected);
		}
		let newer = check_version(&version("assent", spec + 1, transaction)).unwrap_err();
		assert!(newer.message.contains("install the release"));
	}

	#[test]
	fn answer_should_be_refused_when_it_holds_more_or_less() {
		assert_eq!(decode::<u32>("x", &7u32.encode()), Ok(7));
		for bytes in [&[0u8, 0, 0][..], &[0, 0, 0, 0, 0]] {
			assert_eq!(decode::<u32>("x", bytes).unwrap_err().code, "NodeAnswer");
		}
	}
}
