//! The errors, each with the way out.

use std::io;

/// The reason for which a document could not be sealed, opened or wrapped. No message has
/// content, keys or paths.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The input could not be read to the end.
	#[error("the input could not be read: discard what was written and try again")]
	Read(#[source] io::Error),
	/// The output could not be written.
	#[error(
		"the output could not be written: discard it, look at space and permissions, and try again"
	)]
	Write(#[source] io::Error),
	/// The input is not a sealed document.
	#[error("this is not a sealed document (a binary age v1 file): check that it is the right file, and fetch it again if its hash is not the registered one")]
	NotSealed,
	/// The secret belongs to another document, or the head of the document was altered.
	#[error("this secret does not open this document: take the wrap made for this very record and version, and compare the document's hash with the registered one")]
	WrongSecret,
	/// After the sealing, the document was altered, cut off or extended.
	#[error("the document was altered or cut off after it was sealed: discard what was written and fetch the document again")]
	Damaged,
	/// The wrap is for another reader key or another binding, or was altered.
	#[error("the wrap does not open: it was made for another reader key, or for another record, version, reader, key version or chain; ask the custodian for a wrap to the key registered now")]
	WrapRefused,
	/// The public key is of low order, so a wrap would be open to everybody.
	#[error("nothing can be encrypted to this public key: ask the reader to register a new one")]
	UnusableKey,
	/// The text is not an age identity.
	#[error("this is not an X25519 identity of age: it begins with AGE-SECRET-KEY-1 and has 74 characters; copy it whole")]
	MalformedIdentity,
	/// The operating system gave no random numbers.
	#[error("the operating system gave no random numbers: nothing was sealed; repair the system before trying again")]
	Randomness(#[source] getrandom::Error),
}
