//! The pool of the node: the SDK's pool, with a bound on the waiting transactions of each principal
//! and with refusals in words.
//!
//! The runtime tells the principal for whom a transaction waits ([`Waiting`]). The pool counts the
//! transactions that a principal keeps waiting, ready and future ones, and refuses above a bound. The
//! SDK's pool does not see a transaction above the bound, so a flood costs one call of the runtime for
//! each transaction and no place in the pool.
//!
//! # The count
//! A transaction counts when the SDK's pool has taken the transaction. Bytes with a forged signature
//! never count, so nobody can use up the places of others. Several transactions may pass the bound at
//! the same moment. The pool counts again when the SDK's pool has taken each of them, and takes out
//! the transactions above the bound.
//!
//! Transactions leave in many ways: into a block, by age, by a better one, by another check. The
//! pool looks at the whole SDK's pool after each best block, forgets what is gone, and counts what
//! came back from an abandoned block. Before a refusal the pool looks too, unless it looked just now.
//!
//! # Without an answer of the runtime
//! The runtime may fail to answer, for bytes that no runtime can decode or for a block without a state.
//! Then the SDK's pool asks the same runtime at the same block, refuses too, and the peer pays as
//! before. If the SDK's pool takes the transaction all the same, nobody can count the transaction, and
//! a way around the bound would be open. The pool takes such a transaction out. The node's own
//! transactions stay: no account signs them.

mod refusal;
#[cfg(test)]
mod tests;
mod waiters;

