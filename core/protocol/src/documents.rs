//! The vault's paths, and the form of what lies behind them.
//!
//! Paths name ids by lower-case hexadecimal digits without `0x`, and versions by decimal
//! numbers from 1.

use crate::Hex;
use alloc::{format, string::String};
use core::ops::RangeInclusive;

/// The beginning of every path of this version of the protocol.
pub const PREFIX: &str = "/v1/";
/// The beginning of a document's path. The hash of the ciphertext follows.
pub const DOCUMENTS: &str = "/v1/documents/";
/// The beginning of a wrap's path. Record, version and reader follow.
pub const WRAPS: &str = "/v1/wraps/";
/// The beginning of the query with which a reader asks for a wrap. The hash of the entry of
/// the trail that permits the access follows.
pub const ENTRY_QUERY: &str = "entry=";

/// The bytes of a wrap: the encapsulated key (32), the encrypted document secret (32) and the
/// tag (16).
pub const WRAP_BYTES: usize = 80;

/// The number of characters of an organisation's token. 32 characters of base64 are 192 bits.
pub const TOKEN_CHARS: RangeInclusive<usize> = 32..=512;
/// The rule for an organisation's token, in words.
pub const TOKEN_RULE: &str = "one line of 32 to 512 printable characters without spaces";

/// Whether an organisation's token can have this text: 32 to 512 printable characters of
/// ASCII without spaces.
pub fn is_token(text: &str) -> bool {
	TOKEN_CHARS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The path of a document, by the hash of its ciphertext.
pub fn document_path(hash: &[u8; 32]) -> String {
	format!("{DOCUMENTS}{}", Hex(hash))
}

/// The path of one reader's wrap.
pub fn wrap_path(record: &[u8; 16], version: u32, reader: &[u8; 32]) -> String {
	format!("{}/{version}/{}", wraps_path(record), Hex(reader))
}

/// The path of all wraps of a record.
pub fn wraps_path(record: &[u8; 16]) -> String {
	format!("{WRAPS}{}", Hex(record))
}

/// The path and query with which a reader asks for a wrap.
pub fn wrap_request(
	record: &[u8; 16],
	version: u32,
	reader: &[u8; 32],
	entry: &[u8; 32],
) -> String {
	let path = wrap_path(record, version, reader);
	format!("{path}?{ENTRY_QUERY}{}", Hex(entry))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn paths_should_begin_with_the_version_of_the_protocol() {
		for path in [DOCUMENTS, WRAPS] {
			assert!(path.starts_with(PREFIX) && path.ends_with('/'), "{path}");
		}
	}

	#[test]
	fn paths_should_name_ids_in_full_and_without_prefix() {
		let (record, reader) = ("22".repeat(16), "33".repeat(32));
		assert_eq!(document_path(&[0xab; 32]), format!("/v1/documents/{}", "ab".repeat(32)));
		assert_eq!(wraps_path(&[0x22; 16]), format!("/v1/wraps/{record}"));
		let wrap = format!("/v1/wraps/{record}/3/{reader}");
		assert_eq!(wrap_path(&[0x22; 16], 3, &[0x33; 32]), wrap);
		assert_eq!(
			wrap_request(&[0x22; 16], 3, &[0x33; 32], &[0x44; 32]),
			format!("{wrap}?entry={}", "44".repeat(32))
		);
	}

	#[test]
	fn token_should_be_refused_when_short_long_or_unprintable() {
		let whole = "0123456789abcdefghijklmnopqrstuv";
		for good in [whole, &"~".repeat(512)] {
			assert!(is_token(good), "{good}");
		}
		for bad in [
			"",
			&whole[1..],
			&"x".repeat(513),
			&format!("{whole} {whole}"),
			&format!("{whole}\n"),
			&"é".repeat(20),
		] {
			assert!(!is_token(bad), "{bad:?}");
		}
	}
}
