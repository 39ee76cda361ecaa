//! The weights of the calls, measured by `scripts/weights` with the cost of other pallets.

use frame_support::weights::Weight;

/// The weight of each call, with the cost of other pallets and of trail entries.
pub trait WeightInfo {
	/// Enrols, with a signature that is valid only in the second form.
	fn enrol() -> Weight;
	/// Leaves, with the maximum number of guardians and delegates.
	fn leave() -> Weight;
	/// Proposes a guardian in the place of the maximum number of guardians with a term in the past.
	fn propose_guardian() -> Weight;
	/// Confirms a guardian with the maximum number of wards.
	fn confirm_guardian() -> Weight;
	/// Ends a guardian with a full list of past roles.
	fn end_guardian() -> Weight;
	/// Names a delegate with the maximum number of principals, in the place of the maximum number
	/// of delegates with a mandate in the past.
	fn name_delegate() -> Weight;
	/// Ends a delegate with a full list of past roles.
	fn end_delegate() -> Weight;
	/// Proposes a recovery, with a signature that is valid only in the second form.
	fn propose_recovery() -> Weight;
	/// Supports a recovery and starts the recovery.
	fn support_recovery() -> Weight;
	/// Vetoes a recovery under way.
	fn veto_recovery() -> Weight;
	/// Finishes a recovery, with the maximum number of delegates.
	fn finish_recovery() -> Weight;
	/// Reports a condition.
	fn report_condition() -> Weight;
	/// Confirms a condition.
	fn confirm_condition() -> Weight;
	/// Marks the maximum number of kinds as private.
	fn mark_private() -> Weight;
	/// The most expensive question of another pallet about a patient at the present moment: the
	/// private kinds.
	fn relation() -> Weight;
}

#[cfg(test)]
assent_support::mock_weights!(
	enrol(),
	leave(),
	propose_guardian(),
	confirm_guardian(),
	end_guardian(),
	name_delegate(),
	end_delegate(),
	propose_recovery(),
	support_recovery(),
	veto_recovery(),
	finish_recovery(),
	report_condition(),
	confirm_condition(),
	mark_private(),
	relation(),
);
