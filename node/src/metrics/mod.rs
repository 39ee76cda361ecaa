//! Figures that operators watch and the SDK does not count.

pub mod chain;
pub mod worker;

use pallet_allowance::invalid::Cause;
use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, Opts, PrometheusError, Registry, U64,
};

/// A counter, registered.
fn counter(registry: &Registry, name: &str, help: &str) -> Result<Counter<U64>, PrometheusError> {
	register(Counter::new(name, help)?, registry)
}

/// Counters by the value of a label, registered.
fn counters(
	registry: &Registry,
	name: &str,
	help: &str,
	label: &str,
) -> Result<CounterVec<U64>, PrometheusError> {
	register(CounterVec::new(Opts::new(name, help), &[label])?, registry)
}

/// The transactions that the pool refused, by cause. The figures include the transactions of peers.
pub fn pool_refusals(registry: &Registry) -> Result<CounterVec<U64>, PrometheusError> {
	let refused = counters(
		registry,
		"assent_pool_refused_total",
		"Transactions that the pool refused, by cause, from RPC methods and from peers",
		"cause",
	)?;
	for cause in Cause::ALL {
		refused.with_label_values(&[cause.name()]);
	}
	Ok(refused)
}
