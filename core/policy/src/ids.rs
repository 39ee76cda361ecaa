//! Identifiers shared by every part of Assent. All are opaque: none is derived from a
//! person's data, and none can be traced back to one.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Milliseconds since the Unix epoch, wall clock (`pallet-timestamp`).
pub type Moment = u64;

/// An organisation's number, handed out by the consortium at admission, from 0.
pub type OrganisationId = u32;

/// A directive's number in its patient's list, from 0.
pub type DirectiveId = u32;

/// A document version of a record, from 1.
pub type VersionNumber = u32;

/// A version of an organisation's base policy, from 1.
pub type PolicyVersion = u32;

/// A month counted from January 1970 (0). The chain shows the month in which a document
/// was authored, never the day.
pub type Month = u16;

/// The raw bytes of a signing account (sr25519 or ed25519 public key).
pub type Account = [u8; 32];

macro_rules! opaque_id {
	($(#[$doc:meta])* $name:ident) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default,
			Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
		)]
		pub struct $name(pub [u8; 16]);

		impl serde::Serialize for $name {
			/// As people and wallets write it: 0x and 32 digits.
			fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
				to.collect_str(self)
			}
		}

		impl<'de> serde::Deserialize<'de> for $name {
			fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
				let text = <alloc::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
				read_hex(&text).map(Self).ok_or_else(|| {
					serde::de::Error::custom("expected 0x and 32 hexadecimal digits")
				})
			}
		}

		impl core::fmt::Debug for $name {
			fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
				f.write_str("0x")?;
				self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
			}
		}

		impl core::fmt::Display for $name {
			fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
				core::fmt::Debug::fmt(self, f)
			}
		}
	};
}

opaque_id! {
	/// A patient's id at one enrolling organisation: 16 random bytes. A person treated by
	/// several organisations has several, and only the person knows they belong together.
	PatientId
}

opaque_id! {
	/// A record's id: 16 random bytes chosen by the custodian at registration.
	RecordId
}

opaque_id! {
	/// A blinded code (sensitivity, exact document code, author, encounter, care team):
	/// BLAKE2 of the code keyed by the patient id's blinding key, which is kept off chain. Deciding
	/// needs only equality; without the key the code can't be read back.
	Token
}

fn read_hex(text: &str) -> Option<[u8; 16]> {
	let digits = text.strip_prefix("0x")?.as_bytes();
	let mut bytes = [0; 16];
	if digits.len() != 2 * bytes.len() {
		return None;
	}
	for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
		let digit = |ascii: u8| char::from(ascii).to_digit(16);
		*byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
	}
	Some(bytes)
}
