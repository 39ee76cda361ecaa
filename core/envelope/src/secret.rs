//! The secret of one document.

use crate::Error;
use age::secrecy::ExposeSecret;
use bech32::{primitives::decode::CheckedHrpstring, Bech32, Hrp};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The human-readable part of an age identity.
const IDENTITY: Hrp = Hrp::parse_unchecked("AGE-SECRET-KEY-");

/// The X25519 secret that opens one sealed document: 32 bytes. Dropping the secret wipes the
/// memory. The debug form shows no byte of the secret.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DocumentSecret([u8; 32]);

impl DocumentSecret {
	/// Makes a new secret. Error: [`Error::Randomness`].
	pub(crate) fn generate() -> Result<Self, Error> {
		let mut secret = Self([0; 32]);
		getrandom::fill(&mut secret.0).map_err(Error::Randomness)?;
		Ok(secret)
	}

	/// The secret made of these bytes.
	pub fn from_bytes(bytes: [u8; 32]) -> Self {
		Self(bytes)
	}

	/// The bytes of the secret. Dropping the bytes wipes the memory.
	pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
		Zeroizing::new(self.0)
	}

	pub(crate) fn as_bytes(&self) -> &[u8; 32] {
		&self.0
	}

	/// Reads the secret from the text form of `age` and `rage`: Bech32, 74 characters, all
	/// upper case or all lower case. Error: [`Error::MalformedIdentity`].
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
		secret.0.iter_mut().zip(&mut bytes).for_each(|(to, from)| *to = from);
		Ok(secret)
	}

	/// The secret in the text form that `age` and `rage` read as an identity. Dropping the
	/// text wipes the memory.
	pub fn to_identity(&self) -> Zeroizing<String> {
		Zeroizing::new(self.identity().to_string().expose_secret().to_owned())
	}

	/// The secret as an identity of the age library.
	pub(crate) fn identity(&self) -> age::x25519::Identity {
		// Neither the encoding nor the parsing can fail for Bech32 of 32 bytes under a fixed
		// prefix.
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
