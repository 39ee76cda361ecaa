//! Puts the node together: client, pool, import queue, network, off-chain worker, RPC, authoring
//! (Aura) and finality (GRANDPA). The module holds no rule of Assent.

mod parts;
mod pool;
mod voting;
mod worker;

pub use parts::{new_partial, Client, FullBackend, Partial, Pool};

use crate::{
	cli::{DiskParams, DocumentsParams},
	metrics::chain::{self, ChainMetrics},
	preflight::{self, disk},
	rpc,
};
use assent_runtime::{opaque::Block, Hash};
use jsonrpsee::RpcModule;
use parts::{GrandpaLink, HostFunctions};
use sc_client_api::{Backend, BlockBackend, BlockchainEvents};
use sc_consensus_grandpa::{FinalityProofProvider, SharedVoterState};
use sc_network::{
	config::FullNetworkConfiguration, service::NotificationMetrics, types::ProtocolName,
	NetworkBackend, NetworkWorker, NotificationService,
};
use sc_service::{
	error::Error as ServiceError, BuildNetworkParams, Configuration, SpawnTasksParams, TaskManager,
	WarpSyncConfig,
};
use std::{path::Path, sync::Arc};
use substrate_prometheus_endpoint::Registry;

/// Starts a node with the network backend that the configuration names.
pub fn start(
	config: Configuration,
	documents: DocumentsParams,
	disk: DiskParams,
) -> Result<TaskManager, ServiceError> {
	match config.network.network_backend {
		sc_network::config::NetworkBackendType::Libp2p => {
			start_with::<NetworkWorker<Block, Hash>>(config, documents, disk)
		}
		sc_network::config::NetworkBackendType::Litep2p => {
			start_with::<sc_network::Litep2pNetworkBackend>(config, documents, disk)
		}
	}
}

fn start_with<N: NetworkBackend<Block, Hash>>(
	config: Configuration,
	documents: DocumentsParams,
	disk_params: DiskParams,
) -> Result<TaskManager, ServiceError> {
	let specified = preflight::genesis_of(
		config.chain_spec.as_storage_builder(),
		&sc_service::new_wasm_executor::<HostFunctions>(&config.executor),
	)
	.map_err(ServiceError::Other)?;
	let sc_service::PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: (block_import, grandpa_link, mut telemetry),
	} = new_partial(&config)?;

	let mut net_config = FullNetworkConfiguration::<Block, Hash, N>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let notification_metrics = N::register_notification_metrics(config.prometheus_registry());
	let genesis_hash = client
		.block_hash(0)?
		.ok_or_else(|| ServiceError::Other("the database has no genesis block".into()))?;
	preflight::check_genesis(genesis_hash, specified, config.database.path())
		.map_err(ServiceError::Other)?;
	watch_disk(&config, &client, disk_params, &task_manager);
	let (grandpa_protocol, grandpa_notifications) =
		add_finality(&mut net_config, &config, &genesis_hash, &notification_metrics);
	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));

	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics: notification_metrics,
			gap_sync_body_policy: None,
		})?;

	let offchain_storage = backend.offchain_storage().ok_or_else(|| {
		ServiceError::Other("the database keeps no off-chain data, where the trail lives".into())
	})?;
	worker::allow_vaults(offchain_storage.clone(), &documents);
	let registry = config.prometheus_registry().cloned();
	if let Some(registry) = &registry {
		count(registry, &client, &task_manager)?;
	}
	let role = config.role;
	if config.offchain_worker.enabled {
		let parts = worker::Parts {
			client: client.clone(),
			pool: transaction_pool.clone(),
			storage: offchain_storage.clone(),
			keystore: keystore_container.keystore(),
			network: network.clone(),
			is_validator: role.is_authority(),
			registry: registry.clone(),
		};
		worker::start(parts, &task_manager)?;
	}
	if role.is_authority() {
		voting::warn_of_missing_keys(&keystore_container.keystore());
	}
	let force_authoring = config.force_authoring;
	let name = config.network.node_name.clone();
	let enable_grandpa = !config.disable_grandpa;
	let voter_state = SharedVoterState::empty();
	let methods = Methods {
		client: client.clone(),
		pool: transaction_pool.clone(),
		offchain_storage,
		backend: backend.clone(),
	};

	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: client.clone(),
		backend,
		task_manager: &mut task_manager,
		keystore: keystore_container.keystore(),
		// The methods that take transactions show the words of a refusal.
		transaction_pool: Arc::new(transaction_pool.in_words()),
		rpc_builder: methods.builder(&grandpa_link, &voter_state),
		network: Arc::new(network.clone()),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	let parts = voting::Parts {
		client,
		pool: transaction_pool,
		keystore: keystore_container.keystore(),
		role,
		sync: sync_service,
		registry,
		telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
	};
	if role.is_authority() {
		voting::make_blocks(&parts, select_chain, block_import, force_authoring, &task_manager)?;
	}
	if enable_grandpa {
		let finality = voting::Finality {
			link: grandpa_link,
			network,
			notifications: grandpa_notifications,
			protocol: grandpa_protocol,
			voter_state,
			name,
		};
		voting::vote(parts, finality, &task_manager)?;
	}

	Ok(task_manager)
}

