//! Wraps. The vault keeps wraps for the organisation, and gives a wrap to a reader by decision of
//! the chain.

use super::{declared_length, status_of};
use crate::app::App;
use crate::body::TimedBody;
use crate::decisions::{NotDelivered, WrapRequest};
use crate::error::ApiError;
use crate::ids::{EntryHash, RecordId, WrapAddress};
use crate::request::{now, SignedRequest};
use assent_protocol::delivery::{ACCOUNT_HEADER, ISSUED_HEADER, SIGNATURE_HEADER};
use assent_protocol::documents::{ENTRY_QUERY, WRAP_BYTES};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tracing::{field::display, Span};

type WrapPath = Path<(String, String, String)>;

/// Reads the path. The span gets record and version. The reader stays out of the log.
fn address(Path((record, version, reader)): &WrapPath) -> Result<WrapAddress, ApiError> {
	let address = WrapAddress::parse(record, version, reader).ok_or_else(ApiError::bad_path)?;
	Span::current()
		.record("record", display(address.record))
		.record("version", display(address.version));
	Ok(address)
}

pub(crate) async fn put(
	State(app): State<Arc<App>>,
	path: WrapPath,
	headers: HeaderMap,
	body: Body,
) -> Result<StatusCode, ApiError> {
	app.writer(&headers)?;
	let address = address(&path)?;
	let size = declared_length(&headers, &body)?;
	if size != WRAP_BYTES as u64 {
		return Err(ApiError::wrap_size());
	}
	let _place = app.uploads.try_acquire().map_err(|_| ApiError::busy())?;
	let mut received = Vec::with_capacity(WRAP_BYTES);
	let mut body = TimedBody::new(body, size, app.config.body_timeout);
	while let Some(piece) = body.next().await? {
		received.extend_from_slice(&piece);
	}
	let wrap = received
		.try_into()
		.map_err(|bytes: Vec<u8>| ApiError::incomplete(format!("{} bytes", bytes.len())))?;
	let placed = app.store.put_wrap(address, wrap).await?;
	tracing::info!(?placed, "kept a wrap");
	Ok(status_of(placed))
}

/// Delivers a wrap. The vault first makes every check that needs no node. Then the vault asks the
/// node, reads the wrap, and asks the node again. A withdrawal between the two questions stops the
/// delivery.
pub(crate) async fn get(
	State(app): State<Arc<App>>,
	path: WrapPath,
	uri: Uri,
	headers: HeaderMap,
) -> Result<Response, ApiError> {
	let wrap = address(&path)?;
	let entry = entry(&uri)?;
	Span::current().record("entry", display(entry));
	let decisions = app.decisions.as_ref().ok_or_else(ApiError::no_node)?;
	let signed = signed_request(&headers)?;
	if signed.account != wrap.reader {
		return Err(ApiError::not_the_reader());
	}
	if !signed.is_fresh(now()) {
		return Err(ApiError::stale());
	}
	let refused = |refusal: NotDelivered| {
		let counter = match refusal {
			NotDelivered::Denied { .. } => &app.metrics.refused,
			_ => &app.metrics.undecided,
		};
		counter.add(1);
		tracing::info!(%refusal, "nothing delivered");
		ApiError::from(refusal)
	};
	let request = WrapRequest { wrap, entry };
	let genesis = decisions.genesis().await.map_err(refused)?;
	if !signed.signed(&genesis, &request) {
		return Err(ApiError::signature());
	}
	let release = decisions.permits(&request).await.map_err(refused)?;
	let wrap = app.store.wrap(&release).await?.ok_or_else(ApiError::not_found)?;
	decisions.permits(&request).await.map_err(refused)?;
	app.metrics.delivered.add(1);
	tracing::info!("delivered");
	let headers = [
		(CONTENT_TYPE, "application/octet-stream"),
		(CACHE_CONTROL, "no-store"),
		(X_CONTENT_TYPE_OPTIONS, "nosniff"),
	];
	Ok((headers, wrap.to_vec()).into_response())
}

/// Reads the query: `entry=` and the hash, and no more.
fn entry(uri: &Uri) -> Result<EntryHash, ApiError> {
	uri.query()
		.and_then(|query| query.strip_prefix(ENTRY_QUERY))
		.and_then(EntryHash::parse)
		.ok_or_else(ApiError::entry)
}

fn signed_request(headers: &HeaderMap) -> Result<SignedRequest, ApiError> {
	let once = |name: &str| {
		let mut values = headers.get_all(name).iter();
		let value = values.next()?.to_str().ok()?;
		values.next().is_none().then_some(value)
	};
	once(ACCOUNT_HEADER)
		.zip(once(ISSUED_HEADER))
		.zip(once(SIGNATURE_HEADER))
		.and_then(|((account, issued), signature)| SignedRequest::parse(account, issued, signature))
		.ok_or_else(ApiError::credentials)
}

pub(crate) async fn delete(
	State(app): State<Arc<App>>,
	path: WrapPath,
	headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
	app.writer(&headers)?;
	if !app.store.delete_wrap(address(&path)?).await? {
		return Err(ApiError::not_found());
	}
	tracing::info!("deleted a wrap");
	Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn delete_all(
	State(app): State<Arc<App>>,
	Path(record): Path<String>,
	headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
	app.writer(&headers)?;
	let record = RecordId::parse(&record).ok_or_else(ApiError::bad_path)?;
	Span::current().record("record", display(record));
	match app.store.delete_wraps(record).await? {
		0 => Err(ApiError::not_found()),
		removed => {
			tracing::info!(removed, "deleted every wrap of a record");
			Ok(StatusCode::NO_CONTENT)
		}
	}
}
