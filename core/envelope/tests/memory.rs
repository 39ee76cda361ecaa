//! The memory in use does not grow with the document. The test is a binary of its own. The
//! allocator counts the memory of the whole process, so no other test can run beside this
//! test.

#![allow(unsafe_code)]

use assent_envelope::*;
use std::{
	alloc::{GlobalAlloc, Layout, System},
	fs::File,
	io::{self, Read, Seek},
	sync::atomic::{AtomicUsize, Ordering::SeqCst},
};

struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: passes every call on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
	unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
		let held = HELD.fetch_add(layout.size(), SeqCst) + layout.size();
		PEAK.fetch_max(held, SeqCst);
		System.alloc(layout)
	}

	unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
		HELD.fetch_sub(layout.size(), SeqCst);
		System.dealloc(pointer, layout)
	}
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const MIB: usize = 1024 * 1024;

/// A reader that makes the content during the reading. The number is the bytes left.
struct Made(usize);

impl Read for Made {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		let size = self.0.min(buffer.len());
		buffer[..size].fill(self.0 as u8);
		self.0 -= size;
		Ok(size)
	}
}

/// Seals, hashes and opens through pipes and a file. Returns the bytes by which the memory in
/// use rose at most.
fn peak_of(size: usize) -> usize {
	let before = HELD.load(SeqCst);
	PEAK.store(before, SeqCst);

	// Sealing and hashing run at the same time. No place keeps the ciphertext.
	let (ciphertext, sink) = io::pipe().unwrap();
	let hashing = std::thread::spawn(move || hash(ciphertext).unwrap());
	let sealed = seal(Made(size), sink).unwrap();
	assert_eq!(hashing.join().unwrap(), (sealed.ciphertext_hash, sealed.size));
	assert!(sealed.size > size as u64);

	// The secret is known only at the end of the sealing, so opening reads the ciphertext from
	// a file. The file loses the name at once, so no file stays behind, even after a failure.
	let path = std::env::temp_dir().join(format!("assent-envelope-memory-{}", std::process::id()));
	let mut file = File::options().read(true).write(true).create_new(true).open(&path).unwrap();
	std::fs::remove_file(&path).unwrap();
	let sealed = seal(Made(size), &file).unwrap();
	file.rewind().unwrap();
	let opened = open_and_commit(&sealed.secret, &sealed.salt, file, io::sink()).unwrap();
	assert_eq!(opened, Opened { size: size as u64, commitment: sealed.commitment });
	assert_eq!(commit(&sealed.salt, Made(size)).unwrap(), sealed.commitment);

	PEAK.load(SeqCst) - before
}

#[test]
fn memory_should_not_grow_when_documents_do() {
	// Ciphers without optimisation are twenty times slower. A smaller document proves the
	// same.
	let large = if cfg!(debug_assertions) { 3 * MIB } else { 256 * MIB };
	let warm = peak_of(MIB / 4);
	let small = peak_of(MIB / 2);
	let big = peak_of(large);
	println!(
		"peak: {small} bytes for half a MiB, {big} bytes for {} MiB (first: {warm})",
		large / MIB
	);
	assert!(big < MIB, "{big} bytes");
	assert!(big < small + 64 * 1024, "{small} bytes, then {big}");
}
