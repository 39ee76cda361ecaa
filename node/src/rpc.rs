//! What the node answers beyond the SDK's standard methods: nonces, finality, and the trail,
//! whose entries live off chain.

use crate::service::{Client, FullBackend, Pool};
use assent_policy::{Basis, Effect, Moment, PatientId, RecordId};
use assent_runtime::{opaque::Block, AccountId, BlockNumber, Hash};
use assent_runtime_api::{ConsentApi, TrailApi};
use assent_support::Act;
use codec::{Decode, Encode};
use jsonrpsee::{
	core::{async_trait, RpcResult},
	proc_macros::rpc,
	types::{error::ErrorCode, ErrorObjectOwned},
	RpcModule,
};
use pallet_trail::Entry;
use sc_client_api::{Backend, StorageProvider};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_rpc::SubscriptionTaskExecutor;
use serde::{Deserialize, Serialize};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::{offchain::OffchainStorage, storage::StorageKey, Bytes};
use std::sync::Arc;

/// The off-chain store.
pub type Storage = <FullBackend as Backend<Block>>::OffchainStorage;

/// How many entries one page of the trail may hold.
const MAX_PAGE: u32 = 100;

/// A decision is delivered on only while it is fresh: within this many blocks (about seven
/// minutes), for which every node still has the state.
const FRESH_BLOCKS: BlockNumber = 200;

/// What the methods work with.
pub struct Deps {
	/// The client.
	pub client: Arc<Client>,
	/// The pool.
	pub pool: Arc<Pool>,
	/// The off-chain store.
	pub offchain_storage: Storage,
	/// For the finality methods.
	pub grandpa: GrandpaDeps,
}

/// What the finality methods work with.
pub struct GrandpaDeps {
	/// Runs subscriptions.
	pub executor: SubscriptionTaskExecutor,
	/// Who votes.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// How the vote stands.
	pub voter_state: SharedVoterState,
	/// Justifications as they come.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proofs of finality.
	pub proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// All methods of this node beyond the SDK's own.
pub fn create(deps: Deps) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>> {
	use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
	use substrate_frame_rpc_system::{System, SystemApiServer};

	let Deps {
		client,
		pool,
		offchain_storage,
		grandpa,
	} = deps;
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
	module.merge(
		Trail {
			client,
			storage: offchain_storage,
		}
		.into_rpc(),
	)?;
	Ok(module)
}

/// Whether a vault may deliver a document now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
	/// Whether the entry is a fresh permit of this record and version for this account, and
	/// the same access would be permitted by the best block too.
	pub permitted: bool,
	/// Whether the entry stands in a final block.
	#[serde(rename = "final")]
	pub is_final: bool,
	/// Why not, or how it was permitted.
	pub reason: String,
	/// The best block's time, in milliseconds since 1970: a vault whose clock is far from it
	/// can't tell what has expired.
	pub at: Moment,
	/// Whether it is permitted by an emergency: then clocks may differ.
	pub emergency: bool,
}

/// One entry of the trail as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredEntry {
	/// Its hash.
	pub hash: Hash,
	/// Its SCALE bytes.
	pub entry: Bytes,
}

/// The trail.
#[rpc(server)]
pub trait TrailRpc {
	/// An entry by its hash, as SCALE bytes; null if this node does not hold it.
	#[method(name = "assent_trailEntry")]
	async fn trail_entry(&self, hash: Hash) -> RpcResult<Option<Bytes>>;

	/// Entries of a patient's trail, newest first, from `before` (an entry's hash; by default
	/// the head at the final block) backwards, at most `limit` (100). Stops at an entry that
	/// this node does not hold.
	#[method(name = "assent_patientTrail")]
	async fn patient_trail(
		&self,
		patient: PatientId,
		before: Option<Hash>,
		limit: u32,
	) -> RpcResult<Vec<StoredEntry>>;

	/// Whether a vault may deliver a version of a record to an account, on the strength of a
	/// trail entry: asked to admit a request, and again right before the first byte. `clock`
	/// is the vault's (milliseconds since 1970): what has expired by it or by the chain's time
	/// permits nothing.
	#[method(name = "assent_delivery")]
	async fn delivery(
		&self,
		record: RecordId,
		version: u32,
		account: AccountId,
		entry: Hash,
		clock: Option<Moment>,
	) -> RpcResult<Delivery>;
}

struct Trail {
	client: Arc<Client>,
	storage: Storage,
}

fn internal(error: impl std::fmt::Display) -> ErrorObjectOwned {
	ErrorObjectOwned::owned(
		ErrorCode::InternalError.code(),
		"the node could not read the chain",
		Some(error.to_string()),
	)
}

impl Trail {
	fn bytes(&self, hash: Hash) -> Option<Vec<u8>> {
		self.storage
			.get(sp_offchain::STORAGE_PREFIX, &pallet_trail::entry_key(hash))
	}

	fn entry(&self, hash: Hash) -> Option<Entry> {
		let bytes = self.bytes(hash)?;
		Entry::decode(&mut bytes.as_slice()).ok()
	}

	/// A block's time.
	fn time_of(&self, block: Hash) -> RpcResult<Moment> {
		let stored = self.client.storage(block, &time_key()).map_err(internal)?;
		let stored = stored.ok_or_else(|| internal("the block has no time"))?;
		Moment::decode(&mut stored.0.as_slice()).map_err(internal)
	}
}

