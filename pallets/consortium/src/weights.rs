//! The weights of the calls, measured with the work of other pallets by `scripts/weights`.

use frame_support::weights::Weight;

/// Weights of this pallet's calls.
pub trait WeightInfo {
	/// `admit`.
	fn admit() -> Weight;
	/// `suspend`.
	fn suspend() -> Weight;
	/// `reinstate`.
	fn reinstate() -> Weight;
	/// `remove`.
	fn remove() -> Weight;
	/// `add_agent`, with a signature that is valid only in the second form.
	fn add_agent() -> Weight;
	/// `remove_agent`.
	fn remove_agent() -> Weight;
	/// `propose_endpoint`.
	fn propose_endpoint() -> Weight;
	/// `approve_endpoint`.
	fn approve_endpoint() -> Weight;
	/// `set_base_policy`.
	fn set_base_policy() -> Weight;
	/// `credential`, with a signature that is valid only in the second form.
	fn credential() -> Weight;
	/// `revoke`.
	fn revoke() -> Weight;
	/// `enact`, with the longest call that the council may enact. A longer call is refused.
	fn enact() -> Weight;
	/// `transfer_control`.
	fn transfer_control() -> Weight;
	/// `replace_controller`.
	fn replace_controller() -> Weight;
	/// `resign`, by a practitioner of one organisation who is an agent of another.
	fn resign() -> Weight;
	/// The most expensive question of another pallet (`Members`).
	fn look_up() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(
	admit(),
	suspend(),
	reinstate(),
	remove(),
	add_agent(),
	remove_agent(),
	propose_endpoint(),
	approve_endpoint(),
	set_base_policy(),
	credential(),
	revoke(),
	enact(),
	transfer_control(),
	replace_controller(),
	resign(),
	look_up(),
);
