//! The trail: entries by hash, and a patient's entries, newest first.

use super::{internal, Storage};
use crate::service::Client;
use assent_policy::PatientId;
use assent_protocol::{rpc::StoredEntry, MAX_PAGE};
use assent_runtime::Hash;
use assent_runtime_api::TrailApi;
use codec::{Decode, Encode};
use jsonrpsee::{
	core::{async_trait, RpcResult},
	proc_macros::rpc,
};
use pallet_trail::Entry;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::{offchain::OffchainStorage, Bytes};
use std::sync::Arc;

/// The entries that this node holds.
#[derive(Clone)]
pub struct Entries {
	storage: Storage,
}

impl Entries {
	/// The entries in the node's off-chain store.
	pub fn new(storage: Storage) -> Self {
		Self { storage }
	}

	/// The SCALE bytes of the entry with this hash.
	pub fn bytes(&self, hash: Hash) -> Option<Vec<u8>> {
		self.storage.get(sp_offchain::STORAGE_PREFIX, &pallet_trail::entry_key(hash))
	}

	/// The entry with this hash.
	pub fn get(&self, hash: Hash) -> Option<Entry> {
		let bytes = self.bytes(hash)?;
		Entry::decode(&mut bytes.as_slice()).ok()
	}
}

/// The methods of the trail. [`assent_protocol::rpc`] names the methods too. A test compares the
/// names.
#[rpc(server)]
pub trait TrailRpc {
	/// An entry by hash, as SCALE bytes; null if this node does not hold the entry.
	#[method(name = "assent_trailEntry")]
	async fn trail_entry(&self, hash: Hash) -> RpcResult<Option<Bytes>>;

	/// Entries of a patient's trail, newest first, from `before` (an entry's hash; by default
	/// the head at the final block) backwards, at most `limit` (100). The list stops at an
	/// entry that this node does not hold. Empty, if `before` is an entry of another patient.
	#[method(name = "assent_patientTrail")]
	async fn patient_trail(
		&self,
		patient: PatientId,
		before: Option<Hash>,
		limit: u32,
	) -> RpcResult<Vec<StoredEntry<Hash, Bytes>>>;
}

/// The trail, from the entries that this node holds.
pub struct Trail {
	client: Arc<Client>,
	entries: Entries,
}

impl Trail {
	/// The trail of this client's chain.
	pub fn new(client: Arc<Client>, entries: Entries) -> Self {
		Self { client, entries }
	}
}

#[async_trait]
impl TrailRpcServer for Trail {
	async fn trail_entry(&self, hash: Hash) -> RpcResult<Option<Bytes>> {
		Ok(self.entries.bytes(hash).map(Bytes))
	}

	async fn patient_trail(
		&self,
		patient: PatientId,
		before: Option<Hash>,
		limit: u32,
	) -> RpcResult<Vec<StoredEntry<Hash, Bytes>>> {
		let mut next = match before {
			Some(hash) => self
				.entries
				.get(hash)
				.and_then(|entry| entry.patient)
				.filter(|link| link.id == patient)
				.map(|link| link.previous),
			None => {
				let last_final = self.client.info().finalized_hash;
				let api = self.client.runtime_api();
				Some(api.patient_head(last_final, patient).map_err(internal)?.head)
			}
		};
		let mut page = Vec::new();
		while let Some(hash) = next.filter(|hash| !hash.is_zero()) {
			let Some(entry) =
				self.entries.get(hash).filter(|_| page.len() < limit.min(MAX_PAGE) as usize)
			else {
				break;
			};
			next = entry.patient.as_ref().filter(|link| link.id == patient).map(|l| l.previous);
			page.push(StoredEntry { hash, entry: entry.encode().into() });
		}
		Ok(page)
	}
}
