//! The figures of this node's own worker. The worker runs inside the runtime and can't reach the
//! metrics. The node watches the worker from outside: the worker's notes in the local storage
//! ([`Watched`]), and the worker's transactions for the pool ([`CountedPool`]).

use super::{counter, counters};
use assent_policy::OrganisationId;
use pallet_records::worker::{NOTES, SILENCES};
use sc_transaction_pool_api::{LocalTransactionFor, LocalTransactionPool};
use sp_core::offchain::OffchainStorage;
use sp_runtime::traits::Block as BlockT;
use substrate_prometheus_endpoint::{Counter, CounterVec, PrometheusError, Registry, U64};

/// The figures of this node's own worker.
#[derive(Clone)]
pub struct WorkerMetrics {
	looks: Counter<U64>,
	silences: CounterVec<U64>,
	submissions: CounterVec<U64>,
}

impl WorkerMetrics {
	/// Registers the figures.
	pub fn new(registry: &Registry) -> Result<Self, PrometheusError> {
		let this = Self {
			looks: counter(
				registry,
				"assent_worker_looks_total",
				"Documents that this node's worker tried to check, whatever came of it",
			)?,
			silences: counters(
				registry,
				"assent_worker_silences_total",
				"Times a custodian's vault gave this node's worker no answer, or is not allowed",
				"custodian",
			)?,
			submissions: counters(
				registry,
				"assent_worker_submissions_total",
				"Attestations that this node's worker handed to the pool, by what the pool said",
				"result",
			)?,
		};
		for result in ["accepted", "refused"] {
			this.submissions.with_label_values(&[result]);
		}
		Ok(this)
	}

	/// Counts a note of the worker by the key: a look at a document, or the silence of a
	/// custodian's vault.
	fn written(&self, key: &[u8]) {
		if key.starts_with(NOTES) {
			self.looks.inc();
		}
		let custodian = key.strip_prefix(SILENCES).and_then(|id| id.try_into().ok());
		if let Some(id) = custodian.map(OrganisationId::from_be_bytes) {
			self.silences.with_label_values(&[&id.to_string()]).inc();
		}
	}

	fn submitted(&self, accepted: bool) {
		let result = if accepted { "accepted" } else { "refused" };
		self.submissions.with_label_values(&[result]).inc();
	}
}

/// The worker's local storage, with a count of the notes that the worker writes.
#[derive(Clone)]
pub struct Watched<S> {
	storage: S,
	metrics: Option<WorkerMetrics>,
}

impl<S> Watched<S> {
	/// Counts into the metrics, if metrics are given.
	pub fn new(storage: S, metrics: Option<WorkerMetrics>) -> Self {
		Self { storage, metrics }
	}

	fn written(&self, prefix: &[u8], key: &[u8]) {
		if let Some(metrics) =
			self.metrics.as_ref().filter(|_| prefix == sp_offchain::STORAGE_PREFIX)
		{
			metrics.written(key);
		}
	}
}

impl<S: OffchainStorage> OffchainStorage for Watched<S> {
	fn set(&mut self, prefix: &[u8], key: &[u8], value: &[u8]) {
		self.written(prefix, key);
		self.storage.set(prefix, key, value)
	}

	fn remove(&mut self, prefix: &[u8], key: &[u8]) {
		self.storage.remove(prefix, key)
	}

	fn get(&self, prefix: &[u8], key: &[u8]) -> Option<Vec<u8>> {
		self.storage.get(prefix, key)
	}

	fn compare_and_set(
		&mut self,
		prefix: &[u8],
		key: &[u8],
		old_value: Option<&[u8]>,
		new_value: &[u8],
	) -> bool {
		let done = self.storage.compare_and_set(prefix, key, old_value, new_value);
		if done {
			self.written(prefix, key);
		}
		done
	}
}

/// The pool as the worker sees the pool, with a count of the transactions.
pub struct CountedPool<P> {
	pool: P,
	metrics: Option<WorkerMetrics>,
}

impl<P> CountedPool<P> {
	/// Counts into the metrics, if metrics are given.
	pub fn new(pool: P, metrics: Option<WorkerMetrics>) -> Self {
		Self { pool, metrics }
	}
}

impl<P: LocalTransactionPool> LocalTransactionPool for CountedPool<P> {
	type Block = P::Block;
	type Hash = P::Hash;
	type Error = P::Error;

	fn submit_local(
		&self,
		at: <Self::Block as BlockT>::Hash,
		transaction: LocalTransactionFor<Self>,
	) -> Result<Self::Hash, Self::Error> {
		let outcome = self.pool.submit_local(at, transaction);
		if let Some(metrics) = &self.metrics {
			metrics.submitted(outcome.is_ok());
		}
		outcome
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_runtime::{opaque::Block, Hash};
	use sc_transaction_pool_api::error::Error;
	use sp_core::offchain::storage::InMemOffchainStorage;
	use sp_runtime::OpaqueExtrinsic;

	fn metrics() -> WorkerMetrics {
		WorkerMetrics::new(&Registry::new()).unwrap()
	}

	#[test]
	fn watched_should_count_looks_and_silences_when_the_worker_notes_them() {
		let metrics = metrics();
		let mut storage = Watched::new(InMemOffchainStorage::default(), Some(metrics.clone()));
		let prefix = sp_offchain::STORAGE_PREFIX;
		storage.set(prefix, &[NOTES, &[7; 16]].concat(), b"note");
		let silence = [SILENCES, &3u32.to_be_bytes()].concat();
		assert!(storage.compare_and_set(prefix, &silence, None, b"now"));
		assert!(!storage.compare_and_set(prefix, &silence, None, b"later"));
		// A note under another prefix or another key is not counted.
		storage.set(b"other", &[NOTES, &[7; 16]].concat(), b"note");
		storage.set(prefix, b"assent/worker/cursor", b"here");
		storage.set(prefix, &[SILENCES, b"long suffix".as_slice()].concat(), b"now");

		assert_eq!(metrics.looks.get(), 1);
		assert_eq!(metrics.silences.with_label_values(&["3"]).get(), 1);
		assert_eq!(storage.get(prefix, &silence), Some(b"now".to_vec()));
	}

	/// A pool that takes every transaction, or refuses every transaction.
	struct Pool(bool);

	impl LocalTransactionPool for Pool {
		type Block = Block;
		type Hash = Hash;
		type Error = Error;

		fn submit_local(&self, _: Hash, _: LocalTransactionFor<Self>) -> Result<Hash, Error> {
			self.0.then_some(Hash::zero()).ok_or(Error::ImmediatelyDropped)
		}
	}

	#[test]
	fn counted_pool_should_count_by_what_the_pool_said() {
		let metrics = metrics();
		let transaction = || OpaqueExtrinsic::from_blob(vec![1]);
		for taken in [true, true, false] {
			let pool = CountedPool::new(Pool(taken), Some(metrics.clone()));
			let outcome = pool.submit_local(Hash::zero(), transaction());
			assert_eq!(outcome.is_ok(), taken);
		}
		let count = |result| metrics.submissions.with_label_values(&[result]).get();
		assert_eq!((count("accepted"), count("refused")), (2, 1));
	}
}