/// Where `pallet-timestamp` keeps a block's time.
fn time_key() -> StorageKey {
	StorageKey(
		[
			sp_io::hashing::twox_128(b"Timestamp"),
			sp_io::hashing::twox_128(b"Now"),
		]
		.concat(),
	)
}

/// The moments at which a delivery must be permitted: the chain's time, and the vault's clock
/// where it is ahead. Only the later one would let in early what begins between the two.
fn moments(at: Moment, clock: Option<Moment>) -> (Moment, Option<Moment>) {
	(at, clock.filter(|clock| *clock > at))
}

#[async_trait]
impl TrailRpcServer for Trail {
	async fn trail_entry(&self, hash: Hash) -> RpcResult<Option<Bytes>> {
		Ok(self.bytes(hash).map(Bytes))
	}

	async fn patient_trail(
		&self,
		patient: PatientId,
		before: Option<Hash>,
		limit: u32,
	) -> RpcResult<Vec<StoredEntry>> {
		let mut next = match before {
			Some(hash) => self
				.entry(hash)
				.and_then(|entry| Some(entry.patient?.previous)),
			None => {
				let last_final = self.client.info().finalized_hash;
				let api = self.client.runtime_api();
				Some(
					api.patient_head(last_final, patient)
						.map_err(internal)?
						.head,
				)
			}
		};
		let mut page = Vec::new();
		while let Some(hash) = next.filter(|hash| !hash.is_zero()) {
			let Some(entry) = self
				.entry(hash)
				.filter(|_| page.len() < limit.min(MAX_PAGE) as usize)
			else {
				break;
			};
			next = entry
				.patient
				.as_ref()
				.filter(|link| link.id == patient)
				.map(|l| l.previous);
			page.push(StoredEntry {
				hash,
				entry: entry.encode().into(),
			});
		}
		Ok(page)
	}

	async fn delivery(
		&self,
		record: RecordId,
		version: u32,
		account: AccountId,
		hash: Hash,
		clock: Option<Moment>,
	) -> RpcResult<Delivery> {
		let info = self.client.info();
		let at = self.time_of(info.best_hash)?;
		let refuse = |is_final: bool, reason: &str| {
			Ok(Delivery {
				permitted: false,
				is_final,
				reason: reason.into(),
				at,
				emergency: false,
			})
		};
		let Some(entry) = self.entry(hash) else {
			return refuse(false, "no such entry in the trail of this node");
		};
		if entry.block > info.finalized_number {
			return refuse(false, "the decision is not final yet");
		}
		if info.best_number.saturating_sub(entry.block) > FRESH_BLOCKS {
			return refuse(
				true,
				"the decision is no longer fresh; ask for access again",
			);
		}
		// The entry may have been indexed on a fork that was left: only the final chain's
		// own block at that height counts.
		let block = self.client.hash(entry.block).map_err(internal)?;
		// One runtime instance answers for one block only: two blocks, two instances.
		let written = match block {
			Some(block) => self
				.client
				.runtime_api()
				.wrote(block, hash)
				.map_err(internal)?,
			None => false,
		};
		if !written {
			return refuse(true, "the entry does not stand in the final chain");
		}
		let (
			Some(patient),
			Some(actor),
			Act::AccessDecided {
				record: r,
				version: v,
				purpose,
				action,
				decision,
			},
		) = (entry.patient, entry.actor, entry.act)
		else {
			return refuse(true, "the entry is no decision about a patient's record");
		};
		if r != record || v != Some(version) || actor != account {
			return refuse(
				true,
				"the decision is about another record, version or account",
			);
		}
		if decision.effect != Effect::Permit {
			return refuse(true, "the decision is a denial");
		}
		if !action.retrieves() {
			return refuse(
				true,
				"the decision permits something else than to open the document; ask for access",
			);
		}
		let decide = |moment| {
			self.client
				.runtime_api()
				.check_access_at(
					info.best_hash,
					account.clone(),
					patient.id,
					record,
					purpose,
					action,
					moment,
				)
				.map_err(internal)
		};
		let (at, ahead) = moments(at, clock);
		let mut now = decide(at)?;
		if now.effect != Effect::Permit {
			return refuse(true, "the access is no longer permitted");
		}
		if let Some(ahead) = ahead {
			now = decide(ahead)?;
			if now.effect != Effect::Permit {
				return refuse(true, "the access has expired by the vault's clock");
			}
		}
		Ok(Delivery {
			permitted: true,
			is_final: true,
			reason: format!("{:?}", now.basis),
			at,
			emergency: now.basis == Basis::Emergency,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn time_should_be_read_where_every_client_of_the_chain_reads_it() {
		// As polkadot.js gives `api.query.timestamp.now.key()`.
		let known = "f0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";
		assert_eq!(hex::encode(time_key().0), known);
	}

	#[test]
	fn delivery_should_be_decided_at_both_clocks_when_the_vaults_is_ahead() {
		assert_eq!(moments(100, Some(101)), (100, Some(101)));
		for clock in [None, Some(0), Some(99), Some(100)] {
			assert_eq!(moments(100, clock), (100, None));
		}
	}

	#[test]
	fn delivery_should_have_the_fields_that_a_vault_requires() {
		let delivery = Delivery {
			permitted: true,
			is_final: true,
			reason: "Emergency".into(),
			at: 1_800_000_000_000,
			emergency: true,
		};
		let expected = serde_json::json!({
			"permitted": true,
			"final": true,
			"reason": "Emergency",
			"at": 1_800_000_000_000u64,
			"emergency": true,
		});
		assert_eq!(serde_json::to_value(delivery).unwrap(), expected);
	}
}
