//! Puts the node together: client, pool, import queue, network, off-chain worker, RPC,
//! authoring (Aura) and finality (GRANDPA). No rule of Assent lives here.

use crate::{
	cli::{DiskParams, DocumentsParams},
	disk,
	metrics::{self, ChainMetrics},
	preflight, rpc,
	worker_metrics::{CountedPool, Watched, WorkerMetrics},
};
use assent_runtime::{apis::RuntimeApi, opaque::Block};
use codec::Encode;
use futures::FutureExt;
use sc_client_api::{Backend, BlockBackend, BlockchainEvents};
use sc_consensus_aura::{ImportQueueParams, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{FinalityProofProvider, SharedVoterState};
use sc_network::{config::FullNetworkConfiguration, NetworkBackend, NetworkWorker};
use sc_service::{
	error::Error as ServiceError, BuildNetworkParams, Configuration, KeystoreContainer,
	SpawnTasksParams, TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use sp_core::{crypto::KeyTypeId, offchain::OffchainStorage};
use sp_runtime::traits::Block as BlockT;
use std::{path::Path, sync::Arc, time::Duration};

type HostFunctions = sp_io::SubstrateHostFunctions;
type Executor = sc_executor::WasmExecutor<HostFunctions>;
/// The client.
pub type Client = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The database.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// The pool.
pub type Pool = sc_transaction_pool::TransactionPoolHandle<Block, Client>;
type SelectChain = sc_consensus::LongestChain<FullBackend, Block>;
type GrandpaImport =
	sc_consensus_grandpa::GrandpaBlockImport<FullBackend, Block, Client, SelectChain>;
type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, Client, SelectChain>;
type BlockHash = <Block as BlockT>::Hash;

/// What every subcommand needs of a node.
pub type Partial = sc_service::PartialComponents<
	Client,
	FullBackend,
	SelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	Pool,
	(GrandpaImport, GrandpaLink, Option<Telemetry>),
>;

/// Blocks between two justifications that are kept, so that a light client or a warp sync
/// finds one at least every 17 minutes.
const JUSTIFICATION_PERIOD: u32 = 512;

/// The types of a validator's session keys.
const SESSION_KEYS: [(&[u8; 4], &str); 3] = [
	(b"aura", "making blocks (aura)"),
	(b"gran", "finality (gran)"),
	(b"asst", "attestations (asst)"),
];

/// How long a GRANDPA message may take to reach everybody.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// Builds what every subcommand needs of a node.
pub fn new_partial(config: &Configuration) -> Result<Partial, ServiceError> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;

	let executor = sc_service::new_wasm_executor::<HostFunctions>(&config.executor);
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor,
			Vec::new(),
		)?;
	let client = Arc::new(client);

	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager
			.spawn_handle()
			.spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = sc_consensus::LongestChain::new(backend.clone());

	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (grandpa_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(|x| x.handle()),
	)?;

	let slots_client = client.clone();
	let import_queue =
		sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
			block_import: grandpa_import.clone(),
			justification_import: Some(Box::new(grandpa_import.clone())),
			client: client.clone(),
			create_inherent_data_providers: move |parent, _| {
				let client = slots_client.clone();
				async move {
					let duration =
						sc_consensus_aura::standalone::slot_duration_at(&*client, parent)?;
					Ok(inherents_now(duration))
				}
			},
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			check_for_equivocation: Default::default(),
			telemetry: telemetry.as_ref().map(|x| x.handle()),
			compatibility_mode: Default::default(),
		})?;

	Ok(sc_service::PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: (grandpa_import, grandpa_link, telemetry),
	})
}

/// The slot and the time, by this machine's clock.
fn inherents_now(
	slot_duration: sp_consensus_aura::SlotDuration,
) -> (
	sp_consensus_aura::inherents::InherentDataProvider,
	sp_timestamp::InherentDataProvider,
) {
	let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
	let slot = sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
		*timestamp,
		slot_duration,
	);
	(slot, timestamp)
}

