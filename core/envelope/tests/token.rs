//! Blinded codes.

use assent_envelope::*;
use std::collections::HashSet;

const KEY: [u8; 32] = [7; 32];
const CODE: &str = "http://loinc.org|718-7";

#[test]
fn token_should_be_the_same_when_key_kind_and_code_are() {
	assert_eq!(token(&KEY, TokenKind::Code, CODE), token(&KEY, TokenKind::Code, CODE));
}

#[test]
fn token_should_differ_when_any_of_key_kind_and_code_differs() {
	let mut seen = HashSet::new();
	for key in [KEY, [8; 32]] {
		for kind in TokenKind::ALL {
			for code in [CODE, "http://loinc.org|718-8", "", "\0"] {
				assert!(seen.insert(token(&key, kind, code)), "{kind:?} {code:?}");
			}
		}
	}
	assert_eq!(seen.len(), 2 * 6 * 4);
}

#[test]
fn token_should_not_be_made_by_moving_bytes_from_kind_to_code_when_codes_are_long() {
	let long = "x".repeat(100_000);
	assert_ne!(token(&KEY, TokenKind::Code, &long), token(&KEY, TokenKind::Code, &long[1..]));
}

#[test]
fn personalisation_should_stay_as_it_is_when_kinds_are_added() {
	let expected: Vec<[u8; 16]> = (1..=6)
		.map(|number| {
			let mut bytes = *b"assent/token/v1\0";
			bytes[15] = number;
			bytes
		})
		.collect();
	let kinds = [
		TokenKind::Sensitivity,
		TokenKind::Code,
		TokenKind::Author,
		TokenKind::Encounter,
		TokenKind::CareTeam,
		TokenKind::Purpose,
	];
	assert_eq!(kinds.map(TokenKind::personalisation).to_vec(), expected);
	assert_eq!(kinds, TokenKind::ALL);
}
