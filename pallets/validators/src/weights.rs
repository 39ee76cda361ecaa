//! What the calls cost. The runtime has it measured (`benchmarking.rs`).

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
	/// `organisations`, with `organisations` running.
	fn organisations(organisations: u32) -> Weight;
}
