//! Answers to the operator's tools.

use crate::app::App;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::Json;
use serde_json::json;
use std::sync::Arc;

/// Says that the process answers.
pub(crate) async fn alive() -> Response {
	Json(json!({ "alive": true })).into_response()
}

/// Says whether the vault takes work: the store is writable and no shutdown has begun. A node out
/// of reach does not make the vault unready, because documents must stay readable for the workers.
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Response {
	let releases = app.decisions.is_some();
	match app.unready().await {
		None => Json(json!({ "ready": true, "releases": releases })).into_response(),
		Some(why) => {
			let answer = Json(json!({ "ready": false, "why": why }));
			(StatusCode::SERVICE_UNAVAILABLE, answer).into_response()
		}
	}
}

pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Response {
	let places = u64::from(app.config.max_uploads);
	let free = app.uploads.available_permits() as u64;
	let text = app.metrics.render(&[
		("uploads", "Uploads running.", places.saturating_sub(free)),
		("draining", "1 while shutting down.", app.is_draining().into()),
	]);
	([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
