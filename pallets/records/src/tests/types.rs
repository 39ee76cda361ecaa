use crate::{mock::START, *};
use proptest::prelude::*;

#[test]
fn month_of_should_know_the_calendar() {
	let day = 86_400_000;
	for (moment, month) in [
		(0, 0),
		(31 * day - 1, 0),
		(31 * day, 1),
		// 29 February and 1 March 2000.
		(951_782_400_000, 30 * 12 + 1),
		(951_868_800_000, 30 * 12 + 2),
		// The last millisecond of 2025, and the next.
		(1_767_225_599_999, 55 * 12 + 11),
		(1_767_225_600_000, 56 * 12),
		(START, 56 * 12 + 5),
		(u64::MAX, u16::MAX),
	] {
		assert_eq!(month_of(moment), month, "{moment}");
	}
}

#[test]
fn latest_month_should_begin_where_it_begins_first() {
	let july = 1_782_864_000_000;
	let fourteen_hours = 14 * 3_600_000;
	assert_eq!(latest_month(july - fourteen_hours - 1), 56 * 12 + 5);
	assert_eq!(latest_month(july - fourteen_hours), 56 * 12 + 6);
}

#[test]
fn is_cid_should_accept_both_versions_and_nothing_else() {
	let zero = [&[0x12, 0x20], [5; 32].as_slice()].concat();
	let one = [&[0x01, 0x70, 0x12, 0x20], [5; 32].as_slice()].concat();
	// dag-pb named by two bytes, BLAKE3.
	let two_bytes = [&[0x01, 0xf0, 0x01, 0x1e, 0x20], [5; 32].as_slice()].concat();
	for cid in [&zero, &one, &two_bytes] {
		assert!(is_cid(cid));
		assert!(!is_cid(&cid[..cid.len() - 1]), "one byte short");
		assert!(!is_cid(&[cid.as_slice(), &[0]].concat()), "one byte long");
	}
	assert!(!is_cid(&[0x01, 0x70, 0x00, 0x0f]), "an identity hash carries anything");
	assert!(!is_cid(&[&[0x01, 0x70, 0x12, 0x0f], [5; 15].as_slice()].concat()), "too short");
	assert!(!is_cid(&[0x02; 36]), "version 2 there is none");
	assert!(!is_cid(&[0x01, 0xff, 0xff, 0xff, 0xff, 0xff]), "a number without end");
}

#[test]
fn is_weak_key_should_know_the_points_of_small_order() {
	let hex = |text: &str| -> [u8; 32] {
		core::array::from_fn(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("hex"))
	};
	for weak in [
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0100000000000000000000000000000000000000000000000000000000000000",
		"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
		"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	] {
		let mut key = hex(weak);
		assert!(is_weak_key(&key), "{weak}");
		key[31] |= 0x80;
		assert!(is_weak_key(&key), "{weak} with the bit that does not count");
	}
	// The base point, and a key of RFC 7748.
	for sound in [
		"0900000000000000000000000000000000000000000000000000000000000000",
		"de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	] {
		assert!(!is_weak_key(&hex(sound)));
	}
}

proptest! {
	#[test]
	fn month_of_should_be_the_month_counted_day_by_day(days in 0u64..60_000) {
		let (mut year, mut month, mut left) = (1970u64, 0u64, days);
		loop {
			let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
			let length = match month {
				1 => 28 + u64::from(leap),
				3 | 5 | 8 | 10 => 30,
				_ => 31,
			};
			if left < length {
				break;
			}
			left -= length;
			month += 1;
			if month == 12 {
				(year, month) = (year + 1, 0);
			}
		}
		prop_assert_eq!(u64::from(month_of(days * 86_400_000)), (year - 1970) * 12 + month);
	}

	#[test]
	fn is_cid_should_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
		let _ = is_cid(&bytes);
	}
}
