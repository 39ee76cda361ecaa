//! Failures, all of one type. Every failure has a stable code, a sentence, and a kind: the party
//! that can do something about the failure.

use std::{fmt, path::Path};

/// A result, or a [`Failure`].
pub type Outcome<T> = Result<T, Failure>;

/// The party to do something about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
	/// The chain, the vault or the cryptography refused. The same request gives the same answer
	/// again until something changes there.
	Refused,
	/// The request was given wrongly, or something around the program is missing or broken.
	Unusable,
}

/// A failure. [`fmt::Display`] writes the sentence, then the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
	/// The kind.
	pub kind: Kind,
	/// A stable word for programs. The chain's own name of an error where there is one
	/// (`Consent.NoActors`); `Pool.*` for the pool of the node, `Vault.*` with the vault's own
	/// code, `Envelope.*` for cryptography.
	pub code: String,
	/// A sentence for people.
	pub message: String,
}

impl Failure {
	/// The chain, the vault or the cryptography refused.
	pub fn refused(code: impl Into<String>, message: impl Into<String>) -> Self {
		Self { kind: Kind::Refused, code: code.into(), message: message.into() }
	}

	/// The chain has no such thing. The code is `NotFound`.
	pub fn not_found(what: impl fmt::Display) -> Self {
		Self::refused("NotFound", format!("the chain knows no {what}"))
	}

	/// The request was given wrongly. The code is `Usage`.
	pub fn usage(message: impl Into<String>) -> Self {
		Self { kind: Kind::Unusable, code: "Usage".into(), message: message.into() }
	}

	/// Something around the program is missing or broken.
	pub fn environment(code: impl Into<String>, message: impl Into<String>) -> Self {
		Self { kind: Kind::Unusable, code: code.into(), message: message.into() }
	}

	/// A file could not be read or written. The code is `File`.
	pub fn file(path: &Path, error: impl fmt::Display) -> Self {
		Self::environment("File", format!("{}: {error}", path.display()))
	}
}

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} ({})", self.message, self.code)
	}
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn kind_should_tell_refusals_from_everything_else() {
		assert_eq!(Failure::refused("NotFound", "no").kind, Kind::Refused);
		assert_eq!(Failure::usage("what?").kind, Kind::Unusable);
		assert_eq!(Failure::environment("Node", "gone").kind, Kind::Unusable);
		assert_eq!(Failure::file(Path::new("/x"), "gone").kind, Kind::Unusable);
	}
}
