//! The method with which a vault asks whether the chain permits a delivery.
//!
//! The rule stands in `pallet-consent`. The node fetches the entry, checks that a final block
//! wrote the entry, and asks the runtime of the best block.

use super::{internal, trail::Entries};
use crate::service::Client;
use assent_policy::{Basis, Moment, RecordId};
use assent_protocol::delivery::{Answer, Reason};
use assent_runtime::{AccountId, Hash};
use assent_runtime_api::{DeliveryApi, TrailApi};
use jsonrpsee::{
	core::{async_trait, RpcResult},
	proc_macros::rpc,
};
use pallet_consent::{Asked, Decided, NotDelivered};
use pallet_trail::Entry;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// The method of deliveries. [`assent_protocol::rpc`] names the method too. A test compares the
/// names.
#[rpc(server)]
pub trait DeliveryRpc {
	/// Whether an entry of the trail permits a vault to deliver a version of a record to an
	/// account. A vault asks before the vault reads the wrap, and again right before the first
	/// byte. `clock` is the vault's clock, in milliseconds since 1970.
	#[method(name = "assent_delivery")]
	async fn delivery(
		&self,
		record: RecordId,
		version: u32,
		account: AccountId,
		entry: Hash,
		clock: Option<Moment>,
	) -> RpcResult<Answer>;
}

/// Deliveries by the chain that this node follows.
pub struct Delivery {
	client: Arc<Client>,
	entries: Entries,
}

impl Delivery {
	/// Deliveries by this client's chain.
	pub fn new(client: Arc<Client>, entries: Entries) -> Self {
		Self { client, entries }
	}

	/// Whether the final chain's own block at the entry's height wrote the entry. The node may
	/// have indexed the entry on a fork that the chain left.
	fn is_written(&self, entry: &Entry, hash: Hash) -> RpcResult<bool> {
		match self.client.hash(entry.block).map_err(internal)? {
			// One runtime instance answers for one block only. Two blocks need two instances.
			Some(block) => self.client.runtime_api().wrote(block, hash).map_err(internal),
			None => Ok(false),
		}
	}
}

#[async_trait]
impl DeliveryRpcServer for Delivery {
	async fn delivery(
		&self,
		record: RecordId,
		version: u32,
		account: AccountId,
		hash: Hash,
		clock: Option<Moment>,
	) -> RpcResult<Answer> {
		let info = self.client.info();
		let best = info.best_hash;
		let at = self.client.runtime_api().time(best).map_err(internal)?;
		let Some(entry) = self.entries.get(hash) else {
			return Ok(refused(at, false, Reason::UnknownEntry));
		};
		if entry.block > info.finalized_number {
			return Ok(refused(at, false, Reason::NotFinal));
		}
		let asked = Asked { record, version, account, clock };
		let result = self
			.client
			.runtime_api()
			.deliverable(best, decided(&entry), asked)
			.map_err(internal)?;
		// The state of the block that wrote an older entry may be gone.
		if result != Err(NotDelivered::NotFresh) && !self.is_written(&entry, hash)? {
			return Ok(refused(at, true, Reason::OtherFork));
		}
		Ok(match result {
			Ok(basis) => permitted(at, basis),
			Err(why) => refused(at, true, reason_of_refusal(why)),
		})
	}
}

/// The parts of an entry that the rule of delivery reads.
fn decided(entry: &Entry) -> Decided {
	Decided {
		block: entry.block,
		patient: entry.patient.as_ref().map(|link| link.id),
		actor: entry.actor.clone(),
		act: entry.act.clone(),
	}
}

fn permitted(at: Moment, basis: Basis) -> Answer {
	Answer {
		permitted: true,
		is_final: true,
		reason: reason_of_permit(basis),
		at,
		emergency: basis == Basis::Emergency,
	}
}

fn refused(at: Moment, is_final: bool, reason: Reason) -> Answer {
	Answer { permitted: false, is_final, reason, at, emergency: false }
}

/// The reason for a permit, by the rule that permits. The last three rules never permit.
fn reason_of_permit(basis: Basis) -> Reason {
	match basis {
		Basis::OwnAccess => Reason::OwnAccess,
		Basis::GuardianAccess => Reason::GuardianAccess,
		Basis::DelegateAccess => Reason::DelegateAccess,
		Basis::Emergency => Reason::Emergency,
		Basis::Directive { .. } => Reason::Directive,
		Basis::BasePolicy { .. } => Reason::BasePolicy,
		Basis::NoRule | Basis::NoCredential | Basis::NotAccepted { .. } => Reason::Other,
	}
}

