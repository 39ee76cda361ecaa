//! References on accounts: without one, `CheckNonce` refuses an account as unable to pay.

/// Gives `who` the one *sufficient* reference that an account known to Assent holds, unless
/// it has one. It is never dropped: reaping the account would reset its nonce and revive
/// its old transactions.
pub fn hold_account<T: frame_system::Config>(who: &T::AccountId) {
	if frame_system::Pallet::<T>::sufficients(who) == 0 {
		frame_system::Pallet::<T>::inc_sufficients(who);
	}
}
