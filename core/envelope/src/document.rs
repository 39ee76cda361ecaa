//! Sealing, opening and hashing of documents, all as streams. The memory in use does not grow
//! with the document.

use crate::{DocumentSecret, Error};
use age::{Decryptor, Encryptor};
use std::{
	fmt,
	io::{self, BufReader, Cursor, ErrorKind, Read, Write},
};
use zeroize::Zeroizing;

/// The context that separates commitments from every other use of BLAKE3. The context never
/// changes: commitments stand on chain.
pub const COMMITMENT_CONTEXT: &str = "assent 2026-11 document content commitment v1";

/// The number of bytes read at a time: one chunk of age's payload.
const CHUNK: usize = 64 * 1024;

/// The number of bytes within which the head of a sealed document must end. The heads of
/// [`seal`] end within 500 bytes. Without a limit a hostile head could fill the memory.
const HEAD_LIMIT: u64 = 16 * 1024;

/// The results of sealing, besides the ciphertext.
#[derive(Clone, Debug)]
pub struct Sealed {
	/// The secret that opens the document. The caller wraps the secret for each reader.
	pub secret: DocumentSecret,
	/// BLAKE3 of the ciphertext, for the chain.
	pub ciphertext_hash: [u8; 32],
	/// The size of the ciphertext in bytes, for the chain.
	pub size: u64,
	/// The salted commitment to the content, for the chain.
	pub commitment: [u8; 32],
	/// The salt of the commitment. Keep and destroy the salt like the secret. Without the salt
	/// the commitment reveals nothing about the content.
	pub salt: [u8; 32],
}

/// The results of opening, besides the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
	/// The size of the content in bytes.
	pub size: u64,
	/// The commitment to the content under the given salt. Compare with the registered
	/// commitment.
	pub commitment: [u8; 32],
}

/// Seals a document to a new secret that is made for this document alone.
///
/// Writes one age file to `writer` and flushes the writer. After an error, discard the output.
///
/// Errors: [`Error::Randomness`], [`Error::Read`], [`Error::Write`].
pub fn seal<R: Read, W: Write>(reader: R, writer: W) -> Result<Sealed, Error> {
	let secret = DocumentSecret::generate()?;
	let mut salt = [0; 32];
	getrandom::fill(&mut salt).map_err(Error::Randomness)?;

	let recipient = secret.identity().to_public();
	let recipients = std::iter::once(&recipient as &dyn age::Recipient);
	// One X25519 recipient is a valid set, so no error comes from here. Plugins and mixed sets
	// can fail.
	let encryptor = Encryptor::with_recipients(recipients).map_err(|_| Error::UnusableKey)?;

	let mut committer = committer(&salt);
	let mut output =
		encryptor.wrap_output(Whole(HashingWriter::new(writer))).map_err(Error::Write)?;
	pump(reader, |chunk| {
		committer.update(chunk);
		output.write_all(chunk).map_err(Error::Write)
	})?;
	let Whole(mut hashed) = output.finish().map_err(Error::Write)?;
	hashed.flush().map_err(Error::Write)?;
	let (_, ciphertext_hash, size) = hashed.finish();
	Ok(Sealed { secret, ciphertext_hash, size, commitment: *committer.finalize().as_bytes(), salt })
}

/// Opens a sealed document and returns the size of the content in bytes.
///
/// Every byte written to `writer` is authenticated. `Ok` alone tells that no byte is missing.
/// After an error, discard the output.
///
/// Errors: [`Error::NotSealed`], [`Error::WrongSecret`], [`Error::Damaged`], [`Error::Read`],
/// [`Error::Write`].
pub fn open<R: Read, W: Write>(
	secret: &DocumentSecret,
	reader: R,
	writer: W,
) -> Result<u64, Error> {
	open_each(secret, reader, writer, |_| ())
}

/// Opens a sealed document like [`open`], and computes the commitment to the content at the
/// same time. The errors are those of [`open`].
pub fn open_and_commit<R: Read, W: Write>(
	secret: &DocumentSecret,
	salt: &[u8; 32],
	reader: R,
	writer: W,
) -> Result<Opened, Error> {
	let mut committer = committer(salt);
	let size = open_each(secret, reader, writer, |chunk| {
		committer.update(chunk);
	})?;
	Ok(Opened { size, commitment: *committer.finalize().as_bytes() })
}

