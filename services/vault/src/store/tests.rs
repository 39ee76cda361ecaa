use super::*;
use crate::decisions::WrapRequest;
use crate::ids::{EntryHash, Reader, Version};
use futures_util::TryStreamExt;

const WRAP: [u8; WRAP_BYTES] = [7; WRAP_BYTES];

fn open() -> (tempfile::TempDir, Store) {
	let dir = tempfile::tempdir().unwrap();
	let (store, _) = Store::open(&dir.path().join("store")).unwrap();
	(dir, store)
}

fn address_of(content: &[u8]) -> DocumentHash {
	DocumentHash(*blake3::hash(content).as_bytes())
}

fn wrap_address(reader: u8) -> WrapAddress {
	WrapAddress {
		record: RecordId([1; 16]),
		version: Version::parse("1").unwrap(),
		reader: Reader([reader; 32]),
	}
}

fn release(wrap: WrapAddress) -> Release {
	Release::granted(&WrapRequest { wrap, entry: EntryHash([0; 32]) })
}

async fn put(store: &Store, content: &[u8], address: DocumentHash) -> Result<Placed, StoreError> {
	let mut upload = store.begin().await?;
	upload.write(Bytes::copy_from_slice(content)).await?;
	upload.place(address).await
}

async fn get(store: &Store, address: DocumentHash) -> Option<Vec<u8>> {
	let document = store.document(address).await.unwrap()?;
	let size = document.size();
	let pieces: Vec<Bytes> = document.read(0, size).try_collect().await.unwrap();
	Some(pieces.concat())
}

fn part_of(store: &Store, content: &[u8]) -> Part {
	let mut part = store.0.part().unwrap();
	part.append(content).unwrap();
	part
}

fn leftovers(store: &Store) -> usize {
	fs::read_dir(store.0.root.join(INCOMING)).unwrap().count()
}

#[test]
fn document_should_be_synced_then_renamed_then_its_directory_synced() {
	let (_dir, store) = open();
	let address = address_of(b"x");
	let part = part_of(&store, b"x");
	disk::journal::take();
	assert_eq!(store.0.place_document(part, address).unwrap(), Placed::Created);
	let shard = format!("sync dir {}", &address.to_string()[..2]);
	let steps = ["sync file", "sync dir documents", "rename", &shard];
	assert_eq!(disk::journal::take(), steps);
}

#[test]
fn document_should_have_its_directory_synced_when_same_content_was_there() {
	let (_dir, store) = open();
	let address = address_of(b"x");
	store.0.place_document(part_of(&store, b"x"), address).unwrap();
	disk::journal::take();
	assert_eq!(store.0.place_document(part_of(&store, b"x"), address).unwrap(), Placed::Same);
	let shard = format!("sync dir {}", &address.to_string()[..2]);
	assert_eq!(disk::journal::take(), ["sync file", shard.as_str()]);
}

#[test]
fn wrap_should_be_synced_then_renamed_then_its_directory_synced() {
	let (_dir, store) = open();
	let record = RecordId([1; 16]);
	disk::journal::take();
	assert_eq!(store.0.place_wrap(wrap_address(2), &WRAP).unwrap(), Placed::Created);
	let dir = format!("sync dir {record}");
	let steps = ["sync file", "sync dir wraps", "sync dir 01", "rename", &dir];
	assert_eq!(disk::journal::take(), steps);
}

#[test]
fn removal_should_sync_the_directory() {
	let (_dir, store) = open();
	let address = address_of(b"x");
	store.0.place_document(part_of(&store, b"x"), address).unwrap();
	disk::journal::take();
	assert!(store.0.remove(&store.0.document_path(address)).unwrap());
	let step = format!("sync dir {}", &address.to_string()[..2]);
	assert_eq!(disk::journal::take(), [step.as_str()]);
	// A second removal syncs too: the first removal may have died before the sync.
	assert!(!store.0.remove(&store.0.document_path(address)).unwrap());
	assert_eq!(disk::journal::take(), [step]);
}

#[tokio::test]
async fn document_should_leave_nothing_when_its_hash_differs() {
	let (_dir, store) = open();
	let address = address_of(b"right");
	let error = put(&store, b"wrong", address).await.unwrap_err();
	assert!(matches!(error, StoreError::Mismatch { found } if found == address_of(b"wrong")));
	assert_eq!(get(&store, address).await, None);
	assert_eq!(get(&store, address_of(b"wrong")).await, None);
	assert_eq!(leftovers(&store), 0);
}

