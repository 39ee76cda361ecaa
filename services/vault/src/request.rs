//! A reader's signed request for a wrap.
//!
//! The reader signs the text of [`Request::message`], bare or wrapped in `<Bytes>...</Bytes>` as
//! browser wallets sign raw bytes. The request carries `Assent-Account`, `Assent-Issued` and
//! `Assent-Signature` as headers. The signature is a SCALE `MultiSignature`: 00 and 64 bytes of
//! ed25519, or 01 and 64 bytes of sr25519. Hexadecimal digits are lower case, with or without
//! `0x`.
//!
//! A request is valid for 30 seconds. The same request, sent again within the 30 seconds, gets the
//! same wrap again. The reader's encryption key alone opens the wrap.

use crate::decisions::WrapRequest;
use crate::ids::{canonical_decimal, lower_hex, Reader};
use assent_protocol::delivery::{self, Request};
use assent_protocol::messages::wrapped;
use std::time::{SystemTime, UNIX_EPOCH};

/// The context under which Substrate signs with sr25519.
const SR25519_CONTEXT: &[u8] = b"substrate";

/// The vault's clock: milliseconds since 1970.
pub fn now() -> u64 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The text that the reader signs.
pub fn message(genesis: &[u8; 32], request: &WrapRequest, issued: u64) -> String {
	let WrapRequest { wrap, entry } = request;
	let request = Request {
		genesis: *genesis,
		record: wrap.record.0,
		version: wrap.version.number(),
		entry: entry.0,
		issued,
	};
	request.message()
}

/// A signature of one of the schemes that accounts use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Signature {
	/// ed25519.
	Ed25519([u8; 64]),
	/// sr25519.
	Sr25519([u8; 64]),
}

impl Signature {
	/// Reads a SCALE `MultiSignature` in hex. The vault knows no other scheme.
	pub fn parse(text: &str) -> Option<Self> {
		let [scheme, signature @ ..] = lower_hex::<65>(unprefixed(text))?;
		match scheme {
			0 => Some(Self::Ed25519(signature)),
			1 => Some(Self::Sr25519(signature)),
			_ => None,
		}
	}

	fn is_of(&self, signer: &Reader, message: &[u8]) -> bool {
		match self {
			Self::Ed25519(bytes) => ed25519_zebra::VerificationKey::try_from(signer.0)
				.and_then(|key| key.verify(&(*bytes).into(), message))
				.is_ok(),
			Self::Sr25519(bytes) => schnorrkel::PublicKey::from_bytes(&signer.0)
				.and_then(|key| {
					let signature = schnorrkel::Signature::from_bytes(bytes)?;
					key.verify_simple(SR25519_CONTEXT, message, &signature)
				})
				.is_ok(),
		}
	}
}

/// The three headers of a signed request.
pub struct SignedRequest {
	/// The account of the asking reader.
	pub account: Reader,
	/// The moment of signing.
	pub issued: u64,
	/// The signature.
	pub signature: Signature,
}

impl SignedRequest {
	/// Reads the header values.
	pub fn parse(account: &str, issued: &str, signature: &str) -> Option<Self> {
		Some(Self {
			account: Reader::parse(unprefixed(account))?,
			issued: canonical_decimal(issued)?,
			signature: Signature::parse(signature)?,
		})
	}

	/// Whether the request was signed within the window around `now`.
	pub fn is_fresh(&self, now: u64) -> bool {
		delivery::is_fresh(self.issued, now)
	}

	/// Whether the account signed for the wrap on the chain.
	pub fn signed(&self, genesis: &[u8; 32], request: &WrapRequest) -> bool {
		let message = message(genesis, request, self.issued);
		let message = message.as_bytes();
		self.signature.is_of(&self.account, message)
			|| self.signature.is_of(&self.account, &wrapped(message))
	}
}

