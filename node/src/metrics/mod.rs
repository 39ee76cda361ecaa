//! Figures that operators watch and the SDK does not count.

pub mod chain;
pub mod worker;

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
