//! Why a command did not do what it was asked. One type for all of them, so that every
//! failure has a stable code, a sentence, and the right exit code.

use std::{fmt, path::Path};

/// What a command returns.
pub type Outcome<T> = Result<T, Failure>;

/// Who can do something about it: decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
	/// The chain, the vault or the cryptography said no: exit code 1.
	Refused,
	/// The command could not be carried out as it was given, or here: exit code 2.
	Unusable,
}

/// A failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
	/// Its kind.
	pub kind: Kind,
	/// A stable word for scripts: the chain's own name for an error where there is one.
	pub code: String,
	/// A sentence for people.
	pub message: String,
}

impl Failure {
	/// The chain, the vault or the cryptography said no.
	pub fn refused(code: impl Into<String>, message: impl Into<String>) -> Self {
		Self {
			kind: Kind::Refused,
			code: code.into(),
			message: message.into(),
		}
	}

	/// The command was given wrongly.
	pub fn usage(message: impl Into<String>) -> Self {
		Self {
			kind: Kind::Unusable,
			code: "Usage".into(),
			message: message.into(),
		}
	}

	/// Something around the command is missing or broken.
	pub fn environment(code: impl Into<String>, message: impl Into<String>) -> Self {
		Self {
			kind: Kind::Unusable,
			code: code.into(),
			message: message.into(),
		}
	}

	/// A file could not be read or written.
	pub fn file(path: &Path, error: impl fmt::Display) -> Self {
		Self::environment("File", format!("{}: {error}", path.display()))
	}

	/// The process's exit code.
	pub fn exit_code(&self) -> u8 {
		match self.kind {
			Kind::Refused => 1,
			Kind::Unusable => 2,
		}
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
	fn exit_code_should_tell_refusals_from_everything_else() {
		assert_eq!(Failure::refused("NotFound", "no").exit_code(), 1);
		assert_eq!(Failure::usage("what?").exit_code(), 2);
		assert_eq!(Failure::environment("Node", "gone").exit_code(), 2);
		assert_eq!(Failure::file(Path::new("/x"), "gone").exit_code(), 2);
	}
}
