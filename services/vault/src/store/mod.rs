//! The store: a directory of one file system.
//!
//! ```text
//! DIR/vault.lock                       held while a vault runs; names the format
//! DIR/incoming/<n>.part                files being written; emptied at start
//! DIR/documents/<2 hex>/<64 hex>       ciphertext by its BLAKE3 hash
//! DIR/wraps/<2 hex>/<32 hex>/<version>-<64 hex>   wraps by record, version and reader
//! ```
//!
//! The store writes new content to `incoming`, syncs the file, renames the file to the final
//! place, and syncs the directory, in this order. The content appears whole or not at all.
//! Confirmed content survives a power cut. The store confirms a removal after the sync of the
//! directory.
//!
//! A document's place can hold one content only, because the name is the hash of the content. An
//! upload of the right content replaces a damaged file. The store never replaces a wrap. A client
//! must delete the wrap first.
//!
//! One vault uses a directory. A lock keeps a second vault out, because the clean-up of the second
//! vault would remove the files that the first vault writes. The kernel drops the lock with the
//! process, so a kill leaves no lock behind.

mod disk;
mod part;

use crate::decisions::Release;
use crate::ids::{DocumentHash, RecordId, WrapAddress};
use assent_protocol::documents::WRAP_BYTES;
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use part::Part;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The size of one read or write. The size bounds the memory of a transfer.
const CHUNK: usize = 256 * 1024;

/// The number of locks that keep changes of the same document or record apart.
const STRIPES: usize = 64;

const FORMAT: &str = "assent-vault store 1\n";
const LOCK: &str = "vault.lock";
const INCOMING: &str = "incoming";
const DOCUMENTS: &str = "documents";
const WRAPS: &str = "wraps";

/// The reason why the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
	/// The body's hash is not the address. The store kept no content.
	#[error("the content's hash is {found}, not the address")]
	Mismatch {
		/// The content's hash.
		found: DocumentHash,
	},
	/// Another wrap is stored at the address. The stored wrap is unchanged.
	#[error("another wrap is stored at this address")]
	Conflict,
	/// The device or the quota is full. The store kept no content.
	#[error("no space left in the store")]
	Full(#[source] io::Error),
	/// A wrap on disk does not have the size of a wrap.
	#[error("the stored wrap has {0} bytes")]
	Damaged(usize),
	/// Another vault works in this directory.
	#[error("{0} is in use by another vault")]
	Locked(PathBuf),
	/// The directory holds other files, or a store of another format.
	#[error("{0} is not empty and is not a vault's store of this format")]
	Foreign(PathBuf),
	/// The file system failed.
	#[error("{what}")]
	Io {
		/// The step that failed.
		what: &'static str,
		/// The system's error.
		#[source]
		source: io::Error,
	},
	/// The thread that worked for the store was lost.
	#[error("the storage worker was lost")]
	Worker,
}

impl StoreError {
	fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
		move |source| match source.kind() {
			io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(source),
			_ => Self::Io { what, source },
		}
	}
}

/// The effect of a successful upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
	/// The content was not there before.
	Created,
	/// The same content was there already.
	Same,
	/// The right content took the place of a damaged file.
	Repaired,
}

/// A store on a directory. A clone is cheap.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
	root: PathBuf,
	/// The lock file, held and never read. If the file is closed, another vault can take the
	/// directory.
	_lock: File,
	next: AtomicU64,
	stripes: [Mutex<()>; STRIPES],
	/// The lock for the check and the creation of a folder. A thread that finds a folder therefore
	/// finds a durable folder.
	folders: Mutex<()>,
}

impl Store {
	/// Opens the directory, creates a missing directory, and removes the leftovers of interrupted
	/// uploads. Returns the store and the number of removed leftovers.
	pub fn open(root: &Path) -> Result<(Self, usize), StoreError> {
		disk::create_dirs(root).map_err(StoreError::io("creating the store's directory"))?;
		let lock = lock(root)?;
		for part in [INCOMING, DOCUMENTS, WRAPS] {
			disk::create_dir(&root.join(part)).map_err(StoreError::io("creating a directory"))?;
		}
		// Folders that a killed vault made may not be durable yet.
		for shelf in [DOCUMENTS, WRAPS] {
			disk::sync_dir(&root.join(shelf)).map_err(StoreError::io("syncing a directory"))?;
		}
		let removed = empty(&root.join(INCOMING)).map_err(StoreError::io("cleaning up"))?;
		disk::sync_dir(root).map_err(StoreError::io("syncing a directory"))?;
		let inner = Inner {
			root: root.to_owned(),
			_lock: lock,
			next: AtomicU64::new(0),
			stripes: std::array::from_fn(|_| Mutex::new(())),
			folders: Mutex::new(()),
		};
		Ok((Self(Arc::new(inner)), removed))
	}

