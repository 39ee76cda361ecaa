//! Text that people type, read and written in one spelling.

pub mod actors;
pub mod directive;
pub mod signature;
pub mod time;

pub use assent_client::ids;

use assent_policy::{Criterion, MAX_ITEMS};

/// A criterion of these values; at most sixteen.
pub fn criterion<T: Ord>(values: impl IntoIterator<Item = T>) -> Result<Criterion<T>, String> {
	let values: std::collections::BTreeSet<T> = values.into_iter().collect();
	let count = values.len();
	Criterion::try_from(values)
		.map_err(|_| format!("{count} values where at most {MAX_ITEMS} are allowed"))
}
