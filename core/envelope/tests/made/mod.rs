//! The test vectors: the form, the fixed seeds, and the vectors that Rust makes from the
//! seeds. Used by `tests/vectors.rs` and `examples/vectors.rs`.

#![allow(dead_code, missing_docs)]

use assent_envelope::*;
use serde::{de::DeserializeOwned, Deserialize, Serialize};
use std::{
	convert::Infallible,
	fs,
	path::{Path, PathBuf},
};

/// Bytes as hexadecimal text.
pub mod hexed {
	use serde::{de::Error, Deserialize, Deserializer, Serializer};

	pub fn serialize<S: Serializer, const N: usize>(
		bytes: &[u8; N],
		to: S,
	) -> Result<S::Ok, S::Error> {
		to.serialize_str(&hex::encode(bytes))
	}

	pub fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
		from: D,
	) -> Result<[u8; N], D::Error> {
		let bytes = hex::decode(String::deserialize(from)?).map_err(D::Error::custom)?;
		bytes.try_into().map_err(|_| D::Error::custom("another length"))
	}
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
pub struct TokenVector {
	#[serde(with = "hexed")]
	pub blinding_key: [u8; 32],
	pub kind: String,
	#[serde(with = "hexed")]
	pub personalisation: [u8; 16],
	pub code: String,
	#[serde(with = "hexed")]
	pub token: [u8; 16],
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
pub struct HashVector {
	/// The input is the pattern of this size.
	pub size: usize,
	#[serde(with = "hexed")]
	pub hash: [u8; 32],
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
pub struct CommitmentVector {
	#[serde(with = "hexed")]
	pub salt: [u8; 32],
	/// The content is the pattern of this size.
	pub size: usize,
	#[serde(with = "hexed")]
	pub commitment: [u8; 32],
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
pub struct WrapVector {
	#[serde(with = "hexed")]
	pub reader_private: [u8; 32],
	#[serde(with = "hexed")]
	pub reader_public: [u8; 32],
	#[serde(with = "hexed")]
	pub genesis: [u8; 32],
	#[serde(with = "hexed")]
	pub record: [u8; 16],
	pub version: u32,
	#[serde(with = "hexed")]
	pub reader: [u8; 32],
	pub key_version: u32,
	#[serde(with = "hexed")]
	pub associated_data: [u8; Binding::LEN],
	#[serde(with = "hexed")]
	pub secret: [u8; 32],
	#[serde(with = "hexed")]
	pub wrap: [u8; WRAP_LEN],
}

impl WrapVector {
	pub fn binding(&self) -> Binding {
		Binding {
			genesis: self.genesis,
			record: self.record,
			version: self.version,
			reader: self.reader,
			key_version: self.key_version,
		}
	}
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
pub struct SealedVector {
	/// The file with the sealed document, in the folder of the list.
	pub file: String,
	#[serde(with = "hexed")]
	pub secret: [u8; 32],
	pub identity: String,
	/// The content is the pattern of this size.
	pub content_size: usize,
	#[serde(with = "hexed")]
	pub salt: [u8; 32],
	#[serde(with = "hexed")]
	pub commitment: [u8; 32],
	#[serde(with = "hexed")]
	pub ciphertext_hash: [u8; 32],
	pub ciphertext_size: u64,
}

/// The sizes of the sealed contents: no byte, one byte, one whole chunk, and one byte more.
pub const SEALED_SIZES: [usize; 4] = [0, 1, 65_536, 65_537];

/// The content of a size, by a rule that JavaScript follows too.
pub fn pattern(size: usize) -> Vec<u8> {
	(0..size).map(|at| (at % 251) as u8).collect()
}

pub fn folder() -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

pub fn read<T: DeserializeOwned>(name: &str) -> Vec<T> {
	let path = folder().join(name);
	let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
	serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub fn to_text<T: Serialize>(list: &[T]) -> String {
	serde_json::to_string_pretty(list).unwrap() + "\n"
}

/// Random numbers from a seed: the endless output of BLAKE3.
pub struct Fixed(blake3::OutputReader);

impl Fixed {
	pub fn new(seed: &str) -> Self {
		let mut hasher = blake3::Hasher::new_derive_key("assent 2026-11 test vectors");
		hasher.update(seed.as_bytes());
		Self(hasher.finalize_xof())
	}

	pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
		let mut bytes = [0; N];
		self.0.fill(&mut bytes);
		bytes
	}
}

impl hpke::rand_core::TryRng for Fixed {
	type Error = Infallible;

