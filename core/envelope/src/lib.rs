//! The envelope: how documents are sealed, how readers get the document secret, and how codes
//! are blinded. The clients written in Rust use this crate. `clients/js` implements the same
//! formats in JavaScript. `vectors/` holds test vectors of both, and each implementation opens
//! the vectors of the other. The vault and the chain use neither: the vault keeps ciphertext
//! and wraps, the chain keeps hashes.
//!
//! # Terms
//!
//! - A **sealed document** is one binary [age](https://age-encryption.org/v1) v1 file to one
//!   X25519 key that was made for this document alone. The bytes stay the same when the
//!   readers change.
//! - The **document secret** is the secret half of this key, 32 bytes. A person with the
//!   secret can read this version of the document, and no other.
//! - A **wrap** is the document secret encrypted to one reader: 80 bytes, kept by the vault.
//! - The **hash** of a sealed document is BLAKE3 over the bytes. The hash stands on chain,
//!   names the document in the vault, and reveals nothing about the content.
//! - A **commitment** is a salted hash of the content, and stands on chain. With the salt, the
//!   commitment proves the content. Without the salt, the commitment proves nothing.
//! - A **token** is a blinded code.
//!
//! # A scenario
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
//! # Formats
//!
//! | Object | Format |
//! |---|---|
//! | sealed document | age v1, binary, one X25519 stanza (and age's random unknown stanza) |
//! | document secret as text | Bech32, `AGE-SECRET-KEY-1...`, as the `age` tool reads |
//! | hash | BLAKE3-256 of the sealed document |
//! | commitment | BLAKE3-256, keyed, of the content; key: BLAKE3 `derive_key` of the 32-byte salt under [`COMMITMENT_CONTEXT`] |
//! | wrap | HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305: 32 bytes encapsulated key, 48 bytes ciphertext; `info` = [`WRAP_DOMAIN`]; associated data: [`Binding::encode`] |
//! | token | BLAKE2b-128 of the code's UTF-8 bytes, keyed with 32 bytes, personalised by [`TokenKind::personalisation`] |
//!
//! # Assumptions
//!
//! - The operating system's random numbers are good. If the operating system has no random
//!   numbers, sealing fails with an error, and making a key or a wrap panics.
//! - [`open`] writes authenticated content, 64 KiB at a time. A missing end shows only at the
//!   end. The content is complete only if `open` returned `Ok`.
//! - A wrap does not prove who made the wrap. A secret belongs to a document if the secret
//!   opens the document. A document is the registered one if the hash is the registered hash.

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
