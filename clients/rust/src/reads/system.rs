//! The chain itself and the node: clock, accounts, events, health.

use crate::{
	connect::{decode, misunderstood, within, Chain},
	Outcome,
};
use assent_policy::Moment;
use assent_runtime::{Hash, Nonce, Runtime, RuntimeEvent};
use frame_system::EventRecord;
use serde::Deserialize;
use sp_runtime::AccountId32;
use subxt::rpcs::client::rpc_params;

/// The system's row of an account.
pub type Account = frame_system::AccountInfo<Nonce, <Runtime as frame_system::Config>::AccountData>;

/// A node's answer about itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Health {
	/// How many peers the node is connected to.
	pub peers: u64,
	/// Whether the node still fetches older blocks.
	pub is_syncing: bool,
}

/// The chain's clock, in milliseconds since 1970. 0 in the genesis state.
pub async fn now(chain: &Chain, at: Hash) -> Outcome<Moment> {
	let key = pallet_timestamp::Now::<Runtime>::hashed_key();
	Ok(chain.read(&key, at).await?.unwrap_or_default())
}

/// The chain's clock at the best block, in milliseconds since 1970.
pub async fn best_now(chain: &Chain) -> Outcome<Moment> {
	now(chain, chain.best().await?).await
}

/// The system's row of an account; the empty row for an unknown account.
pub async fn account(chain: &Chain, who: &AccountId32, at: Hash) -> Outcome<Account> {
	let key = frame_system::Account::<Runtime>::hashed_key_for(who);
	Ok(chain.read(&key, at).await?.unwrap_or_default())
}

/// The events of the block `at`, in order, each with its transaction.
pub async fn events(chain: &Chain, at: Hash) -> Outcome<Vec<EventRecord<RuntimeEvent, Hash>>> {
	// The pallet keeps the storage item to itself.
	let key = frame_support::storage::storage_prefix(b"System", b"Events");
	let bytes = within("events", chain.methods.state_get_storage(&key, Some(at)))
		.await?
		.ok_or_else(|| misunderstood("events", "the block has none"))?;
	decode("events", &bytes)
}

/// The node's peers, and whether the node is still syncing.
pub async fn health(chain: &Chain) -> Outcome<Health> {
	chain.ask("system_health", rpc_params![]).await
}

/// The name of the node's chain, for people.
pub async fn chain_name(chain: &Chain) -> Outcome<String> {
	chain.ask("system_chain", rpc_params![]).await
}

/// The version of the node's program, for people.
pub async fn node_version(chain: &Chain) -> Outcome<String> {
	chain.ask("system_version", rpc_params![]).await
}