	fn try_next_u32(&mut self) -> Result<u32, Infallible> {
		Ok(u32::from_le_bytes(self.bytes()))
	}

	fn try_next_u64(&mut self) -> Result<u64, Infallible> {
		Ok(u64::from_le_bytes(self.bytes()))
	}

	fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Infallible> {
		self.0.fill(to);
		Ok(())
	}
}

impl hpke::rand_core::TryCryptoRng for Fixed {}

pub fn tokens() -> Vec<TokenVector> {
	let mut fixed = Fixed::new("tokens");
	let long = "x".repeat(300);
	let codes = ["http://loinc.org|718-7", "PSY", "", "Ärztin 3 · 診察", &long];
	let mut list = Vec::new();
	for _ in 0..2 {
		let blinding_key = fixed.bytes();
		for kind in TokenKind::ALL {
			for code in codes {
				list.push(TokenVector {
					blinding_key,
					kind: format!("{kind:?}"),
					personalisation: kind.personalisation(),
					code: code.into(),
					token: token(&blinding_key, kind, code),
				});
			}
		}
	}
	list
}

const SIZES: [usize; 9] = [0, 1, 63, 64, 65, 1_024, 1_025, 65_536, 100_000];

pub fn hashes() -> Vec<HashVector> {
	SIZES
		.map(|size| HashVector { size, hash: hash(&pattern(size)[..]).unwrap().0 })
		.into_iter()
		.collect()
}

pub fn commitments() -> Vec<CommitmentVector> {
	let mut fixed = Fixed::new("commitments");
	SIZES
		.map(|size| {
			let salt = fixed.bytes();
			let commitment = commit(&salt, &pattern(size)[..]).unwrap();
			CommitmentVector { salt, size, commitment }
		})
		.into_iter()
		.collect()
}

pub fn wraps() -> Vec<WrapVector> {
	let mut fixed = Fixed::new("wraps");
	[(1, 1), (2, 1), (1, 2), (0, 0), (u32::MAX, 0x0102_0304)]
		.map(|(version, key_version)| {
			let key = ReaderKey::from_bytes(&fixed.bytes());
			let secret = fixed.bytes();
			let binding = Binding {
				genesis: fixed.bytes(),
				record: fixed.bytes(),
				version,
				reader: fixed.bytes(),
				key_version,
			};
			let wrap = wrap_with_rng(
				&DocumentSecret::from_bytes(secret),
				&key.public(),
				&binding,
				&mut fixed,
			)
			.unwrap();
			WrapVector {
				reader_private: *key.to_bytes(),
				reader_public: key.public().to_bytes(),
				genesis: binding.genesis,
				record: binding.record,
				version,
				reader: binding.reader,
				key_version,
				associated_data: binding.encode(),
				secret,
				wrap,
			}
		})
		.into_iter()
		.collect()
}

/// Checks a sealed document against every field of the vector.
pub fn check_sealed(vector: &SealedVector) -> Result<(), String> {
	let ciphertext = fs::read(folder().join(&vector.file))
		.map_err(|error| format!("{}: {error}", vector.file))?;
	let told = (vector.ciphertext_hash, vector.ciphertext_size);
	if hash(&ciphertext[..]).map_err(|error| error.to_string())? != told {
		return Err(format!("{}: another hash or size", vector.file));
	}
	let secret = DocumentSecret::from_bytes(vector.secret);
	if *secret.to_identity() != vector.identity {
		return Err(format!("{}: another identity", vector.file));
	}
	let mut content = Vec::new();
	let opened = open_and_commit(&secret, &vector.salt, &ciphertext[..], &mut content)
		.map_err(|error| format!("{}: {error}", vector.file))?;
	if content != pattern(vector.content_size) {
		return Err(format!("{}: another content", vector.file));
	}
	if opened != (Opened { size: content.len() as u64, commitment: vector.commitment }) {
		return Err(format!("{}: another size or commitment", vector.file));
	}
	Ok(())
}