use assent_runtime_api::AllowanceApi;
use jsonrpsee::core::async_trait;
use pallet_allowance::{invalid::Cause, Principal, Urgency, Waiting};
use refusal::Refusal;
use sc_transaction_pool_api::{
	error::{Error as PoolError, IntoPoolError},
	ChainEvent, ImportNotificationStream, InPoolTransaction, LocalTransactionFor,
	LocalTransactionPool, MaintainedTransactionPool, PoolStatus, ReadyTransactions, TransactionFor,
	TransactionPool, TransactionSource, TransactionStatusStreamFor, TxHash, TxInvalidityReportMap,
};
use sp_api::{ApiError, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_runtime::traits::Block as BlockT;
use std::{
	collections::HashMap,
	pin::Pin,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
	time::Duration,
};
use substrate_prometheus_endpoint::{CounterVec, PrometheusError, Registry, U64};
use waiters::Waiters;

/// Tells the principal for whom a transaction waits.
pub trait Asks<Block: BlockT>: Send + Sync {
	/// The answer at the best block. `None` for a transaction that no account signed.
	fn waiting(&self, transaction: &Block::Extrinsic) -> Result<Option<Waiting>, ApiError>;
}

impl<Block, Client> Asks<Block> for Arc<Client>
where
	Block: BlockT,
	Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync,
	Client::Api: AllowanceApi<Block>,
{
	fn waiting(&self, transaction: &Block::Extrinsic) -> Result<Option<Waiting>, ApiError> {
		self.runtime_api().waiting(self.info().best_hash, transaction.clone())
	}
}

/// The pool with a bound. The form with `WORDS` is for the RPC methods, the form without words for
/// everybody else: see [`Refusal`].
pub struct BoundedPool<P: TransactionPool, A, const WORDS: bool> {
	shared: Arc<Shared<P, A>>,
}

/// The parts of a pool that its forms share.
struct Shared<P: TransactionPool, A> {
	inner: P,
	asks: A,
	waiters: Mutex<Waiters<TxHash<P>>>,
	refused: Option<CounterVec<U64>>,
}

/// The runtime's answer about a transaction.
enum Place<Hash> {
	/// An account signed, so the transaction counts for the principal. The ready transaction with
	/// the same account and number makes room, if the SDK's pool takes this one.
	Counted(Waiting, Option<Hash>),
	/// No account signed, so the transaction counts for nobody.
	Free,
	/// The runtime gave no answer.
	Unknown,
}

impl<P: TransactionPool, A: Asks<P::Block>> BoundedPool<P, A, false> {
	/// Bounds a pool, and registers the figures.
	pub fn new(inner: P, asks: A, registry: Option<&Registry>) -> Result<Self, PrometheusError> {
		let refused = registry.map(crate::metrics::pool_refusals).transpose()?;
		let waiters = Mutex::new(Waiters::new());
		Ok(Self { shared: Arc::new(Shared { inner, asks, waiters, refused }) })
	}

	/// The same pool, for the RPC methods.
	pub fn in_words(&self) -> BoundedPool<P, A, true> {
		BoundedPool { shared: self.shared.clone() }
	}
}

impl<P: TransactionPool, A: Asks<P::Block>> Shared<P, A> {
	/// The lock is held for a look-up or a change, and never while the pool waits.
	fn waiters(&self) -> MutexGuard<'_, Waiters<TxHash<P>>> {
		self.waiters.lock().unwrap_or_else(PoisonError::into_inner)
	}

	/// Looks whether the transaction may go to the SDK's pool.
	fn admit<const WORDS: bool>(
		&self,
		transaction: &TransactionFor<P>,
	) -> Result<Place<TxHash<P>>, Refusal<P::Error, WORDS>> {
		let waiting = match self.asks.waiting(transaction) {
			Ok(Some(waiting)) => waiting,
			Ok(None) => return Ok(Place::Free),
			Err(error) => {
				log::debug!("The runtime does not tell for whom a transaction waits: {error}");
				return Ok(Place::Unknown);
			}
		};
		let beside = self.waiters().beside(&waiting);
		let replaced = beside.into_iter().find(|hash| self.inner.ready_transaction(hash).is_some());
		match self.over(&waiting, replaced.as_ref()) {
			Some(cause) => Err(self.refuse(cause)),
			None => Ok(Place::Counted(waiting, replaced)),
		}
	}

	/// The cause for which the transaction may not wait. Some that waited may be gone since the
	/// last look at the pool.
	fn over(&self, waiting: &Waiting, replaced: Option<&TxHash<P>>) -> Option<Cause> {
		let (cause, stale) = {
			let waiters = self.waiters();
			(waiters.over(waiting, replaced)?, waiters.stale())
		};
		if !stale {
			return Some(cause);
		}
		self.look();
		self.waiters().over(waiting, replaced)
	}

	/// Counts a transaction that the SDK's pool took. Returns the cause for which the transaction
	/// must go again.
	fn count(
		&self,
		hash: &TxHash<P>,
		place: Place<TxHash<P>>,
		source: TransactionSource,
	) -> Option<Cause> {
		let waiting = match place {
			Place::Counted(waiting, replaced) => {
				let gone = replaced.filter(|hash| self.inner.ready_transaction(hash).is_none());
				if let Some(gone) = gone {
					self.waiters().remove(&gone);
				}
				Some(waiting)
			}
			Place::Free => None,
			Place::Unknown if source == TransactionSource::External => {
				return Some(Cause::NotCounted);
			}
			Place::Unknown => None,
		};
		let grown = {
			let mut waiters = self.waiters();
			if !waiters.knows(hash) {
				if let Some(cause) =
					waiting.as_ref().and_then(|waiting| waiters.over(waiting, None))
				{
					return Some(cause);
				}
			}
			waiters.insert(hash.clone(), waiting);
			waiters.grown()
		};
		if grown {
			self.look();
		}
		None
	}

	/// Takes a transaction out of the SDK's pool.
	async fn take_out(&self, hash: TxHash<P>) {
		self.inner.report_invalid(None, [(hash, None)].into_iter().collect()).await;
	}

	/// Looks at the whole pool: forgets the transactions that are gone, and counts the transactions
	/// that came another way.
	fn look(&self) {
		let look = self.waiters().begin_look();
		let mut found: HashMap<TxHash<P>, Arc<TransactionFor<P>>> = HashMap::new();
		for transaction in self.inner.ready() {
			found.insert(transaction.hash().clone(), transaction.data().clone());
		}
		for transaction in self.inner.futures() {
			found.insert(transaction.hash().clone(), transaction.data().clone());
		}
		let unknown: Vec<_> = {
			let mut waiters = self.waiters();
			waiters.end_look(look, |hash| found.contains_key(hash));
			found.into_iter().filter(|(hash, _)| !waiters.knows(hash)).collect()
		};
		for (hash, transaction) in unknown {
			// A transaction without an answer is asked for again at the next look.
			if let Ok(waiting) = self.asks.waiting(&transaction) {
				self.waiters().insert(hash, waiting);
			}
		}
	}

	/// A refusal by the bound.
	fn refuse<const WORDS: bool>(&self, cause: Cause) -> Refusal<P::Error, WORDS> {
		self.tell(cause);
		Refusal::Bound(cause)
	}

	/// A refusal by the SDK's pool, with the cause.
	fn explain<const WORDS: bool>(
		&self,
		error: P::Error,
		place: &Place<TxHash<P>>,
	) -> Refusal<P::Error, WORDS> {
		let error = match error.into_pool_error() {
			Ok(error) => error,
			Err(fault) => return Refusal::Fault(fault),
		};
		let PoolError::InvalidTransaction(invalid) = &error else {
			return Refusal::Pool(error, None);
		};
		// The texts of the SDK tell about a transaction that no account signed.
		let Place::Counted(waiting, _) = place else {
			return Refusal::Pool(error, None);
		};
		let has_payer =
			waiting.principal != Principal::Nobody && waiting.urgency != Urgency::Withdrawal;
		let cause = Cause::of(*invalid, has_payer);
		if let Some(cause) = cause {
			self.tell(cause);
		}
		Refusal::Pool(error, cause)
	}

	/// Counts a refusal into the figures.
	fn tell(&self, cause: Cause) {
		if let Some(refused) = &self.refused {
			refused.with_label_values(&[cause.name()]).inc();
		}
	}
}

