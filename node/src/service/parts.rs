//! The parts of a node that every task needs: client, database, pool and import queue.

use super::pool::BoundedPool;
use assent_runtime::{apis::RuntimeApi, opaque::Block};
use sc_consensus_aura::ImportQueueParams;
use sc_service::{error::Error as ServiceError, Configuration};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use std::sync::Arc;

/// The host functions that the runtime imports.
pub(super) type HostFunctions = sp_io::SubstrateHostFunctions;
type Executor = sc_executor::WasmExecutor<HostFunctions>;
/// The client.
pub type Client = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The database.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// The pool.
pub type Pool =
	BoundedPool<sc_transaction_pool::TransactionPoolHandle<Block, Client>, Arc<Client>, false>;
/// The rule by which a node chooses among forks.
pub(super) type SelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// The import of blocks.
pub(super) type GrandpaImport =
	sc_consensus_grandpa::GrandpaBlockImport<FullBackend, Block, Client, SelectChain>;
/// The half of finality that votes.
pub(super) type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, Client, SelectChain>;

/// The parts of a node.
pub type Partial = sc_service::PartialComponents<
	Client,
	FullBackend,
	SelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	Pool,
	(GrandpaImport, GrandpaLink, Option<Telemetry>),
>;

/// The number of blocks between two justifications that the node keeps. A light client or a warp
/// sync finds a justification at least every 17 minutes.
pub(super) const JUSTIFICATION_PERIOD: u32 = 512;

/// Builds the parts of a node.
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
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = sc_consensus::LongestChain::new(backend.clone());

	let pool = sc_transaction_pool::Builder::new(
		task_manager.spawn_essential_handle(),
		client.clone(),
		config.role.is_authority().into(),
	)
	.with_options(config.transaction_pool.clone())
	.with_prometheus(config.prometheus_registry())
	.build();
	let transaction_pool = BoundedPool::new(pool, client.clone(), config.prometheus_registry())
		.map_err(super::metrics_error)?;
	let transaction_pool = Arc::new(transaction_pool);

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
pub(super) fn inherents_now(
	slot_duration: sp_consensus_aura::SlotDuration,
) -> (sp_consensus_aura::inherents::InherentDataProvider, sp_timestamp::InherentDataProvider) {
	let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
	let slot = sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
		*timestamp,
		slot_duration,
	);
	(slot, timestamp)
}
