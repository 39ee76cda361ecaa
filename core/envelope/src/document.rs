//! Sealing, opening and hashing, all as streams: memory does not grow with the document.

use crate::{DocumentSecret, Error};
use age::{Decryptor, Encryptor};
use std::{
	fmt,
	io::{self, BufReader, Cursor, ErrorKind, Read, Write},
};
use zeroize::Zeroizing;

/// What separates commitments from every other use of BLAKE3.
pub const COMMITMENT_CONTEXT: &str = "assent 2026-11 document content commitment v1";

/// How much is read at a time: a chunk of age's payload.
const CHUNK: usize = 64 * 1024;

/// Where the head of a sealed document must have ended. Ours end within 500 bytes; without
/// a limit a hostile head could fill the memory.
const HEAD_LIMIT: u64 = 16 * 1024;

/// What sealing gives besides the ciphertext.
#[derive(Clone, Debug)]
pub struct Sealed {
	/// Opens the document: to be wrapped for each reader.
	pub secret: DocumentSecret,
	/// BLAKE3 of the ciphertext: for the chain.
	pub ciphertext_hash: [u8; 32],
	/// Bytes of the ciphertext: for the chain.
	pub size: u64,
	/// Salted commitment to the content: for the chain.
	pub commitment: [u8; 32],
	/// The commitment's salt: to be kept and destroyed like the secret. Without it the
	/// commitment says nothing about the content.
	pub salt: [u8; 32],
}

/// What opening tells besides the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
	/// Bytes of the content.
	pub size: u64,
	/// Commitment to the content under the salt given: compare it with the registered one.
	pub commitment: [u8; 32],
}

/// Seals a document to a secret made for it alone.
///
/// Writes one age file to `writer` and flushes it. On an error discard what was written.
pub fn seal<R: Read, W: Write>(reader: R, writer: W) -> Result<Sealed, Error> {
	let secret = DocumentSecret::generate()?;
	let mut salt = [0; 32];
	getrandom::fill(&mut salt).map_err(Error::Randomness)?;

	let recipient = secret.identity().to_public();
	let recipients = std::iter::once(&recipient as &dyn age::Recipient);
	// One X25519 recipient is a valid set; only plugins and mixed sets fail.
	let encryptor = Encryptor::with_recipients(recipients).map_err(|_| Error::UnusableKey)?;

	let mut committer = committer(&salt);
	let mut output = encryptor
		.wrap_output(Whole(HashingWriter::new(writer)))
		.map_err(Error::Write)?;
	pump(reader, |chunk| {
		committer.update(chunk);
		output.write_all(chunk).map_err(Error::Write)
	})?;
	let Whole(mut hashed) = output.finish().map_err(Error::Write)?;
	hashed.flush().map_err(Error::Write)?;
	let (_, ciphertext_hash, size) = hashed.finish();
	Ok(Sealed {
		secret,
		ciphertext_hash,
		size,
		commitment: *committer.finalize().as_bytes(),
		salt,
	})
}

/// Opens a sealed document and returns the size of its content.
///
/// Every byte written to `writer` is authenticated, but only `Ok` tells that none is
/// missing: on an error discard what was written.
pub fn open<R: Read, W: Write>(
	secret: &DocumentSecret,
	reader: R,
	writer: W,
) -> Result<u64, Error> {
	open_each(secret, reader, writer, |_| ())
}

/// Opens a sealed document, computing the commitment to its content on the way.
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
	Ok(Opened {
		size,
		commitment: *committer.finalize().as_bytes(),
	})
}

fn open_each<R: Read, W: Write>(
	secret: &DocumentSecret,
	reader: R,
	mut writer: W,
	mut each: impl FnMut(&[u8]),
) -> Result<u64, Error> {
	let mut source = Source(reader);
	let mut head = Vec::new();
	(&mut source)
		.take(HEAD_LIMIT)
		.read_to_end(&mut head)
		.map_err(Error::Read)?;
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
	let content = decryptor
		.decrypt(std::iter::once(&identity as &dyn age::Identity))
		.map_err(|error| match error {
			age::DecryptError::NoMatchingKeys => Error::WrongSecret,
			_ => Error::Damaged,
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

/// Hash and size of a sealed document, as the chain holds them.
pub fn hash<R: Read>(reader: R) -> Result<([u8; 32], u64), Error> {
	let mut hashed = HashingWriter::new(io::sink());
	pump(reader, |chunk| {
		hashed.write_all(chunk).map_err(Error::Write)
	})?;
	let (_, hash, size) = hashed.finish();
	Ok((hash, size))
}

/// Commitment to a content under a salt.
///
/// It binds: nobody finds two contents, or two salts, with one commitment. It hides:
/// without the salt not even a guessed content can be checked against it.
pub fn commit<R: Read>(salt: &[u8; 32], reader: R) -> Result<[u8; 32], Error> {
	let mut committer = committer(salt);
	pump(reader, |chunk| {
		committer.update(chunk);
		Ok(())
	})?;
	Ok(*committer.finalize().as_bytes())
}

fn committer(salt: &[u8; 32]) -> blake3::Hasher {
	blake3::Hasher::new_keyed(&Zeroizing::new(blake3::derive_key(
		COMMITMENT_CONTEXT,
		salt,
	)))
}

/// Hands on everything that a reader gives, through one buffer that is wiped afterwards.
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

/// Passes on what is written, counting and hashing it (BLAKE3).
pub struct HashingWriter<W> {
	inner: W,
	hasher: blake3::Hasher,
	size: u64,
}

impl<W: Write> HashingWriter<W> {
	/// Writes to `inner`.
	pub fn new(inner: W) -> Self {
		Self {
			inner,
			hasher: blake3::Hasher::new(),
			size: 0,
		}
	}

	/// Bytes written so far.
	pub fn size(&self) -> u64 {
		self.size
	}

	/// The writer, the hash and the size of everything written.
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

/// Takes all that it is given: the age library expects that of a writer for the head of a
/// file, and pipes and sockets take less.
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

/// Marks the errors of the reader that was handed in, so that they are not taken for
/// damage to the document.
struct Source<R>(R);

impl<R: Read> Read for Source<R> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		self.0
			.read(buffer)
			.map_err(|error| io::Error::new(error.kind(), FromSource(error)))
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

/// The reader's own error as such; any other means `otherwise`.
fn read_or(error: io::Error, otherwise: Error) -> Error {
	match error.downcast::<FromSource>() {
		Ok(FromSource(error)) => Error::Read(error),
		Err(_) => otherwise,
	}
}
