//! Pages: the parts in which a read returns a long list.
//!
//! A read of numbered rows takes `from`, the first number, and `limit`. A read of rows under
//! keys takes `after`, the last key of the page before, and `limit`.

use core::ops::Range;

pub use assent_protocol::MAX_PAGE;

/// The numbers of the page that begins at `from`, in a list with the numbers below `end`.
pub fn page(from: u32, limit: u32, end: u32) -> Range<u32> {
	from..end.min(from.saturating_add(limit.min(MAX_PAGE)))
}

/// The number of rows in a page for which the caller asks for `limit` rows.
pub fn page_size(limit: u32) -> usize {
	limit.min(MAX_PAGE) as usize
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn page_should_hold_the_numbers_asked_for_when_they_exist() {
		assert_eq!(page(3, 2, 10), 3..5);
		assert_eq!(page(8, 5, 10), 8..10);
	}

	#[test]
	fn page_should_be_empty_when_it_begins_past_the_end() {
		assert!(page(10, 5, 10).is_empty());
		assert!(page(u32::MAX, u32::MAX, 10).is_empty());
	}

	#[test]
	fn page_should_be_bounded_when_more_is_asked_for() {
		assert_eq!(page(0, u32::MAX, u32::MAX), 0..MAX_PAGE);
		assert_eq!(page_size(u32::MAX), MAX_PAGE as usize);
		assert_eq!(page_size(7), 7);
	}
}
