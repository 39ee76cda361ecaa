//! The answer to a client whose request failed: a status, a stable code for programs, and a
//! message for people. Details that only the operator should know go to the log.

use crate::decisions::NotDelivered;
use crate::store::StoreError;
use assent_protocol::delivery::Reason;
use axum::http::header::{
	ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::error::Error;
use std::fmt::Write;

/// An answer other than success, as JSON: `{"error": {"code": .., "message": ..}}`.
#[derive(Debug)]
pub struct ApiError {
	status: StatusCode,
	code: &'static str,
	message: &'static str,
	/// The node's reason for the refusal of a release. The client gets the code of the reason.
	reason: Option<Reason>,
	/// The details, for the log only.
	detail: Option<String>,
	/// The box keeps results small.
	header: Option<Box<(HeaderName, HeaderValue)>>,
}

impl ApiError {
	/// An error with the public part.
	pub fn new(status: StatusCode, code: &'static str, message: &'static str) -> Self {
		Self { status, code, message, reason: None, detail: None, header: None }
	}

	fn detail(mut self, detail: impl Into<String>) -> Self {
		self.detail = Some(detail.into());
		self
	}

	fn header(mut self, name: HeaderName, value: &'static str) -> Self {
		self.header = Some(Box::new((name, HeaderValue::from_static(value))));
		self
	}

	/// The stable code.
	pub fn code(&self) -> &'static str {
		self.code
	}

	pub(crate) fn bad_path() -> Self {
		Self::new(
			StatusCode::BAD_REQUEST,
			"bad_path",
			"The path is not an address: ids are lower-case hex of full length without 0x, \
			 versions are decimal numbers from 1.",
		)
	}

	pub(crate) fn no_route() -> Self {
		Self::new(StatusCode::NOT_FOUND, "no_route", "There is nothing at this path.")
	}

	pub(crate) fn method(allowed: &'static str) -> Self {
		Self::new(
			StatusCode::METHOD_NOT_ALLOWED,
			"method_not_allowed",
			"This method is not possible here; the Allow header names those that are.",
		)
		.header(ALLOW, allowed)
	}

	pub(crate) fn token() -> Self {
		Self::new(
			StatusCode::UNAUTHORIZED,
			"token_required",
			"This needs the organisation's token: Authorization: Bearer <token>.",
		)
		.header(WWW_AUTHENTICATE, "Bearer")
	}

	pub(crate) fn not_found() -> Self {
		Self::new(StatusCode::NOT_FOUND, "not_found", "Nothing is stored at this address.")
	}

	pub(crate) fn length_required() -> Self {
		Self::new(
			StatusCode::LENGTH_REQUIRED,
			"length_required",
			"The request needs a Content-Length.",
		)
	}

	pub(crate) fn too_large() -> Self {
		Self::new(
			StatusCode::PAYLOAD_TOO_LARGE,
			"too_large",
			"The document is larger than this vault takes.",
		)
	}

	pub(crate) fn wrap_size() -> Self {
		Self::new(StatusCode::BAD_REQUEST, "wrap_size", "A wrap has exactly 80 bytes.")
	}

	pub(crate) fn range(size: u64) -> Self {
		let mut error = Self::new(
			StatusCode::RANGE_NOT_SATISFIABLE,
			"range_not_satisfiable",
			"The document has no such range.",
		);
		error.header = HeaderValue::try_from(format!("bytes */{size}"))
			.ok()
			.map(|value| Box::new((CONTENT_RANGE, value)));
		error
	}

	pub(crate) fn busy() -> Self {
		Self::new(
			StatusCode::SERVICE_UNAVAILABLE,
			"busy",
			"As many uploads as this vault takes at a time are running; try again.",
		)
		.header(RETRY_AFTER, "2")
	}

	pub(crate) fn shutting_down() -> Self {
		Self::new(
			StatusCode::SERVICE_UNAVAILABLE,
			"shutting_down",
			"The vault is shutting down; try again.",
		)
		.header(RETRY_AFTER, "5")
	}

	pub(crate) fn timeout() -> Self {
		Self::new(
			StatusCode::REQUEST_TIMEOUT,
			"too_slow",
			"The body came too slowly. Nothing was kept.",
		)
	}

	pub(crate) fn incomplete(detail: String) -> Self {
		Self::new(StatusCode::BAD_REQUEST, "incomplete", "The body ended early. Nothing was kept.")
			.detail(detail)
	}

	pub(crate) fn entry() -> Self {
		Self::new(
			StatusCode::BAD_REQUEST,
			"entry_required",
			"Name the entry of the trail that permits this: ?entry=<64 digits of lower-case hex>.",
		)
	}

	pub(crate) fn no_node() -> Self {
		Self::new(
			StatusCode::SERVICE_UNAVAILABLE,
			"no_node",
			"This vault runs without a node (--node), so it can't know what is permitted: no \
			 wrap leaves it.",
		)
	}

	pub(crate) fn credentials() -> Self {
		Self::new(
			StatusCode::UNAUTHORIZED,
			"signature_required",
			"This needs the reader's signature: headers Assent-Account, Assent-Issued and \
			 Assent-Signature, each once and well formed.",
		)
		.header(WWW_AUTHENTICATE, "Assent-Delivery")
	}

	pub(crate) fn not_the_reader() -> Self {
		Self::new(
			StatusCode::FORBIDDEN,
			"not_the_reader",
			"A wrap is handed to its reader only, and this account is another.",
		)
	}

	pub(crate) fn stale() -> Self {
		Self::new(
			StatusCode::UNAUTHORIZED,
			"stale",
			"The request was not signed within 30 seconds of the vault's clock: set the clock \
			 and sign again.",
		)
		.header(WWW_AUTHENTICATE, "Assent-Delivery")
	}

	pub(crate) fn signature() -> Self {
		Self::new(
			StatusCode::UNAUTHORIZED,
			"bad_signature",
			"The signature is not this account's for this delivery on this chain.",
		)
		.header(WWW_AUTHENTICATE, "Assent-Delivery")
	}
}

