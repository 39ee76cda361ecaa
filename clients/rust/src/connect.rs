//! The chain, through a node: reads, runtime calls, and what is behind them.
//!
//! Types are the runtime's own. So the first thing done is to compare the runtime that the
//! chain runs with the one this program was built with: with any other, bytes could be
//! misread, and nothing is read or signed.

mod dispatch;
mod payload;
mod pool;
mod proof;
mod submit;

pub use submit::{Block, Included, Wait};

use crate::failure::{Failure, Outcome};
use assent_policy::Moment;
use assent_runtime::{BlockNumber, Hash, Header, Runtime, VERSION};
use codec::{Decode, DecodeAll, Encode};
use serde::{de::DeserializeOwned, Deserialize};
use sp_runtime::AccountId32;
use std::{future::Future, time::Duration};
use subxt::rpcs::{
	client::{rpc_params, RpcClient, RpcParams},
	methods::LegacyRpcMethods,
	RpcConfig,
};

/// How long connecting, or one answer, may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The types in which a node answers.
pub enum NodeTypes {}

impl RpcConfig for NodeTypes {
	type Header = Header;
	type Hash = Hash;
	type AccountId = AccountId32;
}

/// A connection to a node, checked.
pub struct Chain {
	client: RpcClient,
	methods: LegacyRpcMethods<NodeTypes>,
	genesis: Hash,
}

/// What a node says of the chain it follows.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RuntimeVersion {
	spec_name: String,
	spec_version: u32,
	transaction_version: u32,
}

impl Chain {
	/// Connects, and refuses a chain whose runtime is another.
	pub async fn connect(url: &str) -> Outcome<Self> {
		if !["ws://", "wss://"]
			.iter()
			.any(|scheme| url.starts_with(scheme))
		{
			return Err(Failure::usage(format!(
				"--node {url}: write ws://host:port, or wss://host:port"
			)));
		}
		let client = within(url, RpcClient::from_insecure_url(url)).await?;
		let methods = LegacyRpcMethods::new(client.clone());
		let version: RuntimeVersion = within(
			url,
			client.request("state_getRuntimeVersion", rpc_params![]),
		)
		.await?;
		check_version(&version)?;
		let genesis = within(url, methods.genesis_hash()).await?;
		Ok(Self {
			client,
			methods,
			genesis,
		})
	}

	/// Whether the runtime of the state after this block is the one that this program was
	/// built with. An older one is not; a newer one is a failure.
	pub async fn is_runtime_at(&self, block: Hash) -> Outcome<bool> {
		let version: RuntimeVersion = self
			.ask("state_getRuntimeVersion", rpc_params![block])
			.await?;
		if version.spec_version < VERSION.spec_version {
			return Ok(false);
		}
		check_version(&version).map(|()| true)
	}

	/// The genesis hash: which chain this is.
	pub fn genesis(&self) -> Hash {
		self.genesis
	}

	/// Asks the node.
	pub async fn ask<A: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Outcome<A> {
		within(method, self.client.request(method, params)).await
	}

	/// The best block.
	pub async fn best(&self) -> Outcome<Hash> {
		within("the best block", self.methods.chain_get_block_hash(None))
			.await?
			.ok_or_else(|| misunderstood("the best block", "there is none"))
	}

	/// The best chain's block at this height, if it is that long.
	pub async fn block_at(&self, number: BlockNumber) -> Outcome<Option<Hash>> {
		self.ask("chain_getBlockHash", rpc_params![number]).await
	}

	/// The final block.
	pub async fn last_final(&self) -> Outcome<Hash> {
		within("the final block", self.methods.chain_get_finalized_head()).await
	}

	/// A block's header. That it is this block's is checked.
	pub async fn header(&self, hash: Hash) -> Outcome<Header> {
		let header = within("a header", self.methods.chain_get_header(Some(hash)))
			.await?
			.ok_or_else(|| misunderstood("a header", "the node does not have it"))?;
		match header.hash() == hash {
			true => Ok(header),
			false => Err(misunderstood("a header", "it is another block's")),
		}
	}

	/// A block's number.
	pub async fn number(&self, hash: Hash) -> Outcome<BlockNumber> {
		self.header(hash).await.map(|header| header.number)
	}

	/// Headers as they come: best ones, or final ones.
	pub async fn headers(
		&self,
		is_final: bool,
	) -> Outcome<subxt::rpcs::client::RpcSubscription<Header>> {
		match is_final {
			false => within("headers", self.methods.chain_subscribe_new_heads()).await,
			true => within("headers", self.methods.chain_subscribe_finalized_heads()).await,
		}
	}

	/// A value of the state.
	pub async fn read<V: Decode>(&self, key: &[u8], at: Hash) -> Outcome<Option<V>> {
		within("the state", self.methods.state_get_storage(key, Some(at)))
			.await?
			.map(|bytes| decode("the state", &bytes))
			.transpose()
	}

	/// A runtime API's answer; `arguments` is a tuple of them.
	pub async fn call<A: Decode>(
		&self,
		function: &str,
		arguments: impl Encode,
		at: Hash,
	) -> Outcome<A> {
		let arguments = arguments.encode();
		let call = self
			.methods
			.state_call(function, Some(&arguments), Some(at));
		decode(function, &within(function, call).await?)
	}

	/// Every row of a paged list: `more` asks for the rows after one.
	pub async fn pages<Row, Asked: Future<Output = Outcome<Vec<Row>>>>(
		&self,
		more: impl Fn(Option<&Row>) -> Asked,
	) -> Outcome<Vec<Row>> {
		let mut rows: Vec<Row> = Vec::new();
		loop {
			let page = more(rows.last()).await?;
			let full = page.len() >= assent_runtime_api::MAX_PAGE as usize;
			rows.extend(page);
			if !full {
				return Ok(rows);
			}
		}
	}

	/// The chain's clock.
	pub async fn now(&self, at: Hash) -> Outcome<Moment> {
		let key = pallet_timestamp::Now::<Runtime>::hashed_key();
		Ok(self.read(&key, at).await?.unwrap_or_default())
	}
}

fn check_version(found: &RuntimeVersion) -> Outcome<()> {
	if found.spec_name != VERSION.spec_name {
		return Err(Failure::environment(
			"OtherChain",
			format!(
				"the node follows a chain of {:?}, and this program speaks to {:?}: name a node \
				 of the right chain with --node",
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
		Err(_) => Err(unreachable_node(
			what,
			format!("no answer in {} s", PATIENCE.as_secs()),
		)),
	}
}

fn unreachable_node(what: &str, error: impl std::fmt::Display) -> Failure {
	Failure::environment(
		"Node",
		format!("the node could not be asked ({what}): {error}; check --node and that it runs"),
	)
}

/// The node said something that makes no sense.
pub(crate) fn misunderstood(what: &str, why: impl std::fmt::Display) -> Failure {
	Failure::environment(
		"NodeAnswer",
		format!("the node's answer can't be used ({what}): {why}"),
	)
}

/// Decodes bytes that must hold this and nothing more.
pub(crate) fn decode<V: Decode>(what: &str, mut bytes: &[u8]) -> Outcome<V> {
	V::decode_all(&mut bytes).map_err(|error| misunderstood(what, error))
}

#[cfg(test)]
mod tests {
	use super::*;

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
			assert_eq!((failure.code.as_str(), failure.exit_code()), (code, 2));
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
