//! Wrapping a document secret for a reader: HPKE, bound to what it is for.

use crate::{DocumentSecret, Error};
use hpke::{
	aead::{AeadTag, ChaCha20Poly1305},
	inout::InOutBuf,
	kdf::HkdfSha256,
	kem::X25519HkdfSha256,
	rand_core::CryptoRng,
	Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable,
};
use std::fmt;
use zeroize::Zeroizing;

/// What separates wraps from every other use of HPKE and of a reader's key.
pub const WRAP_DOMAIN: &[u8; 14] = b"assent/wrap/v1";

/// Bytes of a wrap: the encapsulated key (32), the encrypted secret (32), the tag (16).
pub const WRAP_LEN: usize = assent_protocol::documents::WRAP_BYTES;

type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type EncappedKey = <X25519HkdfSha256 as Kem>::EncappedKey;

/// What a wrap is for. A wrap opens only under the very binding it was made with, so that
/// none can be passed off as another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
	/// Genesis hash of the chain.
	pub genesis: [u8; 32],
	/// The record.
	pub record: [u8; 16],
	/// The record's document version.
	pub version: u32,
	/// The reader's account.
	pub reader: [u8; 32],
	/// The version of the encryption key that the reader registered.
	pub key_version: u32,
}

impl Binding {
	/// Bytes of the encoding.
	pub const LEN: usize = WRAP_DOMAIN.len() + 32 + 16 + 4 + 32 + 4;

	/// The associated data of a wrap: [`WRAP_DOMAIN`], then the fields in their order, the
	/// numbers as four bytes, least significant first. All widths are fixed, so no two
	/// bindings share an encoding; it equals SCALE of the same tuple.
	///
	/// | Bytes | Field |
	/// |---|---|
	/// | 0..14 | `assent/wrap/v1` |
	/// | 14..46 | genesis |
	/// | 46..62 | record |
	/// | 62..66 | version |
	/// | 66..98 | reader |
	/// | 98..102 | key_version |
	pub fn encode(&self) -> [u8; Self::LEN] {
		let parts: [&[u8]; 6] = [
			WRAP_DOMAIN,
			&self.genesis,
			&self.record,
			&self.version.to_le_bytes(),
			&self.reader,
			&self.key_version.to_le_bytes(),
		];
		let mut bytes = [0; Self::LEN];
		let mut rest = &mut bytes[..];
		for part in parts {
			let (here, after) = rest.split_at_mut(part.len());
			here.copy_from_slice(part);
			rest = after;
		}
		bytes
	}
}

/// A reader's secret key. Wiped from memory when dropped; its debug form shows only the
/// public half. Independent of the signing key.
#[derive(Clone)]
pub struct ReaderKey {
	private: PrivateKey,
	public: PublicKey,
}

impl ReaderKey {
	/// Makes a new key. Panics if the operating system has no random numbers.
	pub fn generate() -> Self {
		let (private, public) = X25519HkdfSha256::gen_keypair();
		Self { private, public }
	}

	/// The key with these 32 bytes (X25519; the bits that RFC 7748 fixes are fixed).
	pub fn from_bytes(bytes: &[u8; 32]) -> Self {
		let private = PrivateKey::from_bytes(bytes).expect("32 bytes are a private key");
		let public = X25519HkdfSha256::sk_to_pk(&private);
		Self { private, public }
	}

	/// The bytes, in a form that wipes itself.
	pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
		let mut bytes = Zeroizing::new([0; 32]);
		self.private.write_exact(&mut bytes[..]);
		bytes
	}

	/// The public half.
	pub fn public(&self) -> ReaderPublic {
		let mut bytes = [0; 32];
		self.public.write_exact(&mut bytes);
		ReaderPublic(bytes)
	}
}

impl fmt::Debug for ReaderKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "ReaderKey({:?}, ..)", self.public())
	}
}

/// A reader's public key, as registered on chain.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReaderPublic([u8; 32]);

impl ReaderPublic {
	/// The key with these bytes. Whether anything can be encrypted to it shows in [`wrap`].
	pub fn from_bytes(bytes: [u8; 32]) -> Self {
		Self(bytes)
	}

	/// The bytes.
	pub fn to_bytes(&self) -> [u8; 32] {
		self.0
	}
}

impl fmt::Debug for ReaderPublic {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("0x")?;
		self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
	}
}

/// Wraps a document secret for one reader. Panics if the operating system has no random
/// numbers.
pub fn wrap(
	secret: &DocumentSecret,
	to: &ReaderPublic,
	binding: &Binding,
) -> Result<[u8; WRAP_LEN], Error> {
	seal_secret(secret, to, binding, |public, buffer, aad| {
		hpke::single_shot_seal_inout_detached::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
			&OpModeS::Base,
			public,
			WRAP_DOMAIN,
			buffer,
			aad,
		)
	})
}

/// As [`wrap`], with random numbers of the caller's: for test vectors alone. The same
/// numbers used for two secrets give both away.
#[doc(hidden)]
pub fn wrap_with_rng(
	secret: &DocumentSecret,
	to: &ReaderPublic,
	binding: &Binding,
	rng: &mut impl CryptoRng,
) -> Result<[u8; WRAP_LEN], Error> {
	seal_secret(secret, to, binding, |public, buffer, aad| {
		hpke::single_shot_seal_inout_detached_with_rng::<
			ChaCha20Poly1305,
			HkdfSha256,
			X25519HkdfSha256,
		>(&OpModeS::Base, public, WRAP_DOMAIN, buffer, aad, rng)
	})
}

fn seal_secret(
	secret: &DocumentSecret,
	to: &ReaderPublic,
	binding: &Binding,
	encrypt: impl FnOnce(
		&PublicKey,
		InOutBuf<'_, '_, u8>,
		&[u8],
	) -> Result<(EncappedKey, AeadTag<ChaCha20Poly1305>), HpkeError>,
) -> Result<[u8; WRAP_LEN], Error> {
	let public = PublicKey::from_bytes(&to.0).map_err(|_| Error::UnusableKey)?;
	let mut wrap = [0; WRAP_LEN];
	let (encapped, rest) = wrap.split_at_mut(32);
	let (body, tag) = rest.split_at_mut(32);
	body.copy_from_slice(secret.as_bytes());
	// Fails only for public keys of low order: the wrap would be open to everyone.
	let (key, sum) = encrypt(&public, InOutBuf::from(&mut *body), &binding.encode())
		.map_err(|_| Error::UnusableKey)?;
	key.write_exact(encapped);
	sum.write_exact(tag);
	Ok(wrap)
}

/// Opens a wrap with the reader's key, under the binding that it must have been made with.
pub fn unwrap(
	wrap: &[u8; WRAP_LEN],
	key: &ReaderKey,
	binding: &Binding,
) -> Result<DocumentSecret, Error> {
	let (encapped, rest) = wrap.split_at(32);
	let (body, tag) = rest.split_at(32);
	let refused = |_: HpkeError| Error::WrapRefused;
	let encapped = EncappedKey::from_bytes(encapped).map_err(refused)?;
	let tag = AeadTag::from_bytes(tag).map_err(refused)?;
	let mut secret = Zeroizing::new([0; 32]);
	secret.copy_from_slice(body);
	hpke::single_shot_open_inout_detached::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
		&OpModeR::Base,
		&key.private,
		&encapped,
		WRAP_DOMAIN,
		InOutBuf::from(&mut secret[..]),
		&binding.encode(),
		&tag,
	)
	.map_err(refused)?;
	Ok(DocumentSecret::from_bytes(*secret))
}