#[async_trait]
impl<P, A, const WORDS: bool> TransactionPool for BoundedPool<P, A, WORDS>
where
	P: TransactionPool,
	A: Asks<P::Block>,
{
	type Block = P::Block;
	type Hash = P::Hash;
	type InPoolTransaction = P::InPoolTransaction;
	type Error = Refusal<P::Error, WORDS>;

	async fn submit_at(
		&self,
		at: <Self::Block as BlockT>::Hash,
		source: TransactionSource,
		transactions: Vec<TransactionFor<Self>>,
	) -> Result<Vec<Result<TxHash<Self>, Self::Error>>, Self::Error> {
		let mut results = Vec::with_capacity(transactions.len());
		// One by one: each transaction counts for the next.
		for transaction in transactions {
			results.push(self.submit_one(at, source, transaction).await);
		}
		Ok(results)
	}

	async fn submit_one(
		&self,
		at: <Self::Block as BlockT>::Hash,
		source: TransactionSource,
		transaction: TransactionFor<Self>,
	) -> Result<TxHash<Self>, Self::Error> {
		let shared = &self.shared;
		let place = shared.admit(&transaction)?;
		let hash = match shared.inner.submit_one(at, source, transaction).await {
			Ok(hash) => hash,
			Err(error) => return Err(shared.explain(error, &place)),
		};
		match shared.count(&hash, place, source) {
			None => Ok(hash),
			Some(cause) => {
				shared.take_out(hash).await;
				Err(shared.refuse(cause))
			}
		}
	}

	async fn submit_and_watch(
		&self,
		at: <Self::Block as BlockT>::Hash,
		source: TransactionSource,
		transaction: TransactionFor<Self>,
	) -> Result<Pin<Box<TransactionStatusStreamFor<Self>>>, Self::Error> {
		let shared = &self.shared;
		let place = shared.admit(&transaction)?;
		let hash = shared.inner.hash_of(&transaction);
		let events = match shared.inner.submit_and_watch(at, source, transaction).await {
			Ok(events) => events,
			Err(error) => return Err(shared.explain(error, &place)),
		};
		match shared.count(&hash, place, source) {
			None => Ok(events),
			Some(cause) => {
				shared.take_out(hash).await;
				Err(shared.refuse(cause))
			}
		}
	}

	async fn ready_at(
		&self,
		at: <Self::Block as BlockT>::Hash,
	) -> Box<dyn ReadyTransactions<Item = Arc<Self::InPoolTransaction>> + Send> {
		self.shared.inner.ready_at(at).await
	}

	fn ready(&self) -> Box<dyn ReadyTransactions<Item = Arc<Self::InPoolTransaction>> + Send> {
		self.shared.inner.ready()
	}

	async fn report_invalid(
		&self,
		at: Option<<Self::Block as BlockT>::Hash>,
		errors: TxInvalidityReportMap<TxHash<Self>>,
	) -> Vec<Arc<Self::InPoolTransaction>> {
		let removed = self.shared.inner.report_invalid(at, errors).await;
		let mut waiters = self.shared.waiters();
		for transaction in &removed {
			waiters.remove(transaction.hash());
		}
		removed
	}

	fn futures(&self) -> Vec<Self::InPoolTransaction> {
		self.shared.inner.futures()
	}

	fn status(&self) -> PoolStatus {
		self.shared.inner.status()
	}

	fn import_notification_stream(&self) -> ImportNotificationStream<TxHash<Self>> {
		self.shared.inner.import_notification_stream()
	}

	fn on_broadcasted(&self, propagations: HashMap<TxHash<Self>, Vec<String>>) {
		self.shared.inner.on_broadcasted(propagations)
	}

	fn hash_of(&self, transaction: &TransactionFor<Self>) -> TxHash<Self> {
		self.shared.inner.hash_of(transaction)
	}

	fn ready_transaction(&self, hash: &TxHash<Self>) -> Option<Arc<Self::InPoolTransaction>> {
		self.shared.inner.ready_transaction(hash)
	}

	async fn ready_at_with_timeout(
		&self,
		at: <Self::Block as BlockT>::Hash,
		timeout: Duration,
	) -> Box<dyn ReadyTransactions<Item = Arc<Self::InPoolTransaction>> + Send> {
		self.shared.inner.ready_at_with_timeout(at, timeout).await
	}
}

