//! Ciphertext, addressed by hash. Reading needs no token, because workers of the whole consortium
//! fetch and attest the ciphertext. Without a wrap the ciphertext tells the size and no more.

use super::{declared_length, status_of};
use crate::app::App;
use crate::body::TimedBody;
use crate::error::{chain_of, ApiError};
use crate::ids::DocumentHash;
use crate::store::Placed;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
	HeaderName, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
	IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::Json;
use futures_util::TryStreamExt;
use serde_json::json;
use std::sync::Arc;
use tracing::{field::display, Span};

fn address(text: &str) -> Result<DocumentHash, ApiError> {
	let address = DocumentHash::parse(text).ok_or_else(ApiError::bad_path)?;
	Span::current().record("document", display(address));
	Ok(address)
}

pub(crate) async fn put(
	State(app): State<Arc<App>>,
	Path(hash): Path<String>,
	headers: HeaderMap,
	body: Body,
) -> Result<Response, ApiError> {
	app.writer(&headers)?;
	let address = address(&hash)?;
	let size = declared_length(&headers, &body)?;
	if size > app.config.max_document_bytes {
		return Err(ApiError::too_large());
	}
	let _place = app.uploads.try_acquire().map_err(|_| ApiError::busy())?;
	let mut upload = app.store.begin().await?;
	let mut body = TimedBody::new(body, size, app.config.body_timeout);
	while let Some(piece) = body.next().await? {
		app.metrics.uploaded.add(piece.len() as u64);
		upload.write(piece).await?;
	}
	if upload.received() != size {
		return Err(ApiError::incomplete(format!("{} of {size} bytes", upload.received())));
	}
	let placed = upload.place(address).await?;
	tracing::info!(size, ?placed, "kept a document");
	if placed == Placed::Repaired {
		app.metrics.repaired.add(1);
		tracing::warn!("a damaged document was replaced by the right content");
	}
	let answer = Json(json!({ "document": address.to_string(), "size": size }));
	Ok((status_of(placed), answer).into_response())
}

pub(crate) async fn get(
	State(app): State<Arc<App>>,
	Path(hash): Path<String>,
	method: Method,
	headers: HeaderMap,
) -> Result<Response, ApiError> {
	let address = address(&hash)?;
	let document = app.store.document(address).await?.ok_or_else(ApiError::not_found)?;
	let size = document.size();
	let tag = format!("\"{address}\"");
	let same = headers.get(IF_RANGE).is_none_or(|value| value.as_bytes() == tag.as_bytes());
	let asked = headers.get(RANGE).and_then(|value| value.to_str().ok());
	let range = match asked.filter(|_| same && method == Method::GET).map(|text| range(text, size))
	{
		Some(Some(range)) => range,
		Some(None) => return Err(ApiError::range(size)),
		None => Range::Whole,
	};
	let (status, first, length) = match range {
		Range::Whole => (StatusCode::OK, 0, size),
		Range::Part { first, last } => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
	};
	let mut response = (status, headers_of(&tag, length)).into_response();
	if let Range::Part { first, last } = range {
		let value = format!("bytes {first}-{last}/{size}");
		if let Ok(value) = value.try_into() {
			response.headers_mut().insert(CONTENT_RANGE, value);
		}
	}
	if method != Method::HEAD {
		let span = Span::current();
		let pieces = document
			.read(first, length)
			.inspect_ok(move |piece| app.metrics.downloaded.add(piece.len() as u64))
			.inspect_err(move |error| {
				span.in_scope(|| tracing::error!(detail = chain_of(error), "cut off"));
			});
		*response.body_mut() = Body::from_stream(pieces);
	}
	Ok(response)
}

/// No cache in between may answer for the vault: a re-check must see the stored bytes.
fn headers_of(tag: &str, length: u64) -> [(HeaderName, String); 6] {
	[
		(CONTENT_TYPE, "application/octet-stream".into()),
		(CONTENT_LENGTH, length.to_string()),
		(ACCEPT_RANGES, "bytes".into()),
		(ETAG, tag.into()),
		(CACHE_CONTROL, "no-store".into()),
		(X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
	]
}

pub(crate) async fn delete(
	State(app): State<Arc<App>>,
	Path(hash): Path<String>,
	headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
	app.writer(&headers)?;
	if !app.store.delete_document(address(&hash)?).await? {
		return Err(ApiError::not_found());
	}
	tracing::info!("deleted a document");
	Ok(StatusCode::NO_CONTENT)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Range {
	Whole,
	Part { first: u64, last: u64 },
}

/// Reads a `Range` header. `None`: the document has no such range. The function ignores a header
/// that is not a single range of bytes, as the standard requires.
fn range(text: &str, size: u64) -> Option<Range> {
	let digits = |text: &str| {
		let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
		all.then(|| text.parse().unwrap_or(u64::MAX))
	};
	let Some((from, to)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-'))
	else {
		return Some(Range::Whole);
	};
	let (first, last) = match (digits(from), digits(to)) {
		(Some(first), Some(last)) if first <= last => (first, last.min(size.saturating_sub(1))),
		(Some(first), None) if to.is_empty() => (first, size.saturating_sub(1)),
		(None, Some(suffix)) if from.is_empty() => {
			if suffix == 0 {
				return None;
			}
			(size.saturating_sub(suffix), size.saturating_sub(1))
		}
		_ => return Some(Range::Whole),
	};
	(first < size).then_some(Range::Part { first, last })
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn range_should_be_read_as_the_standard_says() {
		let part = |first, last| Some(Range::Part { first, last });
		for (text, expected) in [
			("bytes=0-0", part(0, 0)),
			("bytes=0-9", part(0, 9)),
			("bytes=3-", part(3, 9)),
			("bytes=3-100", part(3, 9)),
			("bytes=9-9", part(9, 9)),
			("bytes=-1", part(9, 9)),
			("bytes=-100", part(0, 9)),
			("bytes=0-99999999999999999999999", part(0, 9)),
			("bytes=10-", None),
			("bytes=10-11", None),
			("bytes=-0", None),
			("bytes=99999999999999999999999-", None),
		] {
			assert_eq!(range(text, 10), expected, "{text}");
		}
		assert_eq!(range("bytes=0-", 0), None);
		assert_eq!(range("bytes=-1", 0), None);
	}

	#[test]
	fn range_should_be_ignored_when_not_a_single_range_of_bytes() {
		for text in [
			"",
			"bytes",
			"bytes=",
			"bytes=-",
			"bytes=a-b",
			"bytes=5-3",
			"bytes=0-1,3-4",
			"bytes=+1-2",
			"bytes= 1-2",
			"lines=0-1",
			"bytes=1-x",
		] {
			assert_eq!(range(text, 10), Some(Range::Whole), "{text}");
		}
	}
}