/// Starts a node with the network backend that the configuration names.
pub fn start(
	config: Configuration,
	documents: DocumentsParams,
	disk: DiskParams,
) -> Result<TaskManager, ServiceError> {
	match config.network.network_backend {
		sc_network::config::NetworkBackendType::Libp2p => {
			start_with::<NetworkWorker<Block, BlockHash>>(config, documents, disk)
		}
		sc_network::config::NetworkBackendType::Litep2p => {
			start_with::<sc_network::Litep2pNetworkBackend>(config, documents, disk)
		}
	}
}

fn start_with<N: NetworkBackend<Block, BlockHash>>(
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

	let mut net_config = FullNetworkConfiguration::<Block, BlockHash, N>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let notification_metrics = N::register_notification_metrics(config.prometheus_registry());
	let genesis_hash = client
		.block_hash(0)?
		.ok_or_else(|| ServiceError::Other("the database has no genesis block".into()))?;
	preflight::check_genesis(genesis_hash, specified, config.database.path())
		.map_err(ServiceError::Other)?;
	if let Some(path) = config.database.path().map(Path::to_path_buf) {
		let blocks = client.every_import_notification_stream();
		// Essential: the node ends with it.
		task_manager
			.spawn_essential_handle()
			.spawn("disk", None, async move {
				disk::watch(blocks, &path, disk_params.min_free_disk).await
			});
	}
	let grandpa_protocol =
		sc_consensus_grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
	let (grandpa_peers, grandpa_notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
			grandpa_protocol.clone(),
			notification_metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(grandpa_peers);

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
	allow_vaults(offchain_storage.clone(), &documents);
	if let Some(registry) = config.prometheus_registry() {
		let figures = ChainMetrics::new(registry).map_err(metrics_error)?;
		task_manager.spawn_handle().spawn_blocking(
			"assent-metrics",
			None,
			metrics::follow(client.clone(), figures),
		);
	}
	if config.offchain_worker.enabled {
		let worker_metrics = config
			.prometheus_registry()
			.map(WorkerMetrics::new)
			.transpose()
			.map_err(metrics_error)?;
		let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			is_validator: config.role.is_authority(),
			keystore: Some(keystore_container.keystore()),
			offchain_db: Some(Watched::new(
				offchain_storage.clone(),
				worker_metrics.clone(),
			)),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(CountedPool::new(
				transaction_pool.clone(),
				worker_metrics,
			))),
			network_provider: Arc::new(network.clone()),
			enable_http_requests: true,
			custom_extensions: |_| Vec::new(),
		})
		.map_err(|error| {
			ServiceError::Other(format!(
				"the worker that checks documents can't start: {error}. It needs the \
				certificates of the authorities that vaults use: apt-get install ca-certificates"
			))
		})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			workers
				.run(client.clone(), task_manager.spawn_handle())
				.boxed(),
		);
	}

	if config.role.is_authority() {
		warn_of_missing_keys(&keystore_container);
	}
	let role = config.role;
	let force_authoring = config.force_authoring;
	let name = config.network.node_name.clone();
	let enable_grandpa = !config.disable_grandpa;
	let prometheus_registry = config.prometheus_registry().cloned();
	let shared_voter_state = SharedVoterState::empty();

	let rpc_builder = {
		let client = client.clone();
		let pool = transaction_pool.clone();
		let offchain_storage = offchain_storage.clone();
		let voter_state = shared_voter_state.clone();
		let authority_set = grandpa_link.shared_authority_set().clone();
		let justifications = grandpa_link.justification_stream();
		let proofs = FinalityProofProvider::new_for_service(
			backend.clone(),
			Some(grandpa_link.shared_authority_set().clone()),
		);
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
	};

	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: client.clone(),
		backend,
		task_manager: &mut task_manager,
		keystore: keystore_container.keystore(),
		transaction_pool: transaction_pool.clone(),
		rpc_builder,
		network: Arc::new(network.clone()),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	if role.is_authority() {
		let proposer = sc_basic_authorship::ProposerFactory::new(
			task_manager.spawn_handle(),
			client.clone(),
			transaction_pool.clone(),
			prometheus_registry.as_ref(),
			telemetry.as_ref().map(|x| x.handle()),
		);
		let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
		let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(
			StartAuraParams {
				slot_duration,
				client: client.clone(),
				select_chain,
				block_import,
				proposer_factory: proposer,
				create_inherent_data_providers: move |_, ()| async move {
					Ok(inherents_now(slot_duration))
				},
				force_authoring,
				backoff_authoring_blocks: None::<()>,
				keystore: keystore_container.keystore(),
				sync_oracle: sync_service.clone(),
				justification_sync_link: sync_service.clone(),
				block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
				max_block_proposal_slot_portion: None,
				telemetry: telemetry.as_ref().map(|x| x.handle()),
				compatibility_mode: Default::default(),
			},
		)?;
		// Without authoring a validator is of no use: it stops with it.
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("aura", Some("block-authoring"), aura);
	}

	if enable_grandpa {
		let voter = sc_consensus_grandpa::run_grandpa_voter(sc_consensus_grandpa::GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: GOSSIP_DURATION,
				justification_generation_period: JUSTIFICATION_PERIOD,
				name: Some(name),
				observer_enabled: false,
				keystore: voting_keystore(role.is_authority(), &keystore_container),
				local_role: role,
				telemetry: telemetry.as_ref().map(|x| x.handle()),
				protocol_name: grandpa_protocol,
			},
			link: grandpa_link,
			network,
			sync: Arc::new(sync_service),
			notification_service: grandpa_notifications,
			voting_rule: sc_consensus_grandpa::VotingRulesBuilder::default().build(),
			prometheus_registry,
			shared_voter_state,
			telemetry: telemetry.as_ref().map(|x| x.handle()),
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
		})?;
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("grandpa-voter", None, voter);
	}

	Ok(task_manager)
}

