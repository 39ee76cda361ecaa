//! The transaction extension that checks the allowance and draws on the buckets.

use crate::{
	invalid, Config, NoPayer, Pallet, Payer, PayerOf, PriorityOf, Urgency, WeightInfo, Withdrawal,
};
use alloc::vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	pallet_prelude::TransactionSource,
	traits::Get,
	weights::Weight,
	CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{
		AsSystemOriginSigner, DispatchInfoOf, Dispatchable, Implication, PostDispatchInfoOf,
		TransactionExtension, ValidateResult,
	},
	transaction_validity::{InvalidTransaction, TransactionValidityError, ValidTransaction},
	AccountId32, DispatchResult,
};

/// Checks a transaction against the allowance of its signer, and draws the cost. Lets withdrawals
/// through. Gives every signed transaction its priority. The crate's documentation lists the
/// refusals.
///
/// The extension encodes as nothing and signs nothing in addition, so wallets need not know the
/// extension.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	CloneNoBound,
	EqNoBound,
	PartialEqNoBound,
	DebugNoBound,
	DefaultNoBound,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct CheckAllowance<T>(PhantomData<T>);

impl<T> CheckAllowance<T> {
	/// The extension, without content.
	pub fn new() -> Self {
		Self(PhantomData)
	}
}

/// The cost of a transaction, and the account and the payer of the cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
	/// The signer.
	pub who: AccountId32,
	/// The payer of the signer's transactions. The payer decides whose buckets pay.
	pub payer: Payer,
	/// The cost, in picoseconds of execution.
	pub cost: u64,
}

/// The result of the validation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Val {
	/// No account signed, so this pallet does not judge. The weight is given back.
	Untouched(Weight),
	/// A withdrawal: free.
	Free,
	/// The charge to draw from the buckets.
	Charged(Charge),
}

/// The result of the preparation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pre {
	/// No charge. The weight is given back.
	Untouched(Weight),
	/// No charge: the transaction is free.
	Free,
	/// The charge drawn from the buckets.
	Charged(Charge),
}

impl<T: Config> CheckAllowance<T> {
	/// Whether the account may send this call now. Returns the priority and the tags in the pool,
	/// and the charge.
	fn judge(
		who: &AccountId32,
		call: &T::RuntimeCall,
		info: &DispatchInfo,
		length: usize,
	) -> Result<(ValidTransaction, Val), InvalidTransaction> {
		// The check of a withdrawal comes first, so no later check can stop a withdrawal.
		if let Some(object) = T::Withdrawal::of(call) {
			if T::Withdrawal::may(who, &object) {
				// One withdrawal of an object waits at a time: a second one would be free work.
				let tag = T::Withdrawal::tag(who, &object);
				let validity = ValidTransaction {
					priority: Urgency::Withdrawal.priority(),
					provides: vec![("assent/withdrawal", tag).encode()],
					..Default::default()
				};
				return Ok((validity, Val::Free));
			}
			return Err(InvalidTransaction::Custom(invalid::NOTHING_TO_WITHDRAW));
		}
		let payer = T::Payers::payer(who, call).map_err(|none| match none {
			NoPayer::Refused => InvalidTransaction::Call,
			NoPayer::NotEnrolled => InvalidTransaction::BadSigner,
			NoPayer::NotForSender => InvalidTransaction::Custom(invalid::NOT_FOR_SENDER),
			NoPayer::Mixed => InvalidTransaction::Custom(invalid::SEVERAL_PAYERS),
		})?;

		if length > T::MaxLength::get() as usize {
			return Err(InvalidTransaction::Custom(invalid::TOO_LONG));
		}
		let cost = Pallet::<T>::cost(info, length);
		let allowance = Pallet::<T>::allowance(who, payer);
		let levels = [Some(allowance.account), allowance.organisation];
		if levels.iter().flatten().any(|level| cost > level.limit.capacity) {
			return Err(InvalidTransaction::Custom(invalid::NEVER_FITS));
		}
		if levels.iter().flatten().any(|level| cost > level.available) {
			return Err(InvalidTransaction::Payment);
		}

		let priority = T::Priority::urgency(call, payer).priority();
		let validity = ValidTransaction { priority, ..Default::default() };
		Ok((validity, Val::Charged(Charge { who: who.clone(), payer, cost })))
	}
}

impl<T: Config + Send + Sync> TransactionExtension<T::RuntimeCall> for CheckAllowance<T>
where
	T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
	T::RuntimeOrigin: AsSystemOriginSigner<AccountId32>,
{
	const IDENTIFIER: &'static str = "CheckAllowance";
	type Implicit = ();
	type Val = Val;
	type Pre = Pre;

	fn weight(&self, call: &T::RuntimeCall) -> Weight {
		match T::Withdrawal::of(call) {
			Some(_) => T::WeightInfo::check().saturating_add(T::Withdrawal::worst_weight()),
			None => T::WeightInfo::check()
				.saturating_add(T::WeightInfo::draw())
				.saturating_add(T::Payers::weight(call)),
		}
	}

	fn validate(
		&self,
		origin: T::RuntimeOrigin,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		length: usize,
		_self_implicit: Self::Implicit,
		_inherited_implication: &impl Implication,
		_source: TransactionSource,
	) -> ValidateResult<Self::Val, T::RuntimeCall> {
		let Some(who) = origin.as_system_origin_signer() else {
			return Ok((Default::default(), Val::Untouched(self.weight(call)), origin));
		};
		let (validity, val) = Self::judge(who, call, info, length)?;
		Ok((validity, val, origin))
	}

	fn prepare(
		self,
		val: Self::Val,
		_origin: &T::RuntimeOrigin,
		_call: &T::RuntimeCall,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_length: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		Ok(match val {
			Val::Untouched(weight) => Pre::Untouched(weight),
			Val::Free => Pre::Free,
			Val::Charged(charge) => {
				Pallet::<T>::draw(&charge);
				Pre::Charged(charge)
			}
		})
	}

	fn post_dispatch_details(
		pre: Self::Pre,
		info: &DispatchInfoOf<T::RuntimeCall>,
		post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		_length: usize,
		_result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		Ok(match pre {
			Pre::Untouched(weight) => weight,
			Pre::Free => Weight::zero(),
			Pre::Charged(charge) => {
				Pallet::<T>::give_back(&charge, info, post_info);
				Weight::zero()
			}
		})
	}
}
