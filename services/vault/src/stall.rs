//! A guard that cuts off a connection when the other side stops taking bytes.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{sleep, Instant, Sleep};

/// Fails a write without progress for the given time. The guard does not time reads: the server
/// times the headers, and the handler times the bodies.
pub(crate) struct StallGuard<T> {
	inner: T,
	patience: Duration,
	timer: Pin<Box<Sleep>>,
	waiting: bool,
}

impl<T> StallGuard<T> {
	pub(crate) fn new(inner: T, patience: Duration) -> Self {
		Self { inner, patience, timer: Box::pin(sleep(patience)), waiting: false }
	}

	fn watch<R>(
		&mut self,
		cx: &mut Context<'_>,
		result: Poll<io::Result<R>>,
	) -> Poll<io::Result<R>> {
		if result.is_ready() {
			self.waiting = false;
			return result;
		}
		if !self.waiting {
			self.waiting = true;
			self.timer.as_mut().reset(Instant::now() + self.patience);
		}
		self.timer.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
	}
}

impl<T: AsyncRead + Unpin> AsyncRead for StallGuard<T> {
	fn poll_read(
		mut self: Pin<&mut Self>,
		cx: &mut Context<'_>,
		buf: &mut ReadBuf<'_>,
	) -> Poll<io::Result<()>> {
		Pin::new(&mut self.inner).poll_read(cx, buf)
	}
}

impl<T: AsyncWrite + Unpin> AsyncWrite for StallGuard<T> {
	fn poll_write(
		mut self: Pin<&mut Self>,
		cx: &mut Context<'_>,
		buf: &[u8],
	) -> Poll<io::Result<usize>> {
		let result = Pin::new(&mut self.inner).poll_write(cx, buf);
		self.watch(cx, result)
	}

	fn poll_write_vectored(
		mut self: Pin<&mut Self>,
		cx: &mut Context<'_>,
		bufs: &[IoSlice<'_>],
	) -> Poll<io::Result<usize>> {
		let result = Pin::new(&mut self.inner).poll_write_vectored(cx, bufs);
		self.watch(cx, result)
	}

	fn is_write_vectored(&self) -> bool {
		self.inner.is_write_vectored()
	}

	fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
		let result = Pin::new(&mut self.inner).poll_flush(cx);
		self.watch(cx, result)
	}

	fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
		let result = Pin::new(&mut self.inner).poll_shutdown(cx);
		self.watch(cx, result)
	}
}
