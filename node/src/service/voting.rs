//! Making blocks (Aura) and voting on finality (GRANDPA).

use super::parts::{
	inherents_now, Client, GrandpaImport, GrandpaLink, Pool, SelectChain, JUSTIFICATION_PERIOD,
};
use assent_runtime::opaque::Block;
use sc_consensus_aura::{SlotProportion, StartAuraParams};
use sc_consensus_grandpa::SharedVoterState;
use sc_network::{
	config::Role, service::traits::NetworkService, types::ProtocolName, NotificationService,
};
use sc_network_sync::SyncingService;
use sc_service::{error::Error as ServiceError, TaskManager};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use sp_core::crypto::KeyTypeId;
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// The types of a validator's session keys.
const SESSION_KEYS: [(&[u8; 4], &str); 3] = [
	(b"aura", "making blocks (aura)"),
	(b"gran", "finality (gran)"),
	(b"asst", "attestations (asst)"),
];

/// The time in which a GRANDPA message reaches every voter.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// The parts of a node that makes blocks or votes.
pub(super) struct Parts {
	pub client: Arc<Client>,
	pub pool: Arc<Pool>,
	pub keystore: KeystorePtr,
	pub role: Role,
	pub sync: Arc<SyncingService<Block>>,
	pub registry: Option<Registry>,
	pub telemetry: Option<TelemetryHandle>,
}

/// The parts of a node that only voting needs.
pub(super) struct Finality {
	pub link: GrandpaLink,
	pub network: Arc<dyn NetworkService>,
	pub notifications: Box<dyn NotificationService>,
	pub protocol: ProtocolName,
	pub voter_state: SharedVoterState,
	pub name: String,
}

/// Starts to make blocks, as a validator does.
pub(super) fn make_blocks(
	parts: &Parts,
	select_chain: SelectChain,
	block_import: GrandpaImport,
	force_authoring: bool,
	tasks: &TaskManager,
) -> Result<(), ServiceError> {
	let Parts { client, pool, keystore, sync, registry, telemetry, .. } = parts;
	let proposer = sc_basic_authorship::ProposerFactory::new(
		tasks.spawn_handle(),
		client.clone(),
		pool.clone(),
		registry.as_ref(),
		telemetry.clone(),
	);
	let slot_duration = sc_consensus_aura::slot_duration(&**client)?;
	let aura =
		sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
			slot_duration,
			client: client.clone(),
			select_chain,
			block_import,
			proposer_factory: proposer,
			create_inherent_data_providers: move |_, ()| async move { Ok(inherents_now(slot_duration)) },
			force_authoring,
			backoff_authoring_blocks: None::<()>,
			keystore: keystore.clone(),
			sync_oracle: sync.clone(),
			justification_sync_link: sync.clone(),
			block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
			max_block_proposal_slot_portion: None,
			telemetry: telemetry.clone(),
			compatibility_mode: Default::default(),
		})?;
	// A validator that makes no blocks is of no use. The task is therefore essential: the node
	// ends when the task ends.
	tasks.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), aura);
	Ok(())
}

/// Starts to follow finality. A validator votes too.
pub(super) fn vote(
	parts: Parts,
	finality: Finality,
	tasks: &TaskManager,
) -> Result<(), ServiceError> {
	let Parts { pool, keystore, role, sync, registry, telemetry, .. } = parts;
	let voter = sc_consensus_grandpa::run_grandpa_voter(sc_consensus_grandpa::GrandpaParams {
		config: sc_consensus_grandpa::Config {
			gossip_duration: GOSSIP_DURATION,
			justification_generation_period: JUSTIFICATION_PERIOD,
			name: Some(finality.name),
			observer_enabled: false,
			// A node without the role of a validator gets no keystore and does not vote.
			keystore: role.is_authority().then_some(keystore),
			local_role: role,
			telemetry: telemetry.clone(),
			protocol_name: finality.protocol,
		},
		link: finality.link,
		network: finality.network,
		sync: Arc::new(sync),
		notification_service: finality.notifications,
		voting_rule: sc_consensus_grandpa::VotingRulesBuilder::default().build(),
		prometheus_registry: registry,
		shared_voter_state: finality.voter_state,
		telemetry,
		offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(pool),
	})?;
	tasks.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	Ok(())
}

/// Warns of missing session keys. A validator without session keys runs and makes no block. The
/// operator may be about to make the keys (`author_rotateKeysWithOwner`), or may have left the
/// keystore behind.
pub(super) fn warn_of_missing_keys(keystore: &KeystorePtr) {
	let missing: Vec<&str> = SESSION_KEYS
		.into_iter()
		.filter(|(id, _)| {
			let keys = keystore.keys(KeyTypeId(**id));
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
