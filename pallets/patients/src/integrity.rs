//! The checks of the constants and the weights of a runtime.

use crate::{Config, Pallet, WeightInfo};
use assent_support::assert_fits;
use frame_support::traits::Get;

impl<T: Config> Pallet<T> {
	/// Panics if a constant makes no sense, or if the worst calls do not fit in half of the
	/// largest transaction.
	pub(crate) fn check_integrity() {
		assert!(T::RecoveryDelay::get() > 0, "RecoveryDelay: there must be time to veto");
		assert!(T::ProposalPeriod::get() > 0, "ProposalPeriod: there must be time to agree");
		assert_fits::<T>(&[
			("enrol", T::WeightInfo::enrol()),
			("leave", T::WeightInfo::leave()),
			("propose_guardian", T::WeightInfo::propose_guardian()),
			("confirm_guardian", T::WeightInfo::confirm_guardian()),
			("end_guardian", T::WeightInfo::end_guardian()),
			("name_delegate", T::WeightInfo::name_delegate()),
			("end_delegate", T::WeightInfo::end_delegate()),
			("propose_recovery", T::WeightInfo::propose_recovery()),
			("support_recovery", T::WeightInfo::support_recovery()),
			("veto_recovery", T::WeightInfo::veto_recovery()),
			("finish_recovery", T::WeightInfo::finish_recovery()),
			("report_condition", T::WeightInfo::report_condition()),
			("confirm_condition", T::WeightInfo::confirm_condition()),
			("mark_private", T::WeightInfo::mark_private()),
			("telling a relation", T::WeightInfo::relation()),
		]);
	}
}
