//! The chain itself and the node: clock, accounts, events, health.

use super::State;
use crate::{
	connect::{decode, misunderstood, within},
	Chain, Outcome,
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

impl State {
	/// The chain's clock, in milliseconds since 1970. 0 in the genesis state.
	pub async fn now(&self) -> Outcome<Moment> {
		self.read_or_default(pallet_timestamp::Now::<Runtime>::hashed_key().to_vec()).await
	}

	/// The system's row of an account; the empty row for an unknown account.
	pub async fn account(&self, who: &AccountId32) -> Outcome<Account> {
		self.read_or_default(frame_system::Account::<Runtime>::hashed_key_for(who)).await
	}

	/// The events of the block, in order, each with its transaction.
	pub async fn events(&self) -> Outcome<Vec<EventRecord<RuntimeEvent, Hash>>> {
		// The pallet keeps the storage item to itself.
		let key = frame_support::storage::storage_prefix(b"System", b"Events");
		let bytes = within("events", self.chain.methods.state_get_storage(&key, Some(self.at)))
			.await?
			.ok_or_else(|| misunderstood("events", "the block has none"))?;
		decode("events", &bytes)
	}
}

impl Chain {
	/// The node's peers, and whether the node is still syncing.
	pub async fn health(&self) -> Outcome<Health> {
		self.ask("system_health", rpc_params![]).await
	}

	/// The name of the node's chain, for people.
	pub async fn chain_name(&self) -> Outcome<String> {
		self.ask("system_chain", rpc_params![]).await
	}

	/// The version of the node's program, for people.
	pub async fn node_version(&self) -> Outcome<String> {
		self.ask("system_version", rpc_params![]).await
	}
}
