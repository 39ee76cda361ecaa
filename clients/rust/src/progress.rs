//! The state of long work, for a program with a display.

use std::io::{self, Read};

/// The size of some work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
	/// A wait without a known end.
	Open,
	/// A transfer of this many bytes.
	Bytes(u64),
	/// This many steps.
	Steps(u64),
}

/// Hears that work begins.
pub trait Progress {
	/// Work begins. `what` names the work, for people. The work is over when the returned
	/// value is dropped.
	fn begin(&self, what: &str, size: Size) -> Box<dyn Work>;
}

/// Hears how one piece of work goes on.
pub trait Work {
	/// The piece of work now waits for something else; `what` names the new wait, for people.
	fn say(&self, what: &str);

	/// This many more steps or bytes are done.
	fn advance(&self, by: u64);
}

/// Hears no word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
	fn begin(&self, _what: &str, _size: Size) -> Box<dyn Work> {
		Box::new(Self)
	}
}

impl Work for Silent {
	fn say(&self, _what: &str) {}

	fn advance(&self, _by: u64) {}
}

/// A reader that tells a piece of work how much was read.
pub struct Counted<'a, R> {
	reader: R,
	work: &'a dyn Work,
}

impl<'a, R: Read> Counted<'a, R> {
	/// Reads from `reader`; every byte read counts for `work`.
	pub fn new(reader: R, work: &'a dyn Work) -> Self {
		Self { reader, work }
	}
}

impl<R: Read> Read for Counted<'_, R> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		let read = self.reader.read(buffer)?;
		self.work.advance(read as u64);
		Ok(read)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::cell::Cell;

	struct Counter(Cell<u64>);

	impl Work for Counter {
		fn say(&self, _what: &str) {}

		fn advance(&self, by: u64) {
			self.0.set(self.0.get() + by);
		}
	}

	#[test]
	fn reading_should_count_every_byte_once() {
		let counter = Counter(Cell::new(0));
		let mut text = String::new();
		Counted::new(&b"seven b"[..], &counter).read_to_string(&mut text).unwrap();
		assert_eq!((text.as_str(), counter.0.get()), ("seven b", 7));
	}
}
