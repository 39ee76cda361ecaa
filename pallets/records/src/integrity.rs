//! The check of the constants and the weights, when a runtime is tested.

use crate::*;
use assent_support::assert_fits;
use frame_support::traits::Get;

impl<T: Config> Pallet<T> {
	/// Panics on a constant with which the pallet can't work, and on a call that fills too much of
	/// a block.
	pub(crate) fn check_constants() {
		assert!(T::MaxDocumentSize::get() > 0, "no document could be registered");
		assert!(T::RecheckPeriod::get() > 0, "a concluded round would be due again at once");
		assert!(T::RecoveryPeriod::get() > 0, "a concluded round would be due again at once");
		assert!(T::ReviseAfter::get() > 0, "an organisation could vote in every transaction");
		assert!(T::AttestationLifetime::get() > 1, "no attestation would reach a block");
		assert_fits::<T>(&[
			("register", T::WeightInfo::register()),
			("correct", T::WeightInfo::correct()),
			("rotate", T::WeightInfo::rotate()),
			("relabel", T::WeightInfo::relabel()),
			("dispute", T::WeightInfo::dispute()),
			("settle_dispute", T::WeightInfo::settle_dispute()),
			("erase", T::WeightInfo::erase()),
			("set_encryption_key", T::WeightInfo::set_encryption_key()),
			("set_recheck_period", T::WeightInfo::set_recheck_period()),
			("attest", T::WeightInfo::attest().saturating_add(T::WeightInfo::authorize_attest())),
		]);
	}
}
