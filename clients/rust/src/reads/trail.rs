//! Heads of the trail's sequences, and entries as a node keeps them off the chain.

use crate::{prove::Proven, Chain, Outcome};
use assent_policy::PatientId;
use assent_protocol::rpc;
use assent_runtime::{Hash, Runtime};
use pallet_trail::{Head, Sequence};
use sp_core::Bytes;
use subxt::rpcs::client::rpc_params;

/// An entry as a node gives the entry. Only the walk checks an entry.
pub type StoredEntry = rpc::StoredEntry<Hash, Bytes>;

impl Chain {
	/// The head of a sequence at the final block, proven. No value for a sequence without entries.
	///
	/// # Errors
	/// `ProofRefused`, when the proof does not hold.
	pub async fn trail_head(&self, sequence: Sequence) -> Outcome<Proven<Head>> {
		let key = match sequence {
			Sequence::Patient(id) => pallet_trail::PatientHeads::<Runtime>::hashed_key_for(id),
			Sequence::Organisation(id) => {
				pallet_trail::OrganisationHeads::<Runtime>::hashed_key_for(id)
			}
		};
		self.read_proven(&key).await
	}

	/// Entries of a patient, newest first, before the entry with hash `newer` (from the newest, if
	/// none is named), at most `limit`.
	pub async fn trail_page(
		&self,
		patient: PatientId,
		newer: Option<Hash>,
		limit: u32,
	) -> Outcome<Vec<StoredEntry>> {
		let params = rpc_params![patient, newer, limit];
		self.ask(rpc::PATIENT_TRAIL, params).await
	}

	/// The encoded entry with this hash, if the node has one.
	pub async fn trail_entry(&self, hash: Hash) -> Outcome<Option<Vec<u8>>> {
		let entry: Option<Bytes> = self.ask(rpc::TRAIL_ENTRY, rpc_params![hash]).await?;
		Ok(entry.map(|entry| entry.0))
	}
}
