//! Files: secrets for the owner only, and results that appear whole or not at all.

use crate::{Failure, Outcome};
use std::{
	fs::{self, File, OpenOptions},
	io::{Read, Write},
	os::unix::fs::{MetadataExt, OpenOptionsExt},
	path::{Path, PathBuf},
};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

/// The most bytes of a key, token, directive or policy file.
const MAX_TEXT: u64 = 1 << 20;

/// Reads a small text, at most 1 MiB.
///
/// # Errors
/// `File`, when the file cannot be read or is larger.
pub fn read_text(path: &Path) -> Outcome<String> {
	read_limited(path, open(path)?)
}

/// Reads a secret, at most 1 MiB.
///
/// # Errors
/// `FilePermissions`, when others than the owner can read the file; `File`, when the file
/// cannot be read or is larger.
pub fn read_secret(path: &Path) -> Outcome<Zeroizing<String>> {
	let file = open(path)?;
	let meta = file.metadata().map_err(|error| Failure::file(path, error))?;
	if meta.is_file() && meta.mode() & 0o077 != 0 {
		return Err(Failure::environment(
			"FilePermissions",
			format!("{} can be read by others: run chmod 600 on it", path.display()),
		));
	}
	read_limited(path, file).map(Zeroizing::new)
}

/// Opens a file for reading.
///
/// # Errors
/// `File`.
pub fn open(path: &Path) -> Outcome<File> {
	File::open(path).map_err(|error| Failure::file(path, error))
}

fn read_limited(path: &Path, file: File) -> Outcome<String> {
	let mut text = String::new();
	let read = file
		.take(MAX_TEXT + 1)
		.read_to_string(&mut text)
		.map_err(|error| Failure::file(path, error))?;
	if read as u64 > MAX_TEXT {
		return Err(Failure::file(path, "too large to be what is expected here"));
	}
	Ok(text)
}

/// Writes a new file, readable by the owner only. Never replaces a file: an overwritten secret is
/// lost.
///
/// # Errors
/// `File`, when the file is there already or cannot be written.
pub fn write_secret(path: &Path, text: &str) -> Outcome<()> {
	let failed = |error| Failure::file(path, error);
	let mut file =
		OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
	file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

/// Refuses early when the file is there already.
///
/// # Errors
/// `File`.
pub fn ensure_new(path: &Path) -> Outcome<()> {
	match path.try_exists() {
		Ok(false) => Ok(()),
		Ok(true) => Err(Failure::file(path, "is there already; name another file")),
		Err(error) => Err(Failure::file(path, error)),
	}
}

/// A result on the way: beside the destination until whole, and removed if never whole.
pub struct Pending {
	file: NamedTempFile,
	path: PathBuf,
}

impl Pending {
	/// Begins to write a file that will appear at `path`, readable by the owner only.
	///
	/// # Errors
	/// `File`, when the directory cannot be written to.
	pub fn begin(path: &Path) -> Outcome<Self> {
		let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
		let file = tempfile::Builder::new()
			.prefix(".assent-")
			.suffix(".part")
			.tempfile_in(parent.unwrap_or(Path::new(".")))
			.map_err(|error| Failure::file(path, error))?;
		Ok(Self { file, path: path.into() })
	}

	/// The file to write to.
	pub fn writer(&mut self) -> &mut File {
		self.file.as_file_mut()
	}

	/// Makes the file appear: all of it, or nothing; never in place of another file.
	///
	/// # Errors
	/// `File`, when a file is there already or the disk fails.
	pub fn finish(self) -> Outcome<()> {
		let failed = |error| Failure::file(&self.path, error);
		self.file.as_file().sync_all().map_err(failed)?;
		self.file
			.persist_noclobber(&self.path)
			.map(drop)
			.map_err(|error| Failure::file(&self.path, error.error))
	}
}

/// Makes a directory for secrets, with its parents; only the owner can enter. A directory that
/// is there stays unchanged.
///
/// # Errors
/// `File`.
pub fn secret_directory(path: &Path) -> Outcome<()> {
	use std::os::unix::fs::DirBuilderExt;
	fs::DirBuilder::new()
		.recursive(true)
		.mode(0o700)
		.create(path)
		.map_err(|error| Failure::file(path, error))
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::os::unix::fs::PermissionsExt;

	#[test]
	fn secret_should_be_written_for_its_owner_only_and_never_replaced() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("secret");
		write_secret(&path, "first").unwrap();
		assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
		assert_eq!(write_secret(&path, "second").unwrap_err().code, "File");
		assert_eq!(*read_secret(&path).unwrap(), "first");
		assert!(ensure_new(&path).is_err());
	}

	#[test]
	fn secret_should_be_refused_when_others_can_read_it() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("secret");
		fs::write(&path, "x").unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
		let failure = read_secret(&path).unwrap_err();
		assert_eq!(failure.code, "FilePermissions");
		assert!(failure.message.contains("chmod 600"));
	}

	#[test]
	fn text_should_be_refused_when_too_large() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("text");
		fs::write(&path, vec![b'x'; MAX_TEXT as usize + 1]).unwrap();
		assert_eq!(read_text(&path).unwrap_err().code, "File");
	}

	#[test]
	fn pending_should_leave_nothing_when_dropped() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("result");
		let mut pending = Pending::begin(&path).unwrap();
		pending.writer().write_all(b"half").unwrap();
		drop(pending);
		assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
	}

	#[test]
	fn pending_should_appear_whole_when_finished_and_replace_nothing() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("result");
		let mut pending = Pending::begin(&path).unwrap();
		pending.writer().write_all(b"whole").unwrap();
		pending.finish().unwrap();
		assert_eq!(fs::read(&path).unwrap(), b"whole");
		assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);

		let mut pending = Pending::begin(&path).unwrap();
		pending.writer().write_all(b"other").unwrap();
		assert!(pending.finish().is_err());
		assert_eq!(fs::read(&path).unwrap(), b"whole");
		assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
	}
}
