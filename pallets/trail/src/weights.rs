//! What the calls cost: measured, other pallets included, by `scripts/weights`.

use frame_support::weights::Weight;

/// The weights of this pallet.
pub trait WeightInfo {
	/// One entry, in both sequences.
	fn write() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(write(),);
