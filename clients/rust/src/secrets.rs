//! Document secrets, kept by the custodian: a file for each document version, readable by the
//! owner only. To destroy the file and the wraps is to lose the document for good.

use crate::{
	documents::sealing,
	files,
	ids::{bytes, hex},
	Failure, Outcome,
};
use assent_envelope::{DocumentSecret, Sealed};
use assent_policy::{RecordId, VersionNumber};
use serde::{Deserialize, Serialize};
use std::{
	fs,
	io::ErrorKind,
	path::{Path, PathBuf},
};
use zeroize::{Zeroize, Zeroizing};

const KIND: &str = "document-secret";
const VERSION: u32 = 1;

/// A sealed document's secret, and the registered facts of the document.
pub struct Kept {
	/// Opens the document.
	pub secret: DocumentSecret,
	/// The commitment's salt.
	pub salt: Zeroizing<[u8; 32]>,
	/// BLAKE3 of the ciphertext.
	pub ciphertext: [u8; 32],
	/// Bytes of the ciphertext.
	pub size: u64,
	/// The salted commitment to the content.
	pub commitment: [u8; 32],
}

impl From<Sealed> for Kept {
	fn from(sealed: Sealed) -> Self {
		Self {
			secret: sealed.secret,
			salt: Zeroizing::new(sealed.salt),
			ciphertext: sealed.ciphertext_hash,
			size: sealed.size,
			commitment: sealed.commitment,
		}
	}
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct SecretFile {
	assent: String,
	version: u32,
	/// As `age` takes it.
	identity: String,
	salt: String,
	ciphertext: String,
	size: u64,
	commitment: String,
}

impl Drop for SecretFile {
	fn drop(&mut self) {
		self.identity.zeroize();
		self.salt.zeroize();
	}
}

/// The file in `directory` that holds the secret of a record's document version:
/// `RECORD-VERSION.json`.
pub fn path_of(directory: &Path, record: RecordId, version: VersionNumber) -> PathBuf {
	directory.join(format!("{}-{version}.json", hex::encode(record.0)))
}

impl Kept {
	/// Writes the file; never in place of another.
	///
	/// # Errors
	/// `File`, when the file is there already or cannot be written.
	pub fn write(&self, path: &Path) -> Outcome<()> {
		let file = SecretFile {
			assent: KIND.into(),
			version: VERSION,
			identity: (*self.secret.to_identity()).clone(),
			salt: hex(*self.salt),
			ciphertext: hex(self.ciphertext),
			size: self.size,
			commitment: hex(self.commitment),
		};
		let text = serde_json::to_string_pretty(&file)
			.map(Zeroizing::new)
			.map_err(|error| Failure::file(path, error))?;
		files::write_secret(path, &format!("{}\n", *text))
	}

	/// Reads a file back.
	///
	/// # Errors
	/// `File` or `FilePermissions`, when the file cannot be read or is no secret file;
	/// `Envelope.MalformedIdentity`, when the secret is malformed.
	pub fn read(path: &Path) -> Outcome<Self> {
		let wrong = |why: String| Failure::file(path, why);
		let text = files::read_secret(path)?;
		let file: SecretFile = serde_json::from_str(&text)
			.map_err(|error| wrong(format!("not a document's secret: {error}")))?;
		if file.assent != KIND || file.version != VERSION {
			return Err(wrong("not a document's secret of a version this program reads".into()));
		}
		Ok(Self {
			secret: DocumentSecret::from_identity(&file.identity).map_err(sealing)?,
			salt: Zeroizing::new(bytes(&file.salt).map_err(|_| wrong("bad salt".into()))?),
			ciphertext: bytes(&file.ciphertext).map_err(wrong)?,
			size: file.size,
			commitment: bytes(&file.commitment).map_err(wrong)?,
		})
	}
}

/// Destroys the secrets of a record's document versions, 1 to `last`. Returns how many there
/// were.
///
/// # Errors
/// `File`, when a file is there and cannot be removed.
pub fn destroy(directory: &Path, record: RecordId, last: VersionNumber) -> Outcome<u32> {
	let mut destroyed = 0;
	for version in 1..=last {
		let path = path_of(directory, record, version);
		match fs::remove_file(&path) {
			Ok(()) => destroyed += 1,
			Err(error) if error.kind() == ErrorKind::NotFound => {}
			Err(error) => return Err(Failure::file(&path, error)),
		}
	}
	Ok(destroyed)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn sealed() -> Kept {
		assent_envelope::seal(&b"content"[..], std::io::sink()).unwrap().into()
	}

	#[test]
	fn secret_should_read_back() {
		let dir = tempfile::tempdir().unwrap();
		let path = path_of(dir.path(), RecordId([0xab; 16]), 3);
		assert!(path.ends_with(format!("{}-3.json", "ab".repeat(16))));
		let kept = sealed();
		kept.write(&path).unwrap();
		let read = Kept::read(&path).unwrap();
		assert_eq!(*read.secret.to_bytes(), *kept.secret.to_bytes());
		assert_eq!(*read.salt, *kept.salt);
		assert_eq!(
			(read.ciphertext, read.size, read.commitment),
			(kept.ciphertext, kept.size, kept.commitment)
		);
		assert!(kept.write(&path).is_err(), "never replaced");
	}

	#[test]
	fn secret_should_be_refused_when_altered() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("secret");
		sealed().write(&path).unwrap();
		let text = std::fs::read_to_string(&path).unwrap();
		for (number, changed) in [
			text.replace("document-secret", "reader-key"),
			text.replace("\"version\": 1", "\"version\": 2"),
			text.replace("AGE-SECRET-KEY-1", "AGE-SECRET-KEY-2"),
			text.replace("\"salt\"", "\"pepper\""),
		]
		.into_iter()
		.enumerate()
		{
			let path = dir.path().join(number.to_string());
			files::write_secret(&path, &changed).unwrap();
			assert!(Kept::read(&path).is_err(), "{number}");
		}
	}

	#[test]
	fn secrets_of_every_version_should_be_destroyed_and_no_others() {
		let dir = tempfile::tempdir().unwrap();
		let (mine, other) = (RecordId([1; 16]), RecordId([2; 16]));
		for (record, version) in [(mine, 1), (mine, 3), (other, 1)] {
			fs::write(path_of(dir.path(), record, version), "x").unwrap();
		}
		assert_eq!(destroy(dir.path(), mine, 3).unwrap(), 2);
		assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
		assert_eq!(destroy(dir.path(), mine, 3).unwrap(), 0);
	}
}
