//! The listening side: connections, the limits of connections, and the end.
//!
//! At a signal the vault says that the vault is not ready, and refuses new work. Running requests
//! have time to end until a deadline. Then the vault closes. `/readyz` answers until the last
//! request has ended, and tells a proxy the reason.

use crate::app::{App, StartError};
use crate::config::Config;
use crate::router::router;
use crate::stall::StallGuard;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// The largest head of a request, and the size of one read. The size bounds the memory of a
/// connection.
const BUFFER: usize = 64 * 1024;
/// The pause after a failed accept, for instance when no file descriptor is left.
const PAUSE: Duration = Duration::from_millis(100);

/// The reason why the vault does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
	/// The vault can't start.
	#[error(transparent)]
	Start(#[from] StartError),
	/// The vault can't listen.
	#[error("listening on {address}")]
	Listen {
		/// The address.
		address: SocketAddr,
		/// The system's error.
		#[source]
		source: io::Error,
	},
}

/// A vault that listens.
pub struct Server {
	app: Arc<App>,
	listener: TcpListener,
	address: SocketAddr,
	connections: Arc<Semaphore>,
	router: Router,
}

impl Server {
	/// Opens the store and listens.
	pub async fn bind(config: Config) -> Result<Self, ServeError> {
		let address = config.listen;
		let connections = Arc::new(Semaphore::new(config.max_connections as usize));
		let app = Arc::new(App::new(config)?);
		let failed = |source| ServeError::Listen { address, source };
		let listener = TcpListener::bind(address).await.map_err(failed)?;
		let address = listener.local_addr().map_err(failed)?;
		if !address.ip().is_loopback() {
			tracing::warn!("listening in clear beyond loopback: a TLS proxy must be in front");
		}
		let router = router(app.clone());
		Ok(Self { app, listener, address, connections, router })
	}

	/// The address on which the vault listens.
	pub fn address(&self) -> SocketAddr {
		self.address
	}

	/// Serves until `stop`, then drains. Returns whether every request ended in time.
	pub async fn run(self, stop: impl Future<Output = ()>) -> bool {
		let mut tasks = JoinSet::new();
		let graceful = GracefulShutdown::new();
		let mut stop = pin!(stop);
		loop {
			tokio::select! {
				(stream, place) = self.accept() => {
					let watched = graceful.watch(self.connection(stream));
					tasks.spawn(async move {
						end(watched.await);
						drop(place);
					});
				},
				Some(_) = tasks.join_next() => {},
				() = &mut stop => break,
			}
		}
		tracing::info!("stopping: no longer ready, letting running requests end");
		self.app.drain();
		let mut drained = pin!(graceful.shutdown());
		let mut deadline = pin!(sleep(self.app.config.drain_timeout));
		let in_time = loop {
			tokio::select! {
				() = &mut drained => break true,
				() = &mut deadline => break false,
				(stream, place) = self.accept() => {
					let late = self.connection(stream);
					tasks.spawn(async move {
						end(late.await);
						drop(place);
					});
				},
				Some(_) = tasks.join_next() => {},
			}
		};
		drop(self.listener);
		tasks.shutdown().await;
		if !in_time {
			tracing::warn!("requests were cut off at the deadline");
		}
		in_time
	}

	/// The next connection, with a place among the permitted connections.
	async fn accept(&self) -> (TcpStream, Option<OwnedSemaphorePermit>) {
		// The semaphore is never closed, so a place becomes free sooner or later.
		let place = self.connections.clone().acquire_owned().await.ok();
		loop {
			match self.listener.accept().await {
				Ok((stream, _)) => return (stream, place),
				Err(error) => {
					tracing::warn!(%error, "accepting a connection");
					sleep(PAUSE).await;
				}
			}
		}
	}

	fn connection(
		&self,
		stream: TcpStream,
	) -> http1::Connection<TokioIo<StallGuard<TcpStream>>, TowerToHyperService<Router>> {
		let config = &self.app.config;
		let _ = stream.set_nodelay(true);
		let stream = TokioIo::new(StallGuard::new(stream, config.body_timeout));
		http1::Builder::new()
			.timer(TokioTimer::new())
			.header_read_timeout(config.header_timeout)
			.max_buf_size(BUFFER)
			.serve_connection(stream, TowerToHyperService::new(self.router.clone()))
	}
}

fn end(result: Result<(), hyper::Error>) {
	if let Err(error) = result {
		// A client may leave at any time. An operator has no reason to act.
		tracing::debug!(%error, "connection ended");
	}
}
