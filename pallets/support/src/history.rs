//! The values of past moments.
//!
//! A pallet stores the current value where the value is read most. Earlier values are stored in
//! rows numbered from 0. Each row holds a value and the first moment at which the value was no
//! longer valid. A row is written when the value changes, and the row never changes afterwards. The
//! state therefore grows with changes only. A search by halving finds the value of any moment.
//!
//! Moments are the moments of blocks, and several changes may share one moment. The last of the
//! changes is the value at the end of the moment.

use assent_policy::Moment;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A value that was valid until another value took its place.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Past<V> {
	/// The value.
	pub value: V,
	/// The first moment at which the value was no longer valid.
	pub until: Moment,
}

/// The first number below `count` for which `holds` is false; `count` if `holds` is true for all.
/// All numbers for which `holds` is true must come before the numbers for which `holds` is false.
/// Asks at most 33 times.
pub fn first_after(count: u32, holds: impl Fn(u32) -> bool) -> u32 {
	let (mut low, mut high) = (0, count);
	while low < high {
		let middle = low + (high - low) / 2;
		if holds(middle) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	low
}

/// The value at the end of the moment `at`, from `count` past rows in the order of time. `None` if
/// the current value was already valid then. Reads one row when the value has not changed since.
pub fn past_at<V>(count: u32, at: Moment, row: impl Fn(u32) -> Option<Past<V>>) -> Option<V> {
	let is_over = |number| row(number).is_none_or(|past| past.until <= at);
	let last = count.checked_sub(1)?;
	if is_over(last) {
		return None;
	}
	row(first_after(last, is_over)).map(|past| past.value)
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Tries every length, and several rows of one moment.
	#[test]
	fn past_at_should_find_what_a_walk_through_all_rows_finds() {
		for length in 0..12u32 {
			for same in 1..=3u64 {
				let rows: Vec<Past<u32>> = (0..length)
					.map(|value| Past { value, until: 10 * (u64::from(value) / same + 1) })
					.collect();
				for at in 0..=130 {
					let slow = rows.iter().find(|past| past.until > at);
					let found = past_at(length, at, |number| rows.get(number as usize).cloned());
					assert_eq!(found, slow.map(|past| past.value), "{length} {same} {at}");
				}
			}
		}
	}

	#[test]
	fn past_at_should_read_one_row_when_nothing_changed_since() {
		let reads = core::cell::Cell::new(0);
		let row = |_| {
			reads.set(reads.get() + 1);
			Some(Past { value: (), until: 5 })
		};
		assert_eq!(past_at(1_000, 5, row), None);
		assert_eq!(reads.get(), 1);
	}

	#[test]
	fn first_after_should_be_bounded_when_the_history_is_as_long_as_it_can_be() {
		let asked = core::cell::Cell::new(0);
		let found = first_after(u32::MAX, |number| {
			asked.set(asked.get() + 1);
			number < 123_456_789
		});
		assert_eq!(found, 123_456_789);
		assert!(asked.get() <= 33, "{}", asked.get());
	}

	#[test]
	fn first_after_should_name_the_ends_when_all_or_none_hold() {
		assert_eq!(first_after(0, |_| true), 0);
		assert_eq!(first_after(7, |_| true), 7);
		assert_eq!(first_after(7, |_| false), 0);
	}
}
