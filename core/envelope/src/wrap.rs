//! The wrap of a document secret for a reader: HPKE, bound to record, version, reader and
//! chain.

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

/// The domain that separates wraps from every other use of HPKE and of a reader's key.
pub const WRAP_DOMAIN: &[u8; 14] = b"assent/wrap/v1";

/// The size of a wrap in bytes: the encapsulated key (32), the encrypted secret (32), the tag
/// (16).
pub const WRAP_LEN: usize = assent_protocol::documents::WRAP_BYTES;

type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type EncappedKey = <X25519HkdfSha256 as Kem>::EncappedKey;

/// The binding of a wrap: document, reader and chain. A wrap opens only under the binding with
/// which the wrap was made. A wrap can therefore not pass for a wrap of another document or
/// for another reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
	/// The genesis hash of the chain.
	pub genesis: [u8; 32],
	/// The id of the record.
	pub record: [u8; 16],
	/// The document version of the record, from 1.
	pub version: u32,
	/// The account of the reader.
	pub reader: [u8; 32],
	/// The version of the encryption key that the reader registered.
	pub key_version: u32,
}

impl Binding {
	/// The size of the encoding in bytes: 102.
	pub const LEN: usize = WRAP_DOMAIN.len() + 32 + 16 + 4 + 32 + 4;

	/// The associated data of a wrap: [`WRAP_DOMAIN`], then the fields in order. Numbers take
	/// four bytes, least significant byte first. All widths are fixed, so two bindings never
	/// have the same encoding. The encoding equals SCALE of the same tuple.
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

/// The secret key of a reader (X25519). Dropping the key wipes the memory. The debug form
/// shows only the public half. The key is independent of the signing key.
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

	/// The key made of these 32 bytes (X25519). The bits that RFC 7748 fixes are fixed.
	pub fn from_bytes(bytes: &[u8; 32]) -> Self {
		let private = PrivateKey::from_bytes(bytes).expect("32 bytes are a private key");
		let public = X25519HkdfSha256::sk_to_pk(&private);
		Self { private, public }
	}

	/// The bytes of the key. Dropping the bytes wipes the memory.
	pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
		let mut bytes = Zeroizing::new([0; 32]);
		self.private.write_exact(&mut bytes[..]);
		bytes
	}

	/// The public half of the key.
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

/// The public key of a reader, as registered on chain: 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReaderPublic([u8; 32]);

impl ReaderPublic {
	/// The key made of these bytes. [`wrap`] refuses a key that nothing can be encrypted to.
	pub fn from_bytes(bytes: [u8; 32]) -> Self {
		Self(bytes)
	}

	/// The bytes of the key.
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

/// Wraps a document secret for one reader, under a binding. Panics if the operating system has
/// no random numbers.
///
/// Error: [`Error::UnusableKey`], if the public key is of low order.
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

/// Wraps like [`wrap`], with random numbers of the caller. The function is for test vectors
/// alone: the same random numbers for two secrets reveal both secrets.
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
	// HPKE fails only for public keys of low order. A wrap to such a key would be open to
	// everybody.
	let (key, sum) = encrypt(&public, InOutBuf::from(&mut *body), &binding.encode())
		.map_err(|_| Error::UnusableKey)?;
	key.write_exact(encapped);
	sum.write_exact(tag);
	Ok(wrap)
}

/// Opens a wrap with the key of the reader, under the binding with which the wrap must have
/// been made.
///
/// Error: [`Error::WrapRefused`], if the wrap is for another key or binding, or was altered.
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