fn open_each<R: Read, W: Write>(
	secret: &DocumentSecret,
	reader: R,
	mut writer: W,
	mut each: impl FnMut(&[u8]),
) -> Result<u64, Error> {
	let mut source = Source(reader);
	let mut head = Vec::new();
	(&mut source).take(HEAD_LIMIT).read_to_end(&mut head).map_err(Error::Read)?;
	if !head.starts_with(b"age-encryption.org/v1\n")
		|| !head.windows(5).any(|bytes| bytes == b"\n--- ")
	{
		return Err(Error::NotSealed);
	}
	let whole = Cursor::new(head).chain(BufReader::new(source));
	let decryptor = Decryptor::new_buffered(whole).map_err(|error| match error {
		age::DecryptError::Io(error) => read_or(error, Error::NotSealed),
		_ => Error::NotSealed,
	})?;
	let identity = secret.identity();
	let content =
		decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(|error| {
			match error {
				age::DecryptError::NoMatchingKeys => Error::WrongSecret,
				_ => Error::Damaged,
			}
		})?;
	let mut size = 0;
	let done = pump(content, |chunk| {
		each(chunk);
		size += chunk.len() as u64;
		writer.write_all(chunk).map_err(Error::Write)
	});
	done.map_err(|error| match error {
		Error::Read(error) => read_or(error, Error::Damaged),
		other => other,
	})?;
	writer.flush().map_err(Error::Write)?;
	Ok(size)
}

/// The hash (BLAKE3) and the size in bytes of a sealed document, as the chain holds these.
/// Error: [`Error::Read`].
pub fn hash<R: Read>(reader: R) -> Result<([u8; 32], u64), Error> {
	let mut hashed = HashingWriter::new(io::sink());
	pump(reader, |chunk| hashed.write_all(chunk).map_err(Error::Write))?;
	let (_, hash, size) = hashed.finish();
	Ok((hash, size))
}

/// The commitment to a content under a salt. Error: [`Error::Read`].
///
/// The commitment is binding: no person can find two contents, or two salts, with the same
/// commitment. The commitment is hiding: without the salt, even a guessed content can't be
/// compared with the commitment.
pub fn commit<R: Read>(salt: &[u8; 32], reader: R) -> Result<[u8; 32], Error> {
	let mut committer = committer(salt);
	pump(reader, |chunk| {
		committer.update(chunk);
		Ok(())
	})?;
	Ok(*committer.finalize().as_bytes())
}

fn committer(salt: &[u8; 32]) -> blake3::Hasher {
	blake3::Hasher::new_keyed(&Zeroizing::new(blake3::derive_key(COMMITMENT_CONTEXT, salt)))
}

/// Passes every byte of a reader on, through one buffer. The buffer is wiped at the end.
fn pump<R: Read>(
	mut reader: R,
	mut each: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(), Error> {
	let mut buffer = Zeroizing::new(vec![0; CHUNK]);
	loop {
		match reader.read(&mut buffer) {
			Ok(0) => return Ok(()),
			Ok(read) => each(&buffer[..read])?,
			Err(error) if error.kind() == ErrorKind::Interrupted => (),
			Err(error) => return Err(Error::Read(error)),
		}
	}
}

/// A writer that passes bytes on, and counts and hashes (BLAKE3) the bytes.
pub struct HashingWriter<W> {
	inner: W,
	hasher: blake3::Hasher,
	size: u64,
}

impl<W: Write> HashingWriter<W> {
	/// A writer that writes to `inner`.
	pub fn new(inner: W) -> Self {
		Self { inner, hasher: blake3::Hasher::new(), size: 0 }
	}

	/// The number of bytes written.
	pub fn size(&self) -> u64 {
		self.size
	}

	/// The inner writer, the hash and the number of the bytes written.
	pub fn finish(self) -> (W, [u8; 32], u64) {
		(self.inner, *self.hasher.finalize().as_bytes(), self.size)
	}
}

impl<W: Write> Write for HashingWriter<W> {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		let written = self.inner.write(bytes)?;
		self.hasher.update(&bytes[..written]);
		self.size += written as u64;
		Ok(written)
	}

	fn flush(&mut self) -> io::Result<()> {
		self.inner.flush()
	}
}

/// A writer that takes all bytes of each call. The age library expects such a writer for the
/// head of a file. Pipes and sockets can take less.
struct Whole<W>(W);

impl<W: Write> Write for Whole<W> {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		self.0.write_all(bytes)?;
		Ok(bytes.len())
	}

	fn flush(&mut self) -> io::Result<()> {
		self.0.flush()
	}
}

/// Marks the errors of the caller's reader. Without the mark, such an error would look like
/// damage of the document.
struct Source<R>(R);

impl<R: Read> Read for Source<R> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		self.0.read(buffer).map_err(|error| io::Error::new(error.kind(), FromSource(error)))
	}
}

#[derive(Debug)]
struct FromSource(io::Error);

impl fmt::Display for FromSource {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.fmt(f)
	}
}

impl std::error::Error for FromSource {}

/// The error of the caller's reader as [`Error::Read`]. Any other error as `otherwise`.
fn read_or(error: io::Error, otherwise: Error) -> Error {
	match error.downcast::<FromSource>() {
		Ok(FromSource(error)) => Error::Read(error),
		Err(_) => otherwise,
	}
}
