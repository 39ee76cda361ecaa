//! What the calls cost: measured, other pallets included, by `scripts/weights`.

use frame_support::weights::Weight;

/// The weights of this pallet.
pub trait WeightInfo {
	/// Looking at the call.
	fn check() -> Weight;
	/// Reading, drawing on and giving back to both buckets.
	fn draw() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(check(), draw(),);