	/// Begins an upload. A dropped upload removes the written bytes.
	pub async fn begin(&self) -> Result<Upload, StoreError> {
		let inner = self.0.clone();
		let part = blocking(move || inner.part()).await?;
		Ok(Upload {
			inner: self.0.clone(),
			part: Some(part),
			buffer: Vec::with_capacity(CHUNK),
			received: 0,
		})
	}

	/// Opens a document for reading. `None`: the document does not exist.
	pub async fn document(&self, address: DocumentHash) -> Result<Option<Document>, StoreError> {
		let path = self.0.document_path(address);
		blocking(move || {
			let file = match File::open(path) {
				Ok(file) => file,
				Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
				Err(error) => return Err(StoreError::io("opening a document")(error)),
			};
			let meta = file.metadata().map_err(StoreError::io("reading a document's size"))?;
			Ok(Some(Document { file, size: meta.len() }))
		})
		.await
	}

	/// Removes a document. Returns whether the document existed.
	pub async fn delete_document(&self, address: DocumentHash) -> Result<bool, StoreError> {
		let inner = self.0.clone();
		blocking(move || {
			let path = inner.document_path(address);
			let _guard = inner.stripe(&address.0);
			inner.remove(&path)
		})
		.await
	}

	/// Keeps a wrap. The same bytes again make no change. The store refuses other bytes at the
	/// same address.
	pub async fn put_wrap(
		&self,
		address: WrapAddress,
		wrap: [u8; WRAP_BYTES],
	) -> Result<Placed, StoreError> {
		let inner = self.0.clone();
		blocking(move || inner.place_wrap(address, &wrap)).await
	}

	/// Reads the wrap that a release names. Without a release the store has no way to a wrap.
	pub async fn wrap(&self, release: &Release) -> Result<Option<[u8; WRAP_BYTES]>, StoreError> {
		let path = self.0.wrap_path(release.wrap());
		blocking(move || read_wrap(&path)).await
	}

	/// Removes a wrap. Returns whether the wrap existed.
	pub async fn delete_wrap(&self, address: WrapAddress) -> Result<bool, StoreError> {
		let inner = self.0.clone();
		blocking(move || {
			let _guard = inner.stripe(&address.record.0);
			let there = inner.remove(&inner.wrap_path(address))?;
			inner.drop_empty(&inner.record_dir(address.record))?;
			Ok(there)
		})
		.await
	}

	/// Removes every wrap of a record. Returns the number of removed wraps. A second call
	/// continues an interrupted removal.
	pub async fn delete_wraps(&self, record: RecordId) -> Result<usize, StoreError> {
		let inner = self.0.clone();
		blocking(move || {
			let _guard = inner.stripe(&record.0);
			let dir = inner.record_dir(record);
			let removed = match empty(&dir) {
				Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
				removed => removed.map_err(StoreError::io("removing wraps"))?,
			};
			inner.drop_empty(&dir)?;
			Ok(removed)
		})
		.await
	}

	/// Checks that the store is writable: writes, syncs and removes a file.
	pub async fn check(&self) -> Result<(), StoreError> {
		let inner = self.0.clone();
		blocking(move || {
			let mut part = inner.part()?;
			part.append(b"ready?").and_then(|()| part.sync()).map_err(StoreError::io("probing"))
		})
		.await
	}
}

impl Inner {
	fn part(&self) -> Result<Part, StoreError> {
		let number = self.next.fetch_add(1, Ordering::Relaxed);
		Part::create(self.root.join(INCOMING).join(format!("{number}.part")))
			.map_err(StoreError::io("creating a temporary file"))
	}