impl From<StoreError> for ApiError {
	fn from(error: StoreError) -> Self {
		let public = match &error {
			StoreError::Mismatch { .. } => Self::new(
				StatusCode::UNPROCESSABLE_ENTITY,
				"hash_mismatch",
				"The content's BLAKE3 hash is not the address. Nothing was kept.",
			),
			StoreError::Conflict => Self::new(
				StatusCode::CONFLICT,
				"conflict",
				"Another wrap is stored at this address; delete it first.",
			),
			StoreError::Full(_) => Self::new(
				StatusCode::INSUFFICIENT_STORAGE,
				"storage_full",
				"The vault has no space left. Nothing was kept.",
			),
			_ => Self::new(
				StatusCode::INTERNAL_SERVER_ERROR,
				"internal",
				"The vault failed; its log says why.",
			),
		};
		public.detail(chain_of(&error))
	}
}

impl From<NotDelivered> for ApiError {
	fn from(refusal: NotDelivered) -> Self {
		let detail = refusal.to_string();
		match refusal {
			NotDelivered::Denied { reason } => {
				let mut error = Self::new(
					StatusCode::FORBIDDEN,
					"refused",
					"The chain does not permit this delivery.",
				);
				error.reason = Some(reason);
				error
			}
			NotDelivered::NotFinal { reason } => {
				let mut error = Self::new(
					StatusCode::CONFLICT,
					"not_final",
					"No final decision about this is known yet; try again.",
				)
				.header(RETRY_AFTER, "4");
				error.reason = Some(reason);
				error
			}
			NotDelivered::Clocks { .. } => Self::new(
				StatusCode::SERVICE_UNAVAILABLE,
				"clocks_differ",
				"The chain's clock and the vault's differ too much to decide; nothing leaves.",
			)
			.header(RETRY_AFTER, "30"),
			NotDelivered::Unavailable { .. } => Self::new(
				StatusCode::SERVICE_UNAVAILABLE,
				"node_unavailable",
				"The vault's node can't be asked what is permitted; nothing leaves.",
			)
			.header(RETRY_AFTER, "10"),
		}
		.detail(detail)
	}
}

/// An error and the causes of the error, in one line.
pub(crate) fn chain_of(error: &dyn Error) -> String {
	let mut text = error.to_string();
	let mut source = error.source();
	while let Some(error) = source {
		let _ = write!(text, ": {error}");
		source = error.source();
	}
	text
}

impl IntoResponse for ApiError {
	fn into_response(self) -> Response {
		let detail = self.detail.as_deref().unwrap_or_default();
		if self.status.is_server_error() {
			tracing::warn!(code = self.code, detail, "failed");
		} else {
			tracing::debug!(code = self.code, detail, "refused");
		}
		let mut error = json!({ "code": self.code, "message": self.message });
		if let Some(reason) = self.reason {
			error["reason"] = reason.code().into();
		}
		let body = json!({ "error": error }).to_string();
		let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
		let mut response = (self.status, headers, body).into_response();
		if let Some((name, value)) = self.header.map(|header| *header) {
			response.headers_mut().insert(name, value);
		}
		response
	}
}
