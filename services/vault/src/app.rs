//! The state that all requests share.

use crate::config::Config;
use crate::decisions::Decisions;
use crate::error::{chain_of, ApiError};
use crate::metrics::Metrics;
use crate::node::Node;
use crate::store::{Store, StoreError};
use axum::http::header::AUTHORIZATION;
use axum::http::HeaderMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, Semaphore};

/// The time for which the result of a check of the store is valid. A request within the time
/// causes no write to the disk.
const TRIED: Duration = Duration::from_secs(1);

/// The reason why the vault can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
	/// The store can't be opened.
	#[error("opening the store")]
	Store(#[from] StoreError),
	/// The node's URL is not usable.
	#[error("--node")]
	Node(#[from] jsonrpsee_core::client::Error),
}

/// The state behind the routes.
pub struct App {
	pub(crate) config: Config,
	pub(crate) store: Store,
	pub(crate) decisions: Option<Box<dyn Decisions>>,
	pub(crate) uploads: Arc<Semaphore>,
	pub(crate) metrics: Metrics,
	draining: AtomicBool,
	requests: AtomicU64,
	/// The moment of the last check of the store, and whether the store was writable.
	tried: Mutex<Option<(Instant, bool)>>,
}

impl App {
	/// Opens the store and makes the client of the node.
	pub fn new(config: Config) -> Result<Self, StartError> {
		let (store, removed) = Store::open(&config.store)?;
		if removed > 0 {
			tracing::info!(removed, "removed what interrupted uploads left");
		}
		let decisions = match &config.node {
			Some(url) => {
				let node: Box<dyn Decisions> = Box::new(Node::new(url, config.node_timeout)?);
				Some(node)
			}
			None => {
				tracing::warn!("no --node: no wrap leaves this vault");
				None
			}
		};
		Ok(Self {
			store,
			decisions,
			uploads: Arc::new(Semaphore::new(config.max_uploads as usize)),
			metrics: Metrics::default(),
			draining: AtomicBool::new(false),
			requests: AtomicU64::new(0),
			tried: Mutex::new(None),
			config,
		})
	}

	/// The number of the next request, for the log.
	pub(crate) fn next_request(&self) -> u64 {
		self.requests.fetch_add(1, Ordering::Relaxed)
	}

	/// Begins the shutdown: the vault is not ready and takes no new work.
	pub(crate) fn drain(&self) {
		self.draining.store(true, Ordering::Release);
	}

	pub(crate) fn is_draining(&self) -> bool {
		self.draining.load(Ordering::Acquire)
	}

	/// Permits writing to the organisation's own tools, by the organisation's token.
	pub(crate) fn writer(&self, headers: &HeaderMap) -> Result<(), ApiError> {
		let mut values = headers.get_all(AUTHORIZATION).iter();
		match (values.next(), values.next()) {
			(Some(value), None) => value
				.as_bytes()
				.strip_prefix(b"Bearer ")
				.filter(|token| self.config.token.is(token))
				.map(|_| ())
				.ok_or_else(ApiError::token),
			_ => Err(ApiError::token()),
		}
	}

	/// The reason why the vault can't work now. `None`: the vault can work.
	pub(crate) async fn unready(&self) -> Option<&'static str> {
		if self.is_draining() {
			return Some("shutting down");
		}
		let mut tried = self.tried.lock().await;
		let writable = match *tried {
			Some((at, writable)) if at.elapsed() < TRIED => writable,
			_ => {
				let result = self.store.check().await;
				if let Err(error) = &result {
					tracing::error!(detail = chain_of(error), "the store can't be written");
				}
				*tried = Some((Instant::now(), result.is_ok()));
				result.is_ok()
			}
		};
		(!writable).then_some("the store can't be written")
	}
}
