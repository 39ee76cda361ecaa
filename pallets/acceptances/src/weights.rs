//! The weights of the calls, measured by `scripts/weights` with the cost of other pallets.

use frame_support::weights::Weight;

/// The weight of each call, with the cost of other pallets and of trail entries.
pub trait WeightInfo {
	/// Accepts as the answer in a campaign.
	fn accept() -> Weight;
	/// Equal for every refusal.
	fn refuse() -> Weight;
	/// Opens a campaign after an earlier one.
	fn open_campaign() -> Weight;
	/// Asks `n` patients, each with an acceptance.
	fn ask(n: u32) -> Weight;
	/// Equal for every campaign.
	fn end_campaign() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(accept(), refuse(), open_campaign(), ask(n), end_campaign(),);
