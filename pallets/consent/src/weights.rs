//! What the calls cost: measured, other pallets included, by `scripts/weights`.

use assent_policy::{MAX_DIRECTIVES, MAX_POLICY_VERSIONS};
use frame_support::weights::Weight;

/// What each call costs, other pallets and trail entries included.
pub trait WeightInfo {
	/// `d` directives in the list, `e` of them expired.
	fn grant(d: u32, e: u32) -> Weight;
	/// `d` directives in the list, `e` of them expired.
	fn make_directive(d: u32, e: u32) -> Weight;
	/// The same, whatever else the patient has.
	fn withdraw() -> Weight;
	/// `d` directives in the list, `e` of them expired.
	fn replace(d: u32, e: u32) -> Weight;
	/// The fullest list of open requests, every actor to be looked up.
	fn request() -> Weight;
	/// `d` directives in the list, `e` of them expired.
	fn approve_request(d: u32, e: u32) -> Weight;
	/// The same, whatever else the patient has.
	fn refuse_request() -> Weight;
	/// `d` directives and versions of a base policy to decide over.
	fn access(d: u32) -> Weight;
	/// `d` directives in the list, `e` of them expired.
	fn retire_expired(d: u32, e: u32) -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(
	grant(d, e),
	make_directive(d, e),
	withdraw(),
	replace(d, e),
	request(),
	approve_request(d, e),
	refuse_request(),
	access(d),
	retire_expired(d, e),
);

/// The arguments with which the calls over a list of directives cost most.
pub(crate) const FULLEST: (u32, u32) = (MAX_DIRECTIVES, MAX_DIRECTIVES);

/// With how much to decide over an access costs most.
pub(crate) const MOST_TO_READ: u32 = MAX_DIRECTIVES + MAX_POLICY_VERSIONS;
