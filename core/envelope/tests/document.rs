//! Sealing, opening, hashing and committing.

use assent_envelope::*;
use std::io::{self, Read, Write};

const CHUNK: usize = 64 * 1024;

fn content(size: usize) -> Vec<u8> {
	(0..size).map(|at| (at % 251) as u8).collect()
}

fn sealed(content: &[u8]) -> (Sealed, Vec<u8>) {
	let mut ciphertext = Vec::new();
	(seal(content, &mut ciphertext).unwrap(), ciphertext)
}

fn opened(secret: &DocumentSecret, ciphertext: &[u8]) -> Result<Vec<u8>, Error> {
	let mut content = Vec::new();
	let size = open(secret, ciphertext, &mut content)?;
	assert_eq!(size, content.len() as u64);
	Ok(content)
}

/// The place where the payload begins: after the line of the header's MAC and the nonce.
fn payload(ciphertext: &[u8]) -> usize {
	let mac = ciphertext.windows(5).position(|bytes| bytes == b"\n--- ").unwrap() + 1;
	mac + ciphertext[mac..].iter().position(|byte| *byte == b'\n').unwrap() + 1 + 16
}

/// A stream that gives and takes a few bytes at a time, never all bytes, and interrupts every
/// third step.
struct Dribble<T>(T, usize);

impl<T> Dribble<T> {
	fn step(&mut self) -> io::Result<usize> {
		self.1 += 1;
		if self.1.is_multiple_of(3) {
			return Err(io::ErrorKind::Interrupted.into());
		}
		Ok([1, 7, 1_000, 70_000][self.1 % 4])
	}
}

impl<R: Read> Read for Dribble<R> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		let most = self.step()?.min(buffer.len());
		self.0.read(&mut buffer[..most])
	}
}

impl<W: Write> Write for Dribble<W> {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		let most = self.step()?.min(bytes.len());
		self.0.write(&bytes[..most])
	}

	fn flush(&mut self) -> io::Result<()> {
		self.0.flush()
	}
}

/// A stream that breaks after some bytes.
struct Breaking(usize);

impl Breaking {
	fn step(&mut self, wanted: usize) -> io::Result<usize> {
		if self.0 == 0 {
			return Err(io::Error::new(io::ErrorKind::InvalidData, "the line is down"));
		}
		let given = wanted.min(self.0);
		self.0 -= given;
		Ok(given)
	}
}

impl Read for Breaking {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		self.step(buffer.len())
	}
}

impl Write for Breaking {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		self.step(bytes.len())
	}

	fn flush(&mut self) -> io::Result<()> {
		Ok(())
	}
}

#[test]
fn open_should_give_the_content_back_when_sealed() {
	for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * 1024 * 1024 + 17] {
		let content = content(size);
		let (sealed, ciphertext) = sealed(&content);
		assert!(opened(&sealed.secret, &ciphertext).unwrap() == content, "{size} bytes");
		assert_eq!(sealed.size, ciphertext.len() as u64);
		assert_eq!(sealed.ciphertext_hash, *blake3::hash(&ciphertext).as_bytes());
		assert_eq!(hash(&ciphertext[..]).unwrap(), (sealed.ciphertext_hash, sealed.size));
		assert_eq!(commit(&sealed.salt, &content[..]).unwrap(), sealed.commitment);
		let again =
			open_and_commit(&sealed.secret, &sealed.salt, &ciphertext[..], io::sink()).unwrap();
		assert_eq!(again, Opened { size: size as u64, commitment: sealed.commitment });
	}
}

#[test]
fn streams_should_be_followed_when_they_give_and_take_little_by_little() {
	let content = content(2 * CHUNK + 5);
	let mut ciphertext = Vec::new();
	let sealed = seal(Dribble(&content[..], 0), Dribble(&mut ciphertext, 0)).unwrap();
	assert_eq!(hash(Dribble(&ciphertext[..], 0)).unwrap(), (sealed.ciphertext_hash, sealed.size));
	assert_eq!(sealed.size, ciphertext.len() as u64);
	let mut again = Vec::new();
	open(&sealed.secret, Dribble(&ciphertext[..], 0), Dribble(&mut again, 0)).unwrap();
	assert!(again == content);
}

#[test]
fn seal_should_share_nothing_when_the_content_is_the_same() {
	let (one, two) = (sealed(b"same"), sealed(b"same"));
	assert_ne!(one.0.secret.to_bytes(), two.0.secret.to_bytes());
	assert_ne!(one.0.ciphertext_hash, two.0.ciphertext_hash);
	assert_ne!(one.0.salt, two.0.salt);
	assert_ne!(one.0.commitment, two.0.commitment);
}

