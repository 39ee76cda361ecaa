//! The weights, measured by `scripts/weights`.

use frame_support::weights::Weight;

/// Weights of this pallet.
pub trait WeightInfo {
	/// An entry in both sequences.
	fn write() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(write(),);
