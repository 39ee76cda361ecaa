//! The weights of the extensions, measured by `scripts/weights`.

use frame_support::weights::Weight;

/// Weights of this pallet.
pub trait WeightInfo {
	/// The look at the call.
	fn check() -> Weight;
	/// Reading both buckets, drawing on both, and giving back to both.
	fn draw() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(check(), draw(),);
