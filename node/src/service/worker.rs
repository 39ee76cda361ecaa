//! The off-chain worker that checks the documents of other members.

use super::parts::{Client, Pool};
use crate::{
	cli::DocumentsParams,
	metrics::worker::{CountedPool, Watched, WorkerMetrics},
	rpc::Storage,
};
use codec::Encode;
use futures::FutureExt;
use sc_network::service::traits::NetworkService;
use sc_service::{error::Error as ServiceError, TaskManager};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_core::offchain::OffchainStorage;
use sp_keystore::KeystorePtr;
use std::sync::Arc;
use substrate_prometheus_endpoint::Registry;

/// The parts of a node with which the worker works.
pub(super) struct Parts {
	pub client: Arc<Client>,
	pub pool: Arc<Pool>,
	pub storage: Storage,
	pub keystore: KeystorePtr,
	pub network: Arc<dyn NetworkService>,
	pub is_validator: bool,
	pub registry: Option<Registry>,
}

/// Starts the worker. The worker runs after each block.
pub(super) fn start(parts: Parts, tasks: &TaskManager) -> Result<(), ServiceError> {
	let Parts { client, pool, storage, keystore, network, is_validator, registry } = parts;
	let metrics =
		registry.as_ref().map(WorkerMetrics::new).transpose().map_err(super::metrics_error)?;
	let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
		runtime_api_provider: client.clone(),
		is_validator,
		keystore: Some(keystore),
		offchain_db: Some(Watched::new(storage, metrics.clone())),
		transaction_pool: Some(OffchainTransactionPoolFactory::new(CountedPool::new(
			pool, metrics,
		))),
		network_provider: Arc::new(network),
		enable_http_requests: true,
		custom_extensions: |_| Vec::new(),
	})
	.map_err(|error| {
		ServiceError::Other(format!(
			"the worker that checks documents can't start: {error}. It needs the \
			certificates of the authorities that vaults use: apt-get install ca-certificates"
		))
	})?;
	tasks.spawn_handle().spawn(
		"offchain-workers-runner",
		"offchain-worker",
		workers.run(client, tasks.spawn_handle()).boxed(),
	);
	Ok(())
}

/// Hands the operator's list of vaults to the worker. The node writes an empty list too: the
/// worker must not ask a host that only an earlier start allowed.
pub(super) fn allow_vaults(mut storage: impl OffchainStorage, documents: &DocumentsParams) {
	let hosts: Vec<Vec<u8>> =
		documents.allowed_vaults.iter().map(|host| host.0.clone().into_bytes()).collect();
	storage.set(
		sp_offchain::STORAGE_PREFIX,
		assent_runtime::configs::assent::ALLOWED_VAULTS_KEY,
		&hosts.encode(),
	);
}
