//! Ids, hashes, tokens and accounts. Hexadecimal is read with or without `0x`, in either
//! case, and written with `0x`, in lower case.

use crate::{Failure, Outcome};
use assent_policy::{PatientId, RecordId, Token};
use sp_core::{
	crypto::{Ss58AddressFormat, Ss58Codec},
	sr25519, Pair, H256,
};
use sp_runtime::AccountId32;

/// Reads exactly `N` bytes.
///
/// # Errors
/// A sentence that quotes the text, when the text is not `2 * N` hexadecimal digits.
pub fn bytes<const N: usize>(text: &str) -> Result<[u8; N], String> {
	let digits = text.strip_prefix("0x").unwrap_or(text);
	let mut bytes = [0; N];
	hex::decode_to_slice(digits, &mut bytes)
		.map_err(|_| format!("{text:?} is not {} hexadecimal digits", 2 * N))?;
	Ok(bytes)
}

/// Writes bytes: `0x` and lower-case digits.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// Reads a patient id: 16 bytes. Fails as [`bytes`].
pub fn patient(text: &str) -> Result<PatientId, String> {
	bytes(text).map(PatientId)
}

/// Reads a record id: 16 bytes. Fails as [`bytes`].
pub fn record(text: &str) -> Result<RecordId, String> {
	bytes(text).map(RecordId)
}

/// Reads a blinded code: 16 bytes. Fails as [`bytes`].
pub fn token(text: &str) -> Result<Token, String> {
	bytes(text).map(Token)
}

/// Reads a hash: 32 bytes. Fails as [`bytes`].
pub fn hash(text: &str) -> Result<H256, String> {
	bytes(text).map(H256)
}

/// Reads an account: an SS58 address, 32 bytes in hexadecimal, or a development seed
/// (`//Alice`) for the public half.
///
/// # Errors
/// A sentence that quotes the text, when the text is none of these.
pub fn account(text: &str) -> Result<AccountId32, String> {
	if text.starts_with("//") {
		return sr25519::Pair::from_string(text, None)
			.map(|pair| AccountId32::new(pair.public().0))
			.map_err(|_| format!("{text:?} is not a development seed"));
	}
	if text.starts_with("0x") {
		return bytes(text).map(AccountId32::new);
	}
	AccountId32::from_ss58check(text)
		.map_err(|_| format!("{text:?} is not an account: give an address, or 0x and 64 digits"))
}

/// Writes an account's address, in the default spelling of wallets (prefix 42).
pub fn address(account: &AccountId32) -> String {
	account.to_ss58check_with_version(Ss58AddressFormat::custom(42))
}

/// Draws a new id: 16 random bytes.
///
/// # Errors
/// `Randomness`, when the system gives no random bytes.
pub fn draw() -> Outcome<[u8; 16]> {
	let mut id = [0; 16];
	getrandom::fill(&mut id).map_err(|error| {
		Failure::environment("Randomness", format!("no random numbers to be had: {error}"))
	})?;
	Ok(id)
}

#[cfg(test)]
mod tests {
	use super::*;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const ALICE_HEX: &str = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

	#[test]
	fn ids_should_read_back_with_and_without_prefix() {
		let text = "00112233445566778899aabbccddeeff";
		let id = record(text).unwrap();
		assert_eq!(record(&format!("0x{text}")), Ok(id));
		assert_eq!(record(&text.to_uppercase()), Ok(id));
		assert_eq!(id.to_string(), format!("0x{text}"));
		assert_eq!(hex(id.0), id.to_string());
	}

	#[test]
	fn ids_should_be_refused_when_of_another_length_or_no_digits() {
		for text in
			["", "0x", "00", "0x00112233445566778899aabbccddeeff00", "zz".repeat(16).as_str()]
		{
			assert!(patient(text).is_err(), "{text}");
			assert!(token(text).is_err(), "{text}");
			assert!(hash(text).is_err(), "{text}");
		}
	}

	#[test]
	fn account_should_read_addresses_hexadecimal_and_development_seeds() {
		let alice = account(ALICE).unwrap();
		assert_eq!(account(ALICE_HEX), Ok(alice.clone()));
		assert_eq!(account("//Alice"), Ok(alice.clone()));
		assert_eq!(address(&alice), ALICE);
	}

	#[test]
	fn account_should_be_refused_when_mistyped() {
		let mut mistyped = ALICE.to_string();
		mistyped.replace_range(5..6, "X");
		for text in ["", "Alice", "/Alice", "0x00", mistyped.as_str()] {
			assert!(account(text).is_err(), "{text}");
		}
	}

	#[test]
	fn drawn_ids_should_differ() {
		assert_ne!(draw().unwrap(), draw().unwrap());
	}

	#[test]
	fn address_should_be_the_spelling_of_serde_and_display() {
		let account = AccountId32::new([7; 32]);
		assert_eq!(serde_json::to_value(&account).unwrap(), address(&account));
		assert_eq!(account.to_string(), address(&account));
	}
}
