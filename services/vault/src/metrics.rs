//! Counters in Prometheus' text format. No label holds text that a client chose.

use axum::http::{Method, StatusCode};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// A number that only grows.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
	pub(crate) fn add(&self, amount: u64) {
		self.0.fetch_add(amount, Ordering::Relaxed);
	}

	fn get(&self) -> u64 {
		self.0.load(Ordering::Relaxed)
	}
}

#[derive(Default)]
pub(crate) struct Metrics {
	/// Requests by route, method and status. The number of rows grows with the routes, not with
	/// the requests.
	requests: Mutex<BTreeMap<(String, &'static str, u16), u64>>,
	pub(crate) uploaded: Counter,
	pub(crate) downloaded: Counter,
	pub(crate) repaired: Counter,
	pub(crate) delivered: Counter,
	pub(crate) refused: Counter,
	pub(crate) undecided: Counter,
}

impl Metrics {
	pub(crate) fn count(&self, route: &str, method: &Method, status: StatusCode) {
		let method = match *method {
			Method::GET => "GET",
			Method::HEAD => "HEAD",
			Method::PUT => "PUT",
			Method::DELETE => "DELETE",
			_ => "other",
		};
		let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
		*requests.entry((route.to_owned(), method, status.as_u16())).or_default() += 1;
	}

	/// All counters as text, with the gauges that the caller knows.
	pub(crate) fn render(&self, gauges: &[(&str, &str, u64)]) -> String {
		let mut text = String::new();
		let head = |text: &mut String, name: &str, kind: &str, help: &str| {
			let _ = writeln!(text, "# HELP assent_vault_{name} {help}");
			let _ = writeln!(text, "# TYPE assent_vault_{name} {kind}");
		};
		head(&mut text, "requests_total", "counter", "Requests answered.");
		let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
		for ((route, method, status), count) in requests.iter() {
			let _ = writeln!(
				text,
				"assent_vault_requests_total{{route=\"{route}\",method=\"{method}\",\
				 status=\"{status}\"}} {count}"
			);
		}
		drop(requests);
		head(&mut text, "deliveries_total", "counter", "Wraps asked for by a signed request.");
		for (outcome, counter) in [
			("delivered", &self.delivered),
			("refused", &self.refused),
			("undecided", &self.undecided),
		] {
			let count = counter.get();
			let _ =
				writeln!(text, "assent_vault_deliveries_total{{outcome=\"{outcome}\"}} {count}");
		}
		for (name, help, counter) in [
			("uploaded_bytes_total", "Ciphertext received.", &self.uploaded),
			("downloaded_bytes_total", "Ciphertext sent.", &self.downloaded),
			(
				"repaired_documents_total",
				"Damaged documents replaced by an upload of the right content.",
				&self.repaired,
			),
		] {
			head(&mut text, name, "counter", help);
			let _ = writeln!(text, "assent_vault_{name} {}", counter.get());
		}
		for (name, help, value) in gauges {
			head(&mut text, name, "gauge", help);
			let _ = writeln!(text, "assent_vault_{name} {value}");
		}
		text
	}
}
