//! What the calls cost: measured, other pallets included, by `scripts/weights`.

use assent_policy::{MAX_DIRECTIVES, MAX_POLICY_VERSIONS};
use frame_support::weights::Weight;

/// What each call costs, other pallets and trail entries included.
pub trait WeightInfo {
	/// `k` directives of the list stay in force, `e` have expired.
	fn grant(k: u32, e: u32) -> Weight;
	/// `k` directives of the list stay in force, `e` have expired.
	fn make_directive(k: u32, e: u32) -> Weight;
	/// The same, whatever else the patient has.
	fn withdraw() -> Weight;
	/// `k` directives of the list stay in force beside the replaced one, `e` have expired.
	fn replace(k: u32, e: u32) -> Weight;
	/// The fullest list of open requests, every actor to be looked up.
	fn request() -> Weight;
	/// `k` directives of the list stay in force, `e` have expired.
	fn approve_request(k: u32, e: u32) -> Weight;
	/// The same, whatever else the patient has.
	fn refuse_request() -> Weight;
	/// `d` directives and versions of a base policy to decide over.
	fn access(d: u32) -> Weight;
	/// `k` directives of the list stay in force, `e` have expired.
	fn retire_expired(k: u32, e: u32) -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(
	grant(k, e),
	make_directive(k, e),
	withdraw(),
	replace(k, e),
	request(),
	approve_request(k, e),
	refuse_request(),
	access(d),
	retire_expired(k, e),
);

/// What a call over a list of directives costs with the fullest list: all in force, or all
/// expired, as in between there is no more on a straight line.
pub(crate) fn fullest(weight: impl Fn(u32, u32) -> Weight) -> Weight {
	weight(MAX_DIRECTIVES, 0).max(weight(0, MAX_DIRECTIVES))
}

/// With how much to decide over an access costs most.
pub(crate) const MOST_TO_READ: u32 = MAX_DIRECTIVES + MAX_POLICY_VERSIONS;
