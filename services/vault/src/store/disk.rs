//! The steps that make a change durable. In tests each step leaves a line in a journal, to test
//! the order too: no test can pull the plug.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

/// The mode of a directory: the vault's own user alone reads the store.
const DIR_MODE: u32 = 0o700;

/// Creates a directory unless the directory exists.
pub(super) fn create_dir(path: &Path) -> io::Result<()> {
	match DirBuilder::new().mode(DIR_MODE).create(path) {
		Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
		result => result,
	}
}

/// Creates a directory and the directories above.
pub(super) fn create_dirs(path: &Path) -> io::Result<()> {
	DirBuilder::new().recursive(true).mode(DIR_MODE).create(path)
}

/// Makes a file's content durable.
pub(super) fn sync_file(file: &File) -> io::Result<()> {
	note("sync file");
	file.sync_all()
}

/// Moves a file to the final place, in one step.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
	note("rename");
	fs::rename(from, to)
}

/// Makes a directory's names durable.
pub(super) fn sync_dir(path: &Path) -> io::Result<()> {
	note(&format!("sync dir {}", path.file_name().unwrap_or_default().to_string_lossy()));
	File::open(path)?.sync_all()
}

/// Makes the name of `path` durable.
pub(super) fn sync_parent(path: &Path) -> io::Result<()> {
	path.parent().map_or(Ok(()), sync_dir)
}

#[cfg(not(test))]
fn note(_step: &str) {}

#[cfg(test)]
fn note(step: &str) {
	journal::JOURNAL.with_borrow_mut(|journal| journal.push(step.to_owned()));
}

#[cfg(test)]
pub(super) mod journal {
	use std::cell::RefCell;

	thread_local! {
		pub(super) static JOURNAL: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
	}

	/// The steps on this thread since the last call.
	pub(crate) fn take() -> Vec<String> {
		JOURNAL.take()
	}
}
