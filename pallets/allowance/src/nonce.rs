//! The transaction extension that checks nonces.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
	dispatch::DispatchInfo, pallet_prelude::TransactionSource, traits::Get, weights::Weight,
	CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use frame_system::ExtensionsWeightInfo;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{
		AsSystemOriginSigner, DispatchInfoOf, Dispatchable, Implication, PostDispatchInfoOf,
		TransactionExtension, ValidateResult,
	},
	transaction_validity::{InvalidTransaction, TransactionValidityError, ValidTransaction},
	AccountId32, DispatchResult, SaturatedConversion, Saturating,
};

/// Checks the nonce of a signed transaction, and raises the account's nonce.
///
/// The extension stands for [`frame_system::CheckNonce`]. Identifier and encoding are the same, so
/// wallets sign as before. The refusals are the same: `Payment` for an account without a reference,
/// `Stale`, and `Future` in a block. The tags are the same, and the pool orders and replaces
/// transactions by the tags. In addition the extension refuses, as `Future`, a nonce more than
/// [`Config::MaxPending`] ahead of the account's nonce. One account then can't fill the pool.
///
/// [`crate::CheckAllowance`] gives the priority. This extension adds the position: at most
/// [`Config::MaxPending`], and one less for each transaction of the account before this one.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	CloneNoBound,
	EqNoBound,
	PartialEqNoBound,
	DebugNoBound,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct CheckNonce<T: Config>(#[codec(compact)] pub T::Nonce);

impl<T: Config> CheckNonce<T> {
	/// The extension of a transaction with this nonce.
	pub fn from(nonce: T::Nonce) -> Self {
		Self(nonce)
	}
}

/// The result of the validation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NonceVal {
	/// No account signed. The weight is given back.
	Untouched(Weight),
	/// The account. The nonce is right.
	Checked(AccountId32),
}

/// The result of the preparation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoncePre {
	/// No nonce was raised. The weight is given back.
	Untouched(Weight),
	/// The account's nonce was raised.
	Counted,
}

impl<T: Config + Send + Sync> TransactionExtension<T::RuntimeCall> for CheckNonce<T>
where
	T::RuntimeCall: Dispatchable<Info = DispatchInfo>,
	T::RuntimeOrigin: AsSystemOriginSigner<AccountId32>,
{
	const IDENTIFIER: &'static str = "CheckNonce";
	type Implicit = ();
	type Val = NonceVal;
	type Pre = NoncePre;

	fn weight(&self, _call: &T::RuntimeCall) -> Weight {
		T::ExtensionsWeightInfo::check_nonce()
	}

	fn validate(
		&self,
		origin: T::RuntimeOrigin,
		call: &T::RuntimeCall,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_length: usize,
		_self_implicit: Self::Implicit,
		_inherited_implication: &impl Implication,
		_source: TransactionSource,
	) -> ValidateResult<Self::Val, T::RuntimeCall> {
		let Some(who) = origin.as_system_origin_signer() else {
			return Ok((Default::default(), NonceVal::Untouched(self.weight(call)), origin));
		};
		let tags = frame_system::CheckNonce::<T>::validate_nonce_for_account(who, self.0)?;
		let ahead = self.0.saturating_sub(frame_system::Pallet::<T>::account_nonce(who));
		if ahead > T::MaxPending::get().into() {
			return Err(InvalidTransaction::Future.into());
		}

		let who = who.clone();
		// The pool and the blocks offer the first transaction of each account before the second
		// transactions. A withdrawal with the account's nonce takes the place of the same
		// withdrawal that waits behind others.
		let position = T::MaxPending::get().saturating_sub(ahead.saturated_into());
		let validity = ValidTransaction {
			priority: position.into(),
			requires: tags.requires,
			provides: tags.provides,
			..Default::default()
		};
		Ok((validity, NonceVal::Checked(who), origin))
	}

	fn prepare(
		self,
		val: Self::Val,
		_origin: &T::RuntimeOrigin,
		_call: &T::RuntimeCall,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_length: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		match val {
			NonceVal::Untouched(weight) => Ok(NoncePre::Untouched(weight)),
			NonceVal::Checked(who) => {
				frame_system::CheckNonce::<T>::prepare_nonce_for_account(&who, self.0)?;
				Ok(NoncePre::Counted)
			}
		}
	}

	fn post_dispatch_details(
		pre: Self::Pre,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		_length: usize,
		_result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		Ok(match pre {
			NoncePre::Untouched(weight) => weight,
			NoncePre::Counted => Weight::zero(),
		})
	}
}
