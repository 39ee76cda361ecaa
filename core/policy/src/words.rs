//! The words of the codes: `lab-result` for `LabResult`. The command line, the JSON of every
//! program and the pages for people use the same words.

/// A code with a word. The macro [`vocabulary!`](crate::vocabulary) implements the trait.
pub trait Word: Copy + Send + Sync + 'static {
	/// The kind of the code, for messages.
	const WHAT: &'static str;
	/// Every code, in the order of its encoding.
	const ALL: &'static [Self];

	/// The word of the code: lower-case letters and hyphens.
	fn word(self) -> &'static str;

	/// The code of a word. `None` if no code has exactly this word.
	fn from_word(word: &str) -> Option<Self> {
		Self::ALL.iter().copied().find(|code| code.word() == word)
	}
}

/// Writes an enum of codes with derives, the words and the list of all codes. A code without a
/// word does not compile. `serde` reads and writes the words.
///
/// The crate that calls this macro depends on `codec`, `scale-info` and `serde`.
#[macro_export]
macro_rules! vocabulary {
	(
		$(#[$doc:meta])*
		$name:ident: $what:literal {
			$($(#[$code_doc:meta])* $code:ident = $word:literal),+ $(,)?
		}
	) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
			codec::Encode, codec::Decode, codec::DecodeWithMemTracking, codec::MaxEncodedLen,
			scale_info::TypeInfo, serde::Serialize, serde::Deserialize,
		)]
		pub enum $name { $($(#[$code_doc])* #[serde(rename = $word)] $code),+ }

		impl $crate::Word for $name {
			const WHAT: &'static str = $what;
			const ALL: &'static [Self] = &[$(Self::$code),+];

			fn word(self) -> &'static str {
				match self { $(Self::$code => $word),+ }
			}
		}
	};
}

#[cfg(test)]
mod tests {
	use crate::{Class, Word};

	#[test]
	fn from_word_should_find_no_code_when_the_word_is_not_exact() {
		for word in ["", "Lab-Result", "LabResult", "lab result", "lab_result", " lab-result"] {
			assert_eq!(Class::from_word(word), None, "{word:?}");
		}
		assert_eq!(Class::from_word("lab-result"), Some(Class::LabResult));
	}
}
