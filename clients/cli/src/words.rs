//! Words on the command line: the codes of the chain are read and listed by their words.

pub use assent_policy::Word;

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// The code of a word.
///
/// # Errors
/// A sentence that lists the words, when no code has this one.
pub fn code<W: Word>(word: &str) -> Result<W, String> {
	W::from_word(word).ok_or_else(|| {
		let words: Vec<_> = W::ALL.iter().map(|code| code.word()).collect();
		format!("{word:?} is no {}; choose from {}", W::WHAT, words.join(", "))
	})
}

/// The words of codes, for people.
pub fn words_of<'a, W: Word + 'a>(codes: impl IntoIterator<Item = &'a W>) -> String {
	codes.into_iter().map(|code| code.word()).collect::<Vec<_>>().join(", ")
}

/// Reads a word on the command line, and lists them in the help.
pub fn reader<W: Word>() -> impl TypedValueParser<Value = W> {
	PossibleValuesParser::new(W::ALL.iter().map(|code| code.word())).try_map(|word| code(&word))
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::{Action, Class, Confidentiality, Effect, Role};
	use assent_support::{
		Condition, Deed, EmergencyReason, Finding, Justification, PassingCause, ReviewFinding,
		SuspensionCause, VersionCause,
	};
	use pallet_consortium::{OrganisationKind, OrganisationStatus};
	use pallet_emergencies::EmergencyState;
	use pallet_records::AnchorState;
	use std::fmt::Debug;

	/// The word that a variant's name makes: `VeryRestricted` is `very-restricted`.
	fn kebab(name: &str) -> String {
		name.chars().fold(String::new(), |mut word, letter| {
			if letter.is_uppercase() && !word.is_empty() {
				word.push('-');
			}
			word.extend(letter.to_lowercase());
			word
		})
	}

	fn check<W: Word + Debug + PartialEq>() {
		for code in W::ALL {
			assert_eq!(code.word(), kebab(&format!("{code:?}")));
			assert_eq!(super::code::<W>(code.word()).as_ref(), Ok(code));
		}
		let mut words: Vec<_> = W::ALL.iter().map(|code| code.word()).collect();
		words.sort_unstable();
		words.dedup();
		assert_eq!(words.len(), W::ALL.len(), "{}: two codes with one word", W::WHAT);
		let refused = code::<W>("No Such Word").unwrap_err();
		assert!(refused.contains(W::WHAT) && refused.contains(W::ALL[0].word()));
	}

	#[test]
	fn every_code_should_read_back_from_its_word() {
		check::<Effect>();
		check::<Action>();
		check::<Role>();
		check::<Class>();
		check::<Confidentiality>();
		check::<Condition>();
		check::<Deed>();
		check::<EmergencyReason>();
		check::<Justification>();
		check::<ReviewFinding>();
		check::<SuspensionCause>();
		check::<PassingCause>();
		check::<EmergencyState>();
		check::<Finding>();
		check::<AnchorState>();
		check::<VersionCause>();
		check::<OrganisationKind>();
		check::<OrganisationStatus>();
	}
}
