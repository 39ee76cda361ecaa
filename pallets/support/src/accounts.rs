//! References on accounts. `CheckNonce` refuses an account without a reference as unable to pay.

/// Gives `who` one *sufficient* reference, unless `who` has one already. Every account known to
/// Assent holds one. The reference is never dropped. A reaped account would start again with nonce
/// 0, and the account's old transactions would become valid again.
pub fn hold_account<T: frame_system::Config>(who: &T::AccountId) {
	if frame_system::Pallet::<T>::sufficients(who) == 0 {
		frame_system::Pallet::<T>::inc_sufficients(who);
	}
}
