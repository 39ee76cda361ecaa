//! A sequence of the trail, walked back from a head with a proof against a final header.

use crate::{
	progress::{Progress, Size},
	prove::Proven,
	Chain, Outcome,
};
use assent_protocol::MAX_PAGE;
use assent_runtime::Hash;
use pallet_trail::walk::Walker;
pub use pallet_trail::{
	walk::{Step, WalkError},
	Head, Sequence,
};
use std::collections::HashMap;

/// A walked sequence.
pub struct Walk {
	/// The head, with the final header of the proof. No value for a sequence
	/// without entries.
	pub head: Proven<Head>,
	/// The entries that could be read and checked, newest first.
	pub steps: Vec<Step>,
	/// The place at which the walk broke; none when the sequence is whole.
	pub broken: Option<WalkError>,
}

/// Reads the proven head of a sequence at the final block, and walks back to the first entry.
/// Every entry is checked against the hash in the next entry. `withhold` is for
/// drills: the entry with this sequence number is treated as missing.
///
/// # Errors
/// `ProofRefused`, when the proof of the head does not hold; `Node` or `NodeAnswer`. A broken
/// sequence is an answer, not a failure.
pub async fn walk(
	chain: &Chain,
	sequence: Sequence,
	withhold: Option<u64>,
	progress: &dyn Progress,
) -> Outcome<Walk> {
	let proven = chain.trail_head(sequence).await?;
	let head = proven.value.unwrap_or_default();
	let (steps, broken) = walk_from(chain, sequence, head, withhold, progress).await?;
	Ok(Walk { head: proven, steps, broken })
}

async fn walk_from(
	chain: &Chain,
	sequence: Sequence,
	head: Head,
	withhold: Option<u64>,
	progress: &dyn Progress,
) -> Outcome<(Vec<Step>, Option<WalkError>)> {
	let mut walker = match Walker::new(chain.genesis(), sequence, head) {
		Ok(walker) => walker,
		Err(error) => return Ok((Vec::new(), Some(error))),
	};
	let mut shelf = Shelf { chain, sequence, fetched: HashMap::new(), ended: false };
	let work = progress.begin("reading the trail", Size::Steps(head.count));
	let mut steps: Vec<Step> = Vec::new();
	while let Some((number, hash)) = walker.wants() {
		let encoded = match withhold == Some(number) {
			true => None,
			false => shelf.fetch(hash, steps.last().map(|step| step.hash)).await?,
		};
		match walker.take(encoded.as_deref()) {
			Ok(step) => steps.extend(step),
			Err(error) => return Ok((steps, Some(error))),
		}
		work.advance(1);
	}
	Ok((steps, None))
}

/// Entries from a node, by the hashes from the node. The walk checks every entry.
struct Shelf<'a> {
	chain: &'a Chain,
	sequence: Sequence,
	fetched: HashMap<Hash, Vec<u8>>,
	ended: bool,
}

impl Shelf<'_> {
	/// The entry with this hash; `newer` is the next entry.
	async fn fetch(&mut self, hash: Hash, newer: Option<Hash>) -> Outcome<Option<Vec<u8>>> {
		if let Some(found) = self.fetched.remove(&hash) {
			return Ok(Some(found));
		}
		if let (Sequence::Patient(patient), false) = (self.sequence, self.ended) {
			let page = self.chain.trail_page(patient, newer, MAX_PAGE).await?;
			self.ended = page.is_empty();
			self.fetched.extend(page.into_iter().map(|stored| (stored.hash, stored.entry.0)));
			if let Some(found) = self.fetched.remove(&hash) {
				return Ok(Some(found));
			}
		}
		self.chain.trail_entry(hash).await
	}
}
