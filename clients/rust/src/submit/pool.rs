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

/// A refusal as a failure. `Pool.Stale` and the like are ours; the sentences give advice. `known`:
/// the signing account was enrolled or credentialed at some time, and holds a reference.
pub fn explain(error: &UserError, known: bool) -> Failure {
	let data = error.data.as_ref().map(|data| data.get()).unwrap_or_default();
	let data: String = serde_json::from_str(data).unwrap_or_default();
	let (name, message) = match error.code {
		code::INVALID => match invalid(&data, known) {
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

/// The code and the advice for an invalid transaction; none for a cause without advice. The texts
/// are the texts of `sp-runtime` for `InvalidTransaction`.
fn invalid(data: &str, known: bool) -> Option<(&'static str, &'static str)> {
	if let Some(number) = data.strip_prefix("Custom error: ") {
		return custom(number.trim().parse().ok()?);
	}
	Some(match data {
		"Inability to pay some fees (e.g. account balance too low)" | "Invalid signing address"
			if !known =>
		{
			(
				"Pool.NotEnrolled",
				"the chain does not know this account: a patient is enrolled, and a \
				 practitioner credentialed, by their organisation before they can sign",
			)
		}
		"Inability to pay some fees (e.g. account balance too low)" => (
			"Pool.AllowanceExhausted",
			"the allowance is used up for now; it refills with every block: wait a minute, \
			 then try again (withdrawing is always possible)",
		),
		"Invalid signing address" => (
			"Pool.NoStanding",
			"this account may only withdraw: its patient id was left, or its credential or \
			 its organisation's membership does not count now",
		),
		"Transaction call is not expected" => (
			"Pool.CallRefused",
			"no account may send this call, or a text in it is not what the call asks for: names \
			 and diagnoses must not stand in a block",
		),
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

fn custom(number: u8) -> Option<(&'static str, &'static str)> {
	match number {
		custom_code::NOTHING_TO_WITHDRAW => Some((
			"Pool.NothingToWithdraw",
			"the withdrawal would change nothing: the directive is unknown, has ended already, \
			 or is not this account's to withdraw; or the account has nothing to resign",
		)),
		custom_code::NEVER_FITS => Some((
			"Pool.NeverFits",
			"the transaction costs more than this account may ever spend at once: split it",
		)),
		custom_code::TOO_LONG => {
			Some(("Pool.TooLong", "the transaction is longer than the chain takes: split it"))
		}
		custom_code::NOT_FOR_SENDER => Some((
			"Pool.NotForSender",
			"this account could never do that: sign with an account of the patient, of the \
			 organisation or of the practitioner concerned",
		)),
		custom_code::SEVERAL_PAYERS => Some((
			"Pool.SeveralPayers",
			"the calls of this batch are for several patients or organisations: send one for each",
		)),
		_ => None,
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

	fn name(invalid: InvalidTransaction, known: bool) -> String {
		let text: &'static str = invalid.into();
		explain(&error(code::INVALID, Some(text)), known).code
	}

	#[test]
	fn refusals_of_the_allowance_should_be_told_apart() {
		use InvalidTransaction::*;
		for (invalid, known, expected) in [
			(Payment, true, "Pool.AllowanceExhausted"),
			(Payment, false, "Pool.NotEnrolled"),
			(BadSigner, true, "Pool.NoStanding"),
			(BadSigner, false, "Pool.NotEnrolled"),
			(Call, true, "Pool.CallRefused"),
			(Stale, true, "Pool.Stale"),
			(Future, true, "Pool.TooManyWaiting"),
			(BadProof, true, "Pool.BadSignature"),
			(AncientBirthBlock, true, "Pool.Expired"),
			(ExhaustsResources, true, "Pool.BlockFull"),
		] {
			assert_eq!(name(invalid, known), expected);
		}
		for (number, expected) in [
			(custom_code::NOTHING_TO_WITHDRAW, "Pool.NothingToWithdraw"),
			(custom_code::NEVER_FITS, "Pool.NeverFits"),
			(custom_code::TOO_LONG, "Pool.TooLong"),
			(custom_code::NOT_FOR_SENDER, "Pool.NotForSender"),
			(custom_code::SEVERAL_PAYERS, "Pool.SeveralPayers"),
			(7, "Pool.Invalid"),
		] {
			let text = format!("Custom error: {number}");
			let failure = explain(&error(code::INVALID, Some(&text)), true);
			assert_eq!((failure.code.as_str(), failure.kind), (expected, crate::Kind::Refused));
		}
	}

	#[test]
	fn other_refusals_should_keep_what_the_node_said() {
		let failure = explain(&error(1099, Some("why ever")), true);
		assert_eq!(failure.code, "Pool.Refused");
		assert!(failure.message.contains("why ever"));
		assert_eq!(explain(&error(code::FULL, None), true).code, "Pool.Full");
	}
}