#[test]
fn ciphertext_should_not_show_the_content_when_sealed() {
	let text = b"a name that must not be readable anywhere";
	let (_, ciphertext) = sealed(text);
	assert!(!ciphertext.windows(6).any(|bytes| bytes == b"a name"));
}

#[test]
fn open_should_fail_when_the_secret_is_of_another_document() {
	let (_, ciphertext) = sealed(b"one");
	let (other, _) = sealed(b"two");
	assert!(matches!(opened(&other.secret, &ciphertext), Err(Error::WrongSecret)));
}

#[test]
fn open_should_fail_when_any_byte_was_altered() {
	let (sealed, ciphertext) = sealed(b"short");
	for at in 0..ciphertext.len() {
		for flip in [1, 0x80] {
			let mut altered = ciphertext.clone();
			altered[at] ^= flip;
			assert!(opened(&sealed.secret, &altered).is_err(), "byte {at}");
		}
	}
}

#[test]
fn open_should_tell_damage_when_the_payload_was_altered() {
	let content = content(3 * CHUNK);
	let (sealed, ciphertext) = sealed(&content);
	let start = payload(&ciphertext);
	for at in [start, start + CHUNK + 16, ciphertext.len() - 1] {
		let mut altered = ciphertext.clone();
		altered[at] ^= 1;
		assert!(matches!(opened(&sealed.secret, &altered), Err(Error::Damaged)), "byte {at}");
	}
}

#[test]
fn open_should_fail_when_the_document_was_cut_off_anywhere() {
	let (sealed, ciphertext) = sealed(b"short");
	for length in 0..ciphertext.len() {
		assert!(opened(&sealed.secret, &ciphertext[..length]).is_err(), "{length} bytes");
	}
}

#[test]
fn open_should_tell_damage_when_whole_chunks_are_missing() {
	let content = content(3 * CHUNK);
	let (sealed, ciphertext) = sealed(&content);
	let start = payload(&ciphertext);
	for chunks in 0..3 {
		let cut = &ciphertext[..start + chunks * (CHUNK + 16)];
		assert!(matches!(opened(&sealed.secret, cut), Err(Error::Damaged)), "{chunks} chunks");
	}
	let mut without_first = ciphertext[..start].to_vec();
	without_first.extend(&ciphertext[start + CHUNK + 16..]);
	assert!(matches!(opened(&sealed.secret, &without_first), Err(Error::Damaged)));
}

#[test]
fn open_should_tell_damage_when_something_was_added() {
	for size in [0, 5, CHUNK] {
		let (sealed, mut ciphertext) = sealed(&content(size));
		ciphertext.push(0);
		assert!(matches!(opened(&sealed.secret, &ciphertext), Err(Error::Damaged)), "{size}");
	}
}

#[test]
fn open_should_refuse_when_it_is_no_sealed_document() {
	let (sealed, ciphertext) = sealed(b"content");
	let armoured = b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3Yx\n";
	let mut newer = ciphertext.clone();
	newer[20] = b'2';
	for bytes in [&b""[..], b"%PDF-1.7\n", armoured, b"age-encryption.org/v1\n", &newer] {
		assert!(matches!(opened(&sealed.secret, bytes), Err(Error::NotSealed)));
	}
}

#[test]
fn open_should_refuse_when_the_head_never_ends() {
	struct Endless(u64);
	impl Read for Endless {
		fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
			const HEAD: &[u8] = b"age-encryption.org/v1\n-> X25519 ";
			for byte in buffer.iter_mut() {
				*byte = HEAD.get(self.0 as usize).copied().unwrap_or(b'A');
				self.0 += 1;
			}
			assert!(self.0 < 1024 * 1024, "read on without end");
			Ok(buffer.len())
		}
	}
	let (sealed, _) = sealed(b"content");
	assert!(matches!(open(&sealed.secret, Endless(0), io::sink()), Err(Error::NotSealed)));
}