fn unprefixed(text: &str) -> &str {
	text.strip_prefix("0x").unwrap_or(text)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::ids::{EntryHash, RecordId, Version, WrapAddress};

	const GENESIS: [u8; 32] = [0x11; 32];
	const ISSUED: &str = "1800000000000";

	// The signatures come from @polkadot/keyring 13 and //Alice, over the message below, bare and
	// wrapped.
	const SR25519: &str = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
	const SR25519_BARE: &str = "0x0148c4242386bebb1346715becd38b475f2a00c0c64bac2c03413adc0f806ab42f674b71af0df9a9fda3b20c29bb46050a965ded40bcea2aa59b5c1b29e7ed018f";
	const SR25519_WRAPPED: &str = "0x01f29ad94091ce631f36720ae89e5ad32311ffd4e728dbb6a40f1961651fcfcc303d0591f1d0f261279c7240f07f2333cf51925484c0a05a32803ece0bb17de888";
	const ED25519: &str = "0x88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee";
	const ED25519_BARE: &str = "0x00102bbf7bda89d066d0a4ec2b1eeb76353b6ddfaa87d27707b51b22fdf1ee1d4108a70ee666959fd710cebb530204f859693d94f1b196f78c25413ef307ef240b";
	const ED25519_WRAPPED: &str = "0x0018c0f4e155c543d0d666b1baef221a2a0ac3e0a298f7f7c87c1b5bccc902f06fbee5af4c2dca7776d77886b029b805eb2d8934e23fc9ec0bc1d23fb34d087100";
	const ECDSA_BARE: &str = "0x022846113bb090538f602f9fe1d280053727ef710930337d160551d8ee41bb245e4f9c5b8d586c947b1e794d7bd32c45b6f75ea9a223609fb68e991999a8d3541901";

	fn asked() -> WrapRequest {
		WrapRequest {
			wrap: WrapAddress {
				record: RecordId([0x22; 16]),
				version: Version::parse("3").unwrap(),
				reader: Reader::parse(unprefixed(SR25519)).unwrap(),
			},
			entry: EntryHash([0x44; 32]),
		}
	}

	fn signed_by(account: &str, signature: &str) -> SignedRequest {
		SignedRequest::parse(account, ISSUED, signature).unwrap()
	}

	#[test]
	fn message_should_read_as_documented() {
		let expected = format!(
			"Assent delivery\nchain 0x{}\nrecord 0x{}\nversion 3\nentry 0x{}\nissued {ISSUED}",
			"11".repeat(32),
			"22".repeat(16),
			"44".repeat(32)
		);
		assert_eq!(message(&GENESIS, &asked(), 1_800_000_000_000), expected);
	}

	#[test]
	fn signature_should_hold_when_a_wallet_made_it() {
		for (account, signature) in [
			(SR25519, SR25519_BARE),
			(SR25519, SR25519_WRAPPED),
			(ED25519, ED25519_BARE),
			(ED25519, ED25519_WRAPPED),
		] {
			assert!(signed_by(account, signature).signed(&GENESIS, &asked()));
			let plain = signed_by(unprefixed(account), unprefixed(signature));
			assert!(plain.signed(&GENESIS, &asked()));
		}
	}

	#[test]
	fn signature_should_not_hold_when_anything_it_binds_differs() {
		for (account, signature) in [(SR25519, SR25519_BARE), (ED25519, ED25519_WRAPPED)] {
			let good = signed_by(account, signature);
			assert!(!good.signed(&[0x12; 32], &asked()));

			let mut other = asked();
			other.wrap.record = RecordId([0x23; 16]);
			assert!(!good.signed(&GENESIS, &other));

			let mut other = asked();
			other.wrap.version = Version::parse("4").unwrap();
			assert!(!good.signed(&GENESIS, &other));

			let mut other = asked();
			other.entry = EntryHash([0x45; 32]);
			assert!(!good.signed(&GENESIS, &other));

			let later = SignedRequest { issued: good.issued + 1, ..good };
			assert!(!later.signed(&GENESIS, &asked()));
		}
		assert!(!signed_by(ED25519, SR25519_BARE).signed(&GENESIS, &asked()));
		assert!(!signed_by(SR25519, ED25519_BARE).signed(&GENESIS, &asked()));
	}

	#[test]
	fn signature_should_be_refused_when_scheme_or_length_is_unknown() {
		assert!(Signature::parse(SR25519_BARE).is_some());
		assert!(Signature::parse(ECDSA_BARE).is_none());
		for scheme in ["02", "03", "ff"] {
			assert!(Signature::parse(&format!("{scheme}{}", "00".repeat(64))).is_none());
		}
		assert!(Signature::parse(&SR25519_BARE[..130]).is_none());
		assert!(Signature::parse(&format!("{SR25519_BARE}00")).is_none());
		assert!(Signature::parse(&SR25519_BARE.to_uppercase()).is_none());
		assert!(Signature::parse("").is_none());
	}

	#[test]
	fn signature_should_not_hold_when_key_or_signature_is_degenerate() {
		for scheme in ["00", "01"] {
			for account in ["00".repeat(32), "ff".repeat(32)] {
				for byte in ["00", "ff"] {
					let signature = format!("{scheme}{}", byte.repeat(64));
					let signed = signed_by(&account, &signature).signed(&GENESIS, &asked());
					// ZIP 215 accepts the all-zero signature of the small-order key 0 for ed25519,
					// as the chain does. Such an account is never the account of a credentialed
					// reader.
					let small_order = scheme == "00" && account.starts_with("00") && byte == "00";
					assert!(!signed || small_order, "{scheme} {account} {byte}");
				}
			}
		}
	}

	#[test]
	fn request_should_be_fresh_within_30_seconds_either_way() {
		let request = signed_by(SR25519, SR25519_BARE);
		let issued = request.issued;
		for now in [issued - 30_000, issued, issued + 30_000] {
			assert!(request.is_fresh(now));
		}
		for now in [0, issued - 30_001, issued + 30_001, u64::MAX] {
			assert!(!request.is_fresh(now));
		}
	}

	#[test]
	fn issued_should_be_refused_when_not_a_canonical_number() {
		for issued in ["", "-1", "+1", "01", "1.5", "1e3", "99999999999999999999"] {
			assert!(SignedRequest::parse(SR25519, issued, SR25519_BARE).is_none(), "{issued}");
		}
	}
}
