//! The identifiers that every part of Assent uses. All ids are opaque. No id is derived from
//! the data of a person, and no id leads back to a person.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Milliseconds since the Unix epoch, wall clock (`pallet-timestamp`).
pub type Moment = u64;

/// The number of an organisation, from 0. The consortium gives out the number at admission.
pub type OrganisationId = u32;

/// The number of a directive in the patient's list, from 0.
pub type DirectiveId = u32;

/// The number of a document version of a record, from 1.
pub type VersionNumber = u32;

/// The number of a version of an organisation's base policy, from 1.
pub type PolicyVersion = u32;

/// A month, in months since January 1970 (0). The chain shows the month in which a document
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
			/// Writes `0x` and 32 digits, as people and wallets do.
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
	/// The id of a patient at one enrolling organisation: 16 random bytes. A person treated by
	/// several organisations has several ids. The person alone knows that the ids belong
	/// together.
	PatientId
}

opaque_id! {
	/// The id of a record: 16 random bytes chosen by the custodian at registration.
	RecordId
}

opaque_id! {
	/// A blinded code: a sensitivity, an exact document code, an author, an encounter or a
	/// care team. A token is BLAKE2 of the code, keyed by the blinding key of the patient id.
	/// The blinding key is kept off chain. A decision compares tokens for equality alone.
	/// Without the key, the code can't be read back.
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