#[tokio::test]
async fn document_should_stay_when_other_content_is_put_at_its_address() {
	let (_dir, store) = open();
	let address = address_of(b"right");
	assert_eq!(put(&store, b"right", address).await.unwrap(), Placed::Created);
	assert_eq!(put(&store, b"right", address).await.unwrap(), Placed::Same);
	assert!(matches!(put(&store, b"wrong", address).await, Err(StoreError::Mismatch { .. })));
	assert_eq!(get(&store, address).await.unwrap(), b"right");
	assert_eq!(leftovers(&store), 0);
}

#[tokio::test]
async fn document_should_be_repaired_when_damaged_on_disk() {
	let (_dir, store) = open();
	let address = address_of(b"right");
	put(&store, b"right", address).await.unwrap();
	fs::write(store.0.document_path(address), b"rot").unwrap();
	assert_eq!(get(&store, address).await.unwrap(), b"rot");
	assert_eq!(put(&store, b"right", address).await.unwrap(), Placed::Repaired);
	assert_eq!(get(&store, address).await.unwrap(), b"right");
}

#[tokio::test]
async fn document_should_round_trip_when_pieces_straddle_chunks() {
	let (_dir, store) = open();
	for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5] {
		let content: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
		let mut upload = store.begin().await.unwrap();
		for piece in content.chunks(100_003) {
			upload.write(Bytes::copy_from_slice(piece)).await.unwrap();
		}
		assert_eq!(upload.received(), size as u64);
		assert_eq!(upload.place(address_of(&content)).await.unwrap(), Placed::Created);
		assert_eq!(get(&store, address_of(&content)).await.unwrap(), content);
	}
}

#[tokio::test]
async fn reading_should_fail_when_the_file_is_shorter_than_it_was() {
	let (_dir, store) = open();
	let address = address_of(b"0123456789");
	put(&store, b"0123456789", address).await.unwrap();
	let document = store.document(address).await.unwrap().unwrap();
	fs::write(store.0.document_path(address), b"0123").unwrap();
	let read: Result<Vec<Bytes>, _> = document.read(0, 10).try_collect().await;
	assert!(read.is_err());
}

#[tokio::test]
async fn upload_should_leave_nothing_when_dropped() {
	let (_dir, store) = open();
	let mut upload = store.begin().await.unwrap();
	upload.write(Bytes::from(vec![1; CHUNK + 1])).await.unwrap();
	assert_eq!(leftovers(&store), 1);
	drop(upload);
	assert_eq!(leftovers(&store), 0);
}

#[tokio::test]
async fn deleting_should_say_whether_it_was_there() {
	let (_dir, store) = open();
	let address = address_of(b"x");
	assert!(!store.delete_document(address).await.unwrap());
	put(&store, b"x", address).await.unwrap();
	assert!(store.delete_document(address).await.unwrap());
	assert_eq!(get(&store, address).await, None);
	assert!(!store.delete_document(address).await.unwrap());
}

#[tokio::test]
async fn wrap_should_stay_when_another_is_put_at_its_address() {
	let (_dir, store) = open();
	let address = wrap_address(2);
	assert_eq!(store.put_wrap(address, WRAP).await.unwrap(), Placed::Created);
	assert_eq!(store.put_wrap(address, WRAP).await.unwrap(), Placed::Same);
	let other = store.put_wrap(address, [8; WRAP_BYTES]).await;
	assert!(matches!(other, Err(StoreError::Conflict)));
	assert_eq!(store.wrap(&release(address)).await.unwrap(), Some(WRAP));
	assert_eq!(leftovers(&store), 0);
}

#[tokio::test]
async fn wrap_should_be_refused_when_damaged_on_disk() {
	let (_dir, store) = open();
	let address = wrap_address(2);
	store.put_wrap(address, WRAP).await.unwrap();
	for damaged in [&[7; 79][..], &[7; 81]] {
		fs::write(store.0.wrap_path(address), damaged).unwrap();
		let read = store.wrap(&release(address)).await;
		assert!(matches!(read, Err(StoreError::Damaged(size)) if size == damaged.len()));
	}
}

