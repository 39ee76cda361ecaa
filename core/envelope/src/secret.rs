//! The secret of one document.

use crate::Error;
use age::secrecy::ExposeSecret;
use bech32::{primitives::decode::CheckedHrpstring, Bech32, Hrp};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Human-readable part of an age identity.
const IDENTITY: Hrp = Hrp::parse_unchecked("AGE-SECRET-KEY-");

/// The X25519 secret that opens one sealed document. Wiped from memory when dropped; its
/// debug form shows nothing.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DocumentSecret([u8; 32]);

impl DocumentSecret {
	/// Makes a new secret.
	pub(crate) fn generate() -> Result<Self, Error> {
		let mut secret = Self([0; 32]);
		getrandom::fill(&mut secret.0).map_err(Error::Randomness)?;
		Ok(secret)
	}

	/// The secret with these bytes.
	pub fn from_bytes(bytes: [u8; 32]) -> Self {
		Self(bytes)
	}

	/// The bytes, in a form that wipes itself.
	pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
		Zeroizing::new(self.0)
	}

	pub(crate) fn as_bytes(&self) -> &[u8; 32] {
		&self.0
	}

	/// The secret from the text that `age` and `rage` use.
	pub fn from_identity(text: &str) -> Result<Self, Error> {
		let checked =
			CheckedHrpstring::new::<Bech32>(text).map_err(|_| Error::MalformedIdentity)?;
		if checked.hrp() != IDENTITY {
			return Err(Error::MalformedIdentity);
		}
		let mut secret = Self([0; 32]);
		let mut bytes = checked.byte_iter();
		if bytes.len() != secret.0.len() {
			return Err(Error::MalformedIdentity);
		}
		secret
			.0
			.iter_mut()
			.zip(&mut bytes)
			.for_each(|(to, from)| *to = from);
		Ok(secret)
	}

	/// The secret as the text that `age` and `rage` take as an identity.
	pub fn to_identity(&self) -> Zeroizing<String> {
		Zeroizing::new(self.identity().to_string().expose_secret().to_owned())
	}

	/// The secret as the age library takes it.
	pub(crate) fn identity(&self) -> age::x25519::Identity {
		// Bech32 of 32 bytes under a fixed prefix neither fails to encode nor to parse.
		let text = Zeroizing::new(
			bech32::encode_upper::<Bech32>(IDENTITY, &self.0).expect("32 bytes are not too long"),
		);
		text.parse().expect("it is an identity of 32 bytes")
	}
}

impl fmt::Debug for DocumentSecret {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("DocumentSecret(..)")
	}
}
