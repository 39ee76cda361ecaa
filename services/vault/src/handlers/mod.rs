//! One file per task.

pub(crate) mod documents;
pub(crate) mod health;
pub(crate) mod wraps;

use crate::error::ApiError;
use crate::store::Placed;
use axum::body::{Body, HttpBody};
use axum::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use axum::http::{HeaderMap, StatusCode};

/// The length that the client declared. The server makes sure that the body has the declared
/// length.
fn declared_length(headers: &HeaderMap, body: &Body) -> Result<u64, ApiError> {
	if !headers.contains_key(CONTENT_LENGTH) || headers.contains_key(TRANSFER_ENCODING) {
		return Err(ApiError::length_required());
	}
	body.size_hint().exact().ok_or_else(ApiError::length_required)
}

fn status_of(placed: Placed) -> StatusCode {
	match placed {
		Placed::Created => StatusCode::CREATED,
		Placed::Same | Placed::Repaired => StatusCode::OK,
	}
}