#[tokio::test]
async fn wrap_should_stay_when_damaged_on_disk_and_another_is_put() {
	let (_dir, store) = open();
	let address = wrap_address(2);
	store.put_wrap(address, WRAP).await.unwrap();
	fs::write(store.0.wrap_path(address), b"rot").unwrap();
	assert!(matches!(store.put_wrap(address, WRAP).await, Err(StoreError::Conflict)));
	assert!(store.delete_wrap(address).await.unwrap());
	assert_eq!(store.put_wrap(address, WRAP).await.unwrap(), Placed::Created);
}

#[tokio::test]
async fn deleting_wraps_should_take_one_or_all_of_a_record() {
	let (_dir, store) = open();
	for reader in 1..=3 {
		store.put_wrap(wrap_address(reader), WRAP).await.unwrap();
	}
	let other = WrapAddress { record: RecordId([2; 16]), ..wrap_address(1) };
	store.put_wrap(other, WRAP).await.unwrap();

	assert!(store.delete_wrap(wrap_address(1)).await.unwrap());
	assert!(!store.delete_wrap(wrap_address(1)).await.unwrap());
	assert_eq!(store.wrap(&release(wrap_address(1))).await.unwrap(), None);
	assert_eq!(store.wrap(&release(wrap_address(2))).await.unwrap(), Some(WRAP));

	assert_eq!(store.delete_wraps(RecordId([1; 16])).await.unwrap(), 2);
	assert_eq!(store.delete_wraps(RecordId([1; 16])).await.unwrap(), 0);
	assert_eq!(store.wrap(&release(wrap_address(2))).await.unwrap(), None);
	assert_eq!(store.wrap(&release(other)).await.unwrap(), Some(WRAP));
	assert!(!store.0.record_dir(RecordId([1; 16])).exists());
}

#[test]
fn open_should_remove_what_an_interrupted_upload_left() {
	let dir = tempfile::tempdir().unwrap();
	let (store, removed) = Store::open(dir.path()).unwrap();
	assert_eq!(removed, 0);
	store.0.place_document(part_of(&store, b"kept"), address_of(b"kept")).unwrap();
	drop(store);
	fs::write(dir.path().join(INCOMING).join("0.part"), b"half").unwrap();
	let (store, removed) = Store::open(dir.path()).unwrap();
	assert_eq!(removed, 1);
	assert_eq!(leftovers(&store), 0);
	assert!(store.0.document_path(address_of(b"kept")).exists());
}

#[test]
fn open_should_fail_when_another_vault_works_there() {
	let (dir, store) = open();
	let path = dir.path().join("store");
	assert!(matches!(Store::open(&path), Err(StoreError::Locked(_))));
	drop(store);
	assert!(Store::open(&path).is_ok());
}

#[test]
fn open_should_leave_alone_a_directory_that_is_not_a_store() {
	let dir = tempfile::tempdir().unwrap();
	fs::create_dir(dir.path().join(INCOMING)).unwrap();
	fs::write(dir.path().join(INCOMING).join("thesis.part"), b"precious").unwrap();
	assert!(matches!(Store::open(dir.path()), Err(StoreError::Foreign(_))));
	assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);

	let dir = tempfile::tempdir().unwrap();
	fs::write(dir.path().join(LOCK), "assent-vault store 2\n").unwrap();
	assert!(matches!(Store::open(dir.path()), Err(StoreError::Foreign(_))));
}

#[test]
fn store_should_be_readable_by_its_user_only() {
	use std::os::unix::fs::MetadataExt;
	let (_dir, store) = open();
	store.0.place_document(part_of(&store, b"x"), address_of(b"x")).unwrap();
	let path = store.0.document_path(address_of(b"x"));
	assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
	for dir in [&store.0.root, &store.0.root.join(DOCUMENTS), path.parent().unwrap()] {
		assert_eq!(fs::metadata(dir).unwrap().mode() & 0o777, 0o700);
	}
}

#[test]
fn full_device_should_be_told_apart() {
	for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
		assert!(matches!(StoreError::io("x")(kind.into()), StoreError::Full(_)));
	}
	let other = StoreError::io("x")(io::ErrorKind::PermissionDenied.into());
	assert!(matches!(other, StoreError::Io { what: "x", .. }));
}
