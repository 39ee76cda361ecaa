//! A temporary file. The part hashes the bytes during the writing. A part dropped before the
//! placing removes the file.

use super::disk;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

pub(super) struct Part {
	path: PathBuf,
	file: File,
	hasher: blake3::Hasher,
	placed: bool,
}

impl Part {
	pub(super) fn create(path: PathBuf) -> io::Result<Self> {
		let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
		Ok(Self { path, file, hasher: blake3::Hasher::new(), placed: false })
	}

	pub(super) fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
		self.hasher.update(bytes);
		self.file.write_all(bytes)
	}

	pub(super) fn hash(&self) -> blake3::Hash {
		self.hasher.finalize()
	}

	pub(super) fn sync(&self) -> io::Result<()> {
		disk::sync_file(&self.file)
	}

	pub(super) fn rename(mut self, to: &Path) -> io::Result<()> {
		disk::rename(&self.path, to)?;
		self.placed = true;
		Ok(())
	}
}

impl Drop for Part {
	fn drop(&mut self) {
		if !self.placed {
			// The removal may fail. The next start removes the file, and the file is never
			// visible.
			let _ = fs::remove_file(&self.path);
		}
	}
}