	fn stripe(&self, key: &[u8]) -> MutexGuard<'_, ()> {
		let at = key.first().map_or(0, |byte| usize::from(*byte) % STRIPES);
		// The lock guards no data, so a thread that panicked left no half-changed data.
		self.stripes[at].lock().unwrap_or_else(PoisonError::into_inner)
	}

	/// Makes the folder of `path`, unless the folder exists.
	fn make_folder_of(&self, path: &Path) -> Result<(), StoreError> {
		let _guard = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
		match path.parent() {
			Some(folder) if !folder.is_dir() => disk::create_dir(folder)
				.and_then(|()| disk::sync_parent(folder))
				.map_err(StoreError::io("creating a directory")),
			_ => Ok(()),
		}
	}

	fn document_path(&self, address: DocumentHash) -> PathBuf {
		let name = address.to_string();
		self.root.join(DOCUMENTS).join(&name[..2]).join(name)
	}

	fn record_dir(&self, record: RecordId) -> PathBuf {
		let name = record.to_string();
		self.root.join(WRAPS).join(&name[..2]).join(name)
	}

	fn wrap_path(&self, address: WrapAddress) -> PathBuf {
		self.record_dir(address.record).join(format!("{}-{}", address.version, address.reader))
	}

	/// Puts a whole part in a document's place, if the hash of the part is the address.
	fn place_document(&self, part: Part, address: DocumentHash) -> Result<Placed, StoreError> {
		let found = DocumentHash(*part.hash().as_bytes());
		if found != address {
			return Err(StoreError::Mismatch { found });
		}
		part.sync().map_err(StoreError::io("syncing a document"))?;
		let path = self.document_path(address);
		let _guard = self.stripe(&address.0);
		let placed = match hash_of(&path) {
			Ok(hash) if hash == address => Placed::Same,
			Ok(_) => Placed::Repaired,
			Err(error) if error.kind() == io::ErrorKind::NotFound => Placed::Created,
			Err(error) => return Err(StoreError::io("reading the document in place")(error)),
		};
		if placed != Placed::Same {
			self.make_folder_of(&path)?;
			part.rename(&path).map_err(StoreError::io("placing a document"))?;
		}
		// The same content needs the sync too: the run that placed the content may have died
		// before the sync.
		disk::sync_parent(&path).map_err(StoreError::io("syncing a directory"))?;
		Ok(placed)
	}

	fn place_wrap(
		&self,
		address: WrapAddress,
		wrap: &[u8; WRAP_BYTES],
	) -> Result<Placed, StoreError> {
		let path = self.wrap_path(address);
		let _guard = self.stripe(&address.record.0);
		let placed = match read_wrap(&path) {
			Ok(Some(stored)) if stored == *wrap => Placed::Same,
			Ok(Some(_)) | Err(StoreError::Damaged(_)) => return Err(StoreError::Conflict),
			Err(error) => return Err(error),
			Ok(None) => {
				let mut part = self.part()?;
				part.append(wrap)
					.and_then(|()| part.sync())
					.map_err(StoreError::io("writing a wrap"))?;
				let dir = self.record_dir(address.record);
				self.make_folder_of(&dir)?;
				disk::create_dir(&dir)
					.and_then(|()| disk::sync_parent(&dir))
					.map_err(StoreError::io("creating a directory"))?;
				part.rename(&path).map_err(StoreError::io("placing a wrap"))?;
				Placed::Created
			}
		};
		disk::sync_parent(&path).map_err(StoreError::io("syncing a directory"))?;
		Ok(placed)
	}

	/// Removes a file. The removal is durable also when an earlier try got only half-way.
	fn remove(&self, path: &Path) -> Result<bool, StoreError> {
		let there = match fs::remove_file(path) {
			Ok(()) => true,
			Err(error) if error.kind() == io::ErrorKind::NotFound => false,
			Err(error) => return Err(StoreError::io("removing a file")(error)),
		};
		sync_parent_if_there(path)?;
		Ok(there)
	}

	/// Removes a record's folder when the folder is empty.
	fn drop_empty(&self, dir: &Path) -> Result<(), StoreError> {
		if let Err(error) = fs::remove_dir(dir) {
			match error.kind() {
				io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => return Ok(()),
				io::ErrorKind::NotFound => {}
				_ => return Err(StoreError::io("removing a directory")(error)),
			}
		}
		sync_parent_if_there(dir)
	}
}

fn sync_parent_if_there(path: &Path) -> Result<(), StoreError> {
	match disk::sync_parent(path) {
		Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
		result => result.map_err(StoreError::io("syncing a directory")),
	}
}

/// A document during an upload. The upload hashes and writes the document piece by piece.
pub struct Upload {
	inner: Arc<Inner>,
	part: Option<Part>,
	buffer: Vec<u8>,
	received: u64,
}

impl Upload {
	/// The number of received bytes.
	pub fn received(&self) -> u64 {
		self.received
	}

	/// Takes the next piece.
	pub async fn write(&mut self, mut piece: Bytes) -> Result<(), StoreError> {
		self.received = self.received.saturating_add(piece.len() as u64);
		while !piece.is_empty() {
			let room = CHUNK.saturating_sub(self.buffer.len()).min(piece.len());
			self.buffer.extend_from_slice(&piece.split_to(room));
			if self.buffer.len() >= CHUNK {
				self.flush().await?;
			}
		}
		Ok(())
	}

