//! A transaction refused by the pool of the node: the node's answer as a sentence with advice.

use crate::Failure;
use pallet_allowance::invalid as custom_code;
use subxt::rpcs::UserError;

/// Codes of `author_*` errors (BASE 1000): see `sc-rpc-api`.
mod code {
	pub const INVALID: i32 = 1010;
	pub const UNKNOWN_VALIDITY: i32 = 1011;
	pub const BANNED: i32 = 1012;
	pub const ALREADY_IMPORTED: i32 = 1013;
	pub const TOO_LOW_PRIORITY: i32 = 1014;
	pub const FULL: i32 = 1016;
	pub const FUTURE: i32 = 1021;
}

/// The chain's knowledge of the signing account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
	/// The account was enrolled or credentialed at some time: the account holds a reference.
	Known,
	/// No knowledge.
	Unknown,
}

/// A refusal as a failure. `Pool.Stale` and the like are ours; the sentences give advice.
pub fn explain(error: &UserError, account: Account) -> Failure {
	let data = error.data.as_ref().map(|data| data.get()).unwrap_or_default();
	let data: String = serde_json::from_str(data).unwrap_or_default();
	let (name, message) = match error.code {
		code::INVALID => invalid(&data, account),
		code::BANNED => (
			"Pool.Banned",
			"the node refused this very transaction a moment ago and does not look at it again \
			 for a while: wait half an hour, or sign another one"
				.into(),
		),
		code::ALREADY_IMPORTED => (
			"Pool.AlreadyImported",
			"this very transaction waits in the node's pool already: wait for the next block"
				.into(),
		),
		code::TOO_LOW_PRIORITY => (
			"Pool.TooLowPriority",
			"another transaction of this account waits in its place: wait for the next block, \
			 then try again"
				.into(),
		),
		code::FULL => {
			("Pool.Full", "the node's pool is full: wait a few blocks, then try again".into())
		}
		code::FUTURE => (
			"Pool.Future",
			"the node takes no transactions ahead of their turn: wait for the next block, then \
			 try again"
				.into(),
		),
		code::UNKNOWN_VALIDITY => (
			"Pool.Unknown",
			format!("the node could not tell whether the transaction is valid: {data}"),
		),
		_ => ("Pool.Refused", format!("the node refused the transaction: {error} {data}")),
	};
	Failure::refused(name, message.trim().to_string())
}

/// The texts are the texts of `sp-runtime` for `InvalidTransaction`.
fn invalid(data: &str, account: Account) -> (&'static str, String) {
	if let Some(number) = data.strip_prefix("Custom error: ") {
		return custom(number.trim().parse().ok(), data);
	}
	match data {
		"Inability to pay some fees (e.g. account balance too low)" => match account {
			Account::Unknown => (
				"Pool.NotEnrolled",
				"the chain does not know this account: a patient is enrolled, and a \
				 practitioner credentialed, by their organisation before they can sign"
					.into(),
			),
			Account::Known => (
				"Pool.AllowanceExhausted",
				"the allowance is used up for now; it refills with every block: wait a minute, \
				 then try again (withdrawing is always possible)"
					.into(),
			),
		},
		"Invalid signing address" => match account {
			Account::Unknown => (
				"Pool.NotEnrolled",
				"the chain does not know this account: a patient is enrolled, and a \
				 practitioner credentialed, by their organisation before they can sign"
					.into(),
			),
			Account::Known => (
				"Pool.NoStanding",
				"this account may only withdraw: its patient id was left, or its credential or \
				 its organisation's membership does not count now"
					.into(),
			),
		},
		"Transaction call is not expected" => (
			"Pool.CallRefused",
			"this call is never accepted: it would store free text or unbounded bytes".into(),
		),
		"Transaction is outdated" => {
			("Pool.Stale", "another transaction of this account was faster: try again".into())
		}
		"Transaction will be valid in the future" => (
			"Pool.TooManyWaiting",
			"too many transactions of this account wait already: wait for the next block, then \
			 try again"
				.into(),
		),
		"Transaction has a bad signature" => (
			"Pool.BadSignature",
			"the signature does not hold: was it made for this chain and this runtime?".into(),
		),
		"Transaction has an ancient birth block" => (
			"Pool.Expired",
			"the transaction is too old, or the node is far behind: try again".into(),
		),
		"Transaction would exhaust the block limits" => (
			"Pool.BlockFull",
			"there is no room for it in a block now: try again, or split it".into(),
		),
		other => ("Pool.Invalid", format!("the node refused the transaction: {other}")),
	}
}

fn custom(number: Option<u8>, data: &str) -> (&'static str, String) {
	match number {
		Some(custom_code::NOTHING_TO_WITHDRAW) => (
			"Pool.NothingToWithdraw",
			"the withdrawal would change nothing: the directive is unknown, has ended already, \
			 or is not this account's to withdraw; or the account has nothing to resign"
				.into(),
		),
		Some(custom_code::NEVER_FITS) => (
			"Pool.NeverFits",
			"the transaction costs more than this account may ever spend at once: split it".into(),
		),
		_ => ("Pool.Invalid", format!("the node refused the transaction: {data}")),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::transaction_validity::InvalidTransaction;

	fn error(code: i32, data: Option<&str>) -> UserError {
		let data =
			data.map(|text| serde_json::value::to_raw_value(text).expect("a string is JSON"));
		UserError { code, message: "Invalid Transaction".into(), data }
	}

	fn name(invalid: InvalidTransaction, account: Account) -> String {
		let text: &'static str = invalid.into();
		explain(&error(code::INVALID, Some(text)), account).code
	}

	#[test]
	fn refusals_of_the_allowance_should_be_told_apart() {
		use InvalidTransaction::*;
		for (invalid, account, expected) in [
			(Payment, Account::Known, "Pool.AllowanceExhausted"),
			(Payment, Account::Unknown, "Pool.NotEnrolled"),
			(BadSigner, Account::Known, "Pool.NoStanding"),
			(BadSigner, Account::Unknown, "Pool.NotEnrolled"),
			(Call, Account::Known, "Pool.CallRefused"),
			(Stale, Account::Known, "Pool.Stale"),
			(Future, Account::Known, "Pool.TooManyWaiting"),
			(BadProof, Account::Known, "Pool.BadSignature"),
			(AncientBirthBlock, Account::Known, "Pool.Expired"),
			(ExhaustsResources, Account::Known, "Pool.BlockFull"),
		] {
			assert_eq!(name(invalid, account), expected);
		}
		for (number, expected) in [
			(custom_code::NOTHING_TO_WITHDRAW, "Pool.NothingToWithdraw"),
			(custom_code::NEVER_FITS, "Pool.NeverFits"),
			(7, "Pool.Invalid"),
		] {
			let text = format!("Custom error: {number}");
			let failure = explain(&error(code::INVALID, Some(&text)), Account::Known);
			assert_eq!((failure.code.as_str(), failure.kind), (expected, crate::Kind::Refused));
		}
	}

	#[test]
	fn other_refusals_should_keep_what_the_node_said() {
		let failure = explain(&error(1099, Some("why ever")), Account::Known);
		assert_eq!(failure.code, "Pool.Refused");
		assert!(failure.message.contains("why ever"));
		assert_eq!(explain(&error(code::FULL, None), Account::Known).code, "Pool.Full");
	}
}
