//! Bodies of requests: received with a deadline, and read to their end also when refused.

use crate::error::ApiError;
use axum::body::{Body, BodyDataStream, Bytes};
use futures_util::StreamExt;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{timeout, timeout_at, Instant};

/// The slowest body, on average, that is let in: a drip of a byte now and then does not hold
/// a place.
const MIN_BYTES_PER_SECOND: u64 = 8 * 1024;

/// How long the rest of a refused body is read, so that the client sees the answer and not
/// a reset connection.
const LINGER: Duration = Duration::from_secs(5);

/// A body received piece by piece, each within `patience`, all within a time that its size
/// allows.
pub(crate) struct TimedBody {
	stream: BodyDataStream,
	patience: Duration,
	deadline: Instant,
}

impl TimedBody {
	pub(crate) fn new(body: Body, size: u64, patience: Duration) -> Self {
		let allowance = Duration::from_secs(size / MIN_BYTES_PER_SECOND);
		let deadline = Instant::now() + patience.saturating_mul(2) + allowance;
		Self {
			stream: body.into_data_stream(),
			patience,
			deadline,
		}
	}

	/// The next piece; `None` at the end.
	pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, ApiError> {
		let by = self.deadline.min(Instant::now() + self.patience);
		match timeout_at(by, self.stream.next()).await {
			Ok(piece) => piece
				.transpose()
				.map_err(|error| ApiError::incomplete(error.to_string())),
			Err(_) => Err(ApiError::timeout()),
		}
	}
}

/// A request's body shared between its handler and [`Rest`].
struct Shared(Arc<Mutex<Inner>>);

struct Inner {
	body: Body,
	ended: bool,
}

/// What a handler leaves of a body.
pub(crate) struct Rest(Arc<Mutex<Inner>>);

/// Splits a body into what the handler gets and the hold on what it leaves.
pub(crate) fn share(body: Body) -> (Body, Rest) {
	let ended = body.is_end_stream();
	let inner = Arc::new(Mutex::new(Inner { body, ended }));
	(Body::new(Shared(inner.clone())), Rest(inner))
}

impl Rest {
	/// Whether the body was read to its end.
	pub(crate) fn ended(&self) -> bool {
		locked(&self.0).ended
	}

	/// Reads and drops the rest, for a while.
	pub(crate) async fn drain(self) {
		let mut body = Body::new(Shared(self.0)).into_data_stream();
		let _ = timeout(LINGER, async {
			while let Some(Ok(_)) = body.next().await {}
		})
		.await;
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