/// Adds the protocol of finality to the network. Returns the name and the messages of the
/// protocol.
fn add_finality<N: NetworkBackend<Block, Hash>>(
	network: &mut FullNetworkConfiguration<Block, Hash, N>,
	config: &Configuration,
	genesis: &Hash,
	metrics: &NotificationMetrics,
) -> (ProtocolName, Box<dyn NotificationService>) {
	let name = sc_consensus_grandpa::protocol_standard_name(genesis, &config.chain_spec);
	let (peers, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
		name.clone(),
		metrics.clone(),
		network.peer_store_handle(),
	);
	network.add_notification_protocol(peers);
	(name, notifications)
}

/// Counts the figures of every block that becomes final.
fn count(
	registry: &Registry,
	client: &Arc<Client>,
	tasks: &TaskManager,
) -> Result<(), ServiceError> {
	let figures = ChainMetrics::new(registry).map_err(metrics_error)?;
	tasks.spawn_handle().spawn_blocking(
		"assent-metrics",
		None,
		chain::follow(client.clone(), figures),
	);
	Ok(())
}

/// Watches the room on the database's disk. The task is essential: the node ends when the task
/// ends.
fn watch_disk(config: &Configuration, client: &Client, params: DiskParams, tasks: &TaskManager) {
	let Some(path) = config.database.path().map(Path::to_path_buf) else {
		return;
	};
	let blocks = client.every_import_notification_stream();
	tasks
		.spawn_essential_handle()
		.spawn("disk", None, async move { disk::watch(blocks, &path, params.min_free_disk).await });
}

/// The parts of a node for the node's own RPC methods.
struct Methods {
	client: Arc<Client>,
	pool: Arc<Pool>,
	offchain_storage: rpc::Storage,
	backend: Arc<FullBackend>,
}

/// Makes the RPC methods for a server.
type RpcBuilder =
	Box<dyn Fn(sc_rpc::SubscriptionTaskExecutor) -> Result<RpcModule<()>, ServiceError>>;

impl Methods {
	fn builder(self, link: &GrandpaLink, voter_state: &SharedVoterState) -> RpcBuilder {
		let authority_set = link.shared_authority_set().clone();
		let justifications = link.justification_stream();
		let voter_state = voter_state.clone();
		let proofs =
			FinalityProofProvider::new_for_service(self.backend, Some(authority_set.clone()));
		let (client, pool, offchain_storage) = (self.client, self.pool, self.offchain_storage);
		Box::new(move |executor| {
			rpc::create(rpc::Deps {
				client: client.clone(),
				pool: pool.clone(),
				offchain_storage: offchain_storage.clone(),
				grandpa: rpc::GrandpaDeps {
					executor,
					authority_set: authority_set.clone(),
					voter_state: voter_state.clone(),
					justifications: justifications.clone(),
					proofs: proofs.clone(),
				},
			})
			.map_err(Into::into)
		})
	}
}

fn metrics_error(error: substrate_prometheus_endpoint::PrometheusError) -> ServiceError {
	ServiceError::Other(format!("the metrics could not be registered: {error}"))
}