	/// Puts the document in place, if the hash of the document is the address.
	pub async fn place(mut self, address: DocumentHash) -> Result<Placed, StoreError> {
		self.flush().await?;
		let part = self.part.take().ok_or(StoreError::Worker)?;
		let inner = self.inner.clone();
		// The part moves along: a client that leaves now does not stop the step half-way.
		blocking(move || inner.place_document(part, address)).await
	}

	async fn flush(&mut self) -> Result<(), StoreError> {
		let mut part = self.part.take().ok_or(StoreError::Worker)?;
		let mut buffer = std::mem::take(&mut self.buffer);
		let (part, buffer) = blocking(move || {
			part.append(&buffer).map_err(StoreError::io("writing a document"))?;
			buffer.clear();
			Ok((part, buffer))
		})
		.await?;
		self.part = Some(part);
		self.buffer = buffer;
		Ok(())
	}
}

/// A document open for reading. The document stays readable after a removal.
pub struct Document {
	file: File,
	size: u64,
}

impl Document {
	/// The size on disk at the opening.
	pub fn size(&self) -> u64 {
		self.size
	}

	/// Reads `length` bytes from `first`, a piece at a time. The stream ends in an error when the
	/// file is shorter.
	pub fn read(
		self,
		first: u64,
		length: u64,
	) -> impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static {
		stream::try_unfold((self.file, first, length), |(mut file, at, left)| async move {
			if left == 0 {
				return Ok(None);
			}
			blocking(move || {
				let size = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
				let mut piece = vec![0; size];
				file.seek(SeekFrom::Start(at))
					.and_then(|_| file.read_exact(&mut piece))
					.map_err(StoreError::io("reading a document"))?;
				let size = size as u64;
				Ok(Some((Bytes::from(piece), (file, at + size, left - size))))
			})
			.await
		})
	}
}

async fn blocking<T: Send + 'static>(
	work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
	tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Worker)?
}

/// Takes the directory for this process, after a check that the directory is a store or empty.
fn lock(root: &Path) -> Result<File, StoreError> {
	let path = root.join(LOCK);
	let failed = || StoreError::io("locking the store");
	if !path.exists() && fs::read_dir(root).map_err(failed())?.next().is_some() {
		return Err(StoreError::Foreign(root.to_owned()));
	}
	let mut file = OpenOptions::new()
		.read(true)
		.write(true)
		.create(true)
		.truncate(false)
		.mode(0o600)
		.open(path)
		.map_err(failed())?;
	file.try_lock().map_err(|error| match error {
		TryLockError::WouldBlock => StoreError::Locked(root.to_owned()),
		TryLockError::Error(error) => failed()(error),
	})?;
	let mut format = Vec::new();
	Read::by_ref(&mut file).take(64).read_to_end(&mut format).map_err(failed())?;
	if format.is_empty() {
		file.write_all(FORMAT.as_bytes()).and_then(|()| file.sync_all()).map_err(failed())?;
	} else if format != FORMAT.as_bytes() {
		return Err(StoreError::Foreign(root.to_owned()));
	}
	Ok(file)
}

/// Removes the files of a directory.
fn empty(dir: &Path) -> io::Result<usize> {
	let mut removed = 0;
	for entry in fs::read_dir(dir)? {
		fs::remove_file(entry?.path())?;
		removed += 1;
	}
	Ok(removed)
}

fn hash_of(path: &Path) -> io::Result<DocumentHash> {
	let mut file = File::open(path)?;
	let mut hasher = blake3::Hasher::new();
	let mut buffer = vec![0; CHUNK];
	loop {
		match file.read(&mut buffer)? {
			0 => return Ok(DocumentHash(*hasher.finalize().as_bytes())),
			read => hasher.update(&buffer[..read]),
		};
	}
}

fn read_wrap(path: &Path) -> Result<Option<[u8; WRAP_BYTES]>, StoreError> {
	let file = match File::open(path) {
		Ok(file) => file,
		Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
		Err(error) => return Err(StoreError::io("opening a wrap")(error)),
	};
	let mut bytes = Vec::with_capacity(WRAP_BYTES + 1);
	file.take(WRAP_BYTES as u64 + 1)
		.read_to_end(&mut bytes)
		.map_err(StoreError::io("reading a wrap"))?;
	let size = bytes.len();
	bytes.try_into().map(Some).map_err(|_| StoreError::Damaged(size))
}

#[cfg(test)]
mod tests;
