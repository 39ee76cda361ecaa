//! The weights of the calls, measured with the work of other pallets by `scripts/weights`.

use frame_support::weights::Weight;

/// Weights of this pallet's calls.
pub trait WeightInfo {
	/// `add`.
	fn add() -> Weight;
	/// `remove`, with `validators` registered.
	fn remove(validators: u32) -> Weight;
	/// `reinstate`.
	fn reinstate() -> Weight;
	/// One offender, with `validators` registered.
	fn on_offence(validators: u32) -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(add(), remove(validators), reinstate(), on_offence(validators),);
