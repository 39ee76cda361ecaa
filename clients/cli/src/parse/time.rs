//! Moments, spans and months.
//!
//! A moment is written as in RFC 3339 (`2026-12-31T00:00:00Z`), as a day (`2026-12-31`, its
//! first moment by UTC), or as a distance from now (`+90s`, `+15m`, `+12h`, `+30d`, `+2w`).
//! Now is the chain's now: it is the chain that compares.

use assent_policy::{Moment, Month};
use jiff::{civil::Date, tz::TimeZone, Timestamp};

/// A moment as given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
	/// At this moment.
	At(Moment),
	/// This long after now, in milliseconds.
	After(Moment),
}

impl When {
	/// The moment, if it is `now` now.
	pub fn resolve(self, now: Moment) -> Moment {
		match self {
			Self::At(at) => at,
			Self::After(span) => now.saturating_add(span),
		}
	}
}

/// Reads a moment.
pub fn when(text: &str) -> Result<When, String> {
	match text.strip_prefix('+') {
		Some(span) => distance(span).map(When::After),
		None => moment(text).map(When::At),
	}
	.ok_or_else(|| {
		format!(
			"{text:?} is not a moment: write 2026-12-31T00:00:00Z, 2026-12-31, or +90s, +15m, \
			 +12h, +30d, +2w from now"
		)
	})
}

fn distance(text: &str) -> Option<Moment> {
	let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
	if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
		return None;
	}
	let seconds: u64 = match unit {
		"s" => 1,
		"m" => 60,
		"h" => 60 * 60,
		"d" => 24 * 60 * 60,
		"w" => 7 * 24 * 60 * 60,
		_ => return None,
	};
	number.parse::<u64>().ok()?.checked_mul(seconds)?.checked_mul(1000)
}

/// Reads a fixed moment.
pub fn moment(text: &str) -> Option<Moment> {
	let stamp = match text.parse::<Timestamp>() {
		Ok(stamp) => stamp,
		Err(_) => {
			let day: Date = text.parse().ok().filter(|_| text.len() == "2026-12-31".len())?;
			day.to_zoned(TimeZone::UTC).ok()?.timestamp()
		}
	};
	u64::try_from(stamp.as_millisecond()).ok()
}

/// Writes a moment as in RFC 3339.
pub fn write(moment: Moment) -> String {
	i64::try_from(moment)
		.ok()
		.and_then(|millis| Timestamp::from_millisecond(millis).ok())
		.map_or_else(|| format!("{moment} ms after 1970"), |stamp| stamp.to_string())
}

/// Reads a month, `2026-03`.
pub fn month(text: &str) -> Result<Month, String> {
	let read = || {
		let (year, month) = text.split_once('-')?;
		let digits = |part: &str, length| {
			part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
		};
		if !digits(year, 4) || !digits(month, 2) {
			return None;
		}
		let (year, month): (u32, u32) = (year.parse().ok()?, month.parse().ok()?);
		if !(1..=12).contains(&month) {
			return None;
		}
		let months = year.checked_sub(1970)?.checked_mul(12)?.checked_add(month - 1)?;
		Month::try_from(months).ok()
	};
	read().ok_or_else(|| format!("{text:?} is not a month from 1970-01 on: write 2026-03"))
}

/// Writes a month.
pub fn write_month(month: Month) -> String {
	format!("{:04}-{:02}", 1970 + u32::from(month) / 12, u32::from(month) % 12 + 1)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn moments_should_read_back() {
		for (text, millis) in [
			("1970-01-01T00:00:00Z", 0),
			("2026-12-31T00:00:00Z", 1_798_675_200_000),
			("2026-12-31T23:59:59.999Z", 1_798_761_599_999),
			("2028-02-29T12:00:00Z", 1_835_438_400_000),
		] {
			assert_eq!(when(text), Ok(When::At(millis)), "{text}");
			assert_eq!(write(millis), text);
		}
		assert_eq!(when("2026-12-31"), when("2026-12-31T00:00:00Z"));
		assert_eq!(when("2026-12-31T02:00:00+02:00"), when("2026-12-31T00:00:00Z"));
	}

	#[test]
	fn distances_should_count_from_now() {
		for (text, millis) in [
			("+0s", 0),
			("+90s", 90_000),
			("+15m", 900_000),
			("+12h", 43_200_000),
			("+30d", 2_592_000_000),
			("+2w", 1_209_600_000),
		] {
			assert_eq!(when(text), Ok(When::After(millis)), "{text}");
		}
		assert_eq!(when("+90s").unwrap().resolve(1_000), 91_000);
		assert_eq!(when("2026-12-31").unwrap().resolve(1_000), 1_798_675_200_000);
		assert_eq!(When::After(u64::MAX).resolve(1), u64::MAX);
	}

	#[test]
	fn moments_should_be_refused_when_in_no_known_form() {
		for text in [
			"",
			"+",
			"+s",
			"+5",
			"+5y",
			"+-5s",
			"+1.5h",
			"+99999999999999999999s",
			"+18446744073709551615w",
			"90s",
			"tomorrow",
			"2026-13-01",
			"2026-02-30",
			"2026-12-31T00:00:00",
			"1969-12-31T23:59:59Z",
			"31.12.2026",
			"+5é",
		] {
			assert!(when(text).is_err(), "{text}");
		}
	}

	#[test]
	fn months_should_read_back() {
		for (text, month_number) in [("1970-01", 0), ("1970-12", 11), ("2026-03", 674)] {
			assert_eq!(month(text), Ok(month_number), "{text}");
			assert_eq!(write_month(month_number), text);
		}
		assert_eq!(month(&write_month(Month::MAX)), Ok(Month::MAX));
	}

	#[test]
	fn months_should_be_refused_when_in_no_known_form() {
		for text in ["", "2026", "2026-3", "2026-00", "2026-13", "1969-12", "9999-01", "2026-03-01"]
		{
			assert!(month(text).is_err(), "{text}");
		}
	}
}