fn metrics_error(error: substrate_prometheus_endpoint::PrometheusError) -> ServiceError {
	ServiceError::Other(format!("the metrics could not be registered: {error}"))
}

/// A validator without session keys runs, and makes no block: it may be one that is about to
/// make its keys (`author_rotateKeysWithOwner`), or one whose keystore was left behind.
fn warn_of_missing_keys(container: &KeystoreContainer) {
	let missing: Vec<&str> = SESSION_KEYS
		.into_iter()
		.filter(|(id, _)| {
			let keys = container.keystore().keys(KeyTypeId(**id));
			keys.map_or(true, |keys| keys.is_empty())
		})
		.map(|(_, name)| name)
		.collect();
	if !missing.is_empty() {
		log::warn!(
			"This validator's keystore holds no key for: {}. It takes no part until it has one: \
			make keys with scripts/make-keys and name their folder with --keystore-path, or call \
			author_rotateKeysWithOwner and then session.setKeys",
			missing.join(", "),
		);
	}
}

/// Only a validator votes.
fn voting_keystore(
	authority: bool,
	container: &KeystoreContainer,
) -> Option<sp_keystore::KeystorePtr> {
	authority.then(|| container.keystore())
}

/// Hands the operator's list of vaults to the off-chain worker. An empty list is written too:
/// what was allowed at an earlier start is not allowed any more.
fn allow_vaults(mut storage: impl OffchainStorage, documents: &DocumentsParams) {
	let hosts: Vec<Vec<u8>> = documents
		.allowed_vaults
		.iter()
		.map(|host| host.0.clone().into_bytes())
		.collect();
	storage.set(
		sp_offchain::STORAGE_PREFIX,
		assent_runtime::configs::assent::ALLOWED_VAULTS_KEY,
		&hosts.encode(),
	);
}
