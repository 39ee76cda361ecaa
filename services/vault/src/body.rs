//! Bodies of requests. The vault receives a body with a deadline, and reads the rest of a refused
//! body for a while.

use crate::error::ApiError;
use axum::body::{Body, BodyDataStream, Bytes};
use futures_util::StreamExt;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{timeout, timeout_at, Instant};

/// The lowest average speed of a body that the vault accepts. A client that drips a byte now and
/// then must not hold a place.
const MIN_BYTES_PER_SECOND: u64 = 8 * 1024;

/// The time for which the vault reads the rest of a refused body. The client then sees the answer
/// and not a reset connection.
const LINGER: Duration = Duration::from_secs(5);

/// A body received piece by piece. Each piece must arrive within `patience`. The whole body must
/// arrive within a time that grows with the size.
pub(crate) struct TimedBody {
	stream: BodyDataStream,
	patience: Duration,
	deadline: Instant,
}

impl TimedBody {
	pub(crate) fn new(body: Body, size: u64, patience: Duration) -> Self {
		let allowance = Duration::from_secs(size / MIN_BYTES_PER_SECOND);
		let deadline = Instant::now() + patience.saturating_mul(2) + allowance;
		Self { stream: body.into_data_stream(), patience, deadline }
	}

	/// The next piece. `None`: the body has ended.
	pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, ApiError> {
		let by = self.deadline.min(Instant::now() + self.patience);
		match timeout_at(by, self.stream.next()).await {
			Ok(piece) => piece.transpose().map_err(|error| ApiError::incomplete(error.to_string())),
			Err(_) => Err(ApiError::timeout()),
		}
	}
}

/// A request's body, shared between the handler and [`Rest`].
struct Shared(Arc<Mutex<Inner>>);

struct Inner {
	body: Body,
	ended: bool,
}

/// The part of a body that a handler leaves.
pub(crate) struct Rest(Arc<Mutex<Inner>>);

/// Splits a body into the handler's body and a hold on the rest.
pub(crate) fn share(body: Body) -> (Body, Rest) {
	let ended = body.is_end_stream();
	let inner = Arc::new(Mutex::new(Inner { body, ended }));
	(Body::new(Shared(inner.clone())), Rest(inner))
}

impl Rest {
	/// Whether the body was read to the end.
	pub(crate) fn ended(&self) -> bool {
		locked(&self.0).ended
	}

	/// Reads and drops the rest, for at most [`LINGER`].
	pub(crate) async fn drain(self) {
		let mut body = Body::new(Shared(self.0)).into_data_stream();
		let _ = timeout(LINGER, async { while let Some(Ok(_)) = body.next().await {} }).await;
	}
}

fn locked(inner: &Mutex<Inner>) -> std::sync::MutexGuard<'_, Inner> {
	inner.lock().unwrap_or_else(PoisonError::into_inner)
}

impl HttpBody for Shared {
	type Data = Bytes;
	type Error = axum::Error;

	fn poll_frame(
		self: Pin<&mut Self>,
		cx: &mut Context<'_>,
	) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
		let mut inner = locked(&self.0);
		let frame = Pin::new(&mut inner.body).poll_frame(cx);
		if matches!(frame, Poll::Ready(None | Some(Err(_)))) || inner.body.is_end_stream() {
			inner.ended = true;
		}
		frame
	}

	fn is_end_stream(&self) -> bool {
		locked(&self.0).body.is_end_stream()
	}

	fn size_hint(&self) -> SizeHint {
		locked(&self.0).body.size_hint()
	}
}
