//! What the calls cost: measured, other pallets included, by `scripts/weights`.

use frame_support::weights::Weight;

/// What each call costs, other pallets and trail entries included.
pub trait WeightInfo {
	/// Accepting as the answer in a campaign.
	fn accept() -> Weight;
	/// The same for every refusal.
	fn refuse() -> Weight;
	/// After an earlier campaign.
	fn open_campaign() -> Weight;
	/// `n` patients, each with an acceptance.
	fn ask(n: u32) -> Weight;
	/// The same for every campaign.
	fn end_campaign() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(accept(), refuse(), open_campaign(), ask(n), end_campaign(),);
