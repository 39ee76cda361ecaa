//! A transaction refused by the pool of the node: the node's answer as a sentence with advice.

use crate::Failure;
use pallet_allowance::invalid::Cause;
use subxt::rpcs::UserError;

/// Codes of `author_*` errors (BASE 1000): see `sc-rpc-api`.
mod code {
	/// The node's own refusal: the data name a [`pallet_allowance::invalid::Cause`].
	pub const REFUSED: i32 = 1002;
	pub const INVALID: i32 = 1010;
	pub const UNKNOWN_VALIDITY: i32 = 1011;
	pub const BANNED: i32 = 1012;
	pub const ALREADY_IMPORTED: i32 = 1013;
	pub const TOO_LOW_PRIORITY: i32 = 1014;
	pub const FULL: i32 = 1016;
	pub const FUTURE: i32 = 1021;
}

/// A refusal as a failure. `Pool.Stale` and the like are ours; the sentences give advice. `known`:
/// the signing account was enrolled or credentialed at some time, and holds a reference.
pub fn explain(error: &UserError, known: bool) -> Failure {
	let data = error.data.as_ref().map(|data| data.get()).unwrap_or_default();
	let data: String = serde_json::from_str(data).unwrap_or_default();
	if error.code == code::REFUSED {
		if let Some(cause) = Cause::named(&data) {
			return Failure::refused(name_of(cause, known), cause.words());
		}
	}
	let (name, message) = match error.code {
		code::INVALID => match invalid(&data) {
			Some(advice) => advice,
			None => {
				let message = format!("the node refused the transaction: {data}");
				return Failure::refused("Pool.Invalid", message.trim());
			}
		},
		code::BANNED => (
			"Pool.Banned",
			"the node refused this very transaction a moment ago and does not look at it again \
			 for a while: wait half an hour, or sign another one",
		),
		code::ALREADY_IMPORTED => (
			"Pool.AlreadyImported",
			"this very transaction waits in the node's pool already: wait for the next block",
		),
		code::TOO_LOW_PRIORITY => (
			"Pool.TooLowPriority",
			"another transaction of this account waits in its place: wait for the next block, \
			 then try again",
		),
		code::FULL => ("Pool.Full", "the node's pool is full: wait a few blocks, then try again"),
		code::FUTURE => (
			"Pool.Future",
			"the node takes no transactions ahead of their turn: wait for the next block, then \
			 try again",
		),
		code::UNKNOWN_VALIDITY => {
			let message =
				format!("the node could not tell whether the transaction is valid: {data}");
			return Failure::refused("Pool.Unknown", message.trim());
		}
		_ => {
			let message = format!("the node refused the transaction: {error} {data}");
			return Failure::refused("Pool.Refused", message.trim());
		}
	};
	Failure::refused(name, message)
}

/// The code for a cause. An account that the chain never knew can't even withdraw.
fn name_of(cause: Cause, known: bool) -> &'static str {
	match cause {
		Cause::NotEnrolled if known => "Pool.NoStanding",
		Cause::NotEnrolled => "Pool.NotEnrolled",
		Cause::NoSender => "Pool.CallRefused",
		Cause::NotForSender => "Pool.NotForSender",
		Cause::SeveralPayers => "Pool.SeveralPayers",
		Cause::TooLong => "Pool.TooLong",
		Cause::NeverFits => "Pool.NeverFits",
		Cause::AllowanceUsed => "Pool.AllowanceExhausted",
		Cause::NothingToWithdraw => "Pool.NothingToWithdraw",
		Cause::TooManyOfPatient
		| Cause::TooManyWithdrawals
		| Cause::TooManyOfEnrolled
		| Cause::TooManyOfOrganisation => "Pool.TooManyWaiting",
		Cause::NotCounted => "Pool.NotCounted",
	}
}

/// The code and the advice for a transaction that the SDK's own checks refuse; none for a cause
/// without advice. The texts are the texts of `sp-runtime` for `InvalidTransaction`.
fn invalid(data: &str) -> Option<(&'static str, &'static str)> {
	Some(match data {
		"Transaction is outdated" => {
			("Pool.Stale", "another transaction of this account was faster: try again")
		}
		"Transaction will be valid in the future" => (
			"Pool.TooManyWaiting",
			"too many transactions of this account wait already: wait for the next block, then \
			 try again",
		),
		"Transaction has a bad signature" => (
			"Pool.BadSignature",
			"the signature does not hold: was it made for this chain and this runtime?",
		),
		"Transaction has an ancient birth block" => {
			("Pool.Expired", "the transaction is too old, or the node is far behind: try again")
		}
		"Transaction would exhaust the block limits" => {
			("Pool.BlockFull", "there is no room for it in a block now: try again, or split it")
		}
		_ => return None,
	})
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

	fn name(invalid: InvalidTransaction, known: bool) -> String {
		let text: &'static str = invalid.into();
		explain(&error(code::INVALID, Some(text)), known).code
	}

	#[test]
	fn refusals_of_the_nodes_checks_should_be_told_apart() {
		use InvalidTransaction::*;
		for (invalid, expected) in [
			(Stale, "Pool.Stale"),
			(Future, "Pool.TooManyWaiting"),
			(BadProof, "Pool.BadSignature"),
			(AncientBirthBlock, "Pool.Expired"),
			(ExhaustsResources, "Pool.BlockFull"),
			(Custom(7), "Pool.Invalid"),
		] {
			assert_eq!(name(invalid, true), expected);
		}
	}

	#[test]
	fn refusals_by_cause_should_have_the_words_of_the_cause() {
		for cause in Cause::ALL {
			for known in [true, false] {
				let failure = explain(&error(code::REFUSED, Some(cause.name())), known);
				assert_eq!(
					(failure.kind, failure.message.as_str()),
					(crate::Kind::Refused, cause.words())
				);
				assert!(failure.code.starts_with("Pool."), "{}", failure.code);
			}
		}
		let code = |known| explain(&error(code::REFUSED, Some("not_enrolled")), known).code;
		assert_eq!(
			(code(true).as_str(), code(false).as_str()),
			("Pool.NoStanding", "Pool.NotEnrolled")
		);
		assert_eq!(explain(&error(code::REFUSED, Some("else")), true).code, "Pool.Refused");
	}

	#[test]
	fn other_refusals_should_keep_what_the_node_said() {
		let failure = explain(&error(1099, Some("why ever")), true);
		assert_eq!(failure.code, "Pool.Refused");
		assert!(failure.message.contains("why ever"));
		assert_eq!(explain(&error(code::FULL, None), true).code, "Pool.Full");
	}
}
