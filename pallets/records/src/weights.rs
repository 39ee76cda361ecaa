//! The weights of the calls, measured with the work of other pallets by `scripts/weights`.

use frame_support::weights::Weight;

/// Weights of this pallet's calls.
pub trait WeightInfo {
	/// `register`.
	fn register() -> Weight;
	/// `correct`.
	fn correct() -> Weight;
	/// `rotate`.
	fn rotate() -> Weight;
	/// `relabel`.
	fn relabel() -> Weight;
	/// `dispute`.
	fn dispute() -> Weight;
	/// `settle_dispute`.
	fn settle_dispute() -> Weight;
	/// `erase`.
	fn erase() -> Weight;
	/// `set_encryption_key`.
	fn set_encryption_key() -> Weight;
	/// `set_recheck_period`.
	fn set_recheck_period() -> Weight;
	/// `attest` with the votes of every organisation. The call closes the round.
	fn attest() -> Weight;
	/// The checks before the pool or a block takes `attest`.
	fn authorize_attest() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(
	register(),
	correct(),
	rotate(),
	relabel(),
	dispute(),
	settle_dispute(),
	erase(),
	set_encryption_key(),
	set_recheck_period(),
	attest(),
	authorize_attest(),
);
