//! The weights of the calls, measured with the work of other pallets by `scripts/weights`.

use frame_support::weights::Weight;

/// Weights of this pallet's calls.
pub trait WeightInfo {
	/// `declare`, with a full list and no active emergency on the list.
	fn declare() -> Weight;
	/// `end`, with a full list.
	fn end() -> Weight;
	/// `justify`, with a full list. The declarer lost the role during the emergency.
	fn justify() -> Weight;
	/// `draw`, with the maximum number of organisations.
	fn draw() -> Weight;
	/// `review`, with an adverse finding and the maximum number of active emergencies.
	fn review() -> Weight;
	/// `pass_on`. The weight is the same for every review.
	fn pass_on() -> Weight;
	/// `suspend_unjustified`, with the maximum number of active emergencies. The declarer lost the
	/// role before.
	fn suspend_unjustified() -> Weight;
	/// `reinstate`. The weight is the same for every practitioner.
	fn reinstate() -> Weight;
	/// `set_organisation_cap`. The weight is the same for every cap.
	fn set_organisation_cap() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(
	declare(),
	end(),
	justify(),
	draw(),
	review(),
	pass_on(),
	suspend_unjustified(),
	reinstate(),
	set_organisation_cap(),
);
