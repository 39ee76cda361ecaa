//! Blinding codes.

use blake2::{
	digest::{consts::U16, FixedOutput, Update},
	Blake2bMac,
};

/// What a blinded code is about. The same code blinded as two kinds gives two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
	/// A sensitivity of a record, for instance mental health.
	Sensitivity,
	/// The exact code of a document, for instance a LOINC code.
	Code,
	/// The author of a document.
	Author,
	/// The encounter that a document is from.
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

	/// BLAKE2's personalisation for tokens of this kind: `assent/token/v1`, then the kind's
	/// number from 1. It never changes: tokens on chain were made with it.
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

/// Blinds a code: BLAKE2b with a 16-byte output, keyed by the blinding key of the patient id,
/// which patient and custodian keep between them: nothing here hands it over.
///
/// BLAKE2b's own keyed mode is a pseudo-random function, so no HMAC around it is needed; its
/// personalisation keeps the kinds apart without spending bytes of the code; and every
/// wallet library has it. Sixteen bytes suffice: the chain only compares for equality,
/// codes come from vocabularies of at most some hundred thousand, and whoever could choose
/// codes to collide holds the key anyway.
///
/// The code is taken byte for byte. Write it always alike: `system|code` as in FHIR
/// (`http://loinc.org|718-7`), no blanks around it.
pub fn token(blinding_key: &[u8; 32], kind: TokenKind, code: &str) -> [u8; 16] {
	let mut mac =
		Blake2bMac::<U16>::new_with_salt_and_personal(blinding_key, &[], &kind.personalisation())
			.expect("a key of 32 bytes and a personalisation of 16 fit");
	mac.update(code.as_bytes());
	mac.finalize_fixed().into()
}
