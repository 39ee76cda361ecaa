//! Reads of the chain, each a typed method of [`State`]. The names of the runtime's APIs and the
//! storage keys stand in this folder only.
//!
//! Every list is read to the end, in pages of [`assent_runtime_api::MAX_PAGE`] rows. Every method
//! fails with `Node`, when the node does not answer, and with `NodeAnswer`, when the answer cannot
//! be used; further failures are named with the method.

mod acceptances;
pub mod consent;
mod consortium;
pub mod emergencies;
mod patients;
mod records;
pub mod system;
pub mod trail;

use crate::{
	connect::{decode, within},
	Chain, Failure, Outcome,
};
use assent_runtime::Hash;
use assent_runtime_api::MAX_PAGE;
use codec::{Decode, Encode};
use std::fmt::Display;

/// The state of the chain after a block.
#[derive(Clone)]
pub struct State {
	/// The connection.
	pub chain: Chain,
	/// The block.
	pub at: Hash,
}

impl Chain {
	/// The state after this block.
	pub fn state(&self, at: Hash) -> State {
		State { chain: self.clone(), at }
	}

	/// The state after the best block. Fails with `Node` or `NodeAnswer`.
	pub async fn best_state(&self) -> Outcome<State> {
		Ok(self.state(self.best().await?))
	}
}

impl State {
	/// The value under a storage key.
	async fn read<V: Decode>(&self, key: Vec<u8>) -> Outcome<Option<V>> {
		within("the state", self.chain.methods.state_get_storage(&key, Some(self.at)))
			.await?
			.map(|bytes| decode("the state", &bytes))
			.transpose()
	}

	/// The value under a storage key; the empty value if there is none.
	async fn read_or_default<V: Decode + Default>(&self, key: Vec<u8>) -> Outcome<V> {
		Ok(self.read(key).await?.unwrap_or_default())
	}

	/// The answer of a runtime API. `arguments` is a tuple of them.
	async fn call<A: Decode>(&self, function: &str, arguments: impl Encode) -> Outcome<A> {
		let arguments = arguments.encode();
		let call = self.chain.methods.state_call(function, Some(&arguments), Some(self.at));
		decode(function, &within(function, call).await?)
	}

	/// Every row of a paged list about `subject`. `cursor` names the next page, given the rows
	/// before it.
	async fn list<Row: Decode, Cursor: Encode>(
		&self,
		function: &str,
		subject: impl Encode,
		cursor: impl Fn(&[Row]) -> Cursor,
	) -> Outcome<Vec<Row>> {
		let mut rows: Vec<Row> = Vec::new();
		loop {
			let arguments = (&subject, cursor(&rows), MAX_PAGE);
			let page: Vec<Row> = self.call(function, arguments).await?;
			let full = page.len() >= MAX_PAGE as usize;
			rows.extend(page);
			if !full {
				return Ok(rows);
			}
		}
	}
}

/// The thing that was read, or the failure `NotFound`, which names the thing.
fn known<T>(read: Option<T>, what: impl Display) -> Outcome<T> {
	read.ok_or_else(|| Failure::not_found(what))
}

/// The cursor of lists that go by position: the number of rows before the page.
fn position<Row>(rows: &[Row]) -> u32 {
	u32::try_from(rows.len()).unwrap_or(u32::MAX)
}

/// The cursor of lists whose rows are numbered: the number after the last one.
fn next_number<Row>(rows: &[(u32, Row)]) -> u32 {
	rows.last().map_or(0, |(number, _)| number.saturating_add(1))
}