fn reason_of_refusal(refusal: NotDelivered) -> Reason {
	match refusal {
		NotDelivered::NotFresh => Reason::NotFresh,
		NotDelivered::NoDecision => Reason::NoDecision,
		NotDelivered::OtherRequest => Reason::OtherRequest,
		NotDelivered::Denial => Reason::Denial,
		NotDelivered::OtherAction => Reason::OtherAction,
		NotDelivered::NoLongerPermitted => Reason::NoLongerPermitted,
		NotDelivered::ExpiredByClock => Reason::ExpiredByClock,
		NotDelivered::ClocksApart => Reason::ClocksApart,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::rpc::trail::TrailRpcServer;
	use assent_policy::PatientId;
	use assent_protocol::rpc::{DeliveryParams, StoredEntry, METHODS};
	use jsonrpsee::RpcModule;
	use sp_core::{crypto::Ss58Codec, Bytes};
	use std::sync::Mutex;

	/// The parameters of a delivery, after the node read the parameters.
	type Read = (RecordId, u32, AccountId, Hash, Option<Moment>);

	/// A server that keeps the parameters of every question.
	#[derive(Clone, Default)]
	struct Asks(Arc<Mutex<Vec<Read>>>);

	#[async_trait]
	impl DeliveryRpcServer for Asks {
		async fn delivery(
			&self,
			record: RecordId,
			version: u32,
			account: AccountId,
			entry: Hash,
			clock: Option<Moment>,
		) -> RpcResult<Answer> {
			let read = (record, version, account, entry, clock);
			self.0.lock().unwrap().push(read);
			Ok(permitted(7, Basis::Emergency))
		}
	}

	#[async_trait]
	impl TrailRpcServer for Asks {
		async fn trail_entry(&self, _: Hash) -> RpcResult<Option<Bytes>> {
			Ok(None)
		}

		async fn patient_trail(
			&self,
			_: PatientId,
			_: Option<Hash>,
			_: u32,
		) -> RpcResult<Vec<StoredEntry<Hash, Bytes>>> {
			Ok(Vec::new())
		}
	}

	#[test]
	fn methods_should_have_the_names_of_the_protocol() {
		let mut module = RpcModule::new(());
		module.merge(DeliveryRpcServer::into_rpc(Asks::default())).unwrap();
		module.merge(TrailRpcServer::into_rpc(Asks::default())).unwrap();
		let mut names: Vec<_> = module.method_names().collect();
		names.sort_unstable();
		assert_eq!(names, METHODS);
	}

	#[test]
	fn parameters_of_the_protocol_should_be_read_as_they_are_meant() {
		let asks = Asks::default();
		let account = AccountId::new([3; 32]);
		let params = DeliveryParams {
			record: [2; 16],
			version: 5,
			account: &account.to_ss58check(),
			entry: [4; 32],
			clock: 6,
		};
		let request = serde_json::json!({
			"jsonrpc": "2.0",
			"id": 1,
			"method": assent_protocol::rpc::DELIVERY,
			"params": params,
		});
		let module = DeliveryRpcServer::into_rpc(asks.clone());
		let (answer, _) =
			futures::executor::block_on(module.raw_json_request(&request.to_string(), 1)).unwrap();
		let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
		let answer: Answer = serde_json::from_value(answer["result"].clone()).unwrap();
		assert_eq!(answer, permitted(7, Basis::Emergency));
		let read = (RecordId([2; 16]), 5, account, Hash::repeat_byte(4), Some(6));
		assert_eq!(*asks.0.lock().unwrap(), [read]);
	}

	#[test]
	fn refusal_should_have_a_reason_of_its_own() {
		let every = [
			NotDelivered::NotFresh,
			NotDelivered::NoDecision,
			NotDelivered::OtherRequest,
			NotDelivered::Denial,
			NotDelivered::OtherAction,
			NotDelivered::NoLongerPermitted,
			NotDelivered::ExpiredByClock,
			NotDelivered::ClocksApart,
		];
		let mut codes: Vec<_> =
			every.iter().map(|refusal| reason_of_refusal(*refusal).code()).collect();
		codes.sort_unstable();
		codes.dedup();
		assert_eq!(codes.len(), every.len());
	}

	#[test]
	fn emergency_should_be_told_when_an_emergency_permits_only() {
		assert!(permitted(1, Basis::Emergency).emergency);
		assert!(!permitted(1, Basis::OwnAccess).emergency);
		let refused = refused(1, true, Reason::Denial);
		assert!(!refused.permitted && !refused.emergency && refused.is_final);
	}
}
