//! The handler of each path, and the steps around every request.

use crate::app::App;
use crate::body;
use crate::error::ApiError;
use crate::handlers::{documents, health, wraps};
use assent_protocol::documents::{DOCUMENTS, PREFIX, WRAPS};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONNECTION, EXPECT};
use axum::http::HeaderValue;
use axum::middleware::{from_fn_with_state, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, MethodRouter};
use axum::Router;
use std::sync::Arc;
use std::time::Instant;
use tracing::{field::Empty, Instrument};

pub(crate) fn router(app: Arc<App>) -> Router {
	Router::new()
		.route(
			&format!("{DOCUMENTS}{{hash}}"),
			only(
				get(documents::get).put(documents::put).delete(documents::delete),
				"GET, HEAD, PUT, DELETE",
			),
		)
		.route(&format!("{WRAPS}{{record}}"), only(delete(wraps::delete_all), "DELETE"))
		.route(
			&format!("{WRAPS}{{record}}/{{version}}/{{reader}}"),
			only(
				get(wraps::get)
					// A release permits the delivery of the bytes. The vault spends no release on
					// the length.
					.head(|| async { ApiError::method("GET, PUT, DELETE") })
					.put(wraps::put)
					.delete(wraps::delete),
				"GET, PUT, DELETE",
			),
		)
		.route("/healthz", only(get(health::alive), "GET, HEAD"))
		.route("/readyz", only(get(health::ready), "GET, HEAD"))
		.route("/metrics", only(get(health::metrics), "GET, HEAD"))
		.fallback(|| async { ApiError::no_route() })
		.layer(from_fn_with_state(app.clone(), around))
		.with_state(app)
}

fn only(methods: MethodRouter<Arc<App>>, allowed: &'static str) -> MethodRouter<Arc<App>> {
	methods.fallback(move || async move { ApiError::method(allowed) })
}

/// The steps around every request: a span, a count, no new work during the shutdown, and one
/// spelling of each path. The answer arrives also if the handler did not want the body.
async fn around(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
	let began = Instant::now();
	let method = request.method().clone();
	let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
	let route = route.as_deref().unwrap_or("none");
	let span = tracing::info_span!(
		"request",
		number = app.next_request(),
		%method,
		route,
		document = Empty,
		record = Empty,
		version = Empty,
		entry = Empty,
	);
	let may_linger = !request.headers().contains_key(EXPECT);
	let (parts, body) = request.into_parts();
	let (body, rest) = body::share(body);
	let request = Request::from_parts(parts, body);
	let mut response = async {
		let response = if app.is_draining() && route.starts_with(PREFIX) {
			ApiError::shutting_down().into_response()
		} else if request.uri().path().contains('%') {
			ApiError::bad_path().into_response()
		} else {
			next.run(request).await
		};
		let took = began.elapsed().as_millis() as u64;
		tracing::debug!(status = response.status().as_u16(), took, "answered");
		response
	}
	.instrument(span)
	.await;
	app.metrics.count(route, &method, response.status());
	if !rest.ended() {
		response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
		if may_linger {
			tokio::spawn(rest.drain());
		}
	}
	response
}
