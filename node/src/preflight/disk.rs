//! Room on the disk that holds the database. The database is mapped into memory. If the disk has
//! no room for another page, the system ends the node without a word. A node therefore does not
//! start on a disk that is nearly full. A running node ends in order and says why, while the disk
//! still has some room.

use futures::{Stream, StreamExt};
use std::path::Path;

const MIB: u64 = 1024 * 1024;

/// Refuses a disk with fewer MiB free than `least`. With 0 the function does not look at the disk.
/// The path need not exist yet. A disk that can't be asked passes as a good disk, because a
/// validator must not stop for an unknown figure.
pub fn check(path: &Path, least: u64) -> Result<(), String> {
	if least == 0 {
		return Ok(());
	}
	match free(path) {
		Ok(free) if free < least => Err(format!(
			"the disk that holds the database {} has {free} MiB free, and a node needs at least \
			{least}: make room, or lower --min-free-disk",
			path.display()
		)),
		Ok(_) => Ok(()),
		Err(error) => {
			log::warn!("How full the disk of {} is can't be told: {error}", path.display());
			Ok(())
		}
	}
}

/// Looks at the disk after each block, and returns when the disk has too little room.
pub async fn watch<B>(mut blocks: impl Stream<Item = B> + Unpin, path: &Path, least: u64) {
	while blocks.next().await.is_some() {
		if let Err(error) = check(path, least) {
			log::error!("This node ends: {error}");
			return;
		}
	}
}

/// The free MiB on the disk of the path. The path need not exist yet.
fn free(path: &Path) -> std::io::Result<u64> {
	let path = std::path::absolute(path)?;
	let there = path.ancestors().find(|folder| folder.exists()).unwrap_or(&path);
	let disk = rustix::fs::statvfs(there)?;
	Ok(disk.f_bavail.saturating_mul(disk.f_frsize) / MIB)
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::{executor::block_on, stream};

	#[test]
	fn disk_should_be_refused_with_its_path_and_the_option_when_too_full() {
		let path = std::env::temp_dir().join("assent/not/made/yet");
		check(&path, 1).unwrap();
		let said = check(&path, u64::MAX).unwrap_err();
		assert!(said.contains(&path.display().to_string()), "{said}");
		assert!(said.contains("--min-free-disk"), "{said}");
	}

	#[test]
	fn disk_should_not_be_looked_at_when_nothing_must_be_free() {
		check(Path::new("/"), 0).unwrap();
	}

	#[test]
	fn watch_should_return_at_the_first_block_when_the_disk_is_too_full() {
		let mut blocks = stream::iter(1..=3);
		block_on(watch(&mut blocks, Path::new("/"), u64::MAX));
		assert_eq!(block_on(blocks.next()), Some(2));
	}

	#[test]
	fn watch_should_see_every_block_when_there_is_room() {
		let mut blocks = stream::iter(1..=3);
		block_on(watch(&mut blocks, Path::new("/"), 0));
		assert_eq!(block_on(blocks.next()), None);
	}
}
