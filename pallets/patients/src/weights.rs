//! What the calls cost: measured, other pallets included, by `scripts/weights`.

use frame_support::weights::Weight;

/// The weights of this pallet.
pub trait WeightInfo {
	/// Enrolling, with a signature that only passes in its second form.
	fn enrol() -> Weight;
	/// Leaving, with as many guardians and delegates as allowed.
	fn leave() -> Weight;
	/// Proposing a guardian in the place of as many as allowed whose term is over.
	fn propose_guardian() -> Weight;
	/// Confirming a guardian who has as many wards as allowed.
	fn confirm_guardian() -> Weight;
	/// Ending a guardian who was one as often as is kept.
	fn end_guardian() -> Weight;
	/// Naming a delegate, who has as many principals as allowed, in the place of as many
	/// delegates as allowed whose leave is over.
	fn name_delegate() -> Weight;
	/// Ending a delegate who was one as often as is kept.
	fn end_delegate() -> Weight;
	/// Proposing a recovery, with a signature that only passes in its second form.
	fn propose_recovery() -> Weight;
	/// Supporting a recovery, which starts it.
	fn support_recovery() -> Weight;
	/// Vetoing a recovery that is under way.
	fn veto_recovery() -> Weight;
	/// Finishing a recovery, with as many delegates as allowed.
	fn finish_recovery() -> Weight;
	/// Reporting a condition.
	fn report_condition() -> Weight;
	/// Confirming a condition.
	fn confirm_condition() -> Weight;
	/// Marking as many kinds as allowed as private.
	fn mark_private() -> Weight;
	/// What another pallet asks of a patient id about the present: the most expensive is what
	/// is private.
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
