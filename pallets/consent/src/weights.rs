//! The weights of the calls, measured by `scripts/weights` with the cost of other pallets.

use assent_policy::{MAX_DIRECTIVES, MAX_POLICY_VERSIONS};
use frame_support::weights::Weight;

/// The weight of each call, with the cost of other pallets and of trail entries.
pub trait WeightInfo {
	/// `k` directives of the list stay in force, `e` have expired.
	fn grant(k: u32, e: u32) -> Weight;
	/// `k` directives of the list stay in force, `e` have expired.
	fn make_directive(k: u32, e: u32) -> Weight;
	/// Equal for every withdrawal: independent of the patient's other directives.
	fn withdraw() -> Weight;
	/// `k` directives of the list stay in force beside the replaced one, `e` have expired.
	fn replace(k: u32, e: u32) -> Weight;
	/// The fullest list of open requests, with a look-up for every actor.
	fn request() -> Weight;
	/// `k` directives of the list stay in force, `e` have expired.
	fn approve_request(k: u32, e: u32) -> Weight;
	/// Equal for every refusal: independent of the patient's other requests.
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

/// The weight of a call over the fullest list of directives: all in force, or all expired. A mixed
/// list costs no more, because the weight follows a straight line.
pub(crate) fn fullest(weight: impl Fn(u32, u32) -> Weight) -> Weight {
	weight(MAX_DIRECTIVES, 0).max(weight(0, MAX_DIRECTIVES))
}

/// The number of directives and versions for which an access costs most.
pub(crate) const MOST_TO_READ: u32 = MAX_DIRECTIVES + MAX_POLICY_VERSIONS;
