//! What the calls cost: measured, other pallets included, by `scripts/weights`.

use frame_support::weights::Weight;

/// Weights of the calls of this pallet, what they do in other pallets included.
pub trait WeightInfo {
	/// Of `register`.
	fn register() -> Weight;
	/// Of `correct`.
	fn correct() -> Weight;
	/// Of `rotate`.
	fn rotate() -> Weight;
	/// Of `relabel`.
	fn relabel() -> Weight;
	/// Of `dispute`.
	fn dispute() -> Weight;
	/// Of `settle_dispute`.
	fn settle_dispute() -> Weight;
	/// Of `erase`.
	fn erase() -> Weight;
	/// Of `set_encryption_key`.
	fn set_encryption_key() -> Weight;
	/// Of `set_recheck_period`.
	fn set_recheck_period() -> Weight;
	/// Of `attest` with the votes of every organisation, closing the round.
	fn attest() -> Weight;
	/// Of the checks before `attest` is let into the pool or a block.
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