#[test]
fn reading_errors_should_not_look_like_damage_when_the_line_breaks() {
	let (sealed, ciphertext) = sealed(&content(2 * CHUNK));
	for length in [0, 10, payload(&ciphertext) + 100, payload(&ciphertext) + CHUNK + 16] {
		let broken = (&ciphertext[..length]).chain(Breaking(0));
		let error = open(&sealed.secret, broken, io::sink()).unwrap_err();
		let Error::Read(source) = error else { panic!("{length}: {error:?}") };
		assert_eq!(source.to_string(), "the line is down");
	}
	assert!(matches!(seal(Breaking(CHUNK + 1), io::sink()), Err(Error::Read(_))));
	assert!(matches!(hash(Breaking(CHUNK + 1)), Err(Error::Read(_))));
	assert!(matches!(commit(&[0; 32], Breaking(1)), Err(Error::Read(_))));
}

#[test]
fn writing_errors_should_be_told_when_the_disk_is_full() {
	let content = content(2 * CHUNK);
	let (sealed, ciphertext) = sealed(&content);
	for room in [0, 100, CHUNK + 1_000, content.len()] {
		assert!(matches!(seal(&content[..], Breaking(room)), Err(Error::Write(_))), "{room}");
	}
	for room in [0, 100, content.len() - 1] {
		let result = open(&sealed.secret, &ciphertext[..], Breaking(room));
		assert!(matches!(result, Err(Error::Write(_))), "{room}");
	}
}

#[test]
fn open_should_write_nothing_false_when_a_later_chunk_was_altered() {
	let content = content(3 * CHUNK);
	let (sealed, mut ciphertext) = sealed(&content);
	let last = ciphertext.len() - 1;
	ciphertext[last] ^= 1;
	let mut written = Vec::new();
	assert!(open(&sealed.secret, &ciphertext[..], &mut written).is_err());
	assert!(written == content[..2 * CHUNK]);
}

#[test]
fn commitment_should_differ_when_salt_or_content_differs() {
	let commitment = commit(&[1; 32], &b"content"[..]).unwrap();
	assert_ne!(commitment, commit(&[2; 32], &b"content"[..]).unwrap());
	assert_ne!(commitment, commit(&[1; 32], &b"contents"[..]).unwrap());
	assert_ne!(commitment, *blake3::hash(b"content").as_bytes());
	assert_ne!(commitment, *blake3::keyed_hash(&[1; 32], b"content").as_bytes());
}

#[test]
fn secret_should_survive_when_written_as_bytes_or_as_text() {
	let (sealed, ciphertext) = sealed(b"content");
	let bytes = DocumentSecret::from_bytes(*sealed.secret.to_bytes());
	let text = sealed.secret.to_identity();
	assert!(text.starts_with("AGE-SECRET-KEY-1"));
	assert_eq!(text.len(), 74);
	let upper = DocumentSecret::from_identity(&text).unwrap();
	let lower = DocumentSecret::from_identity(&text.to_lowercase()).unwrap();
	for secret in [bytes, upper, lower] {
		assert_eq!(opened(&secret, &ciphertext).unwrap(), b"content");
	}
}

#[test]
fn secret_should_be_refused_when_the_text_is_no_identity() {
	let (sealed, _) = sealed(b"content");
	let text = sealed.secret.to_identity();
	let short = bech32::encode_upper::<bech32::Bech32>(
		bech32::Hrp::parse("AGE-SECRET-KEY-").unwrap(),
		&[1; 31],
	)
	.unwrap();
	let public = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";
	for wrong in ["", "AGE-SECRET-KEY-1", &text[1..], &text[..73], public, &short] {
		assert!(matches!(DocumentSecret::from_identity(wrong), Err(Error::MalformedIdentity)));
	}
}

#[test]
fn secret_should_not_show_when_debugged() {
	let (sealed, _) = sealed(b"content");
	let shown = format!("{sealed:?}");
	assert!(shown.contains("DocumentSecret(..)"));
	let bytes = format!("{:?}", *sealed.secret.to_bytes());
	assert!(!shown.contains(bytes.trim_matches(['[', ']'])));
}

#[test]
fn output_should_be_flushed_when_done() {
	struct Flushed(bool);
	impl Write for Flushed {
		fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
			self.0 = false;
			Ok(bytes.len())
		}

		fn flush(&mut self) -> io::Result<()> {
			self.0 = true;
			Ok(())
		}
	}
	let mut writer = Flushed(false);
	seal(&b"content"[..], &mut writer).unwrap();
	assert!(writer.0);
	let (sealed, ciphertext) = sealed(b"content");
	let mut writer = Flushed(false);
	open(&sealed.secret, &ciphertext[..], &mut writer).unwrap();
	assert!(writer.0);
}
