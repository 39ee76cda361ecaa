//! # The envelope
//!
//! This crate seals documents, wraps their secrets for readers, and blinds codes. The command
//! line uses this crate. The vault does not: the vault keeps sealed documents and wraps
//! without opening any. `clients/js` does the same in JavaScript. `vectors/` holds documents
//! and wraps that either side made and the other side opens.
//!
//! ## Terms
//!
//! - A **sealed document** is one binary [age](https://age-encryption.org/v1) v1 file to one
//!   X25519 key that was made for it alone. Its bytes never change when readers do.
//! - The **document secret** is that key's secret half, 32 bytes: whoever has it reads that
//!   document version, and no other.
//! - A **wrap** is the document secret encrypted to one reader: 80 bytes, kept by the vault.
//! - The **hash** of a sealed document is BLAKE3 over its bytes: it stands on chain, names
//!   the document in the vault, and tells nothing about the content.
//! - A **commitment** is a salted hash of the content: it stands on chain, and proves what
//!   the content was only to those who are given the salt.
//! - A **token** is a blinded code.
//!
//! ## Scenario
//!
//! ```
//! use assent_envelope::*;
//!
//! let report = b"Haemoglobin 13.9 g/dL";
//! let mut ciphertext = Vec::new();
//! let sealed = seal(&report[..], &mut ciphertext)?;
//! // To the vault: the ciphertext. On chain: hash, size, commitment. With the secret: the salt.
//! assert_eq!(hash(&ciphertext[..])?, (sealed.ciphertext_hash, sealed.size));
//!
//! // The patient registered an encryption key on chain.
//! let patient = ReaderKey::generate();
//! let binding = Binding {
//!     genesis: [1; 32],
//!     record: [2; 16],
//!     version: 1,
//!     reader: [3; 32],
//!     key_version: 1,
//! };
//! let wrapped = wrap(&sealed.secret, &patient.public(), &binding)?;
//!
//! // Later, in the patient's hands:
//! let secret = unwrap(&wrapped, &patient, &binding)?;
//! let mut content = Vec::new();
//! let opened = open_and_commit(&secret, &sealed.salt, &ciphertext[..], &mut content)?;
//! assert_eq!(content, report);
//! assert_eq!(opened.commitment, sealed.commitment);
//! # Ok::<(), Error>(())
//! ```
//!
//! ## Formats
//!
//! | What | How |
//! |---|---|
//! | sealed document | age v1, binary, one X25519 stanza (and age's random unknown stanza) |
//! | document secret as text | Bech32, `AGE-SECRET-KEY-1...`: the `age` tool takes it |
//! | hash | BLAKE3-256 of the sealed document |
//! | commitment | BLAKE3-256, keyed, of the content; key: BLAKE3 `derive_key` of the 32-byte salt under [`COMMITMENT_CONTEXT`] |
//! | wrap | HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305: 32 bytes encapsulated key, 48 bytes ciphertext; `info` = [`WRAP_DOMAIN`]; associated data: [`Binding::encode`] |
//! | token | BLAKE2b-128 of the code's UTF-8 bytes, keyed with 32 bytes, personalised by [`TokenKind::personalisation`] |
//!
//! ## Assumptions
//!
//! - The operating system's random numbers are good. Where they fail altogether, sealing and
//!   making keys fail or panic, rather than go on without.
//! - [`open`] writes what it has authenticated so far, 64 KiB at a time; that the end is
//!   missing is known only at the end. What was written counts once `open` returned `Ok`.
//! - A wrap says nothing about who made it. That the secret belongs to the document shows
//!   when it opens it; that the document is the registered one shows by its hash.

#![forbid(unsafe_code)]

mod document;
mod error;
mod secret;
mod token;
mod wrap;

pub use document::{
	commit, hash, open, open_and_commit, seal, HashingWriter, Opened, Sealed, COMMITMENT_CONTEXT,
};
pub use error::Error;
pub use secret::DocumentSecret;
pub use token::{token, TokenKind};
#[doc(hidden)]
pub use wrap::wrap_with_rng;
pub use wrap::{unwrap, wrap, Binding, ReaderKey, ReaderPublic, WRAP_DOMAIN, WRAP_LEN};
