//! What the calls cost: measured, other pallets included, by `scripts/weights`.

use frame_support::weights::Weight;

/// What each call costs, other pallets and trail entries included.
pub trait WeightInfo {
	/// The declarer's list full, nothing on it active.
	fn declare() -> Weight;
	/// The declarer's list full.
	fn end() -> Weight;
	/// The declarer's list full, the role lost while it was active.
	fn justify() -> Weight;
	/// The most organisations to draw from.
	fn draw() -> Weight;
	/// An adverse finding for a declarer with as many active emergencies as allowed.
	fn review() -> Weight;
	/// The same for every review.
	fn pass_on() -> Weight;
	/// A declarer with as many active emergencies as allowed, the role lost before.
	fn suspend_unjustified() -> Weight;
	/// The same for every practitioner.
	fn reinstate() -> Weight;
	/// The same for every cap.
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
