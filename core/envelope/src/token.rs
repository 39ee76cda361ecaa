//! The blinding of codes.

use blake2::{
	digest::{consts::U16, FixedOutput, Update},
	Blake2bMac,
};

/// The kind of a blinded code. One code blinded as two kinds gives two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
	/// A sensitivity of a record, for instance mental health.
	Sensitivity,
	/// The exact code of a document, for instance a LOINC code.
	Code,
	/// The author of a document.
	Author,
	/// The encounter from which a document comes.
	Encounter,
	/// A care team.
	CareTeam,
	/// A purpose of use outside the common vocabulary.
	Purpose,
}

impl TokenKind {
	/// Every kind.
	pub const ALL: [Self; 6] = [
		Self::Sensitivity,
		Self::Code,
		Self::Author,
		Self::Encounter,
		Self::CareTeam,
		Self::Purpose,
	];

	/// The personalisation of BLAKE2 for tokens of this kind: `assent/token/v1`, then the
	/// number of the kind from 1, in one byte. The personalisation never changes, because
	/// tokens on chain depend on the personalisation.
	pub const fn personalisation(self) -> [u8; 16] {
		let mut bytes = *b"assent/token/v1\0";
		bytes[15] = match self {
			Self::Sensitivity => 1,
			Self::Code => 2,
			Self::Author => 3,
			Self::Encounter => 4,
			Self::CareTeam => 5,
			Self::Purpose => 6,
		};
		bytes
	}
}

/// Blinds a code: BLAKE2b with a 16-byte output, keyed by the blinding key of the patient id.
/// The patient and the custodian hold the blinding key. This crate does not hand the key over.
///
/// The keyed mode of BLAKE2b is a pseudo-random function, so an HMAC is not necessary. The
/// personalisation separates the kinds without using bytes of the code. Every wallet library
/// has BLAKE2b.
///
/// Sixteen bytes suffice. The chain only compares tokens for equality. The codes come from
/// vocabularies of at most some hundred thousand codes. An attacker who could choose codes
/// that collide has the key already.
///
/// The function takes the code byte for byte. Always write a code in the same form:
/// `system|code` as in FHIR (`http://loinc.org|718-7`), without blanks around the code.
pub fn token(blinding_key: &[u8; 32], kind: TokenKind, code: &str) -> [u8; 16] {
	let mut mac =
		Blake2bMac::<U16>::new_with_salt_and_personal(blinding_key, &[], &kind.personalisation())
			.expect("a key of 32 bytes and a personalisation of 16 fit");
	mac.update(code.as_bytes());
	mac.finalize_fixed().into()
}
