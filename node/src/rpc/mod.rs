//! The node's methods beyond the SDK's standard methods: nonces, finality, deliveries and the
//! trail. The entries of the trail live off chain.

mod delivery;
mod trail;

use crate::service::{Client, FullBackend, Pool};
use assent_runtime::{opaque::Block, BlockNumber, Hash};
use delivery::{Delivery, DeliveryRpcServer};
use jsonrpsee::{
	types::{error::ErrorCode, ErrorObjectOwned},
	RpcModule,
};
use sc_client_api::Backend;
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_rpc::SubscriptionTaskExecutor;
use std::sync::Arc;
use trail::{Entries, Trail, TrailRpcServer};

/// The off-chain store.
pub type Storage = <FullBackend as Backend<Block>>::OffchainStorage;

/// The parts of the node with which the methods work.
pub struct Deps {
	/// The client.
	pub client: Arc<Client>,
	/// The pool.
	pub pool: Arc<Pool>,
	/// The off-chain store.
	pub offchain_storage: Storage,
	/// The parts for the finality methods.
	pub grandpa: GrandpaDeps,
}

/// The parts of the node with which the finality methods work.
pub struct GrandpaDeps {
	/// Runs subscriptions.
	pub executor: SubscriptionTaskExecutor,
	/// The voters.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// The state of the vote.
	pub voter_state: SharedVoterState,
	/// The stream of new justifications.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proofs of finality.
	pub proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// All methods of this node beyond the SDK's own.
pub fn create(deps: Deps) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>> {
	use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
	use substrate_frame_rpc_system::{System, SystemApiServer};

	let Deps { client, pool, offchain_storage, grandpa } = deps;
	let mut module = RpcModule::new(());
	module.merge(System::<_, _, Block>::new(client.clone(), pool).into_rpc())?;
	module.merge(
		Grandpa::new(
			grandpa.executor,
			grandpa.authority_set,
			grandpa.voter_state,
			grandpa.justifications,
			grandpa.proofs,
		)
		.into_rpc(),
	)?;
	let entries = Entries::new(offchain_storage);
	module.merge(Trail::new(client.clone(), entries.clone()).into_rpc())?;
	module.merge(Delivery::new(client, entries).into_rpc())?;
	Ok(module)
}

fn internal(error: impl std::fmt::Display) -> ErrorObjectOwned {
	ErrorObjectOwned::owned(
		ErrorCode::InternalError.code(),
		"the node could not read the chain",
		Some(error.to_string()),
	)
}
