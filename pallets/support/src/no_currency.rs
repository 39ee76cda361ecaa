//! Assent has no token. Some pallets of the SDK still want a currency for deposits. The currency
//! here holds no money, mints no money and asks for no money.

use core::marker::PhantomData;
use frame_support::traits::{
	tokens::{
		currency::ReservableCurrency,
		fungible::{self, hold, Dust},
		BalanceStatus, DepositConsequence, ExistenceRequirement, Fortitude, Preservation,
		Provenance, WithdrawConsequence, WithdrawReasons,
	},
	Currency, Imbalance, SignedImbalance,
};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult, TokenError};

type Balance = u128;

/// An imbalance that is always zero.
type Nothing = fungible::Imbalance<Balance, (), ()>;

/// The currency without money. `Reason` is the runtime's hold reason.
pub struct NoCurrency<Reason>(PhantomData<Reason>);

/// An amount of zero succeeds. Every other amount fails.
fn only_zero(amount: Balance) -> DispatchResult {
	if amount == 0 {
		Ok(())
	} else {
		Err(TokenError::FundsUnavailable.into())
	}
}

impl<AccountId, Reason> fungible::Inspect<AccountId> for NoCurrency<Reason> {
	type Balance = Balance;

	fn total_issuance() -> Balance {
		0
	}
	fn minimum_balance() -> Balance {
		0
	}
	fn total_balance(_: &AccountId) -> Balance {
		0
	}
	fn balance(_: &AccountId) -> Balance {
		0
	}
	fn reducible_balance(_: &AccountId, _: Preservation, _: Fortitude) -> Balance {
		0
	}
	fn can_deposit(_: &AccountId, amount: Balance, _: Provenance) -> DepositConsequence {
		match only_zero(amount) {
			Ok(()) => DepositConsequence::Success,
			Err(_) => DepositConsequence::UnknownAsset,
		}
	}
	fn can_withdraw(_: &AccountId, amount: Balance) -> WithdrawConsequence<Balance> {
		match only_zero(amount) {
			Ok(()) => WithdrawConsequence::Success,
			Err(_) => WithdrawConsequence::BalanceLow,
		}
	}
}

impl<AccountId, Reason> fungible::Unbalanced<AccountId> for NoCurrency<Reason> {
	fn handle_dust(_: Dust<AccountId, Self>) {}
	fn write_balance(_: &AccountId, amount: Balance) -> Result<Option<Balance>, DispatchError> {
		only_zero(amount).map(|()| None)
	}
	fn set_total_issuance(_: Balance) {}
}

impl<AccountId: Eq, Reason> fungible::Mutate<AccountId> for NoCurrency<Reason> {}

impl<AccountId, Reason: codec::Encode + TypeInfo + 'static> hold::Inspect<AccountId>
	for NoCurrency<Reason>
{
	type Reason = Reason;

	fn total_balance_on_hold(_: &AccountId) -> Balance {
		0
	}
	fn balance_on_hold(_: &Reason, _: &AccountId) -> Balance {
		0
	}
}

impl<AccountId, Reason: codec::Encode + TypeInfo + 'static> hold::Unbalanced<AccountId>
	for NoCurrency<Reason>
{
	fn set_balance_on_hold(_: &Reason, _: &AccountId, amount: Balance) -> DispatchResult {
		only_zero(amount)
	}
}

impl<AccountId, Reason: codec::Encode + TypeInfo + 'static> hold::Mutate<AccountId>
	for NoCurrency<Reason>
{
}

impl<AccountId, Reason> Currency<AccountId> for NoCurrency<Reason> {
	type Balance = Balance;
	type NegativeImbalance = Nothing;
	type PositiveImbalance = Nothing;

	fn total_balance(_: &AccountId) -> Balance {
		0
	}
	fn can_slash(_: &AccountId, value: Balance) -> bool {
		value == 0
	}
	fn total_issuance() -> Balance {
		0
	}
	fn minimum_balance() -> Balance {
		0
	}
	fn burn(_: Balance) -> Nothing {
		Nothing::zero()
	}
	fn issue(_: Balance) -> Nothing {
		Nothing::zero()
	}
	fn free_balance(_: &AccountId) -> Balance {
		0
	}
	fn ensure_can_withdraw(
		_: &AccountId,
		amount: Balance,
		_: WithdrawReasons,
		_: Balance,
	) -> DispatchResult {
		only_zero(amount)
	}
	fn transfer(
		_: &AccountId,
		_: &AccountId,
		value: Balance,
		_: ExistenceRequirement,
	) -> DispatchResult {
		only_zero(value)
	}
	fn slash(_: &AccountId, value: Balance) -> (Nothing, Balance) {
		(Nothing::zero(), value)
	}
	fn deposit_into_existing(_: &AccountId, value: Balance) -> Result<Nothing, DispatchError> {
		only_zero(value).map(|()| Nothing::zero())
	}
	fn deposit_creating(_: &AccountId, _: Balance) -> Nothing {
		Nothing::zero()
	}
	fn withdraw(
		_: &AccountId,
		value: Balance,
		_: WithdrawReasons,
		_: ExistenceRequirement,
	) -> Result<Nothing, DispatchError> {
		only_zero(value).map(|()| Nothing::zero())
	}
	fn make_free_balance_be(_: &AccountId, _: Balance) -> SignedImbalance<Balance, Nothing> {
		SignedImbalance::Positive(Nothing::zero())
	}
}

impl<AccountId, Reason> ReservableCurrency<AccountId> for NoCurrency<Reason> {
	fn can_reserve(_: &AccountId, value: Balance) -> bool {
		value == 0
	}
	fn slash_reserved(_: &AccountId, value: Balance) -> (Nothing, Balance) {
		(Nothing::zero(), value)
	}
	fn reserved_balance(_: &AccountId) -> Balance {
		0
	}
	fn reserve(_: &AccountId, value: Balance) -> DispatchResult {
		only_zero(value)
	}
	fn unreserve(_: &AccountId, value: Balance) -> Balance {
		value
	}
	fn repatriate_reserved(
		_: &AccountId,
		_: &AccountId,
		value: Balance,
		_: BalanceStatus,
	) -> Result<Balance, DispatchError> {
		only_zero(value).map(|()| 0)
	}
}
