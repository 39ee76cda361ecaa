//! Addresses. Each address has exactly one spelling, lower-case hex without prefix, so two
//! requests never spell the same address differently. The store makes paths from the parsed bytes,
//! never from the text of a request.

use std::fmt;

/// Reads exactly `N` bytes of lower-case hex.
pub(crate) fn lower_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
	let canonical = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
	if text.len() != 2 * N || !text.as_bytes().iter().all(canonical) {
		return None;
	}
	let mut bytes = [0; N];
	hex::decode_to_slice(text, &mut bytes).ok()?;
	Some(bytes)
}

/// Reads a decimal number in the only accepted spelling: no sign, no leading zero.
pub(crate) fn canonical_decimal(text: &str) -> Option<u64> {
	let number = text.parse::<u64>().ok()?;
	(number.to_string() == text).then_some(number)
}

macro_rules! address {
	($(#[$doc:meta])* $name:ident, $length:literal) => {
		$(#[$doc])*
		#[derive(Clone, Copy, PartialEq, Eq)]
		pub struct $name(pub [u8; $length]);

		impl $name {
			/// Reads the one accepted spelling.
			pub fn parse(text: &str) -> Option<Self> {
				lower_hex(text).map(Self)
			}
		}

		impl fmt::Display for $name {
			fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				f.write_str(&hex::encode(self.0))
			}
		}

		impl fmt::Debug for $name {
			fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				fmt::Display::fmt(self, f)
			}
		}
	};
}

address! {
	/// A document's address: the BLAKE3 hash of the ciphertext.
	DocumentHash, 32
}

address! {
	/// A record's id on chain.
	RecordId, 16
}

address! {
	/// The account of a reader (sr25519 or ed25519 public key).
	Reader, 32
}

address! {
	/// The hash of an entry of the trail.
	EntryHash, 32
}

/// A document version of a record, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(u32);

impl Version {
	/// Reads the one accepted spelling: decimal, from 1, no leading zero.
	pub fn parse(text: &str) -> Option<Self> {
		let number = u32::try_from(canonical_decimal(text)?).ok()?;
		(number > 0).then_some(Self(number))
	}

	/// The number.
	pub fn number(self) -> u32 {
		self.0
	}
}

impl fmt::Display for Version {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(&self.0, f)
	}
}

/// A wrap's address: the document version and the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrapAddress {
	/// The record.
	pub record: RecordId,
	/// The document version of the record.
	pub version: Version,
	/// The reader for whom the secret was wrapped.
	pub reader: Reader,
}

impl WrapAddress {
	/// Reads the three path parameters.
	pub fn parse(record: &str, version: &str, reader: &str) -> Option<Self> {
		Some(Self {
			record: RecordId::parse(record)?,
			version: Version::parse(version)?,
			reader: Reader::parse(reader)?,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn address_should_parse_when_in_its_one_spelling() {
		let text = "00112233445566778899aabbccddeeff";
		assert_eq!(RecordId::parse(text).unwrap().to_string(), text);
	}

	#[test]
	fn address_should_be_refused_when_spelled_otherwise() {
		for text in [
			"",
			"00112233445566778899aabbccddeef",
			"00112233445566778899aabbccddeeff0",
			"00112233445566778899aabbccddeeff00",
			"00112233445566778899AABBCCDDEEFF",
			"0x112233445566778899aabbccddeeff",
			"0011223344556677 899aabbccddeeff",
			"00112233445566778899aabbccddeeg0",
			"..112233445566778899aabbccddeeff",
			"é112233445566778899aabbccddeeff",
		] {
			assert_eq!(RecordId::parse(text), None, "{text}");
		}
	}

	#[test]
	fn version_should_be_refused_when_not_a_canonical_number_from_one() {
		assert_eq!(Version::parse("1").map(Version::number), Some(1));
		assert_eq!(Version::parse("4294967295").map(Version::number), Some(u32::MAX));
		for text in ["", "0", "01", "+1", "-1", "1.0", "4294967296", "1 ", "0x1", "..", "１"] {
			assert_eq!(Version::parse(text), None, "{text}");
		}
	}
}