#[async_trait]
impl<P, A, const WORDS: bool> MaintainedTransactionPool for BoundedPool<P, A, WORDS>
where
	P: MaintainedTransactionPool,
	A: Asks<P::Block>,
{
	async fn maintain(&self, event: ChainEvent<Self::Block>) {
		// A block beside the best chain changes nothing in the list of ready transactions.
		let looks = !matches!(event, ChainEvent::NewBlock { .. });
		self.shared.inner.maintain(event).await;
		if looks {
			self.shared.look();
		}
	}
}

impl<P, A, const WORDS: bool> LocalTransactionPool for BoundedPool<P, A, WORDS>
where
	P: TransactionPool
		+ LocalTransactionPool<
			Block = <P as TransactionPool>::Block,
			Hash = <P as TransactionPool>::Hash,
			Error = <P as TransactionPool>::Error,
		>,
	A: Asks<<P as TransactionPool>::Block>,
{
	type Block = <P as TransactionPool>::Block;
	type Hash = <P as TransactionPool>::Hash;
	type Error = Refusal<<P as TransactionPool>::Error, WORDS>;

	/// The node's own transactions: attestations and reports of equivocation. No account signs these
	/// transactions, so the transactions count for nobody.
	fn submit_local(
		&self,
		at: <Self::Block as BlockT>::Hash,
		transaction: LocalTransactionFor<Self>,
	) -> Result<Self::Hash, Self::Error> {
		let shared = &self.shared;
		let place = shared.admit(&transaction)?;
		match shared.inner.submit_local(at, transaction) {
			Ok(hash) => {
				shared.count(&hash, place, TransactionSource::Local);
				Ok(hash)
			}
			Err(error) => Err(shared.explain(error, &place)),
		}
	}
}
